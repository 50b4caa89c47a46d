"""Advances to carriers: paid before the rate falls due, taken off it, or given back.

An advance keeps the worth of its own day (SPEC T-9). What the debt does not take up stays as the
carrier's debt to us, also when the order is cancelled or another carrier drives.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from finance import doubles, exchange, ledger, locks
from finance.ledger import Move
from finance.models import (
    Account,
    CarrierAdvance,
    EntryKind,
    Method,
    Occasion,
    Payable,
)
from finance.typed_money import CannotBook, DayTyped, check_amount, check_day, rate_of_day
from finance.worth import Worth
from orders.models import Order, Stage
from orders.price_split import Splitter
from tenants.actor import Actor
from tenants.context import current
from tenants.drivers.models import Carrier
from tenants.kit.doubts import Answers, Doubt, is_answered
from tenants.kit.formats import money
from tenants.kit.money import ZERO, rounded
from tenants.kit.tries import tried_again
from tenants.office import audit

STAGES = (Stage.ASSIGNED, Stage.IN_TRANSIT, Stage.DELIVERED)


class CannotAdvance(CannotBook):
    """The advance cannot be paid or given back; `field` of the form is at fault."""


@dataclass(frozen=True, slots=True)
class Payee:
    """Whom the rate of an order is owed to."""

    name: str
    company_id: UUID | None = None
    carrier_id: UUID | None = None


@tried_again
def pay(
    *,
    order: Order,
    amount: Decimal,
    occasion: Occasion,
    paid_on: date,
    method: Method,
    once: UUID,
    by: Actor,
    at: datetime,
    fx: Decimal | None = None,
    reference: str = "",
    sure: Answers = None,
) -> CarrierAdvance:
    """Pay a part of the rate ahead, in its currency. Raises CannotAdvance, Doubt; a repeated `once`
    finds the first. `fx` is what one unit was worth on the day, by itself the office's rate.
    """
    row = locks.order(order.pk)
    if earlier := CarrierAdvance.objects.filter(order=row, once=once).first():
        return doubles.repeated(earlier, {"return_of": None}, CannotAdvance)
    left = _left_to_advance(row, by)
    check_amount(amount, CannotAdvance)
    check_day(DayTyped(paid_on, "paid_on", by, at, sure), CannotAdvance)
    rate = _rate(fx, row, paid_on, by)
    paid = CarrierAdvance.objects.filter(order=row, return_of=None)
    doubles.ask(paid, doubles.Sum(amount, row.carrier_currency, paid_on, reference), sure)
    _ask_about_more(amount, left, row.carrier_currency, sure)
    payee = payee_of(row)
    advance = CarrierAdvance.objects.create(
        order=row,
        company_id=payee.company_id,
        carrier_id=payee.carrier_id,
        payee=payee.name,
        occasion=occasion,
        amount=amount,
        currency=row.carrier_currency,
        fx=rate,
        home_amount=rounded(amount * rate),
        paid_on=paid_on,
        method=method,
        reference=reference,
        once=once,
        entered_at=at,
        entered_by=by.member_id,
        entered_name=by.name,
    )
    account = Method(method).account
    _post(advance, EntryKind.ADVANCE_PAID, Account.ADVANCES_PAID, account, by=by, at=at)
    _record("carrier_advance.pay", advance, by=by, at=at)
    return advance


@tried_again
def take_back(
    *,
    advance: CarrierAdvance,
    amount: Decimal,
    on: date,
    once: UUID,
    by: Actor,
    at: datetime,
    reason: str = "",
    sure: Answers = None,
) -> CarrierAdvance:
    """Book money that the carrier gave back, up to what is not cleared. Raises CannotAdvance, Doubt;
    a repeated `once` finds the first.
    """
    order = locks.order(advance.order_id)
    held = locks.carrier_advance(advance.pk)
    if earlier := CarrierAdvance.objects.filter(order=order, once=once).first():
        return doubles.repeated(earlier, {"return_of": held}, CannotAdvance)
    if held.return_of_id:
        raise CannotAdvance(_("This is money that came back already."))
    check_amount(amount, CannotAdvance)
    if amount > held.left:
        text = _("More than the carrier owes of this advance: %(rest)s.")
        raise CannotAdvance(text % {"rest": money(held.left, held.currency)})
    if on < held.paid_on:
        raise CannotAdvance(_("Money cannot come back before it was paid."), "on")
    check_day(DayTyped(on, "on", by, at, sure), CannotAdvance)
    back = CarrierAdvance.objects.create(
        order=order,
        company_id=held.company_id,
        carrier_id=held.carrier_id,
        payee=held.payee,
        return_of=held,
        occasion=held.occasion,
        amount=amount,
        currency=held.currency,
        fx=held.fx,
        home_amount=held.at_home(amount),
        paid_on=on,
        method=held.method,
        reason=reason.strip(),
        once=once,
        entered_at=at,
        entered_by=by.member_id,
        entered_name=by.name,
    )
    held.returned += amount
    held.save(update_fields=["returned"])
    account = Method(held.method).account
    _post(back, EntryKind.ADVANCE_RETURNED, account, Account.ADVANCES_PAID, by=by, at=at)
    _record("carrier_advance.return", back, by=by, at=at)
    return back


def clear(
    order: Order,
    carrier_id: UUID | None,
    *,
    most: Decimal,
) -> Worth:
    """Use up the advances of the carrier that drove, the oldest first, until they make `most`; what
    they were worth. The caller holds the order, and books it by `take_off`.
    """
    cleared = Worth()
    held = locks.carrier_advances(order.pk)
    for advance in sorted(held, key=lambda one: (one.paid_on, one.entered_at, one.pk)):
        is_its_own = advance.carrier_id == carrier_id
        if not is_its_own or advance.currency != order.carrier_currency:
            continue
        part = min(advance.left, most - cleared.amount)
        if part <= ZERO:
            continue
        cleared += Worth(part, advance.at_home(part))
        advance.cleared += part
        advance.save(update_fields=["cleared"])
    return cleared


def take_off(payable: Payable, *, by: Actor | None, at: datetime) -> None:
    """Book in one entry that advances paid a part of a new debt."""
    if not payable.advance:
        return
    move = Move(
        Account.PAYABLE,
        Account.ADVANCES_PAID,
        payable.advance,
        payable.currency,
        payable.advance_home,
        payable.company_id,
        payable.order_id,
    )
    ledger.post(
        kind=EntryKind.OFFSET,
        lines=[move],
        subject=payable.subject,
        on=payable.accrued_on,
        by=by,
        at=at,
        memo=payable.order.ref,
    )


def left_of_rate(
    order: Order,
    by: Actor | None,
) -> Decimal | None:
    """What the carrier that drives still gets, its taxes included; None while there is no rate."""
    amounts = Splitter(by).carrier_split(order)
    if amounts is None:
        return None
    paid = CarrierAdvance.objects.filter(
        order=order,
        return_of=None,
        carrier_id=payee_of(order).carrier_id,
        currency=order.carrier_currency,
    )
    ahead = sum((one.amount - one.returned for one in paid), ZERO)
    return amounts.gross - ahead


def payee_of(
    order: Order,
) -> Payee:
    """Whom the rate is owed to, as it stands on the trip."""
    trip = order.trips.filter(replaced_at=None).first()
    if trip is None:
        return Payee(order.carrier_name or "—")
    name = trip.carrier_name or order.carrier_name
    return Payee(name, trip.partner_id, trip.carrier_id)


def own_fleet_drives(
    order: Order,
) -> bool:
    """Whether the carrier is the reseller's own fleet."""
    carrier_id = payee_of(order).carrier_id
    own = Carrier.objects.filter(home_role=current().role, kind=Carrier.Kind.FLEET)
    return carrier_id is not None and own.filter(pk=carrier_id).exists()


