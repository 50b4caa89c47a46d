"""Closing a month, correcting it afterwards, and paying commission out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.db.models import Sum

from commission.cargo import links, locks
from commission.cargo.models import (
    Adjustment,
    CommissionPayment,
    MonthLock,
    Salesperson,
    Shipment,
)
from commission.cargo.months import checklist
from commission.cargo.queries import report
from commission.cargo.rates import pricing
from commission.cargo.rates.pricing import Parcel
from tenants.actor import Actor
from tenants.kit import formats
from tenants.kit import shown as shown_figures
from tenants.office import audit
from tenants.office.hearing import News, tell

ZERO = Decimal("0.00")


class AlreadyLocked(Exception):
    """The month is closed."""


class NotOver(Exception):
    """Only a month that is over can be closed."""


class NotLocked(Exception):
    """The month is open: edit the shipment itself."""


class LaterLocked(Exception):
    """A later month is closed and is opened first: `month`."""

    def __init__(self, month: date) -> None:
        super().__init__(f"{month:%m/%Y}")
        self.month = month


@dataclass(frozen=True, slots=True)
class Effective:
    """A shipment's money with all its adjustments."""

    price: Decimal
    cost: Decimal
    commission: Decimal


class MoreThanOwed(Exception):
    """A payment above what is left of a salesperson's commission: `left`."""

    def __init__(self, left: Decimal) -> None:
        super().__init__(str(left))
        self.left = left


def lock(*, month: date, by: Actor, at: datetime, shown: str = "") -> MonthLock:
    """Close a month: its shipments keep their money, unless the head opens it again. `shown` is
    the mark of the checklist that the person saw. Raises AlreadyLocked, NotOver, ChangedMeanwhile.
    """
    with transaction.atomic():
        locks.closing()
        if locks.is_locked(month):
            raise AlreadyLocked
        if month >= first_day(by, at):
            raise NotOver
        if shown:
            shown_figures.check(shown, *checklist.facts(checklist.checklist(by, month)))
        totals = {name: str(value) for name, value in asdict(report.totals(by, month)).items()}
        month_lock = MonthLock.objects.create(
            month=month,
            locked_at=at,
            locked_by=by.member_id,
            totals=totals,
        )
        audit.record(
            action="cargo.month_lock",
            subject=f"cargo_month:{month:%Y-%m}",
            title=f"{month:%m/%Y}",
            by=by,
            at=at,
            after=totals,
        )
    return month_lock


def unlock(*, month: date, reason: str, by: Actor, at: datetime) -> None:
    """Open the latest closed month again. What it came to stays in the audit log; corrections and
    payments that were made meanwhile stand. Raises NotLocked, LaterLocked.
    """
    with transaction.atomic():
        locks.closing()
        month_lock = MonthLock.objects.filter(month=month).first()
        if month_lock is None:
            raise NotLocked
        latest = MonthLock.objects.latest("month").month
        if latest != month:
            raise LaterLocked(latest)
        audit.record(
            action="cargo.month_unlock",
            subject=f"cargo_month:{month:%Y-%m}",
            title=f"{month:%m/%Y}",
            by=by,
            at=at,
            before=month_lock.totals,
            reason=reason,
        )
        month_lock.delete()
        news = News(
            "cargo.month_unlocked",
            {"month": partial(formats.month, month), "why": reason},
            url=links.month_close(f"{month:%Y-%m}"),
        )
        tell(news, by=by, at=at)


def adjust(
    *,
    shipment: Shipment,
    price: Decimal,
    cost: Decimal,
    reason: str,
    by: Actor,
    at: datetime,
    shown: str = "",
) -> Adjustment:
    """Correct a shipment of a closed month: the difference counts in the open one. `shown` is the
    mark of the money that the person saw. Raises NotLocked, ChangedMeanwhile.
    """
    with transaction.atomic():
        locks.open_months()
        row = Shipment.objects.select_for_update(of=("self",)).get(pk=shipment.pk)
        if not locks.is_locked(row.received_on):
            raise NotLocked
        was = effective(row)
        shown_figures.check(shown, was)
        outcome = pricing.price(
            Parcel(
                row.weight_kg,
                row.volume_cbm,
                price,
                pricing.MANUAL,
                cost,
            ),
            None,
        )
        adjustment = Adjustment.objects.create(
            shipment=row,
            month=open_month(by, at),
            salesperson_id=row.salesperson_id,
            price=price - was.price,
            cost=(outcome.cost or ZERO) - was.cost,
            commission=(outcome.commission or ZERO) - was.commission,
            reason=reason,
            made_at=at,
            made_by=by.member_id,
            made_by_name=by.name,
        )
        audit.record(
            action="cargo.adjust",
            subject=row.subject,
            title=row.tracking_number,
            by=by,
            at=at,
            reason=reason,
            before=asdict(was),
            after=asdict(effective(row)) | {"month": f"{adjustment.month:%Y-%m}"},
        )
    return adjustment


def effective(row: Shipment) -> Effective:
    """What the shipment comes to with all that was corrected later."""
    later = row.adjustments.aggregate(
        price=Sum("price"),
        cost=Sum("cost"),
        commission=Sum("commission"),
    )
    return Effective(
        row.price + (later["price"] or ZERO),
        (row.cost or ZERO) + (later["cost"] or ZERO),
        (row.commission or ZERO) + (later["commission"] or ZERO),
    )


def pay(
    *,
    salesperson: Salesperson,
    month: date,
    amount: Decimal,
    paid_on: date,
    by: Actor,
    at: datetime,
    shown: str = "",
) -> CommissionPayment:
    """Note that commission of a month was paid out. `shown` is the mark of what was owed on the
    page that the person saw. Raises ChangedMeanwhile, MoreThanOwed.
    """
    with transaction.atomic():
        Salesperson.objects.select_for_update(no_key=True).get(pk=salesperson.pk)
        _check_payment(salesperson, month, amount, shown, by)
        payment = CommissionPayment.objects.create(
            salesperson=salesperson,
            month=month,
            amount=amount,
            paid_on=paid_on,
            made_at=at,
            made_by=by.member_id,
        )
        audit.record(
            action="cargo.commission_pay",
            subject=salesperson.subject,
            title=salesperson.code,
            by=by,
            at=at,
            after={
                "month": f"{month:%Y-%m}",
                "amount": amount,
                "paid_on": paid_on,
            },
        )
        _tell_of_payment(salesperson, month, by, at)
    return payment


def _check_payment(
    salesperson: Salesperson, month: date, amount: Decimal, shown: str, by: Actor
) -> None:
    """Raises ChangedMeanwhile, MoreThanOwed."""
    owed = checklist.owed_to(by, month, salesperson.pk)
    shown_figures.check(shown, *(owed.facts if owed else ()))
    left = owed.left if owed else ZERO
    if amount > left:
        raise MoreThanOwed(left)


def _tell_of_payment(salesperson: Salesperson, month: date, by: Actor, at: datetime) -> None:
    news = News(
        "cargo.commission_paid",
        {"month": partial(formats.month, month)},
        url=links.shipments(),
        person=salesperson.member,
    )
    tell(news, by=by, at=at)


def first_day(by: Actor, at: datetime) -> date:
    """The running month in the reseller's time zone."""
    local = at.astimezone(by.reseller.zone) if by.reseller else at
    return local.date().replace(day=1)


def open_month(by: Actor, at: datetime) -> date:
    """Where corrections count: the running month. It cannot be closed before it is over."""
    return first_day(by, at)
