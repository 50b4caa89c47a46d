"""Opening balances: what stood in money and in debts when the books began (SPEC T-9).

Each is booked on the day the books begin against the account of opening balances, which is no part
of a result. A debt of a client stands as an invoice without revenue, tax, paper or commission, so
that it is paid, dunned and written off as any other; a prepayment as an advance of that client.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from companies.models import Company
from companies.queries import own_details
from finance import beginning, doubles, exchange, invoices, ledger, locks, months
from finance.ledger import Move
from finance.models import (
    Account,
    ClientAdvance,
    EntryKind,
    Invoice,
    InvoiceLine,
    Method,
    OpeningBalance,
    OpeningKind,
)
from finance.typed_money import CannotBook, check_amount, rate_of_day
from tenants.actor import Actor
from tenants.kit import formats
from tenants.kit.calendar import day_of, first_of
from tenants.kit.doubts import Answers
from tenants.kit.money import CURRENCIES, ZERO, rounded
from tenants.kit.tries import tried_again
from tenants.office import audit
from tenants.office.current import current_reseller

ONE = Decimal(1)
MARK = "OB-"  # before the number of an old invoice, so that it is none of ours


class CannotOpen(CannotBook):
    """The balance is not booked or taken back so; `field` of the form is at fault."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What stood: of which kind and whose, by which paper, and when a debt falls due."""

    kind: OpeningKind
    amount: Decimal
    currency: str
    company: Company | None = None
    reference: str = ""
    document_on: date | None = None
    due_on: date | None = None
    text: str = ""
    firm: int | None = None
    fx: Decimal | None = None


@tried_again
def enter(
    *,
    balance: Balance,
    once: UUID,
    by: Actor,
    at: datetime,
    sure: Answers = None,
) -> OpeningBalance:
    """Book a balance on the day the books begin. Raises CannotOpen, Doubt; a repeated `once` finds
    the first. `fx` is what one unit was worth on that day, by itself the office's rate.
    """
    on = _open_day(by, at)
    if earlier := OpeningBalance.objects.filter(once=once).first():
        return doubles.repeated(earlier, {"reverses": None}, CannotOpen)
    _check(balance, on)
    rate = _rate(balance, on, by)
    _ask_again(balance, on, sure)
    company = balance.company
    row = OpeningBalance(
        kind=balance.kind,
        party=company.name if company else "",
        amount=balance.amount,
        currency=balance.currency,
        fx=rate,
        home_amount=rounded(balance.amount * rate),
        on=on,
        reference=balance.reference,
        document_on=balance.document_on,
        due_on=balance.due_on,
        text=balance.text,
        once=once,
        entered_at=at,
        entered_by=by.member_id,
        entered_name=by.name,
    )
    if company and balance.kind is OpeningKind.DEBT:
        row.invoice = _invoice(row, company, balance.firm)
    if company and balance.kind is OpeningKind.ADVANCE:
        row.advance = _advance(row, company)
    row.save(force_insert=True)
    _post(row, EntryKind.OPENING, by=by, at=at)
    _record("opening.enter", row, by=by, at=at)
    return row


@tried_again
def take_back(
    *,
    opening: OpeningBalance,
    reason: str,
    once: UUID,
    by: Actor,
    at: datetime,
) -> OpeningBalance:
    """Reverse, on its own day, a balance that was entered by mistake. Raises CannotOpen; a repeated
    `once` finds the first reversal.
    """
    invoice = locks.invoice(opening.invoice_id) if opening.invoice_id else None
    advance = locks.client_advance(opening.advance_id) if opening.advance_id else None
    _open_day(by, at)
    if earlier := OpeningBalance.objects.filter(once=once).first():
        return doubles.repeated(earlier, {"reverses": opening}, CannotOpen, field="reason")
    if OpeningBalance.objects.filter(reverses=opening).exists():
        raise CannotOpen(_("This balance is taken back already."), "reason")
    _check_back(opening, reason)
    back = OpeningBalance.objects.create(
        kind=opening.kind,
        reverses=opening,
        invoice=invoice,
        advance=advance,
        party=opening.party,
        amount=opening.amount,
        currency=opening.currency,
        fx=opening.fx,
        home_amount=opening.home_amount,
        on=opening.on,
        reference=opening.reference,
        document_on=opening.document_on,
        due_on=opening.due_on,
        text=reason.strip(),
        once=once,
        entered_at=at,
        entered_by=by.member_id,
        entered_name=by.name,
    )
    if invoice:
        _cancel(invoice, reason, opening.on, by=by, at=at)
    if advance:
        _use_up(advance)
    _post(back, EntryKind.CORRECTION, by=by, at=at)
    _record("opening.take_back", back, by=by, at=at)
    return back


