"""The platform's commission on what clients pay: one line for each receipt and refund.

The sums are commission/fee_lines.py's; here they are booked: a FeeCharge, its public copy that the
platform reads, and the ledger. Closing a month is finance/close.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q, Sum

from commission.fee_lines import Part, receipt_fee, refund_fee
from commission.ladder import STANDARD, Ladder, ladder_of, rate_of
from finance import fee_base, ledger, months
from finance.ledger import Move
from finance.models import (
    Account,
    EntryKind,
    FeeCharge,
    MonthClose,
    Payment,
)
from orders.models import Order
from tenants.actor import Actor, ResellerInfo
from tenants.context import current, current_reseller_id
from tenants.kit.calendar import moments_of
from tenants.kit.money import ZERO
from tenants.office.current import current_reseller
from tenants.platform.models import FeeLine
from tenants.platform.models import Ladder as LadderRow

Kind = FeeCharge.Kind


def ladder_for(month: date) -> Ladder:
    """The ladder in force on the first of a month: the reseller's own, else the general one, else
    the standard one.
    """
    own = current_reseller_id()
    rows = LadderRow.objects.filter(Q(reseller=None) | Q(reseller=own), effective_from__lte=month)
    row = rows.order_by(F("reseller").asc(nulls_last=True), "-effective_from").first()
    return ladder_of(row.steps) if row else STANDARD


def orders_in(month: date, home: ResellerInfo) -> int:
    """Orders completed in the month, in the reseller's time zone; each counts once."""
    start, end = moments_of(month, home.zone)
    return Order.objects.filter(completed_at__gte=start, completed_at__lt=end).count()


def rate_for(month: date, home: ResellerInfo) -> Decimal:
    """Per cent: the final rate of a closed month, the one reached so far of an open one."""
    closed = MonthClose.objects.filter(
        kind=months.FEE, month=month, closed_at__isnull=False
    ).first()
    if closed and closed.final_rate is not None:
        return closed.final_rate
    return rate_of(ladder_for(month), orders_in(month, home))


def charge_receipt(*, payment: Payment, by: Actor | None, at: datetime) -> FeeCharge | None:
    """The line of a receipt, at the step its month has reached. The caller holds invoice and month.
    Raises fee_base.NoRate.
    """
    invoice = payment.invoice
    home = current_reseller(by)
    if not invoice.bears_fee:
        return None
    base = fee_base.of_receipt(payment, home.currency)
    part = Part(base.paid, rate_for(payment.month, home))
    before = FeeCharge.objects.filter(invoice=invoice, charged=payment.month, kind=Kind.RECEIPT)
    fee = receipt_fee(
        [Part(paid, rate) for paid, rate in before.values_list("paid", "rate")],
        part,
    )
    charge = FeeCharge(
        invoice=invoice,
        payment=payment,
        kind=Kind.RECEIPT,
        month=payment.month,
        charged=payment.month,
        on=payment.paid_on,
        fx=base.fx,
        rate_off=base.off,
        paid=part.paid,
        rate=part.rate,
        fee=fee,
        at=at,
    )
    write([charge], home=home, by=by, at=at)
    return charge


def charge_refund(*, refund: Payment, by: Actor | None, at: datetime) -> FeeCharge | None:
    """Give back what the refunded part cost, at the rate of the month it was charged in, outside
    the month's base.
    """
    receipt = refund.refund_of
    home = current_reseller(by)
    if receipt is None or not refund.invoice.bears_fee:
        return None
    charged = receipt.month
    paid, refunded = paid_and_refunded(refund.invoice_id, charged)
    part = Part(fee_base.of_refund(refund, receipt), rate_for(charged, home))
    fee = refund_fee(paid=paid, refunded=refunded, part=part)
    charge = FeeCharge(
        invoice=refund.invoice,
        payment=refund,
        kind=Kind.REFUND,
        month=refund.month,
        charged=charged,
        on=refund.paid_on,
        paid=-part.paid,
        rate=part.rate,
        fee=fee,
        at=at,
    )
    write([charge], home=home, by=by, at=at)
    return charge


def paid_and_refunded(invoice_id: UUID, charged: date) -> tuple[Decimal, Decimal]:
    """An invoice's base in a month, and what was given back of it since."""
    sums = FeeCharge.objects.filter(invoice=invoice_id, charged=charged).aggregate(
        base=Sum("paid", filter=Q(kind=Kind.RECEIPT)),
        back=Sum("paid", filter=Q(kind=Kind.REFUND)),
    )
    return sums["base"] or ZERO, -(sums["back"] or ZERO)


def write(
    charges: list[FeeCharge],
    *,
    home: ResellerInfo,
    by: Actor | None,
    at: datetime,
) -> None:
    """Book fee lines of one month's act: here, for the platform, in the ledger, and on their
    orders.
    """
    FeeCharge.objects.bulk_create(charges)
    FeeLine.objects.bulk_create(_public(charge, home) for charge in charges)
    for (day, subject), group in _by_entry(charges).items():
        lines = [_move(charge, home.currency) for charge in group if charge.fee]
        if lines:
            ledger.post(
                kind=EntryKind.PLATFORM_FEE,
                lines=lines,
                subject=subject,
                on=day,
                by=by,
                at=at,
            )
    for charge in charges:
        if charge.fee and charge.invoice.order_id:
            Order.objects.filter(pk=charge.invoice.order_id).update(fee=F("fee") + charge.fee)


def _public(charge: FeeCharge, home: ResellerInfo) -> FeeLine:
    return FeeLine(
        id=charge.id,
        role=current().role,
        reseller_id=home.id,
        month=charge.month,
        kind=charge.kind,
        invoice=charge.invoice.number,
        on=charge.on,
        paid=charge.paid,
        rate=charge.rate,
        fee=charge.fee,
        currency=home.currency,
        created_at=charge.at,
        rate_off=charge.rate_off,
    )


def _by_entry(
    charges: Iterable[FeeCharge],
) -> dict[tuple[date, str], list[FeeCharge]]:
    """Lines of one payment, or of one closing, make one entry, dated within the month they are
    booked in.
    """
    groups = defaultdict(list)
    for charge in charges:
        day = charge.on if charge.on >= charge.month else charge.month
        groups[
            day,
            charge.invoice.subject if charge.payment_id else f"fee:{charge.month:%Y-%m}",
        ].append(charge)
    return groups


def _move(charge: FeeCharge, currency: str) -> Move:
    debit = Account.PLATFORM_FEE
    credit = Account.FEE_PAYABLE
    if charge.fee < 0:
        debit, credit = credit, debit
    invoice = charge.invoice
    return Move(
        debit,
        credit,
        abs(charge.fee),
        currency,
        abs(charge.fee),
        invoice.company_id,
        invoice.order_id,
        invoice.pk,
    )
