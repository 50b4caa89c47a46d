"""Who drives: by award, directly to a partner, with an own vehicle, or any driver of the pool
agreed by phone.

Order, trip, public job and booking stand in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from companies import carrier_taxes
from companies.blocking import why_blocked
from companies.models import Company
from orders import carrier_view, lifecycle, notifications, trips, true_times
from orders.crew_booking import TOGETHER, book
from orders.crew_question import ask_about_crew
from orders.errors import BadValue
from orders.history import write_event
from orders.models import Order, Source, Stage, Trip
from orders.price_doubts import ask_about_carrier_tax, ask_about_loss
from orders.price_split import Splitter
from orders.stages import DRIVING, Act
from tenants.actor import Actor
from tenants.context import current
from tenants.drivers import bookings
from tenants.drivers.models import Carrier, Driver, Vehicle
from tenants.exchange import acts, jobs
from tenants.exchange.acts import AwardInfo
from tenants.kit.doubts import Answers
from tenants.kit.money import rounded
from tenants.kit.outbox import announce
from tenants.kit.price_tax import PriceTax
from tenants.office.current import current_reseller


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is to drive, for how much. `together` answers "Догруз?" with yes; `agreed_at` is when it
    was agreed, where that is known.
    """

    carrier_id: UUID
    rate: Decimal
    currency: str
    tax: str = PriceTax.NONE
    payment: str = ""  # one of Terms
    partner_id: UUID | None = None
    driver_id: UUID | None = None
    vehicle_id: UUID | None = None
    award_id: UUID | None = None
    together: bool = False
    agreed_at: datetime | None = None


def assignment_to(
    *,
    order: Order,
    rate: Decimal | None,
    currency: str = "",
    partner: Company | None = None,
    driver: Driver | None = None,
    vehicle: Vehicle | None = None,
    together: bool = False,
    agreed_at: datetime | None = None,
    tax: str | None = None,
    payment: str | None = None,
) -> Assignment:
    """A direct choice as it was entered. What nobody says of tax and payment is as the order has it,
    for another carrier as usual for it. Raises BadValue naming the field that does not fit.
    """
    if partner is None and driver is None:
        raise BadValue("driver", _("Choose a partner or a driver."))
    if partner is not None and partner.carrier_id is None:
        raise BadValue("partner", _("This company is no carrier."))
    if partner is not None and (why := why_blocked(partner.pk)):
        raise BadValue("partner", why)
    rate = order.carrier_rate if rate is None else rounded(rate)
    if rate is None or rate < 0:
        raise BadValue("rate", _("Say what the carrier gets."))
    own = partner.carrier_id if partner else driver.carrier_id if driver else None
    assert own is not None
    if tax is None:
        tax = "" if order.stage in DRIVING else order.carrier_tax
    usual = carrier_taxes.usual_tax(partner, home=current_reseller().country)
    return Assignment(
        own,
        rate,
        currency or order.carrier_currency,
        tax or usual,
        order.carrier_payment if payment is None else payment,
        partner.pk if partner else None,
        driver.pk if driver else None,
        vehicle.pk if vehicle else None,
        together=together,
        agreed_at=agreed_at,
    )


def assign_award(
    *,
    order: Order,
    award: AwardInfo,
    by: Actor | None,
    at: datetime,
    together: bool = False,
    sure: Answers = None,
) -> Trip:
    """The carrier won the order on the exchange. An award that the carrier brought about (`by`
    None) always stands.
    """
    carrier = Carrier.objects.get(pk=award.carrier_id)
    ours = carrier.company_id if carrier.home_role == current().role else None
    partner = Company.objects.filter(pk=ours).first()
    usual = carrier_taxes.usual_tax(partner, home=current_reseller().country)
    won = Assignment(
        award.carrier_id,
        award.price,
        award.currency,
        award.carrier_tax or usual,
        award.payment or order.carrier_payment,
        partner_id=ours,
        driver_id=award.driver_id,
        award_id=award.id,
        together=together or by is None,
        agreed_at=min(award.at, at),
    )
    return _assign(order, won, Act.ASSIGN, by=by, at=at, facts={"award": award.id}, sure=sure)


