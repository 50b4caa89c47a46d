"""Payments, payouts, advances and expenses that stand in the books already, entered by hand, and
may be a line of the bank: the same sum within a few days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from companies.models import Company
from finance.models import (
    CarrierAdvance,
    ClientAdvance,
    Expense,
    Method,
    Payment,
    Payout,
    StatementLine,
)

DAYS_APART = timedelta(days=3)
AT_ONCE = 1000
MOST_OFFERED = 5


@dataclass(frozen=True, slots=True)
class Entered:
    """A payment, payout or advance without a line of the bank."""

    pk: UUID
    title: str
    who: str
    tax_number: str
    firm_id: int | None  # of ours; payouts and advances name none
    amount: Decimal
    currency: str
    on: date
    number: str


def entered_before(
    lines: Sequence[StatementLine],
    *,
    is_in: bool,
) -> dict[UUID, list[Entered]]:
    """By line; those of the same day and number come first."""
    rows = list(_receipts(lines) if is_in else _payments_made(lines))
    by_sum: dict[tuple[Decimal, str], list[Entered]] = {}
    for row in rows:
        by_sum.setdefault(
            (row.amount, row.currency),
            [],
        ).append(row)
    result = {}
    for line in lines:
        alike = [
            row
            for row in by_sum.get(
                (line.rest, line.currency),
                [],
            )
            if _may_be(row, line)
        ]
        alike.sort(key=lambda row: (row.number != line.number, abs(row.on - line.on), row.title))
        result[line.pk] = alike[:MOST_OFFERED]
    return result


def _may_be(
    row: Entered,
    line: StatementLine,
) -> bool:
    """Within a few days, of the firm whose account it is, and not of another payer."""
    if row.firm_id not in (None, line.firm_id):
        return False
    is_of_another = bool(row.tax_number and line.tax_number) and row.tax_number != line.tax_number
    return abs(row.on - line.on) <= DAYS_APART and not is_of_another


def _in_reach(lines: Sequence[StatementLine]) -> Q:
    days = [line.on for line in lines]
    return Q(
        paid_on__gte=min(days) - DAYS_APART,
        paid_on__lte=max(days) + DAYS_APART,
        currency__in={line.currency for line in lines},
        method=Method.BANK,
        bank_match=None,
    )


def _receipts(
    lines: Sequence[StatementLine],
) -> Iterable[Entered]:
    """Receipts that somebody entered by hand, and what came back from carriers."""
    receipts = Payment.objects.filter(_in_reach(lines), refund_of=None, advance=None)
    yield from _of_payments(receipts, lines)
    of_clients = ClientAdvance.objects.filter(_in_reach(lines), return_of=None)
    yield from _of_clients(of_clients.exclude(is_opening=True), lines)
    back = CarrierAdvance.objects.filter(_in_reach(lines), return_of__isnull=False)
    yield from _of_carriers(back, lines)


def _payments_made(
    lines: Sequence[StatementLine],
) -> Iterable[Entered]:
    """Payouts and advances to carriers, and what was given back to clients."""
    of_invoices = Payment.objects.filter(_in_reach(lines), advance=None)
    refunds = of_invoices.filter(refund_of__isnull=False)
    yield from _of_payments(refunds, lines)
    payouts = Payout.objects.filter(_in_reach(lines))
    for sums in _sums(lines):
        rows = payouts.filter(amount__in=sums)
        for row in rows.select_related("payable__company", "payable__order"):
            yield _of_payout(row)
    back = ClientAdvance.objects.filter(_in_reach(lines), return_of__isnull=False)
    yield from _of_clients(back, lines)
    ahead = CarrierAdvance.objects.filter(_in_reach(lines), return_of=None)
    yield from _of_carriers(ahead, lines)
    yield from _of_expenses(lines)


def _of_clients(
    advances: QuerySet[ClientAdvance],
    lines: Sequence[StatementLine],
) -> Iterable[Entered]:
    """Advances of clients; a refund that stayed as one moved no money."""
    kept = Payment.objects.filter(refund_of__isnull=False, advance=OuterRef("pk"))
    for sums in _sums(lines):
        rows = advances.exclude(Exists(kept)).filter(amount__in=sums)
        for row in rows.select_related("company"):
            yield _of_advance(row, _("Advance"), row.company.name, row.company)


def _of_carriers(
    advances: QuerySet[CarrierAdvance],
    lines: Sequence[StatementLine],
) -> Iterable[Entered]:
    """Advances to carriers, of any of our firms."""
    for sums in _sums(lines):
        rows = advances.filter(amount__in=sums)
        for row in rows.select_related("company", "order"):
            yield _of_advance(row, row.order.ref, row.payee, row.company)


def _of_expenses(lines: Sequence[StatementLine]) -> Iterable[Entered]:
    """Expenses that stand."""
    expenses = Expense.objects.filter(_in_reach(lines), reverses=None, reversal=None)
    for sums in _sums(lines):
        for row in expenses.filter(amount__in=sums):
            yield Entered(
                row.pk,
                row.category_label,
                row.payee,
                "",
                None,
                row.amount,
                row.currency,
                row.paid_on,
                row.reference,
            )


def _of_advance(
    row: ClientAdvance | CarrierAdvance, title: str, who: str, company: Company | None
) -> Entered:
    """An advance names none of our firms."""
    return Entered(
        row.pk,
        title,
        who,
        company.inn if company else "",
        None,
        row.amount,
        row.currency,
        row.paid_on,
        row.reference,
    )


def _of_payout(
    row: Payout,
) -> Entered:
    debt = row.payable
    return Entered(
        row.pk,
        debt.order.ref,
        debt.payee,
        debt.company.inn if debt.company else "",
        None,
        row.amount,
        row.currency,
        row.paid_on,
        row.reference,
    )


def _sums(
    lines: Sequence[StatementLine],
) -> Iterable[list[Decimal]]:
    """The sums of the lines, a piece at a time."""
    sums = iter({line.rest for line in lines})
    while piece := list(islice(sums, AT_ONCE)):
        yield piece


def _of_payments(
    payments: QuerySet[Payment],
    lines: Sequence[StatementLine],
) -> Iterable[Entered]:
    for sums in _sums(lines):
        rows = payments.filter(amount__in=sums)
        for row in rows.select_related("invoice__company"):
            yield _of_payment(row)


def _of_payment(row: Payment) -> Entered:
    invoice = row.invoice
    return Entered(
        row.pk,
        invoice.number,
        invoice.client_name,
        invoice.company.inn,
        invoice.firm_id,
        row.amount,
        row.currency,
        row.paid_on,
        row.reference,
    )
