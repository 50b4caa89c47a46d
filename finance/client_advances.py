"""Money of a client that comes before its invoice, or for several of them: it stands to the client's
account until it is allocated. The platform's commission is charged when it is (SPEC T-10).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from companies.models import Company
from finance import doubles, exchange, ledger, locks, months, payments
from finance.models import Account, ClientAdvance, EntryKind, Invoice, Method, Payment, Status
from finance.payments import CannotPay
from finance.typed_money import CannotBook, DayTyped, check_amount, check_day, rate_of_day
from tenants.actor import Actor
from tenants.kit.calendar import day_of
from tenants.kit.doubts import Answers
from tenants.kit.formats import money
from tenants.kit.money import CURRENCIES, ZERO, rounded
from tenants.kit.tries import tried_again
from tenants.office import audit
from tenants.office.current import current_reseller


class CannotAllocate(CannotBook):
    """A part does not fit its invoice or the advance; `invoice` is the one at fault, if it is one."""

    def __init__(self, text: str, invoice: Invoice | None = None) -> None:
        super().__init__(text, "parts")
        self.invoice = invoice


@dataclass(frozen=True, slots=True)
class Part:
    """How much of an advance goes to an invoice."""

    invoice: Invoice
    amount: Decimal


@tried_again
def receive(
    *,
    company: Company,
    amount: Decimal,
    currency: str,
    paid_on: date,
    method: Method,
    once: UUID,
    by: Actor,
    at: datetime,
    fx: Decimal | None = None,
    reference: str = "",
    sure: Answers = None,
) -> ClientAdvance:
    """Book money of a client on no invoice. Raises CannotPay, Doubt; a repeated `once` finds the
    first. `fx` is what one unit of the currency was worth on the day, by itself the office's rate.
    """
    if earlier := ClientAdvance.objects.filter(company=company, once=once).first():
        return doubles.repeated(earlier, {"return_of": None}, CannotPay)
    _check(company, amount, currency)
    check_day(DayTyped(paid_on, "paid_on", by, at, sure), CannotPay)
    received = ClientAdvance.objects.filter(company=company, currency=currency, return_of=None)
    doubles.ask(received, doubles.Sum(amount, currency, paid_on, reference), sure)
    rate = _rate(fx, currency, paid_on, by)
    # no row stands before it to be locked: of two presses at once one finds the other's
    advance, is_new = ClientAdvance.objects.get_or_create(
        company=company,
        once=once,
        defaults={
            "amount": amount,
            "currency": currency,
            "fx": rate,
            "home_amount": rounded(amount * rate),
            "paid_on": paid_on,
            "method": method,
            "reference": reference,
            "entered_at": at,
            "entered_by": by.member_id,
            "entered_name": by.name,
        },
    )
    if not is_new:
        return advance
    _post(advance, EntryKind.RECEIPT, Method(method).account, Account.ON_ACCOUNT, by=by, at=at)
    _record("advance.receive", advance, by=by, at=at)
    return advance


@tried_again
def allocate(
    *,
    advance: ClientAdvance,
    parts: Sequence[Part],
    once: UUID,
    by: Actor,
    at: datetime,
) -> list[Payment]:
    """Pay invoices of the client with parts of an advance, all of them or none. It keeps the worth of
    its own day. Raises CannotAllocate; a repeated `once` finds the payments of the first time.
    """
    on = day_of(at, current_reseller(by).zone)
    ordered = sorted(parts, key=lambda part: str(part.invoice.order_id))
    rows = {part.invoice.pk: locks.invoice(part.invoice.pk) for part in ordered}
    held = locks.client_advance(advance.pk)
    if earlier := list(Payment.objects.filter(advance=held, once__in=_keys(parts, once))):
        return earlier
    _check_parts(held, [Part(rows[part.invoice.pk], part.amount) for part in ordered])
    month = months.hold_open(on)
    paid = []
    for part in ordered:
        payment = Payment.objects.create(
            invoice=rows[part.invoice.pk],
            advance=held,
            amount=part.amount,
            currency=held.currency,
            fx=held.fx,
            home_amount=held.at_home(part.amount),
            paid_on=on,
            month=month,
            method=held.method,
            reference=held.reference,
            once=uuid5(once, str(part.invoice.pk)),
            entered_at=at,
            entered_by=by.member_id,
            entered_name=by.name,
        )
        held.allocated += part.amount
        held.save(update_fields=["allocated"])
        try:
            payments.enter(payment, by=by, at=at)
        except CannotPay as refused:
            raise CannotAllocate(str(refused), part.invoice) from refused
        paid.append(payment)
    return paid


@tried_again
def give_back(
    *,
    advance: ClientAdvance,
    amount: Decimal,
    on: date,
    once: UUID,
    by: Actor,
    at: datetime,
    reason: str = "",
    sure: Answers = None,
) -> ClientAdvance:
    """Return what stands on no invoice, or a part of it. Raises CannotPay, Doubt."""
    held = locks.client_advance(advance.pk)
    if earlier := ClientAdvance.objects.filter(company=held.company_id, once=once).first():
        return doubles.repeated(earlier, {"return_of": held}, CannotPay)
    if held.return_of_id:
        raise CannotPay(_("A refund is not refunded. Enter a new payment."))
    check_amount(amount, CannotPay)
    if amount > held.left:
        text = _("More than is left of this payment: %(rest)s.")
        raise CannotPay(text % {"rest": money(held.left, held.currency)})
    if on < held.paid_on:
        raise CannotPay(_("A refund cannot come before its payment."), "on")
    check_day(DayTyped(on, "on", by, at, sure), CannotPay)
    back = ClientAdvance.objects.create(
        company=held.company,
        return_of=held,
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
    _post(back, EntryKind.REFUND, Account.ON_ACCOUNT, Method(held.method).account, by=by, at=at)
    _record("advance.refund", back, by=by, at=at)
    return back


def _keys(parts: Sequence[Part], once: UUID) -> list[UUID]:
    """The one-time keys of the payments of one allocation."""
    return [uuid5(once, str(part.invoice.pk)) for part in parts]


def _check(company: Company, amount: Decimal, currency: str) -> None:
    """Raises CannotPay."""
    if not company.is_client:
        raise CannotPay(_("%(name)s is not a client.") % {"name": company.name}, "company")
    if currency not in CURRENCIES:
        raise CannotPay(_("This currency is not kept."), "currency")
    check_amount(amount, CannotPay)


def _rate(fx: Decimal | None, currency: str, on: date, by: Actor) -> Decimal:
    """What one unit is worth on the day. Raises CannotPay where nobody says it."""
    home = current_reseller(by)
    usual = exchange.usual_rate(currency, on, fx or ZERO)
    if currency != home.currency and not usual:
        raise CannotPay(_("There is no rate of the day: type it."), "fx")
    return rate_of_day(fx, currency, usual=usual, by=by, refusal=CannotPay)


def _check_parts(advance: ClientAdvance, parts: Sequence[Part]) -> None:
    """Raises CannotAllocate."""
    if not parts:
        raise CannotAllocate(_("Enter how much goes to which invoice."))
    if len({part.invoice.pk for part in parts}) < len(parts):
        raise CannotAllocate(_("An invoice stands here twice."))
    for part in parts:
        _check_part(advance, part)
    if sum((part.amount for part in parts), ZERO) > advance.left:
        text = _("More than is left of this payment: %(rest)s.")
        raise CannotAllocate(text % {"rest": money(advance.left, advance.currency)})


def _check_part(advance: ClientAdvance, part: Part) -> None:
    """Raises CannotAllocate."""
    invoice = part.invoice
    if invoice.company_id != advance.company_id or invoice.currency != advance.currency:
        text = _("Invoice %(number)s is of another client or in another currency.")
        raise CannotAllocate(text % {"number": invoice.number}, invoice)
    if invoice.status == Status.CANCELLED:
        raise CannotAllocate(_("This invoice is cancelled."), invoice)
    if part.amount <= 0 or part.amount != rounded(part.amount):
        text = _("The amount must be above zero, with no more than two decimals.")
        raise CannotAllocate(text, invoice)
    if part.amount > invoice.unpaid:
        text = _("More than is left to pay: %(rest)s.")
        raise CannotAllocate(text % {"rest": money(invoice.unpaid, invoice.currency)}, invoice)


def _post(
    advance: ClientAdvance,
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
        memo=advance.reference,
        by=by,
        at=at,
        company_id=advance.company_id,
    )


def _record(action: str, advance: ClientAdvance, *, by: Actor, at: datetime) -> None:
    audit.record(
        action=action,
        subject=advance.subject,
        title=advance.company.name,
        by=by,
        at=at,
        reason=advance.reason,
        after={
            "amount": advance.amount,
            "currency": advance.currency,
            "on": advance.paid_on,
            "method": advance.method,
        },
    )