def _open_day(by: Actor, at: datetime) -> date:
    """The day the books begin, its month held: balances are booked one at a time, and none after the
    close. Raises CannotOpen.
    """
    home = current_reseller(by)
    on = beginning.first_day(home, day_of(at, home.zone))
    months.hold_alone(first_of(on), months.BOOKS)
    if months.booked_month(on, months.BOOKS) != first_of(on):
        text = _("The books of %(month)s are closed: opening balances stand as they are.")
        raise CannotOpen(text % {"month": formats.month(on)}, "kind")
    return on


def _check(balance: Balance, on: date) -> None:
    """Raises CannotOpen."""
    if balance.currency not in CURRENCIES:
        raise CannotOpen(_("This currency is not kept."), "currency")
    is_overdraft = balance.kind is OpeningKind.BANK and balance.amount < ZERO
    check_amount(abs(balance.amount) if is_overdraft else balance.amount, CannotOpen)
    if not balance.kind.is_of_client:
        if balance.company:
            raise CannotOpen(_("Money of our own has no client."), "company")
        return
    if balance.company is None:
        raise CannotOpen(_("Choose the client."), "company")
    if not balance.company.is_client:
        text = _("%(name)s is not a client.")
        raise CannotOpen(text % {"name": balance.company.name}, "company")
    if balance.document_on and balance.document_on > on:
        text = _("The books begin on %(day)s: the paper is of that day or before.")
        raise CannotOpen(text % {"day": formats.day(on)}, "document_on")
    if balance.kind is OpeningKind.DEBT:
        _check_debt(balance)


def _check_debt(balance: Balance) -> None:
    """An old invoice has a number and two days. Raises CannotOpen."""
    if not balance.reference:
        raise CannotOpen(_("Enter the number of the old invoice."), "reference")
    if balance.document_on is None:
        raise CannotOpen(_("Enter the day of the old invoice."), "document_on")
    if balance.due_on is None:
        raise CannotOpen(_("Enter the day on which the debt falls due."), "due_on")
    if balance.due_on < balance.document_on:
        raise CannotOpen(_("It cannot fall due before the day of the invoice."), "due_on")


def _check_back(opening: OpeningBalance, reason: str) -> None:
    """Raises CannotOpen."""
    if opening.reverses_id:
        raise CannotOpen(_("This is the reversal of a balance."), "reason")
    if not reason.strip():
        raise CannotOpen(_("Say why the balance is taken back."), "reason")


def _rate(balance: Balance, on: date, by: Actor) -> Decimal:
    """What one unit was worth on the day. Raises CannotOpen where nobody says it."""
    currency, fx = balance.currency, balance.fx
    usual = exchange.usual_rate(currency, on, fx or ZERO)
    if currency != current_reseller(by).currency and not usual:
        raise CannotOpen(_("There is no rate of the day: type it."), "fx")
    return rate_of_day(fx, currency, usual=usual, by=by, refusal=CannotOpen)


def _ask_again(balance: Balance, on: date, sure: Answers) -> None:
    """Raises Doubt where the same balance stands already."""
    alike = OpeningBalance.objects.filter(
        kind=balance.kind,
        party=balance.company.name if balance.company else "",
        currency=balance.currency,
        reverses=None,
        reversal=None,
    )
    money = doubles.Sum(balance.amount, balance.currency, on, balance.reference)
    doubles.ask(alike.annotate(paid_on=F("on")), money, sure)


