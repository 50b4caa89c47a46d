"""Giving up what is left of an invoice as a bad debt, and taking that back.

The debt leaves the receivables at the invoice's own worth and is a loss; the tax to pay stays as it
was booked. What waits for its moment (revenue or tax counted when paid) was never booked as such:
it goes with the debt and is no loss. Money that comes in all the same takes the write-off back first.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.db.models import Sum
from django.utils.translation import gettext as _

from finance import doubles, exchange, ledger, locks, months, recognition
from finance.ledger import Move
from finance.models import Account, EntryKind, Invoice, Status, WriteOff
from finance.typed_money import CannotBook, DayTyped, check_amount, check_day
from finance.worth import Worth
from tenants.actor import Actor
from tenants.kit import formats
from tenants.kit.calendar import day_of, first_of
from tenants.kit.doubts import Answers
from tenants.kit.money import ZERO, rounded
from tenants.kit.tries import tried_again
from tenants.office import audit
from tenants.office.current import current_reseller


class CannotWriteOff(CannotBook):
    """The write-off does not fit the invoice; `field` of the form is at fault, the text says why."""


@tried_again
def make(
    *,
    invoice: Invoice,
    amount: Decimal,
    on: date,
    reason: str,
    once: UUID,
    by: Actor,
    at: datetime,
    sure: Answers = None,
) -> WriteOff:
    """Give up what is left of an invoice past due, or a part of it. Raises CannotWriteOff, Doubt; a
    repeated `once` finds the first write-off.
    """
    row = locks.invoice(invoice.pk)
    if earlier := WriteOff.objects.filter(invoice=row, once=once).first():
        return doubles.repeated(earlier, {"reverses": None}, CannotWriteOff)
    _check(row, amount, reason)
    _check_day(row, on, by=by, at=at, sure=sure)
    before = recognition.booked(row)
    home = recognition.receivable(row).at_home(amount)
    write_off = WriteOff(
        invoice=row,
        amount=amount,
        currency=row.currency,
        home_amount=home,
        reason=reason.strip(),
        on=on,
        once=once,
        entered_at=at,
        entered_by=by.member_id,
        entered_name=by.name,
    )
    write_off.save(force_insert=True)
    move = _move(row, Account.BAD_DEBTS, Account.RECEIVABLE, write_off)
    _given_up(row, Worth(amount, home))
    lines = [move, *recognition.money_moved(row, before)]
    _post(write_off, EntryKind.WRITE_OFF, lines, by=by, at=at)
    return write_off


@tried_again
def reverse(
    *,
    write_off: WriteOff,
    reason: str,
    once: UUID,
    by: Actor,
    at: datetime,
) -> WriteOff:
    """Take back, today, what is left of a write-off: the client owes it again. Raises CannotWriteOff;
    a repeated `once` finds the first reversal.
    """
    row = locks.invoice(write_off.invoice_id)
    if earlier := WriteOff.objects.filter(invoice=row, once=once).first():
        facts = {"reverses": write_off}
        return doubles.repeated(earlier, facts, CannotWriteOff, field="reason")
    if write_off.reverses_id:
        raise CannotWriteOff(_("This is the reversal of a write-off."), "reason")
    left = left_of(write_off)
    if not left.amount:
        raise CannotWriteOff(_("This write-off is reversed already."), "reason")
    if not reason.strip():
        raise CannotWriteOff(_("Say why the write-off is reversed."), "reason")
    on = day_of(at, current_reseller(by).zone)
    return _take_back(
        row,
        write_off,
        left.amount,
        reason=reason.strip(),
        on=on,
        once=once,
        by=by,
        at=at,
    )


def make_room(
    invoice: Invoice,
    amount: Decimal,
    *,
    reason: str,
    on: date,
    by: Actor | None,
    at: datetime,
) -> None:
    """Take back as much of what was written off as an amount needs, the latest first. The caller
    holds the invoice's row, which is changed in place; an amount of zero or less needs nothing.
    """
    missing = min(amount, invoice.written_off)
    if missing <= ZERO:
        return
    rows = invoice.write_offs.filter(reverses=None).order_by("-entered_at", "-pk")
    for write_off in rows:
        part = min(missing, left_of(write_off).amount)
        if part:
            _take_back(
                invoice,
                write_off,
                part,
                reason=reason,
                on=on,
                once=uuid4(),
                by=by,
                at=at,
            )
            missing -= part


def left_of(
    write_off: WriteOff,
) -> Worth:
    """What of a write-off was not taken back."""
    back = write_off.reversals.aggregate(
        amount=Sum("amount", default=ZERO),
        home=Sum("home_amount", default=ZERO),
    )
    return Worth(write_off.amount - back["amount"], write_off.home_amount - back["home"])


def _take_back(
    invoice: Invoice,
    write_off: WriteOff,
    part: Decimal,
    *,
    reason: str,
    on: date,
    once: UUID,
    by: Actor | None,
    at: datetime,
) -> WriteOff:
    """Open a part of the debt again: the loss goes at the worth it came, the debt comes back at the
    worth it has. A cent between them is a difference of exchange.
    """
    left = left_of(write_off)
    home = rounded(left.home * part / left.amount)
    before = recognition.booked(invoice)
    owed = recognition.receivable(invoice)
    reversal = WriteOff(
        invoice=invoice,
        reverses=write_off,
        amount=part,
        currency=invoice.currency,
        home_amount=home,
        reason=reason,
        on=max(on, write_off.on),
        once=once,
        entered_at=at,
        entered_by=by.member_id if by else None,
        entered_name=by.name if by else "",
    )
    reversal.save(force_insert=True)
    move = _move(invoice, Account.RECEIVABLE, Account.BAD_DEBTS, reversal)
    lines = exchange.settling(owed, -part, move)
    _given_up(invoice, Worth(-part, -home))
    lines += recognition.money_moved(invoice, before)
    _post(reversal, EntryKind.WRITE_OFF_BACK, lines, by=by, at=at)
    return reversal


def _check(
    invoice: Invoice,
    amount: Decimal,
    reason: str,
) -> None:
    """Raises CannotWriteOff."""
    if invoice.status == Status.CANCELLED:
        raise CannotWriteOff(_("This invoice is cancelled."))
    if not invoice.earned_on:
        text = _("The order is not completed yet: nothing is owed, cancel the invoice instead.")
        raise CannotWriteOff(text)
    check_amount(amount, CannotWriteOff)
    if amount > invoice.rest:
        text = _("More than is left to pay: %(rest)s.")
        raise CannotWriteOff(text % {"rest": formats.money(invoice.rest, invoice.currency)})
    if not reason.strip():
        raise CannotWriteOff(_("Say why the debt is written off."), "reason")


def _check_day(
    invoice: Invoice,
    on: date,
    *,
    by: Actor,
    at: datetime,
    sure: Answers,
) -> None:
    """The day is one of money, after the invoice fell due and in an open month. Raises
    CannotWriteOff, Doubt.
    """
    check_day(DayTyped(on, "on", by, at, sure), CannotWriteOff)
    if on <= max(invoice.due_on, invoice.earned_on or invoice.due_on):
        text = _("The invoice falls due on %(day)s: it is written off after that day.")
        raise CannotWriteOff(text % {"day": formats.day(invoice.due_on)}, "on")
    if months.hold_open(on, months.BOOKS) != first_of(on):
        raise CannotWriteOff(_("The books of this month are closed."), "on")


def _move(invoice: Invoice, debit: Account, credit: Account, write_off: WriteOff) -> Move:
    """The debt itself, between what the client owes and what is lost."""
    return Move(
        debit,
        credit,
        write_off.amount,
        write_off.currency,
        write_off.home_amount,
        invoice.company_id,
        invoice.order_id,
        invoice.pk,
    )


def _given_up(invoice: Invoice, change: Worth) -> None:
    """Only here is `written_off` written; the status follows from it."""
    invoice.written_off += change.amount
    invoice.written_off_home += change.home
    invoice.settle_status()
    invoice.save(update_fields=["written_off", "written_off_home", "status"])


def _post(
    row: WriteOff,
    kind: EntryKind,
    lines: list[Move],
    *,
    by: Actor | None,
    at: datetime,
) -> None:
    """The entry of a write-off or a reversal, and its line of the audit log."""
    invoice = row.invoice
    ledger.post(
        kind=kind,
        lines=lines,
        subject=invoice.subject,
        on=row.on,
        by=by,
        at=at,
        memo=invoice.number,
    )
    audit.record(
        action="write_off.reverse" if row.reverses_id else "write_off.make",
        subject=invoice.subject,
        title=invoice.number,
        by=by,
        at=at,
        reason=row.reason,
        after={"amount": row.amount, "currency": row.currency, "on": row.on},
    )
