"""Checks of the books that a person or the night runs: what is kept twice must be the same twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Case, F, Model, Q, QuerySet, Sum, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncMonth

from finance.models import (
    Account,
    CarrierAdvance,
    ClientAdvance,
    Expense,
    FeeCharge,
    Invoice,
    Line,
    MonthSum,
    OpeningBalance,
    OpeningKind,
    Payable,
    Status,
)
from finance.queries.carrier_advances import UNCLEARED
from tenants.context import current_reseller_id
from tenants.kit.money import ZERO
from tenants.platform.models import FeeLine

PAIR = ("of", "debit", "credit", "currency")
M = TypeVar("M", bound=Model)


class Pair(NamedTuple):
    """Two accounts in a month and a currency."""

    month: datetime
    debit: str
    credit: str
    currency: str


def differences() -> Iterator[str]:
    """Everything in the open reseller's books that does not agree, in words; nothing when all is
    well.
    """
    yield from _month_sums()
    yield from _month_sums_at_home()
    yield from _without_home_amount()
    yield from _paid()
    yield from _open_receivables()
    yield from _written_off()
    yield from _input_tax()
    yield from _left_at_home()
    yield from _fees()


def _month_sums() -> Iterator[str]:
    return _month_sums_of("amount", "month sum")


def _month_sums_at_home() -> Iterator[str]:
    return _month_sums_of("home_amount", "month sum at home")


def _month_sums_of(amount: str, name: str) -> Iterator[str]:
    lines = _by_pair(Line.objects.annotate(of=TruncMonth("entry__on")), amount)
    kept = _by_pair(MonthSum.objects.annotate(of=F("month")), amount)
    for pair in sorted(lines.keys() | kept.keys()):
        raw = lines.get(pair, ZERO)
        summed = kept.get(pair, ZERO)
        if raw != summed:
            accounts = f"{pair.debit} ← {pair.credit} {pair.currency}"
            yield f"{name} {pair.month:%Y-%m} {accounts}: lines {raw}, kept {summed}"


def _without_home_amount() -> Iterator[str]:
    """Lines that an older program wrote while the books were being moved."""
    if count := Line.objects.filter(home_amount=None).count():
        yield f"{count} lines say nothing of what they are worth at home"


def _left_at_home() -> Iterator[str]:
    """What is settled, and what was cancelled, leaves nothing at home either."""
    cancelled = Q(status=Status.CANCELLED)
    accepted = Q(earned_on__isnull=False)
    settled = cancelled | Q(status__in=[Status.PAID, Status.WRITTEN_OFF])
    yield from _left_of_invoices(Account.RECEIVABLE, settled)
    yield from _left_of_invoices(Account.ADVANCE, cancelled | accepted)
    yield from _left_of_invoices(Account.BAD_DEBTS, Q(written_off=0))
    for undue in (Account.UNDUE_REVENUE, Account.UNDUE_TAX):
        yield from _left_of_invoices(undue, cancelled | (accepted & settled))
    paid_out = Payable.objects.filter(paid=F("amount"))
    owed = _left_by(Account.PAYABLE, "order_id")
    for pk, order in paid_out.filter(order_id__in=owed).values_list("pk", "order_id"):
        yield f"payable {pk}: paid, yet {owed[order]} are left at home"
    used_up = _left_by(Account.ADVANCES_PAID, "order_id")
    still = CarrierAdvance.objects.filter(UNCLEARED).values_list("order_id", flat=True)
    for order in sorted(used_up.keys() - set(still), key=str):
        yield f"order {order}: advances used up, yet {used_up[order]} are left at home"


def _left_of_invoices(account: Account, done: Q) -> Iterator[str]:
    """What an account holds of invoices that it should hold nothing of."""
    left = _left_by(account, "invoice_id")
    invoices = Invoice.objects.filter(done, pk__in=left).order_by("number")
    for pk, number in invoices.values_list("pk", "number"):
        yield f"invoice {number}: settled, yet {left[pk]} are left at home as {account}"


def _left_by(account: Account, key: str) -> dict[UUID, Decimal]:
    """The home balance of an account by invoice or order, where it is not zero."""
    home = F("home_amount")
    signed = Sum(Case(When(debit=account, then=home), default=-home))
    lines = Line.objects.filter(Q(debit=account) | Q(credit=account))
    rows = lines.order_by().values(key).annotate(left=signed).exclude(left=0)
    return {row[key]: row["left"] for row in rows}


def _by_pair(rows: QuerySet[M], amount: str) -> dict[Pair, Decimal]:
    sums = rows.order_by().values(*PAIR).annotate(sum=Sum(amount))
    return {Pair(*(row[name] for name in PAIR)): row["sum"] for row in sums}


def _paid() -> Iterator[str]:
    """What an invoice or a debt says was paid is what its payments add up to."""
    signed = Case(
        When(payments__refund_of=None, then=F("payments__amount")),
        default=-F("payments__amount"),
    )
    invoices = Invoice.objects.annotate(sum=Coalesce(Sum(signed), ZERO)).exclude(sum=F("paid"))
    for number, paid, sum_ in invoices.values_list("number", "paid", "sum"):
        yield f"invoice {number}: says {paid} paid, its payments {sum_}"
    yield from _allocated()
    paid_out = Coalesce(Sum("payouts__amount"), ZERO) + F("advance")
    debts = Payable.objects.annotate(sum=paid_out).exclude(sum=F("paid"))
    for pk, paid, sum_ in debts.values_list("pk", "paid", "sum"):
        yield f"payable {pk}: says {paid} paid, its payouts and advances {sum_}"
    yield from _cleared()


def _cleared() -> Iterator[str]:
    """What a debt says its advances paid is what these say was cleared; the same of money that came
    back.
    """
    advances = CarrierAdvance.objects.order_by().values("order_id")
    sums = {row["order_id"]: row["sum"] for row in advances.annotate(sum=Sum("cleared"))}
    debts = Payable.objects.filter(Q(order_id__in=sums) | ~Q(advance=0))
    taken = {debt.order_id: debt.advance for debt in debts.only("order_id", "advance")}
    for order in sorted(sums.keys() | taken.keys(), key=str):
        cleared = sums.get(order, ZERO)
        if taken.get(order, ZERO) != cleared:
            yield f"order {order}: debt says {taken.get(order, ZERO)}, its advances {cleared}"
    back = CarrierAdvance.objects.annotate(sum=Coalesce(Sum("returns__amount"), ZERO))
    for pk, returned, sum_ in back.exclude(sum=F("returned")).values_list("pk", "returned", "sum"):
        yield f"carrier advance {pk}: says {returned} came back, its returns {sum_}"


def _allocated() -> Iterator[str]:
    """What an advance says was allocated is what its payments add up to."""
    of_payments = Sum("payments__amount", filter=Q(payments__refund_of=None))
    sums = ClientAdvance.objects.annotate(sum=Coalesce(of_payments, ZERO))
    for pk, allocated, sum_ in sums.exclude(sum=F("allocated")).values_list(
        "pk", "allocated", "sum"
    ):
        yield f"advance {pk}: says {allocated} allocated, its payments {sum_}"


def _open_receivables() -> Iterator[str]:
    """The receivables account is what the accepted invoices in force still ask for, the advances
    what was paid on the others; the payables account is what the debts still ask for.
    """
    in_force = Invoice.objects.exclude(status=Status.CANCELLED)
    accepted = in_force.filter(earned_on__isnull=False)
    ahead = in_force.filter(earned_on=None)
    left = F("gross") - F("credited") - F("written_off") - F("paid")
    yield from _balance(Account.RECEIVABLE, _by_currency(accepted, left), 1)
    yield from _balance(Account.ADVANCE, _by_currency(ahead, F("paid")), -1)
    on_account = ClientAdvance.objects.filter(return_of=None)
    unused = F("amount") - F("allocated") - F("returned")
    yield from _balance(Account.ON_ACCOUNT, _by_currency(on_account, unused), -1)
    owed = _by_currency(Payable.objects.all(), F("amount") - F("paid"))
    yield from _balance(Account.PAYABLE, owed, -1)
    ahead_of_debts = CarrierAdvance.objects.filter(UNCLEARED)
    uncleared = F("amount") - F("cleared") - F("returned")
    yield from _balance(Account.ADVANCES_PAID, _by_currency(ahead_of_debts, uncleared), 1)
    spent = Case(When(reverses=None, then=F("amount")), default=-F("amount"))
    yield from _balance(Account.EXPENSES, _by_currency(Expense.objects.all(), spent), 1)
    is_owed = Q(kind=OpeningKind.ADVANCE)
    minus = (is_owed & Q(reverses=None)) | (~is_owed & Q(reverses__isnull=False))
    stood = Case(When(minus, then=-F("amount")), default=F("amount"))
    yield from _balance(Account.OPENING, _by_currency(OpeningBalance.objects.all(), stood), -1)


def _written_off() -> Iterator[str]:
    """What an invoice says was written off is what its write-offs add up to."""
    signed = Case(
        When(write_offs__reverses=None, then=F("write_offs__amount")),
        default=-F("write_offs__amount"),
    )
    sums = Invoice.objects.annotate(sum=Coalesce(Sum(signed), ZERO)).exclude(sum=F("written_off"))
    for number, written_off, sum_ in sums.values_list("number", "written_off", "sum"):
        yield f"invoice {number}: says {written_off} written off, its write-offs {sum_}"


def _by_currency(rows: QuerySet[M], amount: Combinable) -> dict[str, Decimal]:
    """Sums of a column."""
    sums = rows.order_by().values("currency").annotate(sum=Sum(amount))
    return {row["currency"]: row["sum"] for row in sums}


def _input_tax() -> Iterator[str]:
    """The input tax is that of the debts whose carriers' invoices stand."""
    rows = Payable.objects.exclude(tax_invoice="").order_by().values("currency")
    sums = {row["currency"]: row["sum"] for row in rows.annotate(sum=Sum("tax"))}
    yield from _balance(Account.INPUT_TAX, sums, 1)