def _invoice(row: OpeningBalance, company: Company, firm_id: int | None) -> Invoice:
    """The debt as an invoice that is accepted and bears nothing."""
    firm = own_details(firm_id)
    invoice = Invoice.objects.create(
        number=_free_number(row.reference),
        firm_id=firm.pk,
        company=company,
        client_name=company.full_name or company.name,
        seller_name=firm.full_name or firm.name,
        currency=row.currency,
        fx=row.fx,
        net=row.amount,
        tax=ZERO,
        gross=row.amount,
        earned_on=row.on,
        bears_fee=False,
        is_opening=True,
        issued_on=row.document_on,
        due_on=row.due_on,
        issued_at=row.entered_at,
        issued_by=row.entered_by,
    )
    with translation.override(company.language):
        words = {"number": row.reference, "day": formats.day(row.document_on)}
        text = _("Opening balance: invoice %(number)s of %(day)s") % words
    InvoiceLine.objects.create(
        invoice=invoice,
        position=1,
        text=text,
        quantity=ONE,
        unit="",
        price=row.amount,
        net=row.amount,
        gross=row.amount,
    )
    return invoice


def _free_number(reference: str) -> str:
    """The old number behind a mark, as an address takes it; the next one where it stands already."""
    number = MARK + "-".join(reference.replace("/", " ").split())
    beside = Invoice.objects.filter(number__startswith=number).values_list("number", flat=True)
    taken = set(beside)
    count = 1
    free = number
    while free in taken:
        count += 1
        free = f"{number}-{count}"
    return free


def _advance(row: OpeningBalance, company: Company) -> ClientAdvance:
    """The prepayment as an advance, which pays invoices of the client."""
    return ClientAdvance.objects.create(
        company=company,
        amount=row.amount,
        currency=row.currency,
        fx=row.fx,
        home_amount=row.home_amount,
        paid_on=row.on,
        method=Method.BANK,
        reference=row.reference,
        is_opening=True,
        once=row.once,
        entered_at=row.entered_at,
        entered_by=row.entered_by,
        entered_name=row.entered_name,
    )


def _cancel(invoice: Invoice, reason: str, on: date, *, by: Actor, at: datetime) -> None:
    """Raises CannotOpen where money came in on it."""
    try:
        invoices.withdraw(invoice, reason=reason, on=on, by=by, at=at)
    except invoices.CannotCancel as refused:
        raise CannotOpen(str(refused), "reason") from refused


def _use_up(advance: ClientAdvance) -> None:
    """Nothing is left of an advance that never was. Raises CannotOpen."""
    if advance.allocated or advance.returned:
        text = _("Money of this prepayment is on invoices, or was given back.")
        raise CannotOpen(text, "reason")
    advance.returned = advance.amount
    advance.save(update_fields=["returned"])


def _post(row: OpeningBalance, kind: EntryKind, *, by: Actor, at: datetime) -> None:
    """Between the account of the balance and the opening balances; of an overdraft, a prepayment or a
    reversal the other way round.
    """
    debit, credit = OpeningKind(row.kind).account, Account.OPENING
    turns = (row.amount < ZERO, row.advance_id is not None, row.reverses_id is not None)
    if sum(turns) % 2:
        debit, credit = credit, debit
    debtor = row.invoice or row.advance
    move = Move(
        debit,
        credit,
        abs(row.amount),
        row.currency,
        abs(row.home_amount),
        debtor.company_id if debtor else None,
        None,
        row.invoice_id,
    )
    ledger.post(
        kind=kind,
        lines=[move],
        subject=row.subject,
        on=row.on,
        by=by,
        at=at,
        memo=row.reference,
    )


def _record(action: str, row: OpeningBalance, *, by: Actor, at: datetime) -> None:
    audit.record(
        action=action,
        subject=row.subject,
        title=row.kind_label,
        by=by,
        at=at,
        reason=row.text if row.reverses_id else "",
        after={
            "opening": row.kind,
            "client": row.party,
            "amount": row.amount,
            "currency": row.currency,
            "on": row.on,
            "number": row.reference,
        },
    )