@transaction.atomic
def assign_directly(
    *,
    order: Order,
    assignment: Assignment,
    by: Actor,
    at: datetime,
    version: int | None = None,
    sure: Answers = None,
) -> Trip:
    """Give the order to somebody without the exchange; a listing that stands is taken back. Raises
    Overlap, and Stale when the order is no longer of the `version` shown.
    """
    row = lifecycle.lock(order)
    lifecycle.check_version(row, version)
    ask_about_crew(is_named=assignment.driver_id is not None, sure=sure)
    if row.stage == Stage.PUBLISHED and row.listing_id:
        acts.withdraw_listing(listing_id=row.listing_id, at=at)
    return _assign(order, assignment, Act.ASSIGN, by=by, at=at, facts={}, sure=sure)


@transaction.atomic
def replace_carrier(
    *,
    order: Order,
    assignment: Assignment,
    reason: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
    sure: Answers = None,
) -> Trip:
    """The carrier failed: the trip ends with the reason, another begins at once. Raises Stale as
    `assign_directly`.
    """
    row = lifecycle.lock(order)
    lifecycle.check_version(row, version)
    lifecycle.check(order=row, act=Act.REPLACE, by=by, facts={"reason": reason})
    ask_about_crew(is_named=assignment.driver_id is not None, sure=sure)
    trip = Trip.objects.select_for_update().get(order=row, replaced_at=None)
    end(trip, reason=reason, at=at)
    return _assign(
        order,
        assignment,
        Act.REPLACE,
        by=by,
        at=at,
        facts={
            "reason": reason.strip(),
            "instead_of": trip.carrier_name,
        },
        sure=sure,
        before=trip,
    )


def end(
    trip: Trip,
    *,
    reason: str,
    at: datetime,
) -> None:
    """This carrier drives no further: job cancelled, driver and vehicle free."""
    trip.replaced_at = at
    trip.replace_reason = reason.strip()
    trip.save(update_fields=["replaced_at", "replace_reason"])
    jobs.move_job(job_id=trip.job_id, stage="cancelled", at=at)
    bookings.release(trip_id=trip.pk, at=at)


@transaction.atomic
def _assign(
    order: Order,
    who: Assignment,
    act: Act,
    *,
    by: Actor | None,
    at: datetime,
    facts: Mapping[str, object],
    sure: Answers,
    before: Trip | None = None,
) -> Trip:
    """Raises Doubt where `sure` does not accept a loss; `before` is the trip that is replaced."""
    agreed_at = true_times.of_assignment(order, who.agreed_at, at=at)
    names = _names(who)
    if who.award_id is None:
        partner = Company.objects.filter(pk=who.partner_id).first()
        name = names["carrier_name"] or names["driver_name"]
        ask_about_carrier_tax(who.tax, partner, name, sure)
    trip_id = uuid4()
    chosen = {
        "carrier": names["carrier_name"],
        "driver": names["driver_name"],
        "rate": who.rate,
        "currency": who.currency,
        "carrier_tax": who.tax,
    }
    sets: dict[str, object] = {
        "carrier_rate": who.rate,
        "carrier_currency": who.currency,
        "carrier_tax": who.tax,
        "carrier_taxed_by": _taxes_of(who, at),
        "carrier_payment": who.payment,
        "carrier_name": names["carrier_name"] or names["driver_name"],
    }
    if who.currency != order.carrier_currency:
        sets["carrier_fx"] = _fx(order, who.currency)
    lifecycle.advance(
        order=order,
        act=act,
        by=by,
        at=at,
        facts={**chosen, **facts},
        sets=sets,
    )
    ask_about_loss(order, Splitter(by), sure)
    job = jobs.open_job(
        trip_id=trip_id,
        order_ref=order.ref,
        owner_name=current_reseller().name,
        carrier_id=who.carrier_id,
        rate=who.rate,
        currency=who.currency,
        carrier_tax=who.tax,
        stops=carrier_view.stops_of(order),
        cargo=carrier_view.cargo_of(order),
        at=at,
        award_id=who.award_id,
        driver_id=who.driver_id,
        vehicle_id=who.vehicle_id,
    )
    trip = Trip.objects.create(
        id=trip_id,
        order=order,
        job_id=job,
        partner_id=who.partner_id,
        carrier_id=who.carrier_id,
        driver_id=who.driver_id,
        vehicle_id=who.vehicle_id,
        rate=who.rate,
        currency=who.currency,
        assigned_at=agreed_at,
        **names,
    )
    is_known = {true_times.KNOWN: True} if who.agreed_at else {}
    trips.write(trip, by=by, at=at, true=agreed_at, source=Source.DISPATCHER, facts=is_known)
    together = who.together or TOGETHER in (sure or ())
    book(order, trip, together=together, forced=by is None, at=at)
    notifications.of_assignment(order, trip, before=before, by=by, at=at)
    return trip


