"""The card of an account, line by line, and an entry with all its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from finance import links
from finance.models import Account, Entry, EntryKind
from finance.queries.account_lines import (
    BOOKED,
    CardLine,
    account_lines,
    entry_for,
    names_of_lines,
    running,
)
from finance.queries.balances import Turnover, through, trial_balance
from finance.reports.period import Period, PeriodFilters, month_of
from finance.views.tabs import books_tabs
from tenants.kit import formats, months
from tenants.kit.listing import Column, Empty, Listing, ListPage
from tenants.kit.money import CURRENCIES
from tenants.kit.pieces import Tab
from tenants.kit.web import OfficeRequest, needs, page
from tenants.office.people import names_of
from tenants.permissions import Permission


def debit(row: CardLine) -> str:
    return formats.money(row.debit)


def credit(row: CardLine) -> str:
    return formats.money(row.credit)


def balance(row: CardLine) -> str:
    return formats.money(row.balance.amount)


def home_debit(row: CardLine) -> str:
    return formats.money(row.home_debit)


def home_credit(row: CardLine) -> str:
    return formats.money(row.home_credit)


def home_balance(row: CardLine) -> str:
    return formats.money(row.balance.home)


def counter(row: CardLine) -> str:
    return str(row.counter.label)


DEBIT = pgettext_lazy("ledger", "Debit")
CREDIT = pgettext_lazy("ledger", "Credit")
COLUMNS = (
    Column("on", _("Day"), "on", fixed=True),
    Column("entry", _("Entry"), "kind", fixed=True, opens=True),
    Column("company", _("Company"), "company"),
    Column("invoice", _("Invoice"), "invoice"),
    Column("order", _("Order"), "order"),
    Column("memo", _("Note"), "memo", hidden=True),
    Column("counter", _("Counter account"), counter),
    Column("debit", DEBIT, "debit", numeric=True, text=debit),
    Column("credit", CREDIT, "credit", numeric=True, text=credit),
    Column("currency", _("Currency"), "currency"),
    Column("balance", _("Balance"), "balance.amount", numeric=True, text=balance),
    Column("home_debit", _("Debit at home"), "home_debit", numeric=True, text=home_debit),
    Column("home_credit", _("Credit at home"), "home_credit", numeric=True, text=home_credit),
    Column(
        "home_balance",
        _("Balance at home"),
        "balance.home",
        numeric=True,
        text=home_balance,
    ),
)
CARD = Listing(
    name="account",
    title=_("Card of the account"),
    url="finance:account-card",
    columns=COLUMNS,
    sort=BOOKED,
    opens="finance:entry",
    opens_by="entry_id",
    named_by="kind",
    empty=Empty(
        title=_("Nothing was booked in this period"),
        icon="scale",
        text=_("Choose another period."),
    ),
)


@dataclass(frozen=True, slots=True)
class Balance:
    """What went through the account in a currency, or in all of them at home."""

    currency: str
    is_home: bool
    turnover: Turnover


@dataclass(frozen=True, slots=True)
class AccountPage:
    list: ListPage
    name: str
    period: str
    balances: Sequence[Balance]
    back_url: str
    tabs: Sequence[Tab]


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A line of an entry with both its accounts by name."""

    debit: str
    credit: str
    amount: str
    home: str
    company: str
    order: str
    invoice: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """What was booked, by whom and when, and what takes it back or is taken back by it."""

    entry: Entry
    kind: str
    by: str
    lines: list[EntryLine]
    correction: Entry | None
    home: str
    tabs: list[Tab]


class AccountFilters(PeriodFilters):
    """What the card of an account may be narrowed by."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["currency"] = forms.ChoiceField(
            label=_("Currency"),
            required=False,
            choices=[("", _("All")), *((code, code) for code in CURRENCIES)],
        )


@require_GET
@needs(Permission.FINANCE_VIEW)
def account_card(request: OfficeRequest, account: str) -> HttpResponseBase:
    """Show the lines of an account over a period; `format` asks for them as a file."""
    chosen = account_named(account)
    form = AccountFilters(request.GET)
    address = CARD.address(request, form, url=links.account(chosen))
    period = form.within(month_of(months.today_of(request)))
    currency = address.filters.get("currency", "")
    rows = account_lines(chosen, first=period.first, last=period.last, currency=currency)
    if address.value("format"):
        return CARD.file(
            address,
            running(chosen, CARD.everything(address, rows), currency=currency),
        )
    cut = CARD.page(address, rows, reader=request.actor)
    records = list(running(chosen, cut.rows, currency=currency))
    shown = CARD.shown(address, cut, records=records)
    context = AccountPage(
        list=replace(shown, export_url=address.link()),
        name=str(chosen.label),
        period=period.words,
        balances=_balances(chosen, period, currency, request.reseller.currency),
        back_url=links.trial_balance(**period.query),
        tabs=books_tabs("trial-balance"),
    )
    return page(request, "finance/account.html", context)


@require_GET
@needs(Permission.FINANCE_VIEW)
def entry_card(request: OfficeRequest, entry_id: UUID) -> HttpResponse:
    """Show an entry whole."""
    entry = entry_for(entry_id)
    context = EntryPage(
        entry=entry,
        kind=str(EntryKind(entry.kind).label),
        by=names_of({entry.by}).get(entry.by, "") if entry.by else "",
        lines=_entry_lines(entry, request.reseller.currency),
        correction=entry.corrections.first(),
        home=request.reseller.currency,
        tabs=books_tabs("trial-balance"),
    )
    return page(request, "finance/entry.html", context)


def account_named(code: str) -> Account:
    """Raises Http404."""
    try:
        return Account(code)
    except ValueError as wrong:
        raise Http404 from wrong


def _balances(account: Account, period: Period, currency: str, home: str) -> list[Balance]:
    """The account over the period, in each currency and at home."""
    condition = through(account)
    if currency:
        condition &= Q(currency=currency)
    books = trial_balance(
        first=period.first,
        last=period.last,
        home=home,
        condition=condition,
    )
    return [Balance(sheet.currency, sheet.is_home, sheet.of(account)) for sheet in books.sheets]


def _entry_lines(entry: Entry, home: str) -> list[EntryLine]:
    lines = list(entry.lines.order_by("id"))
    names = names_of_lines(lines)
    return [
        EntryLine(
            debit=str(Account(line.debit).label),
            credit=str(Account(line.credit).label),
            amount=formats.money(line.amount, line.currency),
            home=formats.money(line.home_amount, home),
            company=names.companies.get(line.company_id, "") if line.company_id else "",
            order=names.orders.get(line.order_id, "") if line.order_id else "",
            invoice=names.invoices.get(line.invoice_id, "") if line.invoice_id else "",
        )
        for line in lines
    ]
