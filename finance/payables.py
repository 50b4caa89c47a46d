"""Money to carriers: what becomes due with a completed order, and paying it out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from finance import carrier_advances, doubles, exchange, ledger, locks, notifications
from finance.exchange import Item
from finance.ledger import Move
from finance.models import Account, EntryKind, Method, Payable, Payout
from finance.typed_money import CannotBook, DayTyped, check_amount, check_day, rate_of_day
from finance.worth import Worth
from orders.models import Order
from orders.price_split import Splitter
from tenants.actor import Actor
from tenants.kit.calendar import day_of
from tenants.kit.doubts import Answers
from tenants.kit.formats import money
from tenants.kit.money import Tax, rounded
from tenants.kit.tries import tried_again
from tenants.office import audit
from tenants.office.current import current_reseller

CARRIER_TERMS_DAYS = 10  # from the day the order's papers are complete


class CannotPayOut(CannotBook):
    """The payout does not fit what is owed; `field` of the form is at fault."""


@tried_again
def accrue(*, order: Order, by: Actor | None, at: datetime) -> Payable | None:
    """Owe the carrier its rate with its taxes, all of it a cost until the carrier's tax invoice is
    there (finance/input_tax.py). None when the order has no rate, or the own fleet drove: nobody owes
    anything to oneself. A second call finds the first payable.
    """
    row = locks.order(order.pk)
    if earlier := Payable.objects.filter(order=row).first():
        return earlier
    if not row.carrier_rate or carrier_advances.own_fleet_drives(row):
        return None
    on = day_of(at, current_reseller(by).zone)
    splitter = Splitter(by)
    amounts = splitter.carrier_split(row)
    assert amounts is not None
    payee = carrier_advances.payee_of(row)
    advance = carrier_advances.clear(row, payee.carrier_id, most=amounts.gross)
    payable = Payable.objects.create(
        company_id=payee.company_id,
        carrier_id=payee.carrier_id,
        payee=payee.name,
        order=row,
        amount=amounts.gross,
        net=amounts.net,
        tax=amounts.tax,
        taxes=[_tax(one) for one in amounts.taxes],
        is_deductible=bool(amounts.tax) and splitter.sellers.pays_vat(row.hiring_firm, on),
        currency=row.carrier_currency,
        fx=row.carrier_fx,
        paid=advance.amount,
        advance=advance.amount,
        advance_home=advance.home,
        accrued_on=on,
        due_on=on + timedelta(days=CARRIER_TERMS_DAYS),
    )
    move = Move(
        Account.COST,
        Account.PAYABLE,
        payable.amount,
        payable.currency,
        payable.home_amount,
        payable.company_id,
        row.pk,
    )
    ledger.post(
        kind=EntryKind.COST,
        lines=[move],
        subject=payable.subject,
        on=on,
        by=by,
        at=at,
        memo=row.ref,
    )
    carrier_advances.take_off(payable, by=by, at=at)
    notifications.of_debt(payable, by=by, at=at)
    return payable


@tried_again
def pay_out(
    *,
    payable: Payable,
    amount: Decimal,
    paid_on: date,
    method: Method,
    once: UUID,
    by: Actor | None,
    at: datetime,
    fx: Decimal | None = None,
    reference: str = "",
    sure: Answers = None,
) -> Payout:
    """Pay a carrier what is owed or a part of it. Raises CannotPayOut, Doubt; a repeated `once` finds the
    first payout. `fx` is what one unit of the debt's currency was worth on the day.
    """
    row = locks.debt(payable.pk)
    if earlier := Payout.objects.filter(payable=row, once=once).first():
        return earlier
    rate = rate_of_day(
        fx,
        row.currency,
        usual=exchange.usual_rate(row.currency, paid_on, row.fx),
        by=by,
        refusal=CannotPayOut,
    )
    _check_amount(row, amount)
    check_day(DayTyped(paid_on, "paid_on", by, at, sure), CannotPayOut)
    payouts = Payout.objects.filter(payable=row)
    doubles.ask(payouts, doubles.Sum(amount, row.currency, paid_on, reference), sure)
    payout = Payout.objects.create(
        payable=row,
        amount=amount,
        currency=row.currency,
        fx=rate,
        home_amount=rounded(amount * rate),
        paid_on=paid_on,
        method=method,
        reference=reference,
        once=once,
        entered_at=at,
        entered_by=by.member_id if by else None,
        entered_name=by.name if by else "",
    )
    move = Move(
        Account.PAYABLE,
        method.account,
        amount,
        row.currency,
        rounded(amount * rate),
        row.company_id,
        row.order_id,
    )
    lines = exchange.settling(_debt(row), amount, move)
    row.paid += amount
    row.save(update_fields=["paid"])
    ledger.post(
        kind=EntryKind.PAYOUT,
        lines=lines,
        subject=row.subject,
        on=paid_on,
        by=by,
        at=at,
        memo=reference,
    )
    audit.record(
        action="payout.make",
        subject=row.subject,
        title=row.payee,
        by=by,
        at=at,
        after={
            "amount": amount,
            "currency": row.currency,
            "on": paid_on,
            "method": method,
        },
    )
    notifications.of_payout(payout, by=by, at=at)
    return payout


def _tax(tax: Tax) -> dict[str, str]:
    return {"kind": tax.kind, "percent": str(tax.percent), "amount": str(tax.amount)}


def _debt(payable: Payable) -> Item:
    """What the carrier is owed, and how much of it was paid."""
    return Item(
        Account.PAYABLE,
        payable.amount,
        payable.home_amount,
        payable.paid,
        Worth(payable.advance, payable.advance_home),
    )


def _check_amount(payable: Payable, amount: Decimal) -> None:
    """Raises CannotPayOut."""
    check_amount(amount, CannotPayOut)
    if amount > payable.rest:
        raise CannotPayOut(
            _("More than is owed: %(rest)s.") % {"rest": money(payable.rest, payable.currency)}
        )