def _balance(account: Account, expected: dict[str, Decimal], sign: int) -> Iterator[str]:
    """A side of the ledger against the open rows, currency by currency."""
    balance: dict[str, Decimal] = {}
    for side, direction in (("debit", 1), ("credit", -1)):
        rows = (
            Line.objects.filter(**{side: account})
            .order_by()
            .values("currency")
            .annotate(sum=Sum("amount"))
        )
        for row in rows:
            balance[row["currency"]] = (
                balance.get(row["currency"], ZERO) + direction * sign * row["sum"]
            )
    for currency in sorted(balance.keys() | expected.keys()):
        booked = balance.get(currency, ZERO)
        still_open = expected.get(currency, ZERO)
        if booked != still_open:
            yield f"{account} {currency}: ledger {booked}, open rows {still_open}"


def _fees() -> Iterator[str]:
    """The fee stands three times: here, in the ledger, and where the platform reads it."""
    own = FeeCharge.objects.aggregate(sum=Sum("fee"))["sum"] or ZERO
    copy = (
        FeeLine.objects.filter(reseller_id=current_reseller_id()).aggregate(sum=Sum("fee"))["sum"]
        or ZERO
    )
    taken = (
        Line.objects.filter(debit=Account.PLATFORM_FEE).aggregate(sum=Sum("amount"))["sum"] or ZERO
    )
    given_back = (
        Line.objects.filter(credit=Account.PLATFORM_FEE).aggregate(sum=Sum("amount"))["sum"] or ZERO
    )
    if not own == copy == taken - given_back:
        yield f"platform fee: charged {own}, statement {copy}, ledger {taken - given_back}"
