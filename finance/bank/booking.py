"""What a part of a line of the bank becomes in the books: a receipt, a payout, an advance of a client
or to a carrier, an expense, or the tie to a payment that was entered by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from companies.models import Company
from finance import carrier_advances, client_advances, expenses, payables, payments
from finance.expenses import Purpose
from finance.models import (
    CarrierAdvance,
    Category,
    ClientAdvance,
    Expense,
    Invoice,
    LineMatch,
    Method,
    Occasion,
    Payable,
    Payment,
    Payout,
    StatementLine,
)
from orders.models import Order
from tenants.actor import Actor
from tenants.kit import formats

M = TypeVar("M", bound=Model)
LATER = "transfer_to"  # a part whose act the books do not have yet
PARTS = ("invoice", "payout", "advance_of", "expense", "entered", LATER)


class CannotMatch(Exception):
    """A line is not booked so; `field` says what of it stands in the way."""

    def __init__(self, text: str, field: str = "parts") -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of a line is: `kind` of PARTS, and which one."""

    kind: str
    target: str
    amount: Decimal


class BankMoney(TypedDict):
    """An amount that moved on an account."""

    amount: Decimal
    paid_on: date
    method: Method
    reference: str
    once: UUID


@dataclass(frozen=True, slots=True)
class Booking:
    """A part that is booked now. `is_sure`: also where the books have a question."""

    line: StatementLine
    part: Part
    once: UUID
    is_sure: bool

    @property
    def money(self) -> BankMoney:
        """What the line says of it, as the acts take it."""
        return BankMoney(
            amount=self.part.amount,
            paid_on=self.line.on,
            method=Method.BANK,
            reference=self.line.number,
            once=self.once,
        )


def book(booking: Booking, *, by: Actor, at: datetime) -> LineMatch:
    """Raises CannotMatch and the refusals of the acts."""
    act = ACTS.get(booking.part.kind)
    if act is None:
        raise CannotMatch(_("Say what this line is."))
    match = act(booking, by, at)
    match.line = booking.line
    match.amount = booking.part.amount
    match.matched_at = at
    match.matched_by = by.member_id
    match.matched_name = by.name
    try:
        with transaction.atomic():
            match.save(force_insert=True)
    except IntegrityError as taken:
        text = _("Another line of the bank stands for this payment already.")
        raise CannotMatch(text, "entered") from taken
    return match


def kind_of(
    line: StatementLine,
    number: str,
) -> str:
    """What a number that was typed for a line means: an order that owes nothing yet is paid ahead."""
    if line.is_in:
        return "invoice"
    is_owed = Payable.objects.filter(order__ref=number).exists()
    is_open = Order.objects.filter(ref=number, stage__in=carrier_advances.STAGES).exists()
    return "advance_of" if is_open and not is_owed else "payout"


def _received(booking: Booking, by: Actor, at: datetime) -> LineMatch:
    """Raises CannotMatch, CannotPay."""
    line = booking.line
    if not line.is_in:
        raise CannotMatch(_("Money that left pays no invoice of a client."), "invoice")
    invoice = _invoice(booking.part.target)
    if invoice is None:
        raise CannotMatch(_("There is no such invoice."), "invoice")
    _check_currency(line, invoice.currency, "invoice")
    if invoice.firm_id != line.firm_id:
        raise CannotMatch(_("This invoice is of another of your firms."), "invoice")
    payment = payments.receive(
        invoice=invoice,
        **booking.money,
        by=by,
        at=at,
    )
    return LineMatch(payment=payment, is_booked=True)


def _paid_out(booking: Booking, by: Actor, at: datetime) -> LineMatch:
    """Raises CannotMatch, CannotPayOut."""
    line = booking.line
    if line.is_in:
        raise CannotMatch(_("Money that came in is no payout."), "payout")
    payable = _payable(booking.part.target)
    if payable is None:
        raise CannotMatch(_("There is no such debt to a carrier."), "payout")
    _check_currency(line, payable.currency, "payout")
    payout = payables.pay_out(
        payable=payable,
        **booking.money,
        by=by,
        at=at,
    )
    return LineMatch(payout=payout, is_booked=True)


def _advance(
    booking: Booking,
    by: Actor,
    at: datetime,
) -> LineMatch:
    """What came in is a client's, what left is paid ahead on the rate of an order."""
    act = _of_client if booking.line.is_in else _to_carrier
    return act(booking, by, at)


def _of_client(booking: Booking, by: Actor, at: datetime) -> LineMatch:
    """Raises CannotMatch, CannotPay."""
    line = booking.line
    company = _company(booking.part.target)
    if company is None:
        raise CannotMatch(_("There is no such company."), "advance_of")
    advance = client_advances.receive(
        company=company,
        currency=line.currency,
        **booking.money,
        by=by,
        at=at,
    )
    return LineMatch(client_advance=advance, is_booked=True)


