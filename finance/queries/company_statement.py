"""What a company and we owe each other: every invoice, receipt, debt and payout of a period, with
the balances before and after, by currency.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import BooleanField, Case, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from companies.models import Company
from finance.models import Account, EntryKind, Invoice, Line
from finance.queries.balances import Turnover
from finance.worth import Worth
from orders.models import Order
from tenants.kit.money import ZERO

# What the company owes stands on the debit side of these, what it is owed on the credit side.
AS_CLIENT = (Account.RECEIVABLE, Account.ADVANCE, Account.ON_ACCOUNT)
AS_CARRIER = (Account.PAYABLE, Account.ADVANCES_PAID)
SETTLED = (*AS_CLIENT, *AS_CARRIER)
Accounts = tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class StatementRow:
    """What one entry changed; a difference of exchange is a row of its own, at home alone."""

    entry_id: UUID
    on: date
    kind: EntryKind
    is_difference: bool
    invoice: str
    order: str
    debit: Worth
    credit: Worth
    balance: Worth

    @property
    def code(self) -> str:
        """What happened, as programs read it."""
        return self._what.value

    @property
    def name(self) -> str:
        """What happened, in a word."""
        return str(self._what.label)

    @property
    def _what(self) -> EntryKind | Account:
        """The kind of the entry, or the account of the differences."""
        return Account.EXCHANGE if self.is_difference else self.kind

    @property
    def change(self) -> Worth:
        """Above zero the company owes more."""
        return self.debit - self.credit

    @property
    def document(self) -> str:
        """The number that both sides know it by."""
        return self.invoice or self.order


@dataclass(frozen=True, slots=True)
class CurrencyStatement:
    """All that moved in a currency. What the company owes is above zero."""

    currency: str
    opening: Worth
    rows: tuple[StatementRow, ...]

    @property
    def in_currency(self) -> CurrencyStatement:
        """As the other side keeps it: what we call a difference of exchange is nothing to it."""
        rows = [row for row in self.rows if not row.is_difference]
        return replace(self, rows=tuple(rows))

    @property
    def debit(self) -> Worth:
        """All that the company came to owe."""
        return sum((row.debit for row in self.rows), Worth())

    @property
    def credit(self) -> Worth:
        """All that it settled, or came to be owed."""
        return sum((row.credit for row in self.rows), Worth())

    @property
    def closing(self) -> Worth:
        """What is owed at the end."""
        return self.opening + self.debit - self.credit


@dataclass(frozen=True, slots=True)
class CompanyStatement:
    company: Company
    first: date
    last: date
    currencies: tuple[CurrencyStatement, ...]

    @property
    def at_home(self) -> Turnover:
        """All currencies together, at home."""
        return Turnover(
            sum((part.opening.home for part in self.currencies), ZERO),
            sum((part.debit.home for part in self.currencies), ZERO),
            sum((part.credit.home for part in self.currencies), ZERO),
        )


def company_statement(
    company: Company,
    *,
    first: date,
    last: date,
    accounts: Accounts = SETTLED,
) -> CompanyStatement:
    """The company's account from the one day to the other; what was booked for companies that were
    merged into it is its own. `accounts` are those of one of its sides.
    """
    in_debit = Q(debit__in=accounts)
    in_credit = Q(credit__in=accounts)
    of_company = (in_debit & ~in_credit) | (in_credit & ~in_debit)
    lines = Line.objects.filter(of_company, company_id__in=with_merged(company))
    opening = _opening(lines.filter(entry__on__lt=first), accounts)
    rows = _rows(lines.filter(entry__on__range=(first, last)), opening, accounts)
    currencies = sorted(opening.keys() | rows.keys())
    parts = [
        CurrencyStatement(
            currency,
            opening.get(currency, Worth()),
            tuple(rows.get(currency, ())),
        )
        for currency in currencies
    ]
    whole = [part for part in parts if part.rows or part.opening]
    return CompanyStatement(company, first, last, tuple(whole))


def with_merged(company: Company) -> list[UUID]:
    """The company, those merged into it, and those merged into them."""
    ids = [company.pk]
    newest = ids
    while newest:
        merged = Company.objects.filter(merged_into__in=newest)
        newest = list(merged.values_list("pk", flat=True))
        ids = ids + newest
    return ids


def _opening(lines: QuerySet[Line], accounts: Accounts) -> dict[str, Worth]:
    """What stood open before, by currency."""
    facts: tuple[str, ...] = ("currency",)
    sums = lines.order_by().values(*facts).annotate(**_sides(accounts))
    return {row["currency"]: _worth(row, "debit") - _worth(row, "credit") for row in sums}


def _sides(accounts: Accounts) -> dict[str, Coalesce]:
    """The sums of both sides, in the currency and at home."""
    sides = {"debit": Q(debit__in=accounts), "credit": Q(credit__in=accounts)}
    return {
        f"{side}_{name}": Coalesce(Sum(column, filter=condition), ZERO)
        for side, condition in sides.items()
        for name, column in (("amount", "amount"), ("home", "home_amount"))
    }


def _worth(row: dict[str, Decimal], side: str) -> Worth:
    """One side of a row of sums."""
    return Worth(row[f"{side}_amount"], row[f"{side}_home"])


def _rows(
    lines: QuerySet[Line],
    opening: dict[str, Worth],
    accounts: Accounts,
) -> dict[str, list[StatementRow]]:
    """The entries one by one, each with the balance after it."""
    is_difference = Case(
        When(amount=0, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    facts = ("entry_id", "entry__on", "entry__at", "entry__kind", "currency")
    entries = lines.order_by().values(*facts, "invoice_id", "order_id")
    sums = entries.annotate(no_amount=is_difference, first=Min("pk"), **_sides(accounts))
    booked = list(sums.order_by("entry__on", "entry__at", "first"))
    invoices = _numbers(row["invoice_id"] for row in booked)
    orders = _refs(row["order_id"] for row in booked)
    balances: defaultdict[str, Worth] = defaultdict(Worth, opening)
    rows: defaultdict[str, list[StatementRow]] = defaultdict(list)
    for row in booked:
        currency = row["currency"]
        debit = _worth(row, "debit")
        credit = _worth(row, "credit")
        balances[currency] += debit - credit
        rows[currency].append(
            StatementRow(
                entry_id=row["entry_id"],
                on=row["entry__on"],
                kind=EntryKind(row["entry__kind"]),
                is_difference=row["no_amount"],
                invoice=invoices.get(row["invoice_id"], ""),
                order=orders.get(row["order_id"], ""),
                debit=debit,
                credit=credit,
                balance=balances[currency],
            )
        )
    return rows


def _numbers(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    rows = Invoice.objects.filter(pk__in=_named(ids))
    return dict(rows.values_list("pk", "number"))


def _refs(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    rows = Order.objects.filter(pk__in=_named(ids))
    return dict(rows.values_list("pk", "ref"))


def _named(ids: Iterable[UUID | None]) -> Collection[UUID]:
    return {one for one in ids if one}
