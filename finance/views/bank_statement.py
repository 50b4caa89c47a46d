"""A bank statement: its lines, what is offered for each, and confirming them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from finance import links
from finance.bank import bulk, confirming, queries, values, words
from finance.bank.booking import Part, kind_of
from finance.bank.confirming import CannotConfirm, Confirmed, Match, Outcome
from finance.bank.matching import Offer
from finance.bank.own_accounts import OwnAccount, own_accounts
from finance.bank.queries import LineCounts
from finance.bank.staging import AccountDoc
from finance.bank.statement import Note
from finance.models import BankStatement, Category, LineMatch, StatementLine
from finance.views.tabs import books_tabs
from orders import links as orders
from tenants.kit import clock, events, pieces
from tenants.kit.asked_again import asks_again
from tenants.kit.edge import text as texts
from tenants.kit.formats import money
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission

SIZE = 100  # lines of a page
VIEWS = ("open", "new", "known", "foreign")
LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a line may be; `value` comes back with the form."""

    value: str
    label: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a line, and where it is seen."""

    title: str
    url: str
    amount: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line with what is offered for it, what stands behind it, and what was refused."""

    line: StatementLine
    choices: Sequence[Choice]
    chosen: str
    why: str  # the reasons of what is proposed
    typed: str
    question: str  # what a tick says yes to, where the books ask
    matches: Sequence[Behind]
    error: str


@dataclass(frozen=True, slots=True)
class StatementPage:
    """A page of lines of a statement."""

    statement: BankStatement
    accounts: Sequence[AccountDoc]
    notes: Sequence[str]
    counts: LineCounts
    rows: Sequence[LineRow]
    view: str
    views: Sequence[pieces.Tab]
    next: str
    events_url: str  # while the worker books
    own: Sequence[OwnAccount]  # to choose from, where the file names none
    may_edit: bool
    tabs: Sequence[pieces.Tab]


@require_GET
@needs(Permission.FINANCE_VIEW)
def bank_statement(
    request: OfficeRequest,
    statement_id: UUID,
) -> HttpResponse:
    statement = queries.statement_for(request.actor, statement_id)
    return _page(request, statement)


@require_POST
@needs(Permission.FINANCE_EDIT)
@asks_again
def bank_confirm(request: OfficeRequest, statement_id: UUID) -> HttpResponse:
    """New lines come in; the chosen ones are booked, each by itself. What is refused is said at its
    line.
    """
    statement = queries.statement_for(request.actor, statement_id)
    now = clock.now()
    try:
        done = confirming.confirm(
            statement=statement,
            matches=_matches(request, statement),
            by=request.actor,
            at=now,
        )
    except CannotConfirm as refused:
        messages.error(request, str(refused))
        return _page(request, statement, status=422)
    _say(request, done)
    if done.refused:
        errors = {one.line: one for one in done.refused}
        return _page(request, done.statement, errors=errors, status=422)
    return go(request, links.bank_statement(statement.pk))


@require_POST
@needs(Permission.FINANCE_EDIT)
@asks_again
def bank_book(request: OfficeRequest, statement_id: UUID) -> HttpResponse:
    """All lines that one invoice or debt fits are booked by the worker."""
    statement = queries.statement_for(request.actor, statement_id)
    try:
        bulk.book_all(statement=statement, by=request.actor, at=clock.now())
    except CannotConfirm as refused:
        messages.error(request, str(refused))
        return _page(request, statement, status=422)
    except bulk.IsBeingBooked:
        messages.info(request, _("The lines are being booked already."))
    return go(request, links.bank_statement(statement.pk))


@require_POST
@needs(Permission.FINANCE_EDIT)
def bank_account(request: OfficeRequest, statement_id: UUID) -> HttpResponse:
    """Say which own account a file is of that names none."""
    statement = queries.statement_for(request.actor, statement_id)
    try:
        confirming.choose_account(
            statement=statement,
            account=request.POST.get("account", ""),
            by=request.actor,
            at=clock.now(),
        )
    except CannotConfirm as refused:
        messages.error(request, str(refused))
        return _page(request, statement, status=422)
    return go(request, links.bank_statement(statement.pk))


def _say(request: OfficeRequest, done: Confirmed) -> None:
    """Tell what was done, in words."""
    if done.came_in:
        text = ngettext("%(count)s line came in.", "%(count)s lines came in.", done.came_in)
        messages.success(request, text % {"count": done.came_in})
    if done.booked:
        text = ngettext("%(count)s line is booked.", "%(count)s lines are booked.", done.booked)
        messages.success(request, text % {"count": done.booked})
    if done.refused:
        count = len(done.refused)
        text = ngettext(
            "%(count)s line is not booked: see why below.",
            "%(count)s lines are not booked: see why below.",
            count,
        )
        messages.error(request, text % {"count": count})


def _matches(
    request: OfficeRequest,
    statement: BankStatement,
) -> list[Match]:
    """What was chosen or typed for the lines of the page."""
    names = [name.removeprefix("line-") for name in request.POST if name.startswith("line-")]
    places = [place for name in names if (place := _place(name))]
    lines = queries.lines_of(statement).filter(place__in=places)
    matches = []
    for line in lines:
        part = _part(request, line)
        if part is not None:
            is_sure = f"sure-{line.place}" in request.POST
            matches.append(Match(line.place, (part,), is_sure=is_sure))
    return matches