def _to_carrier(booking: Booking, by: Actor, at: datetime) -> LineMatch:
    """Raises CannotMatch, CannotAdvance."""
    line = booking.line
    order = _order(booking.part.target)
    if order is None:
        raise CannotMatch(_("There is no such order."), "advance_of")
    _check_currency(line, order.carrier_currency, "advance_of")
    left = carrier_advances.left_of_rate(order, by)
    if left is not None and booking.part.amount > left and not booking.is_sure:
        text = _("More than is left of the carrier's rate: %(rest)s.")
        raise CannotMatch(text % {"rest": formats.money(left, line.currency)}, "sure")
    advance = carrier_advances.pay(
        order=order,
        occasion=Occasion.OTHER,
        **booking.money,
        by=by,
        at=at,
    )
    return LineMatch(carrier_advance=advance, is_booked=True)


def _spent(booking: Booking, by: Actor, at: datetime) -> LineMatch:
    """The target is the category. Raises CannotMatch, CannotSpend."""
    line = booking.line
    if line.is_in:
        raise CannotMatch(_("Money that came in is no expense."), "expense")
    if booking.part.target not in Category:
        raise CannotMatch(_("There is no such category of expenses."), "expense")
    expense = expenses.spend(
        purpose=Purpose(Category(booking.part.target), None, line.counterparty[:200], line.purpose),
        currency=line.currency,
        **booking.money,
        by=by,
        at=at,
    )
    return LineMatch(expense=expense, is_booked=True)


def _tied(booking: Booking, _by: Actor, _at: datetime) -> LineMatch:
    """What was entered by hand stands behind the line. Raises CannotMatch."""
    line = booking.line
    key = _uuid(booking.part.target)
    match = _entered(key, line) if key else None
    if match is None:
        raise CannotMatch(_("There is no such payment without a line of the bank."), "entered")
    row = match.behind
    is_alike = (row.currency, row.amount) == (line.currency, booking.part.amount)
    if match.comes_in is not line.is_in or not is_alike:
        raise CannotMatch(_("This payment has another amount or direction."), "entered")
    return match


def _entered(
    key: UUID,
    line: StatementLine,
) -> LineMatch | None:
    """The one with this id that no line stands for yet."""
    of_firm = {"bank_match": None, "advance": None, "invoice__firm_id": line.firm_id}
    if payment := Payment.objects.filter(pk=key, **of_firm).first():
        return LineMatch(payment=payment, is_booked=False)
    if payout := Payout.objects.filter(pk=key, bank_match=None).first():
        return LineMatch(payout=payout, is_booked=False)
    if of_client := ClientAdvance.objects.filter(pk=key, bank_match=None).first():
        return LineMatch(client_advance=of_client, is_booked=False)
    if to_carrier := CarrierAdvance.objects.filter(pk=key, bank_match=None).first():
        return LineMatch(carrier_advance=to_carrier, is_booked=False)
    standing = Expense.objects.filter(reverses=None, reversal=None, bank_match=None)
    if expense := standing.filter(pk=key).first():
        return LineMatch(expense=expense, is_booked=False)
    return None


def _check_currency(
    line: StatementLine,
    currency: str,
    field: str,
) -> None:
    """Raises CannotMatch."""
    if currency != line.currency:
        facts = {"line": line.currency, "other": currency}
        text = _("The line is in %(line)s, this is in %(other)s.") % facts
        raise CannotMatch(text, field)


def _invoice(target: str) -> Invoice | None:
    """By id or by number."""
    return _row(Invoice.objects.select_related("company", "order"), target, "number")


def _payable(target: str) -> Payable | None:
    """By id, or by the reference of its order."""
    return _row(Payable.objects.all(), target, "order__ref")


def _company(target: str) -> Company | None:
    """By id or by its code."""
    return _row(Company.objects.all(), target, "ref")


def _order(target: str) -> Order | None:
    """By id or by its reference."""
    return _row(Order.objects.all(), target, "ref")


def _row(rows: QuerySet[M], target: str, name: str) -> M | None:
    """The one with this id, or with this name."""
    key = _uuid(target)
    return (rows.filter(pk=key) if key else rows.filter(**{name: target})).first()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


ACTS: dict[str, Callable[[Booking, Actor, datetime], LineMatch]] = {
    "invoice": _received,
    "payout": _paid_out,
    "advance_of": _advance,
    "expense": _spent,
    "entered": _tied,
}
