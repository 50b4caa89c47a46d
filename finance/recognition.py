"""When revenue and tax are booked: by the act, with the money, or with the earlier of the two.

The own firm's regime decides it (SPEC T-9), and an invoice keeps what held on its day. Until its act
an invoice books nothing, and money on it is an advance that keeps the worth of its own day. With the
act the client owes the sum; what the regime lets wait stands on accounts of its own until the money
comes, and tax of an advance stands there the other way round until the act.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from companies.models import OwnFirm
from companies.regimes import regime_of
from finance import exchange, ledger, months
from finance.exchange import Item
from finance.ledger import Move
from finance.models import Account, Entry, EntryKind, Invoice, Moment
from finance.worth import Worth
from tenants.actor import Actor
from tenants.kit.money import ZERO, rounded

NOTHING = Worth()


@dataclass(frozen=True, slots=True)
class Rule:
    """When revenue and when value-added tax are booked, and who has checked it and on which day."""

    revenue: Moment
    tax: Moment
    checked: str = ""


USUAL = Rule(Moment.ACT, Moment.ACT)
# By country and regime; a regime that is not here follows the usual rule. Russia: income of the
# simplified regime is counted when paid (Tax Code 346.17), tax on the earlier day (167). Thailand:
# the tax point of services is the receipt (Revenue Code 78/1). Kyrgyzstan: the single tax has rates
# by the way of payment. Nobody licensed has confirmed these rows yet.
RULES = {
    ("RU", "vat"): Rule(Moment.ACT, Moment.EARLIER),
    ("RU", "simplified"): Rule(Moment.MONEY, Moment.ACT),
    ("RU", "simplified_5"): Rule(Moment.MONEY, Moment.EARLIER),
    ("RU", "simplified_7"): Rule(Moment.MONEY, Moment.EARLIER),
    ("RU", "patent"): Rule(Moment.MONEY, Moment.ACT),
    ("KG", "simplified"): Rule(Moment.MONEY, Moment.ACT),
    ("TH", "vat"): Rule(Moment.ACT, Moment.MONEY),
}


@dataclass(frozen=True, slots=True)
class Booked:
    """What of an invoice stands as revenue and as tax to pay, and what of both will never be due as
    it was written off before its moment.
    """

    revenue: Worth = NOTHING
    tax: Worth = NOTHING
    lost_revenue: Worth = NOTHING
    lost_tax: Worth = NOTHING

    def __sub__(self, other: Booked) -> Booked:
        return Booked(
            self.revenue - other.revenue,
            self.tax - other.tax,
            self.lost_revenue - other.lost_revenue,
            self.lost_tax - other.lost_tax,
        )


def rule_of(firm: OwnFirm, on: date) -> Rule:
    """What holds for a firm on a day; before its first regime its details say whether it pays VAT."""
    regime = regime_of(firm, on)
    key = regime.key if regime else ("vat" if firm.vat_payer else "no_vat")
    return RULES.get((firm.country, key), USUAL)


def receivable(invoice: Invoice) -> Item:
    """What the client owes on an invoice after its act, and how much of it is settled."""
    return Item(
        Account.RECEIVABLE,
        invoice.gross,
        worth_at_home(invoice),
        invoice.paid + invoice.credited + invoice.written_off,
        Worth(invoice.advance, invoice.advance_home),
    )


def worth_at_home(invoice: Invoice) -> Decimal:
    """The whole invoice at home: its advance as it came, the rest at the rate of the act."""
    return invoice.advance_home + rounded((invoice.gross - invoice.advance) * invoice.fx)


def booked(invoice: Invoice) -> Booked:
    """What stands as revenue and as tax to pay, so far as the invoice is paid and accepted."""
    whole = _whole(invoice)
    paid = _paid_part(invoice)
    lost = _lost_part(invoice, paid)
    revenue_when = Moment(invoice.revenue_when)
    tax_when = Moment(invoice.tax_when)
    return Booked(
        _due(revenue_when, invoice, whole.revenue, paid.revenue),
        _due(tax_when, invoice, whole.tax, paid.tax),
        lost.revenue if revenue_when is Moment.MONEY else NOTHING,
        lost.tax if tax_when is Moment.MONEY else NOTHING,
    )


def money_moved(invoice: Invoice, before: Booked) -> list[Move]:
    """The lines of what a receipt makes due, or a refund takes back; `before` is what stood there."""
    due = booked(invoice) - before
    return [
        *_moves(invoice, Account.UNDUE_REVENUE, Account.REVENUE, due.revenue),
        *_moves(invoice, Account.UNDUE_TAX, Account.TAX, due.tax),
        *_never_due(invoice, due),
    ]


def _never_due(invoice: Invoice, change: Booked) -> list[Move]:
    """What was written off before its moment is no loss: it was never revenue nor tax."""
    return [
        *_moves(invoice, Account.UNDUE_REVENUE, Account.BAD_DEBTS, change.lost_revenue),
        *_moves(invoice, Account.UNDUE_TAX, Account.BAD_DEBTS, change.lost_tax),
    ]


def accept(*, invoice: Invoice, on: date, by: Actor | None, at: datetime) -> None:
    """Book the act of an invoice: the client owes it, and its advances are taken off. The caller
    holds the invoice's row; a second call changes nothing.
    """
    if invoice.earned_on:
        return
    on = max(on, months.hold_open(on, months.BOOKS))
    before = booked(invoice)
    invoice.fx = exchange.usual_rate(invoice.currency, on, invoice.fx)
    invoice.earned_on = on
    invoice.save(update_fields=["fx", "earned_on"])
    lines = _owed(invoice, _whole(invoice), booked(invoice) - before)
    _post(invoice, EntryKind.ACT, lines, by=by, at=at)
    advance = Worth(invoice.advance, invoice.advance_home)
    clearing = _moves(invoice, Account.ADVANCE, Account.RECEIVABLE, advance)
    if clearing:
        _post(invoice, EntryKind.OFFSET, clearing, by=by, at=at)


def take_back(
    *,
    invoice: Invoice,
    on: date,
    by: Actor | None,
    at: datetime,
    memo: str,
) -> None:
    """Reverse the act of an invoice on which no money is left. Before the act nothing is booked, so
    that nothing is reversed.
    """
    if not invoice.earned_on:
        return
    entries = Entry.objects.filter(subject=invoice.subject)
    act = entries.filter(kind=EntryKind.ACT).first()
    if act is None:  # booked when it was issued, as all were before
        old = entries.get(kind=EntryKind.INVOICE)
        ledger.reverse(entry=old, on=on, by=by, at=at, memo=memo)
        return
    lines = _owed(invoice, Booked() - _whole(invoice), Booked() - booked(invoice))
    ledger.post(
        kind=EntryKind.CORRECTION,
        lines=lines,
        subject=invoice.subject,
        on=on,
        by=by,
        at=at,
        memo=memo,
        corrects=act,
    )


def credit(*, invoice: Invoice, amount: Decimal, tax: Decimal) -> tuple[list[Move], Decimal]:
    """Make an accepted invoice less by an amount with a tax in it: the lines of it, and what leaves
    the books at home. The caller holds the row and has seen that so much is open.
    """
    before, stood = _whole(invoice), booked(invoice)
    home = receivable(invoice).at_home(amount)
    invoice.credited += amount
    invoice.credited_tax += tax
    invoice.credited_home += home
    due = booked(invoice) - stood
    lines = _owed(invoice, _whole(invoice) - before, due)
    return [*lines, *_never_due(invoice, due)], home


def _owed(invoice: Invoice, whole: Booked, due: Booked) -> list[Move]:
    """The client comes to owe a whole, of which the moment has come for what is due; below zero it
    owes less.
    """
    later = whole - due
    return [
        *_moves(invoice, Account.RECEIVABLE, Account.REVENUE, due.revenue),
        *_moves(invoice, Account.RECEIVABLE, Account.UNDUE_REVENUE, later.revenue),
        *_moves(invoice, Account.RECEIVABLE, Account.TAX, due.tax),
        *_moves(invoice, Account.RECEIVABLE, Account.UNDUE_TAX, later.tax),
    ]


def _whole(invoice: Invoice) -> Booked:
    """All revenue and tax of an invoice, without what was taken off."""
    return _apart(
        invoice,
        Worth(invoice.payable, worth_at_home(invoice) - invoice.credited_home),
    )


def _paid_part(
    invoice: Invoice,
) -> Booked:
    """The share of revenue and tax that is paid."""
    return _apart(invoice, Worth(invoice.paid, _paid_at_home(invoice)))


def _lost_part(invoice: Invoice, paid: Booked) -> Booked:
    """The share of revenue and tax that is written off, so that it and what is paid are together
    what is settled.
    """
    if not invoice.written_off:
        return Booked()
    settled = Worth(
        invoice.paid + invoice.written_off,
        _paid_at_home(invoice) + invoice.written_off_home,
    )
    return _apart(invoice, settled) - paid


def _apart(invoice: Invoice, part: Worth) -> Booked:
    """A part of an invoice, with its share of the tax in the currency and at home."""
    tax = invoice.tax - invoice.credited_tax
    share = Worth(
        rounded(part.amount * tax / invoice.payable),
        rounded(part.home * tax / invoice.payable),
    )
    return Booked(part - share, share)


def _paid_at_home(invoice: Invoice) -> Decimal:
    """What was paid, at the worth that the books hold for it."""
    if not invoice.earned_on:
        return invoice.advance_home
    settled = receivable(invoice).settled_at_home
    return settled - invoice.credited_home - invoice.written_off_home


def _due(
    moment: Moment,
    invoice: Invoice,
    whole: Worth,
    paid: Worth,
) -> Worth:
    """As much of a whole as the moment has come for."""
    if invoice.earned_on and moment is not Moment.MONEY:
        return whole
    return NOTHING if moment is Moment.ACT else paid


def _moves(invoice: Invoice, debit: Account, credit: Account, worth: Worth) -> list[Move]:
    """A line, turned round where the worth is below zero; none where nothing moves. Where a cent of
    rounding goes the other way at home, it is a line of its own.
    """
    if not worth:
        return []
    if worth.amount * worth.home < ZERO:
        return [
            *_moves(invoice, debit, credit, Worth(worth.amount)),
            *_moves(invoice, debit, credit, Worth(ZERO, worth.home)),
        ]
    if worth.amount < ZERO or worth.home < ZERO:
        debit, credit, worth = credit, debit, -worth
    return [
        Move(
            debit,
            credit,
            worth.amount,
            invoice.currency,
            worth.home,
            invoice.company_id,
            invoice.order_id,
            invoice.pk,
        )
    ]


def _post(
    invoice: Invoice,
    kind: EntryKind,
    lines: list[Move],
    *,
    by: Actor | None,
    at: datetime,
) -> None:
    """An entry of the day of the act."""
    assert invoice.earned_on is not None
    ledger.post(
        kind=kind,
        lines=lines,
        subject=invoice.subject,
        on=invoice.earned_on,
        by=by,
        at=at,
        memo=invoice.number,
    )