def _part(request: OfficeRequest, line: StatementLine) -> Part | None:
    """A number that was typed goes before the choice."""
    number = texts.one_line(request.POST.get(f"number-{line.place}", ""))
    if 0 < len(number) <= LONGEST_NUMBER:
        return Part(kind_of(line, number), number, line.rest)
    pieces_ = texts.one_line(request.POST.get(f"line-{line.place}", "")).split(":")
    if len(pieces_) != 3:
        return None
    kind, target, written = pieces_
    amount = values.amount(written, is_exact=True)
    return None if amount is None else Part(kind, target, amount)


def _place(text: str) -> int:
    """The place of a line as an address or a field's name says it; 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _page(
    request: OfficeRequest,
    statement: BankStatement,
    *,
    errors: Mapping[int, Outcome] | None = None,
    status: int = 200,
) -> HttpResponse:
    view = request.GET.get("view", "")
    view = view if view in VIEWS else ""
    place = _place(request.GET.get("after", ""))
    lines = queries.page_of_lines(
        statement,
        view=view,
        after=place,
        size=SIZE + 1,
    )
    shown = lines[:SIZE]
    more = f"?view={view}&after={shown[-1].place}" if len(lines) > SIZE else ""
    waits = any(note["code"] == "no_account" for note in statement.notes)
    own = own_accounts(request.reseller.currency).values() if waits else ()
    counts = queries.counts_of(statement)
    context = StatementPage(
        statement=statement,
        accounts=statement.accounts,
        notes=[words.note(Note(**note)) for note in statement.notes],
        counts=counts,
        rows=_rows(request, shown, errors or {}),
        view=view,
        views=_views(statement, view, counts),
        next=more,
        events_url=events.stream_url(bulk.topic_of(statement)) if statement.booking_at else "",
        own=list(own),
        may_edit=request.actor.can(Permission.FINANCE_EDIT),
        tabs=books_tabs("bank-list"),
    )
    return page(request, "finance/bank_statement.html", context, status=status)


def _views(
    statement: BankStatement,
    view: str,
    counts: LineCounts,
) -> list[pieces.Tab]:
    """The lines by how they stand."""
    url = links.bank_statement(statement.pk)
    named = [
        ("", _("All"), counts.every),
        ("open", _("Not matched"), counts.open),
        ("new", _("New lines"), counts.new),
        ("known", _("Came in before"), counts.earlier),
        ("foreign", _("Not our account"), counts.foreign),
    ]
    return [
        pieces.Tab(f"{label} {count}", f"{url}?view={key}" if key else url, key == view)
        for key, label, count in named
        if count or key in ("", view)
    ]


def _rows(
    request: OfficeRequest, lines: Sequence[StatementLine], errors: Mapping[int, Outcome]
) -> list[LineRow]:
    offers = queries.offers_for(lines)
    matches = queries.matches_of(lines)
    rows = []
    for line in lines:
        offer = offers[line.pk]
        chosen = _value(offer)
        refused = errors.get(line.place)
        row = LineRow(
            line=line,
            choices=_choices(line, offer),
            chosen=request.POST.get(f"line-{line.place}", chosen),
            why=words.why(offer.chosen) if offer.chosen else "",
            typed=request.POST.get(f"number-{line.place}", ""),
            question=_question(offer, refused),
            matches=[_behind(match, line) for match in matches.get(line.pk, ())],
            error=refused.error if refused else "",
        )
        rows.append(row)
    return rows


def _question(
    offer: Offer,
    refused: Outcome | None,
) -> str:
    """What is asked beside a line."""
    if refused and refused.field == "sure":
        return _("Book it all the same")
    return _("It is another payment") if offer.entered else ""


def _behind(match: LineMatch, line: StatementLine) -> Behind:
    amount = money(match.amount, line.currency)
    if match.payment:
        number = match.payment.invoice.number
        return Behind(number, links.invoice(number), amount)
    if match.client_advance:
        advance = match.client_advance
        shown = links.client_advance(advance.return_of_id or advance.pk)
        return Behind(advance.company.name, shown, amount)
    if match.expense:
        return Behind(match.expense.category_label, links.expense(match.expense.pk), amount)
    if match.carrier_advance:
        order = match.carrier_advance.order
    else:
        assert match.payout
        order = match.payout.payable.order
    return Behind(order.ref, orders.order(order.ref), amount)


def _value(
    offer: Offer,
) -> str:
    """What the form proposes: the one that fits, or the one payment that was entered."""
    if offer.chosen:
        one = offer.chosen
        return f"{one.kind}:{one.target}:{one.amount}"
    if len(offer.entered) == 1:
        return f"entered:{offer.entered[0].pk}:{offer.entered[0].amount}"
    return ""


def _choices(
    line: StatementLine,
    offer: Offer,
) -> list[Choice]:
    choices = []
    for before in offer.entered:
        label = _("Already entered: %(amount)s on %(day)s, %(title)s, %(who)s.")
        value = f"entered:{before.pk}:{before.amount}"
        choices.append(Choice(value, label % words.entered(before)))
    for one in offer.suggestions:
        facts = [one.title, one.who, money(one.amount, line.currency)]
        value = f"{one.kind}:{one.target}:{one.amount}"
        choices.append(
            Choice(
                value,
                " · ".join(facts),
                words.why(one),
            )
        )
    return choices if line.is_in else [*choices, *_expenses(line)]


def _expenses(line: StatementLine) -> list[Choice]:
    """All of the line may be spent on anything."""
    label = _("Expense: %(category)s")
    return [
        Choice(f"expense:{category}:{line.rest}", label % {"category": category.label})
        for category in Category
    ]
