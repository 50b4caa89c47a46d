"""The card of an account: its lines with what it stood at after each; and an entry with its lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from companies.models import Company
from finance.models import Account, Entry, EntryKind, Invoice, Line
from finance.queries.balances import DAY, booked_until, by_pair, through
from finance.worth import Worth
from orders.models import Order
from tenants.kit.keyset import Column, Sort
from tenants.kit.money import ZERO

PIECE = 1_000  # lines whose names are looked up together
# As they were booked: a balance runs from the top of the card to its foot.
BOOKED = Sort("on", "entry__on", then=(Column("entry__at"),))


@dataclass(frozen=True, slots=True)
class Names:
    """What companies, orders and invoices of some lines are called, by their ids."""

    companies: Mapping[UUID, str]
    orders: Mapping[UUID, str]
    invoices: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line as its account sees it, and what the account stands at after it."""

    line: Line
    account: Account
    company: str
    order: str
    invoice: str
    balance: Worth  # of the line's currency; home: of all

    @property
    def id(self) -> int:
        return self.line.pk

    @property
    def entry_id(self) -> UUID:
        return self.line.entry_id

    @property
    def on(self) -> date:
        return self.line.entry.on

    @property
    def kind(self) -> str:
        """What happened, in a word."""
        return str(EntryKind(self.line.entry.kind).label)

    @property
    def memo(self) -> str:
        return self.line.entry.memo

    @property
    def currency(self) -> str:
        return self.line.currency

    @property
    def is_debit(self) -> bool:
        return self.line.debit == self.account

    @property
    def counter(self) -> Account:
        """The other account."""
        return Account(self.line.credit if self.is_debit else self.line.debit)

    @property
    def worth(self) -> Worth:
        return worth_of(self.line)

    @property
    def debit(self) -> Decimal | None:
        """What came into the account, in its currency."""
        return self.line.amount if self.is_debit else None

    @property
    def credit(self) -> Decimal | None:
        """What left it."""
        return None if self.is_debit else self.line.amount

    @property
    def home_debit(self) -> Decimal | None:
        """What came in, at home."""
        return self.worth.home if self.is_debit else None

    @property
    def home_credit(self) -> Decimal | None:
        """What left it, at home."""
        return None if self.is_debit else self.worth.home


def worth_of(line: Line) -> Worth:
    """Of the line, whichever side one looks from."""
    return Worth(line.amount, line.home_amount or ZERO)


def account_lines(
    account: Account,
    *,
    first: date,
    last: date,
    currency: str = "",
) -> QuerySet[Line]:
    """The lines of an account over a period, of one currency where one is named."""
    narrowed = _of(account, currency) & Q(entry__on__range=(first, last))
    return Line.objects.filter(narrowed).select_related("entry")


def running(
    account: Account,
    lines: Iterable[Line],
    *,
    currency: str = "",
) -> Iterator[CardLine]:
    """The lines, which follow one another without a gap, each with the balance after it."""
    waiting = iter(lines)
    balances: defaultdict[str, Worth] | None = None
    while piece := list(islice(waiting, PIECE)):
        if balances is None:
            balances = _before(account, piece[0], currency)
        names = names_of_lines(piece)
        for line in piece:
            signed = worth_of(line) if line.debit == account else -worth_of(line)
            balances[line.currency] += signed
            yield _card_line(account, line, names, balances)


def entry_for(entry_id: UUID) -> Entry:
    """An entry with what it takes back. Raises Http404."""
    entry = Entry.objects.select_related("corrects").filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    return entry


def names_of_lines(lines: Sequence[Line]) -> Names:
    """One statement a kind of thing."""
    companies = {line.company_id for line in lines if line.company_id}
    orders = {line.order_id for line in lines if line.order_id}
    invoices = {line.invoice_id for line in lines if line.invoice_id}
    return Names(
        _named(Company.objects.values_list("pk", "name"), companies),
        _named(Order.objects.values_list("pk", "ref"), orders),
        _named(Invoice.objects.values_list("pk", "number"), invoices),
    )


def _named(
    rows: QuerySet[Company, tuple[UUID, str]]
    | QuerySet[Order, tuple[UUID, str]]
    | QuerySet[Invoice, tuple[UUID, str]],
    ids: Collection[UUID],
) -> dict[UUID, str]:
    return dict(rows.filter(pk__in=ids)) if ids else {}


def _of(account: Account, currency: str) -> Q:
    """Lines on either side of an account, of one currency where it is named."""
    condition = through(account)
    return condition & Q(currency=currency) if currency else condition


def _before(account: Account, line: Line, currency: str) -> defaultdict[str, Worth]:
    """What the account stands at before a line, by currency."""
    on = line.entry.on
    at = line.entry.at
    narrowed = _of(account, currency)
    earlier = Q(entry__at__lt=at) | Q(entry__at=at, pk__lt=line.pk)
    that_day = Line.objects.filter(narrowed, earlier, entry__on=on)
    balances: defaultdict[str, Worth] = defaultdict(Worth)
    for sums in (booked_until(on - DAY, narrowed), by_pair(that_day)):
        for pair, worth in sums.items():
            balances[pair.currency] += worth if pair.debit == account else -worth
    return balances


def _card_line(
    account: Account,
    line: Line,
    names: Names,
    balances: Mapping[str, Worth],
) -> CardLine:
    """The line with what the account stood at after it."""
    amount = balances[line.currency].amount
    home = sum((worth.home for worth in balances.values()), ZERO)
    return CardLine(
        line=line,
        account=account,
        company=names.companies.get(line.company_id, "") if line.company_id else "",
        order=names.orders.get(line.order_id, "") if line.order_id else "",
        invoice=names.invoices.get(line.invoice_id, "") if line.invoice_id else "",
        balance=Worth(amount, home),
    )
