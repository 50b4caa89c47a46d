"""The tab "Statement" of a company's card: what we owe each other, line by line, and its paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from companies.queries import company_for
from companies.views.card import CompanyCard, card_of
from documents import links as papers
from finance import links, reconciling
from finance.queries.company_statement import (
    CompanyStatement,
    CurrencyStatement,
    StatementRow,
    company_statement,
)
from finance.reconciling import CannotReconcile
from finance.reports.period import Period, PeriodForm
from tenants.kit import clock, later, months, tables
from tenants.kit.listing_parts import Pager
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission

SIZE = 100


@dataclass(frozen=True, slots=True)
class StatementPart:
    """A currency: its sums, and a page of its rows."""

    whole: CurrencyStatement
    rows: Sequence[StatementRow]
    pager: Pager


@dataclass(frozen=True, slots=True)
class StatementPage:
    card: CompanyCard
    statement: CompanyStatement
    parts: list[StatementPart]
    form: PeriodForm
    home: str
    export_url: str
    paper_url: str  # empty for who may not issue papers of the books


def year_until(request: OfficeRequest) -> Period:
    """From the first of January to today."""
    today = months.today_of(request)
    return Period(today.replace(month=1, day=1), today)


@require_GET
@needs(Permission.FINANCE_VIEW)
def statement_page(request: OfficeRequest, company_id: UUID) -> HttpResponseBase:
    """Show the company's account over a period; `format` asks for it as a file."""
    company = company_for(request.actor, company_id)
    form = PeriodForm(request.GET.dict(), usual=year_until(request))
    period = form.period
    statement = company_statement(company, first=period.first, last=period.last)
    if kind := request.GET.get("format"):
        return statement_file(statement, request.reseller.currency, kind)
    may_issue = request.actor.can(Permission.FINANCE_EDIT)
    context = StatementPage(
        card=card_of(request, company, "statement"),
        statement=statement,
        parts=[part_of(request, part) for part in statement.currencies],
        form=form,
        home=request.reseller.currency,
        export_url=links.statement(company.pk, **period.query),
        paper_url=links.reconciliation(company.pk) if may_issue else "",
    )
    return page(request, "finance/statement.html", context)


@require_POST
@needs(Permission.FINANCE_EDIT)
def reconciliation_issue(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    """Issue the акт сверки of the period that stands on the page."""
    company = company_for(request.actor, company_id)
    form = PeriodForm(request.POST.dict(), usual=year_until(request))
    period = form.period
    address = links.statement(company.pk, **period.query)
    if form.errors:
        messages.error(request, _("The period ends before it begins."))
        return go(request, address)
    try:
        paper = reconciling.issue(
            company=company,
            first=period.first,
            last=period.last,
            by=request.actor,
            at=clock.now(),
        )
    except CannotReconcile as refused:
        messages.error(request, str(refused))
        return go(request, address)
    return go(request, papers.document(paper.pk))


def part_of(request: OfficeRequest, part: CurrencyStatement) -> StatementPart:
    """The page of a currency that the address asks for; the others' pages stay."""
    cut = Paginator(part.rows, SIZE).get_page(request.GET.get(part.currency))

    def link(number: int) -> str:
        query = request.GET.copy()
        query[part.currency] = str(number)
        return f"{request.path}?{query.urlencode()}"

    pager = Pager(
        previous=link(cut.number - 1) if cut.has_previous() else "",
        next=link(cut.number + 1) if cut.has_next() else "",
    )
    return StatementPart(part, list(cut.object_list), pager)


def statement_file(statement: CompanyStatement, home: str, kind: str) -> HttpResponseBase:
    """All rows with their balances, and what they are worth at home unless `home` is empty. Raises
    LongWork.
    """
    debit = pgettext("ledger", "Debit")
    credit = pgettext("ledger", "Credit")
    headings = [
        _("Currency"),
        _("Day"),
        _("Entry"),
        _("Document"),
        debit,
        credit,
        _("Balance"),
    ]
    if home:
        headings += [f"{name}, {home}" for name in (debit, credit, _("Balance"))]
    return tables.table(
        name=f"statement-{statement.company.ref}-{statement.first}-{statement.last}",
        headings=headings,
        rows=later.rows_of(row[: len(headings)] for row in _cells(statement)),
        kind=kind,
    )


def _cells(statement: CompanyStatement) -> Iterator[Sequence[object]]:
    """Each currency: the opening balance, its rows, and the sums with the closing one."""
    for part in statement.currencies:
        opening = part.opening
        first = (part.currency, statement.first, _("Opening balance"), "")
        yield *first, None, None, opening.amount, None, None, opening.home
        for row in part.rows:
            yield (
                part.currency,
                row.on,
                row.name,
                row.document,
                row.debit.amount,
                row.credit.amount,
                row.balance.amount,
                row.debit.home,
                row.credit.home,
                row.balance.home,
            )
        yield (
            part.currency,
            statement.last,
            _("Closing balance"),
            "",
            part.debit.amount,
            part.credit.amount,
            part.closing.amount,
            part.debit.home,
            part.credit.home,
            part.closing.home,
        )
