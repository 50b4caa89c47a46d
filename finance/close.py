"""Closing a month of the platform's fee: the difference to the final step, as lines of their own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from commission.fee_lines import Part, refund_correction, true_up
from commission.ladder import rate_of
from finance import locks, months
from finance.models import FeeCharge, Invoice, MonthClose
from finance.platform_fee import Kind, ladder_for, orders_in, write
from finance.queries.fee import statement
from tenants.actor import Actor
from tenants.kit import shown as shown_figures
from tenants.kit.calendar import day_of, first_of, last_of
from tenants.kit.money import ZERO
from tenants.kit.tries import StartOver, tried_again
from tenants.office import audit
from tenants.office.current import current_reseller


class CannotClose(Exception):
    """The month is closed, is not over, or an earlier one waits; the text says which."""


@dataclass(frozen=True, slots=True)
class Check:
    """A line of the checklist before closing."""

    text: str
    met: bool


def checklist(*, month: date, by: Actor | None, at: datetime) -> list[Check]:
    """What must hold before a month is closed, in the order people check it."""
    today = day_of(at, current_reseller(by).zone)
    return [
        Check(_("The month is over"), last_of(month) < today),
        Check(
            _("All earlier months are closed"),
            waiting_until(month) is None,
        ),
        Check(
            _("The month has not been closed yet"),
            not _is_closed(month),
        ),
    ]


@tried_again
def close_fee_month(
    *, month: date, by: Actor | None, at: datetime, early: bool = False, shown: str = ""
) -> MonthClose:
    """Fix the month's step and charge each invoice the difference to it. `shown` is the mark of the
    statement that the person saw. Raises CannotClose, ChangedMeanwhile.

    Receipts only get cheaper by it; refunds given at a provisional rate are put right where they
    were booked. `early` closes a month that is still running, which only the command of the demo and
    of tests does.
    """
    home = current_reseller(by)
    month = first_of(month)
    row = _hold(month)
    _check(row, today=day_of(at, home.zone), early=early)
    if shown:
        shown_figures.check(shown, *statement(month, home).facts)
    row.final_orders = orders_in(month, home)
    row.final_rate = rate_of(ladder_for(month), row.final_orders)
    row.closed_at = at
    row.closed_by = by.member_id if by else None
    row.closed_name = by.name if by else ""
    row.save(
        update_fields=[
            "final_orders",
            "final_rate",
            "closed_at",
            "closed_by",
            "closed_name",
        ]
    )
    corrections = _corrections(month, row.final_rate, at)
    write(corrections, home=home, by=by, at=at)
    audit.record(
        action="fee_month.close",
        subject=f"fee:{month:%Y-%m}",
        title=f"{month:%Y-%m}",
        by=by,
        at=at,
        after={
            "orders": row.final_orders,
            "rate": row.final_rate,
            "corrections": sum((c.fee for c in corrections), ZERO),
        },
    )
    return row


def _hold(month: date) -> MonthClose:
    """The month alone, after the orders that its corrections write. Starts over where one more was
    charged before the month was held.
    """
    orders = locks.orders_charged(month)
    row = months.hold_alone(month)
    charges = FeeCharge.objects.filter(charged=month, invoice__order__isnull=False)
    charged = charges.values_list("invoice__order", flat=True)
    if set(charged.distinct()) - orders:
        raise StartOver
    return row


def _check(row: MonthClose, *, today: date, early: bool) -> None:
    closed = months.last_closed()
    waiting = waiting_until(row.month)
    if row.closed_at or (closed and row.month <= closed):
        raise CannotClose(_("This month is closed already."))
    if waiting:
        raise CannotClose(_("Close %(month)s first.") % {"month": f"{waiting:%m.%Y}"})
    if row.month > today or (last_of(row.month) >= today and not early):
        raise CannotClose(_("The month is not over yet."))


def _is_closed(month: date) -> bool:
    """Whether the month of this reseller is closed."""
    closed = months.last_closed()
    return closed is not None and month <= closed


def waiting_until(month: date) -> date | None:
    """The first open month before this one that has lines of the commission."""
    earlier = FeeCharge.objects.filter(month__lt=month)
    closed = months.last_closed()
    if closed:
        earlier = earlier.filter(month__gt=closed)
    return earlier.order_by("month").values_list("month", flat=True).first()


def _corrections(month: date, final: Decimal, at: datetime) -> list[FeeCharge]:
    """The lines that bring each invoice's part of the month to its final rate."""
    by_invoice: dict[Invoice, list[FeeCharge]] = defaultdict(list)
    charges = FeeCharge.objects.filter(charged=month).select_related("invoice").order_by("at", "id")
    for charge in charges:
        by_invoice[charge.invoice].append(charge)
    corrections = []
    for invoice, lines in by_invoice.items():
        corrections += _true_up(invoice, month, lines, final, at)
        corrections += _refund_correction(invoice, month, lines, final, at)
    return corrections


def _true_up(
    invoice: Invoice,
    month: date,
    lines: list[FeeCharge],
    final: Decimal,
    at: datetime,
) -> list[FeeCharge]:
    fee = true_up(
        [Part(line.paid, line.rate) for line in lines if line.kind == Kind.RECEIPT],
        final,
    )
    if not fee:
        return []
    return [
        FeeCharge(
            invoice=invoice,
            kind=Kind.TRUE_UP,
            month=month,
            charged=month,
            on=last_of(month),
            paid=ZERO,
            rate=final,
            fee=fee,
            at=at,
        )
    ]


def _refund_correction(
    invoice: Invoice,
    month: date,
    lines: list[FeeCharge],
    final: Decimal,
    at: datetime,
) -> list[FeeCharge]:
    refunds = [line for line in lines if line.kind == Kind.REFUND]
    paid = sum((line.paid for line in lines if line.kind == Kind.RECEIPT), ZERO)
    booked = sum((line.fee for line in refunds), ZERO)
    refunded = -sum((line.paid for line in refunds), ZERO)
    fee = refund_correction(paid=paid, refunded=refunded, booked=booked, final=final)
    if not fee:
        return []
    last = refunds[-1]
    return [
        FeeCharge(
            invoice=invoice,
            kind=Kind.REFUND,
            month=last.month,
            charged=month,
            on=last.on,
            paid=ZERO,
            rate=final,
            fee=fee,
            at=at,
        )
    ]
