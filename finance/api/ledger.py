"""The trial balance and the cards of the accounts over the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from companies.queries import company_for
from finance.api.frame import SEE, BooksView
from finance.ledger_serializers import (
    AccountCardOut,
    AccountFilters,
    CompanyStatementOut,
    PeriodFilters,
    PnlByFilters,
    PnlByOut,
    TaxBookFilters,
    TaxBookOut,
    TrialBalanceFilters,
    TrialBalanceOut,
)
from finance.models import Account
from finance.queries.account_lines import BOOKED, CardLine, account_lines, running
from finance.queries.balances import Turnover, through, trial_balance
from finance.queries.company_statement import company_statement
from finance.queries.pnl_by import Part, pnl_by, total_of
from finance.queries.tax_books import Book, BookRow, Totals, tax_book, totals_of
from finance.reports.period import Period, around, month_of
from tenants.kit.api import LIMIT, MOST, bad_filters, filtered
from tenants.kit.cursors import filters_of
from tenants.kit.keyset import cut, reader_of
from tenants.kit.serializers import Values


@dataclass(frozen=True, slots=True)
class AccountBalance:
    currency: str
    turnover: Turnover


@dataclass(frozen=True, slots=True)
class AccountAnswer:
    account: Account
    period: Period
    at_home: AccountBalance
    currencies: list[AccountBalance]
    lines: list[CardLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class PnlByAnswer:
    period: Period
    currency: str
    rows: list[Part]
    total: Part


@dataclass(frozen=True, slots=True)
class TaxBookAnswer:
    period: Period
    currency: str
    rows: list[BookRow]
    total: Totals


class LedgerView(BooksView):
    permissions = SEE

    def period(self, values: Values) -> Period:
        """The days of the address, by default the running month. Raises a 400."""
        first: date | None = values.get("from")
        last: date | None = values.get("to")
        if first and last and last < first:
            raise bad_filters({"to": [_("The period ends before it begins.")]})
        return around(first, last, month_of(self.today))


class TrialBalance(LedgerView):
    """The accounts from the first day to the last: at home, and in each currency."""

    @filtered(TrialBalanceOut, TrialBalanceFilters)
    def get(self, request: Request) -> Response:
        values = self.filters(TrialBalanceFilters)
        if on := values.get("on"):
            values = {"from": on.replace(day=1), "to": on} | values
        period = self.period(values)
        home = self.reseller.currency
        balance = trial_balance(first=period.first, last=period.last, home=home)
        return self.answer(TrialBalanceOut, balance)


class AccountCard(LedgerView):
    """An account over a period, with its lines in the order they were booked."""

    @filtered(AccountCardOut, AccountFilters)
    def get(self, request: Request, account: str) -> Response:
        if account not in Account.values:
            raise Http404
        chosen = Account(account)
        values = self.filters(AccountFilters)
        period = self.period(values)
        currency = values.get("currency", "")
        rows = account_lines(chosen, first=period.first, last=period.last, currency=currency)
        size = min(values.get("limit", LIMIT), MOST)
        page = cut(
            rows,
            sort=BOOKED,
            cursor=values.get("cursor"),
            size=size,
            list_name=request.path,
            filters=filters_of(request.query_params),
            reader=reader_of(self.actor),
        )
        following = {"cursor": page.next, "limit": size} if page.next else None
        at_home, currencies = self._balances(chosen, period, currency)
        answer = AccountAnswer(
            account=chosen,
            period=period,
            at_home=at_home,
            currencies=currencies,
            lines=list(running(chosen, page.rows, currency=currency)),
            next=self.address(following),
        )
        return self.answer(AccountCardOut, answer)

    def _balances(
        self,
        account: Account,
        period: Period,
        currency: str,
    ) -> tuple[AccountBalance, list[AccountBalance]]:
        """At home, and in each currency."""
        condition = through(account)
        if currency:
            condition &= Q(currency=currency)
        books = trial_balance(
            first=period.first,
            last=period.last,
            home=self.reseller.currency,
            condition=condition,
        )
        home, *others = [
            AccountBalance(sheet.currency, sheet.of(account))
            for sheet in (books.at_home, *books.by_currency)
        ]
        return home, others


class PnlBy(LedgerView):
    """Profit and loss of a period by client, direction, order or manager, in the reseller's
    currency. What belongs to no order is a row without a key.
    """

    @filtered(PnlByOut, PnlByFilters)
    def get(self, request: Request) -> Response:
        values = self.filters(PnlByFilters)
        period = self.period(values)
        parts = pnl_by(values["by"], first=period.first, last=period.last)
        answer = PnlByAnswer(period, self.reseller.currency, parts, total_of(parts))
        return self.answer(PnlByOut, answer)


class TaxBook(LedgerView):
    """The documents whose tax the ledger booked in a period, of one own firm or of all."""

    book: Book

    @filtered(TaxBookOut, TaxBookFilters)
    def get(self, request: Request) -> Response:
        values = self.filters(TaxBookFilters)
        period = self.period(values)
        rows = tax_book(
            self.book,
            first=period.first,
            last=period.last,
            firm=values.get("firm"),
        )
        answer = TaxBookAnswer(period, self.reseller.currency, rows, totals_of(rows))
        return self.answer(TaxBookOut, answer)


class SalesBook(TaxBook):
    book = Book.SALES


class PurchasesBook(TaxBook):
    book = Book.PURCHASES


class Statement(LedgerView):
    """What a company and we owe each other over a period, entry by entry."""

    @filtered(CompanyStatementOut, PeriodFilters)
    def get(self, request: Request, company_id: UUID) -> Response:
        company = company_for(self.actor, company_id)
        values = self.filters(PeriodFilters)
        period = self.period(values)
        statement = company_statement(company, first=period.first, last=period.last)
        return self.answer(CompanyStatementOut, statement, currency=self.reseller.currency)


routes = [
    ("companies/<uuid:company_id>/statement", Statement),
    ("finance/trial-balance", TrialBalance),
    ("finance/pnl-by", PnlBy),
    ("finance/sales-book", SalesBook),
    ("finance/purchases-book", PurchasesBook),
    ("finance/accounts/<str:account>", AccountCard),
]
