"""Expenses: what the reseller spends besides the rates of carriers, paid when they are entered.

One of an order goes into its result (SPEC T-9).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from finance import doubles, exchange, ledger, locks
from finance.models import Account, Category, EntryKind, Expense, Method, StatementLine
from finance.typed_money import CannotBook, DayTyped, check_amount, check_day, rate_of_day
from orders.models import Order
from tenants.actor import Actor
from tenants.kit.calendar import day_of
from tenants.kit.doubts import Answers
from tenants.kit.money import CURRENCIES, ZERO, rounded
from tenants.kit.tries import tried_again
from tenants.office import audit
from tenants.office.current import current_reseller


class CannotSpend(CannotBook):
    """The expense is not booked or taken back so; `field` of the form is at fault."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What money is spent on, for which order if for one, and who gets it."""

    category: Category
    order: Order | None = None
    payee: str = ""
    text: str = ""


@tried_again
def spend(
    *,
    purpose: Purpose,
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
) -> Expense:
    """Book an expense that is paid. Raises CannotSpend, Doubt; a repeated `once` finds the first.
    `fx` is what one unit of the currency was worth on the day, by itself the office's rate.
    """
    if purpose.order:
        locks.order(purpose.order.pk)
    if earlier := Expense.objects.filter(once=once).first():
        return doubles.repeated(earlier, {"reverses": None}, CannotSpend)
    check_amount(amount, CannotSpend)
    check_day(DayTyped(paid_on, "paid_on", by, at, sure), CannotSpend)
    rate = _rate(fx, currency, paid_on, by)
    alike = Expense.objects.filter(
        category=purpose.category,
        order=purpose.order,
        payee=purpose.payee,
        currency=currency,
        reverses=None,
        reversal=None,
    )
    doubles.ask(alike, doubles.Sum(amount, currency, paid_on, reference), sure)
    # no row stands before it to be locked: of two presses at once one finds the other's
    expense, is_new = Expense.objects.get_or_create(
        once=once,
        defaults={
            "category": purpose.category,
            "order": purpose.order,
            "payee": purpose.payee,
            "text": purpose.text,
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
    if is_new:
        _post(expense, EntryKind.EXPENSE, by=by, at=at)
        _record("expense.enter", expense, by=by, at=at)
    return expense


@tried_again
def take_back(
    *,
    expense: Expense,
    reason: str,
    once: UUID,
    by: Actor,
    at: datetime,
) -> Expense:
    """Reverse, as of today, an expense that was entered by mistake. Raises CannotSpend; a repeated
    `once` finds the first reversal.
    """
    if expense.order_id:
        locks.order(expense.order_id)
    if expense.reverses_id:
        raise CannotSpend(_("This is the reversal of an expense."), "reason")
    if not reason.strip():
        raise CannotSpend(_("Say why the expense is taken back."), "reason")
    if earlier := Expense.objects.filter(once=once).first():
        return doubles.repeated(earlier, {"reverses": expense}, CannotSpend, field="reason")
    today = day_of(at, current_reseller(by).zone)
    # rows are only ever added, so none is held: the second of two presses finds the first's
    back, is_new = Expense.objects.get_or_create(
        reverses=expense,
        defaults={
            "category": expense.category,
            "order": expense.order,
            "payee": expense.payee,
            "text": reason.strip(),
            "amount": expense.amount,
            "currency": expense.currency,
            "fx": expense.fx,
            "home_amount": expense.home_amount,
            "paid_on": max(today, expense.paid_on),
            "method": expense.method,
            "reference": expense.reference,
            "once": once,
            "entered_at": at,
            "entered_by": by.member_id,
            "entered_name": by.name,
        },
    )
    if is_new:
        lines = StatementLine.objects.filter(matches__expense=expense)
        lines.update(matched=F("matched") - expense.amount)  # the bank's money is something else
        _post(back, EntryKind.EXPENSE_BACK, by=by, at=at)
        _record("expense.take_back", back, by=by, at=at)
    elif back.once != once:
        raise CannotSpend(_("This expense is taken back already."), "reason")
    return back


def _rate(
    fx: Decimal | None,
    currency: str,
    on: date,
    by: Actor,
) -> Decimal:
    """What one unit is worth on the day. Raises CannotSpend where nobody says it."""
    home = current_reseller(by)
    if currency not in CURRENCIES:
        raise CannotSpend(_("This currency is not kept."), "currency")
    usual = exchange.usual_rate(currency, on, fx or ZERO)
    if currency != home.currency and not usual:
        raise CannotSpend(_("There is no rate of the day: type it."), "fx")
    return rate_of_day(fx, currency, usual=usual, by=by, refusal=CannotSpend)


def _post(
    expense: Expense,
    kind: EntryKind,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """From bank or cash box to the expenses, or the other way round."""
    debit = Account.EXPENSES
    credit = Method(expense.method).account
    if expense.reverses_id:
        debit, credit = credit, debit
    ledger.post_money(
        expense,
        kind,
        debit,
        credit,
        memo=expense.reference or expense.payee[:60],
        by=by,
        at=at,
        order_id=expense.order_id,
    )


def _record(
    action: str,
    expense: Expense,
    *,
    by: Actor,
    at: datetime,
) -> None:
    audit.record(
        action=action,
        subject=expense.subject,
        title=expense.category_label,
        by=by,
        at=at,
        reason=expense.text if expense.reverses_id else "",
        after={
            "category": expense.category,
            "order": expense.order.ref if expense.order else "",
            "amount": expense.amount,
            "currency": expense.currency,
            "on": expense.paid_on,
            "method": expense.method,
        },
    )