def may_advance(
    order: Order,
) -> bool:
    """Whether the carrier of an order is paid ahead at this stage."""
    is_hired = order.stage in STAGES and bool(order.carrier_rate)
    return is_hired and not own_fleet_drives(order)


def _left_to_advance(
    order: Order,
    by: Actor,
) -> Decimal:
    """What is left of the rate. Raises CannotAdvance where nothing is paid ahead."""
    if order.stage not in STAGES or order.payables.exists():
        text = _("An advance is paid from the award on, until the order is completed.")
        raise CannotAdvance(text, "order")
    if own_fleet_drives(order):
        raise CannotAdvance(_("The own fleet is paid no advance."), "order")
    left = left_of_rate(order, by)
    if not order.carrier_rate or left is None:
        raise CannotAdvance(_("The order has no carrier's rate yet."), "order")
    return left


def _rate(fx: Decimal | None, order: Order, on: date, by: Actor) -> Decimal:
    """What one unit of the carrier's currency is worth on the day. Raises CannotAdvance."""
    currency = order.carrier_currency
    usual = exchange.usual_rate(currency, on, order.carrier_fx)
    return rate_of_day(fx, currency, usual=usual, by=by, refusal=CannotAdvance)


def _ask_about_more(amount: Decimal, left: Decimal, currency: str, sure: Answers) -> None:
    """Raises Doubt where more is paid than the rate."""
    key = f"above_rate:{amount}:{left}"
    if amount <= left or is_answered(sure, key):
        return
    text = _("More than is left of the carrier's rate: %(rest)s.")
    raise Doubt(key, text % {"rest": money(left, currency)})


def _post(
    advance: CarrierAdvance,
    kind: EntryKind,
    debit: Account,
    credit: Account,
    *,
    by: Actor,
    at: datetime,
) -> None:
    ledger.post_money(
        advance,
        kind,
        debit,
        credit,
        memo=advance.reference or advance.order.ref,
        by=by,
        at=at,
        company_id=advance.company_id,
        order_id=advance.order_id,
    )


def _record(action: str, advance: CarrierAdvance, *, by: Actor, at: datetime) -> None:
    audit.record(
        action=action,
        subject=advance.subject,
        title=advance.payee,
        by=by,
        at=at,
        reason=advance.reason,
        after={
            "order": advance.order.ref,
            "amount": advance.amount,
            "currency": advance.currency,
            "on": advance.paid_on,
            "method": advance.method,
        },
    )
