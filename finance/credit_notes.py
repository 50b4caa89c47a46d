"""Making an accepted invoice less: revenue and taxes go down, and what was paid too much goes back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from finance import (
    ledger,
    locks,
    months,
    notifications,
    papers,
    payments,
    recognition,
    write_offs,
)
from finance.models import CreditNote, EntryKind, Invoice, Status
from finance.payments import CannotPay
from finance.typed_money import CannotBook, check_amount
from tenants.actor import Actor
from tenants.kit.calendar import day_of
from tenants.kit.doubts import Answers, Doubt, is_answered
from tenants.kit.formats import money
from tenants.kit.money import ZERO, Tax, TaxedAmount, rounded
from tenants.kit.tries import tried_again
from tenants.office import audit
from tenants.office.current import current_reseller


class CannotCredit(CannotBook):
    """The credit note does not fit the invoice; `field` of the form is at fault, the text says why."""


@tried_again
def issue(
    *,
    invoice: Invoice,
    amount: Decimal,
    reason: str,
    once: UUID,
    by: Actor,
    at: datetime,
    sure: Answers = None,
) -> CreditNote:
    """Take an amount, taxes included, off an accepted invoice, with a numbered paper. What of it was
    paid already goes back today, after a question. Raises CannotCredit, Doubt; a repeated `once`
    finds the first note.
    """
    row = locks.invoice(invoice.pk)
    if earlier := CreditNote.objects.filter(invoice=row, once=once).first():
        return earlier
    _check(row, amount, reason)
    on = day_of(at, current_reseller(by).zone)
    months.hold_open(on, months.BOOKS)
    reason = reason.strip()
    write_offs.make_room(row, amount - row.rest, reason=reason, on=on, by=by, at=at)
    _give_back(row, amount - row.rest, reason=reason, on=on, by=by, at=at, sure=sure)
    row = locks.invoice(invoice.pk)
    off = share_of(
        all_taxes(line.taxes for line in row.lines.all()),
        amount=amount,
        gross=row.gross,
        before=row.credited,
    )
    document = papers.credit_note_paper(
        invoice=row,
        line=papers.single_line(_text(row), off),
        reason=reason,
        on=on,
        by=by,
        at=at,
    )
    lines, home = recognition.credit(invoice=row, amount=amount, tax=off.tax)
    row.settle_status()
    row.save(update_fields=["credited", "credited_tax", "credited_home", "status"])
    note = CreditNote.objects.create(
        number=document.code,
        invoice=row,
        amount=amount,
        taxes=papers.taxes_as_kept(off),
        currency=row.currency,
        home_amount=home,
        reason=reason,
        on=on,
        document_id=document.pk,
        once=once,
        issued_at=at,
        issued_by=by.member_id,
    )
    ledger.post(
        kind=EntryKind.CREDIT_NOTE,
        lines=lines,
        subject=row.subject,
        on=on,
        by=by,
        at=at,
        memo=note.number,
    )
    audit.record(
        action="credit_note.issue",
        subject=row.subject,
        title=row.number,
        by=by,
        at=at,
        reason=note.reason,
        after={"number": note.number, "amount": amount, "currency": row.currency},
    )
    notifications.of_credit_note(note, by=by, at=at)
    return note


def _check(
    invoice: Invoice,
    amount: Decimal,
    reason: str,
) -> None:
    """Raises CannotCredit."""
    if invoice.status == Status.CANCELLED:
        raise CannotCredit(_("This invoice is cancelled."))
    if invoice.is_opening:
        text = _("This debt is an opening balance: no revenue of these books stands behind it.")
        raise CannotCredit(text)
    if not invoice.earned_on:
        text = _("The order is not completed yet: cancel the invoice and issue it anew.")
        raise CannotCredit(text)
    check_amount(amount, CannotCredit)
    if amount >= invoice.payable:
        text = _("This takes off all of the invoice, %(sum)s. Give the money back and cancel it.")
        sums = {"sum": money(invoice.payable, invoice.currency)}
        raise CannotCredit(text % sums)
    if not reason.strip():
        raise CannotCredit(_("Say why the invoice is made less."), "reason")


def _give_back(
    invoice: Invoice,
    surplus: Decimal,
    *,
    reason: str,
    on: date,
    by: Actor,
    at: datetime,
    sure: Answers,
) -> None:
    """What was paid beyond what the invoice will ask for. Raises Doubt, CannotCredit."""
    if surplus <= 0:
        return
    key = f"credit:{invoice.number}:{surplus}"
    if not is_answered(sure, key):
        text = _("%(sum)s of it were paid already. They are given back today, the way they came.")
        raise Doubt(key, text % {"sum": money(surplus, invoice.currency)})
    try:
        payments.give_back(invoice=invoice, amount=surplus, on=on, reason=reason, by=by, at=at)
    except CannotPay as refused:
        raise CannotCredit(str(refused)) from refused


def share_of(
    taxes: Iterable[Tax],
    *,
    amount: Decimal,
    gross: Decimal,
    before: Decimal,
) -> TaxedAmount:
    """An amount of a gross taken apart as the whole is: each tax in its share, counted together with
    what was taken off before.
    """
    after = before + amount
    shares = tuple(
        Tax(
            tax.kind,
            tax.percent,
            rounded(tax.amount * after / gross) - rounded(tax.amount * before / gross),
        )
        for tax in taxes
    )
    return TaxedAmount(amount - sum((tax.amount for tax in shares), ZERO), shares, amount)


def all_taxes(lines: Iterable[list[dict[str, str]]]) -> list[Tax]:
    """The taxes of all lines of an invoice as they are kept, one of a kind."""
    sums: dict[tuple[str, Decimal], Decimal] = {}
    for tax in chain.from_iterable(lines):
        key = (tax["kind"], Decimal(tax["percent"]))
        sums[key] = sums.get(key, ZERO) + Decimal(tax["amount"])
    return [Tax(kind, percent, amount) for (kind, percent), amount in sums.items()]


def _text(invoice: Invoice) -> str:
    """The one line of the paper, in the client's language."""
    with translation.override(invoice.company.language):
        ref = invoice.order.ref if invoice.order else ""
        return _("Reduction of the price, order %(ref)s") % {"ref": ref}
