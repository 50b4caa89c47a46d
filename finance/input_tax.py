"""A carrier's tax is taken off our own only with the number and day of its invoice; until then it is a cost."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from finance import ledger, locks
from finance.ledger import Move
from finance.models import Account, Entry, EntryKind, Payable
from orders.models import Order
from tenants.actor import Actor
from tenants.kit.calendar import day_of
from tenants.kit.tries import tried_again
from tenants.office import audit
from tenants.office.current import current_reseller


class CannotTakeOff(Exception):
    """The tax cannot be taken off; `field` of the form is at fault."""

    def __init__(self, text: str, field: str = "number") -> None:
        super().__init__(text)
        self.field = field


@tried_again
def enter(*, payable: Payable, number: str, on: date, by: Actor, at: datetime) -> Payable:
    """The carrier's invoice (счёт-фактура, ЭСФ) is there: its tax moves from the cost to the input
    tax, in the first open month. Another number or day later corrects the row alone. Raises
    CannotTakeOff.
    """
    row = _locked(payable)
    number = number.strip()
    _check(row, number, on, at)
    before = _facts(row)
    if row.tax_entry is None:
        row.tax_entry = _move(row, on, by=by, at=at)
    row.tax_invoice = number
    row.tax_invoice_on = on
    _save(row, before, by=by, at=at)
    return row


@tried_again
def take_back(*, payable: Payable, by: Actor, at: datetime) -> Payable:
    """The invoice was entered by mistake: the tax is a cost again."""
    row = _locked(payable)
    if row.tax_entry is None:
        return row
    before = _facts(row)
    entry = row.tax_entry
    ledger.reverse(entry=entry, on=entry.on, by=by, at=at, memo=row.tax_invoice)
    row.tax_entry = None
    row.tax_invoice = ""
    row.tax_invoice_on = None
    _save(row, before, by=by, at=at)
    return row


def _locked(payable: Payable) -> Payable:
    """The debt, after its order."""
    locks.order(payable.order_id)
    return locks.debt(payable.pk)


def _check(row: Payable, number: str, on: date, at: datetime) -> None:
    if not row.tax:
        raise CannotTakeOff(_("The carrier's rate holds no taxes."))
    if not row.is_deductible:
        raise CannotTakeOff(_("Our firm paid no VAT then: the carrier's tax stays a cost."))
    if not number:
        raise CannotTakeOff(_("Enter the number of the carrier's invoice."))
    if on > day_of(at, current_reseller().zone):
        raise CannotTakeOff(_("The day is still to come."), "on")


def _move(row: Payable, on: date, *, by: Actor, at: datetime) -> Entry:
    """From the cost to the input tax, not before the cost itself."""
    move = Move(
        Account.INPUT_TAX,
        Account.COST,
        row.tax,
        row.currency,
        row.tax_at_home,
        row.company_id,
        row.order_id,
    )
    return ledger.post(
        kind=EntryKind.INPUT_TAX,
        lines=[move],
        subject=row.subject,
        on=max(on, row.accrued_on),
        by=by,
        at=at,
        memo=row.order.ref,
    )


def _facts(row: Payable) -> dict[str, object]:
    return {"number": row.tax_invoice, "on": row.tax_invoice_on}


def _save(row: Payable, before: dict[str, object], *, by: Actor, at: datetime) -> None:
    """The debt, what its order tells of it, and a line of the audit log."""
    after = _facts(row)
    if after == before:
        return
    row.save(update_fields=["tax_invoice", "tax_invoice_on", "tax_entry"])
    Order.objects.filter(pk=row.order_id).update(has_tax_invoice=bool(row.tax_invoice))
    audit.record(
        action="payable.tax_invoice",
        subject=row.subject,
        title=row.payee,
        by=by,
        at=at,
        before=before,
        after=after,
    )