def _fx(order: Order, currency: str) -> Decimal:
    """The rate of the carrier's new currency, from what the order knows."""
    if currency == current_reseller().currency:
        return Decimal(1)
    if currency == order.currency:
        return order.client_fx
    raise BadValue(
        "currency",
        _("Set the carrier's currency and its rate in the order first."),
    )


def _taxes_of(who: Assignment, at: datetime) -> list[dict[str, str]]:
    """The taxes of the carrier's country on the day: what is agreed on now stands."""
    home = current_reseller()
    partner = Company.objects.filter(pk=who.partner_id).values_list("country", flat=True).first()
    carrier = Carrier.objects.filter(pk=who.carrier_id).values_list("country", flat=True).first()
    country = partner or carrier or home.country
    rates = carrier_taxes.rates_in(country, who.tax, home.day(at))
    return [{"kind": rate.kind, "percent": str(rate.percent)} for rate in rates]


def _names(who: Assignment) -> dict[str, str]:
    driver = Driver.objects.filter(pk=who.driver_id).first() if who.driver_id else None
    vehicle = Vehicle.objects.filter(pk=who.vehicle_id).first() if who.vehicle_id else None
    carrier = Carrier.objects.filter(pk=who.carrier_id).values_list("name", flat=True).first()
    return {
        "carrier_name": carrier or "",
        "driver_name": driver.name if driver else "",
        "plate": vehicle.plate if vehicle else "",
    }


@transaction.atomic
def set_crew(
    *,
    trip: Trip,
    driver: Driver | None,
    vehicle: Vehicle | None,
    by: Actor,
    at: datetime,
    together: bool = False,
) -> Trip:
    """The same carrier sends this driver and vehicle. The job shows them; who was booked before is
    free.
    """
    order = lifecycle.lock(Order(pk=trip.order_id))
    row = Trip.objects.select_for_update().get(pk=trip.pk)
    if driver and row.carrier_id != driver.carrier_id:
        raise BadValue("driver", _("This driver belongs to another carrier."))
    if vehicle and row.carrier_id != vehicle.carrier_id:
        raise BadValue("vehicle", _("This vehicle belongs to another carrier."))
    crew = (driver.pk if driver else None, vehicle.pk if vehicle else None)
    if crew == (row.driver_id, row.vehicle_id):
        return row
    row.driver_id = driver.pk if driver else None
    row.vehicle_id = vehicle.pk if vehicle else None
    row.driver_name = driver.name if driver else ""
    row.plate = vehicle.plate if vehicle else ""
    row.save(update_fields=["driver_id", "vehicle_id", "driver_name", "plate"])
    jobs.reassign(
        job_id=row.job_id,
        driver_id=row.driver_id,
        vehicle_id=row.vehicle_id,
        at=at,
    )
    bookings.release(trip_id=row.pk, at=at)
    book(order, row, together=together, forced=False, at=at)
    write_event(
        order=order,
        old=order.stage,
        act="crew",
        by=by,
        at=at,
        facts={"driver": row.driver_name, "plate": row.plate},
    )
    announce("order.crew", {"order": str(order.pk)})
    notifications.of_crew(order, row, by=by, at=at)
    return row
