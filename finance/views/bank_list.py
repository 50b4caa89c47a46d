"""The list of bank statements, and uploading one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from finance import links
from finance.bank import headings, queries, staging, words
from finance.bank.own_accounts import own_accounts
from finance.bank.statement import Unreadable
from finance.bank.tables import HeadingIsUnclear, Wish
from finance.forms import StatementForm
from finance.models import BankStatement
from finance.views.tabs import books_tabs
from tenants.kit import clock, formats, pieces
from tenants.kit.counting import count_capped
from tenants.kit.listing import Column, Empty, Listing, ListPage
from tenants.kit.pills import pill
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office import saved_views
from tenants.permissions import Permission

MOST_COLUMNS = 100  # as many as a table may have


def accounts(
    row: BankStatement,
) -> str:
    return ", ".join(one["account"] for one in row.accounts if one["account"])


def period(
    row: BankStatement,
) -> str:
    """From the first day to the last."""
    if row.first is None or row.last is None:
        return "—"
    return f"{formats.day(row.first)} – {formats.day(row.last)}"


def came_in(row: BankStatement) -> str:
    return formats.money(row.total_in)


def went_out(row: BankStatement) -> str:
    return formats.money(row.total_out)


def state(
    row: BankStatement,
) -> str:
    return _("Confirmed") if row.confirmed_at else _("To be confirmed")


def state_pill(row: BankStatement) -> str:
    """Whether the statement is confirmed."""
    if row.confirmed_at:
        return pill(state(row), "good", "circle-check")
    return pill(state(row), "warn", "clock")


COLUMNS = (
    Column("name", gettext_lazy("File"), "name", fixed=True, opens=True),
    Column("account", gettext_lazy("Account"), accounts),
    Column("period", gettext_lazy("Period"), period),
    Column("in", gettext_lazy("Came in"), "total_in", numeric=True, text=came_in),
    Column("out", gettext_lazy("Went out"), "total_out", numeric=True, text=went_out),
    Column("state", gettext_lazy("State"), state, text=state_pill),
    Column("uploaded", gettext_lazy("Uploaded"), "uploaded_at", queries.NEWEST),
    Column("by", gettext_lazy("Made by"), "uploaded_name", hidden=True),
)
STATEMENTS = Listing(
    name="bank-statements",
    title=gettext_lazy("Bank statements"),
    url="finance:bank-list",
    columns=COLUMNS,
    sort=queries.NEWEST,
    opens="finance:bank-statement",
    named_by="name",
    search_hint=gettext_lazy("Name of the file"),
    export="finance:bank-export",
    saved="finance:bank-view",
    empty=Empty(
        title=gettext_lazy("No bank statements yet"),
        icon="file-import",
        text=gettext_lazy(
            "Upload the file of your bank: payments find their invoices, and carriers their payouts."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class BankListPage:
    list: ListPage
    may_upload: bool
    tabs: Sequence[pieces.Tab]


@dataclass(frozen=True, slots=True)
class ColumnQuestion:
    """Which field stands under a word of the heading."""

    name: str  # of the select
    word: str
    chosen: str


@dataclass(frozen=True, slots=True)
class UploadPage:
    """The form of a file; `questions` are asked where its heading is not clear."""

    form: StatementForm
    questions: Sequence[ColumnQuestion]
    heading: str
    fields: Mapping[str, str]
    tabs: Sequence[pieces.Tab]


@require_GET
@needs(Permission.FINANCE_VIEW)
def bank_list(request: OfficeRequest) -> HttpResponse:
    address = STATEMENTS.address(request)
    rows = queries.statements_of(request.actor, search=address.search)
    shown = STATEMENTS.shown(
        address,
        STATEMENTS.page(address, rows, reader=request.actor),
        count=count_capped(rows),
        saved=saved_views.of(request.actor, STATEMENTS),
    )
    may_upload = request.actor.can(Permission.FINANCE_EDIT)
    context = BankListPage(shown, may_upload, books_tabs("bank-list"))
    return page(request, "finance/bank.html", context)


@require_GET
@needs(Permission.FINANCE_VIEW)
def bank_export(
    request: OfficeRequest,
) -> HttpResponseBase:
    address = STATEMENTS.address(request)
    rows = queries.statements_of(request.actor, search=address.search)
    return STATEMENTS.file(address, STATEMENTS.everything(address, rows))


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_EDIT)
def bank_upload(
    request: OfficeRequest,
) -> HttpResponse:
    """Read a file; its page shows what would come in."""
    own = own_accounts(request.reseller.currency)
    form = StatementForm(posted(request), request.FILES or None)
    form.offer([(one.number, f"{one.written} {one.currency}") for one in own.values()])
    heading = _heading(request)
    if form.is_valid():
        try:
            row = _upload(request, form, heading)
            return go(request, links.bank_statement(row.pk))
        except Unreadable as refused:
            form.add_error("file", words.refusal(refused.code))
        except HeadingIsUnclear as question:
            heading = question.heading
            form.add_error("file", words.refusal("columns") + " " + words.once_more())
    context = UploadPage(
        form,
        _questions(request, heading),
        json.dumps(heading, ensure_ascii=False),
        words.fields(),
        books_tabs("bank-list"),
    )
    status = 422 if form.is_bound else 200
    return page(request, "finance/bank_upload.html", context, status=status)


def _upload(request: OfficeRequest, form: StatementForm, heading: list[str]) -> BankStatement:
    """Raises Unreadable, HeadingIsUnclear."""
    file = form.cleaned_data["file"]
    row = staging.upload(
        name=file.name,
        file=file,
        account=form.cleaned_data["account"],
        wish=_wish(request, heading),
        heading=heading,
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("The file is read. Look at its lines, then confirm them."))
    return row


def _heading(request: OfficeRequest) -> list[str]:
    """The heading that was asked about, as the page carries it."""
    try:
        cells = json.loads(request.POST.get("heading", "[]"))
    except ValueError:
        return []
    if not isinstance(cells, list) or len(cells) > MOST_COLUMNS:
        return []
    return [str(cell) for cell in cells]


def _wish(
    request: OfficeRequest,
    heading: list[str],
) -> Wish | None:
    """What was said of the columns; None where nothing was asked."""
    columns = {}
    for at, word in enumerate(heading):
        meaning = request.POST.get(f"column-{at}", "")
        if meaning in headings.FIELDS:
            columns[headings.plain(word)] = meaning
    return Wish(columns) if columns else None


def _questions(
    request: OfficeRequest,
    heading: list[str],
) -> list[ColumnQuestion]:
    questions = []
    for at, word in enumerate(heading):
        name = f"column-{at}"
        chosen = request.POST.get(name, headings.meaning(word))
        questions.append(ColumnQuestion(name, word, chosen))
    return questions
