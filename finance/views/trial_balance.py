"""The trial balance of a period: every account, as a page and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from companies.queries import letterhead
from documents.render import report
from finance import links
from finance.models import Account
from finance.queries.balances import Sheet, TrialBalance, trial_balance
from finance.reports.period import Period, PeriodForm, month_of
from finance.views.tabs import books_tabs
from tenants.actor import ResellerInfo
from tenants.kit import months, tables
from tenants.kit.pieces import Tab
from tenants.kit.tables import Rows
from tenants.kit.web import OfficeRequest, names_of, needs, page
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class TrialBalancePage:
    """The sheets of a period, each with its heading; each account leads to its card."""

    form: PeriodForm
    sheets: Sequence[Sheet]
    columns: Sequence[str]
    cards: dict[str, str]  # addresses by account
    export_url: str
    tabs: list[Tab]


@dataclass(frozen=True, slots=True)
class TrialBalancePaper:
    sheets: Sequence[Sheet]
    columns: Sequence[str]
    period: str
    reseller: ResellerInfo


@require_GET
@needs(Permission.FINANCE_VIEW)
def trial_balance_page(request: OfficeRequest) -> HttpResponseBase:
    """Show what stands on every account; `format` asks for a file."""
    form = PeriodForm(request.GET.dict(), usual=month_of(months.today_of(request)))
    period = form.period
    home = request.reseller.currency
    balance = trial_balance(first=period.first, last=period.last, home=home)
    if kind := request.GET.get("format"):
        return _file(balance, period, kind, request.reseller)
    context = TrialBalancePage(
        form=form,
        sheets=balance.sheets,
        columns=_columns(),
        cards={account.value: links.account(account, **period.query) for account in Account},
        export_url=links.trial_balance(**period.query),
        tabs=books_tabs("trial-balance"),
    )
    return page(request, "finance/trial_balance.html", context)


def _columns() -> list[str]:
    """The headings of the six sums."""
    debit = pgettext("ledger", "Debit")
    credit = pgettext("ledger", "Credit")
    parts = [_("Opening balance"), _("Turnover"), _("Closing balance")]
    return [f"{part}, {side}" for part in parts for side in (debit, credit)]


def _file(
    balance: TrialBalance,
    period: Period,
    kind: str,
    reseller: ResellerInfo,
) -> HttpResponseBase:
    name = f"trial-balance-{period.name}"
    if kind == "pdf":
        paper = TrialBalancePaper(balance.sheets, _columns(), period.words, reseller)
        head = letterhead(with_signature=False)
        return report.answer(name, "finance/papers/trial_balance.html", names_of(paper), head=head)
    headings = [_("Currency"), pgettext("ledger", "Account"), *_columns()]
    return tables.table(name=name, headings=headings, rows=_rows(balance), kind=kind)


def _rows(balance: TrialBalance) -> Rows:
    """Each sheet with its totals; the first one is at home."""
    for sheet in balance.sheets:
        name = _at_home(sheet)
        for row in sheet.rows:
            yield name, str(row.account.label), *row.turnover.columns
        yield name, _("In all"), *sheet.totals


def _at_home(sheet: Sheet) -> str:
    """The currency, and whether it is what all currencies are worth."""
    if not sheet.is_home:
        return sheet.currency
    return _("%(currency)s, all currencies at home") % {"currency": sheet.currency}
