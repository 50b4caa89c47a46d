"""The life of an order, told as a generator: each step is the act a person takes, at its own
moment.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID, uuid4

from demo.cast import Firm
from finance import payables, payments
from finance.models import Invoice, Method, Payable
from finance.settlement import settle
from orders import assignment, lifecycle, market, papers, trips
from orders.drafts import CargoData, OrderData, StopData
from orders.models import Order, Source, Trip, TripStage
from orders.stages import Act
from tenants.context import CARRIERS, inside
from tenants.drivers.models import Driver
from tenants.exchange import acts
from tenants.kit import places, roads
from tenants.permissions import Role

ROUTES = [
    ("Bishkek", "Almaty"),
    ("Bishkek", "Moscow"),
    ("Osh", "Tashkent"),
    ("Kashgar", "Bishkek"),
    ("Urumqi", "Almaty"),
    ("Bishkek", "Osh"),
    ("Osh", "Bishkek"),
    ("Almaty", "Novosibirsk"),
    ("Bishkek", "Yekaterinburg"),
    ("Guangzhou", "Bishkek"),
    ("Yiwu", "Osh"),
    ("Tashkent", "Moscow"),
    ("Bishkek", "Naryn"),
    ("Karakol", "Bishkek"),
]
CARGO = [
    ("Текстиль", 12_000, 60),
    ("Сухофрукты", 18_000, 40),
    ("Стройматериалы", 20_000, 45),
    ("Электроника", 4_500, 32),
    ("Мебель", 6_000, 70),
    ("Хлопок", 19_000, 80),
    ("Мёд в бочках", 9_000, 20),
    ("Бытовая химия", 11_000, 38),
    ("Автозапчасти", 7_500, 28),
    ("Овощи", 17_000, 60),
]
STAGES = [
    stage for stage in TripStage.values if stage not in (TripStage.ASSIGNED, TripStage.BORDER)
]


@dataclass
class World:
    """What every story may draw on."""

    rng: Random
    firms: dict[str, Firm]
    pool: list[Driver]
    own: dict[str, list[Driver]]
    busy: dict[UUID, datetime]

    def hours(self, low: float, high: float) -> timedelta:
        return timedelta(hours=self.rng.uniform(low, high))


def order(world: World, firm: Firm, begins: datetime) -> Iterator[datetime]:
    """From the phone call to the paid invoice; a few are cancelled on the way."""
    rng = world.rng
    yield begins
    by = rng.choice(
        [
            firm.head,
            *(who for who in firm.staff if who.role is Role.DISPATCHER),
        ]
    )
    with inside(firm.info.scope):
        order = lifecycle.create(data=data(world, firm, begins), by=by, at=begins)
    at = begins + world.hours(0.5, 6)
    yield at
    if rng.random() < 0.04:
        with inside(firm.info.scope):
            lifecycle.advance(
                order=order,
                act=Act.CANCEL,
                by=by,
                at=at,
                facts={"reason": "Клиент отказался"},
            )
        return
    if rng.random() < 0.6:
        at = yield from _through_exchange(world, firm, order, at)
    else:
        direct(world, firm, order, at)
    with inside(firm.info.scope):
        papers.request(order=order, at=at)
        papers.instruction(order=order, at=at)
    yield from _driven_and_paid(world, firm, order, at)


def data(world: World, firm: Firm, at: datetime) -> OrderData:
    rng = world.rng
    ends = rng.choice(ROUTES)
    origin, target = (places.find(name) for name in ends)
    assert origin and target
    name, kilograms, volume = rng.choice(CARGO)
    km = roads.between(origin.point, target.point).km
    rate = Decimal(round((km * rng.uniform(55, 85) + 9_000) / 500) * 500)
    if firm.info.currency != "KGS":
        rate = Decimal(round(float(rate) / 2.5 / 100) * 100)
    stops = tuple(
        StopData(
            kind=kind,
            place=place.name("ru"),
            place_id=place.id,
            country=place.country,
            lat=place.lat,
            lon=place.lon,
            on=at.date() + timedelta(days=days),
            address=f"ул. Складская, {rng.randint(1, 90)}",
            contact="Кладовщик",
            phone=f"+99655077{rng.randint(1000, 9999)}",
        )
        for kind, place, days in (
            ("loading", origin, 1),
            ("unloading", target, 2 + int(km / 600)),
        )
    )
    weight = Decimal(round(kilograms * rng.uniform(0.5, 1) / 100) * 100)
    cargo = (
        CargoData(
            name=name,
            weight_kg=weight,
            volume_m3=Decimal(round(volume * rng.uniform(0.6, 1))),
            packages=rng.randint(4, 33),
        ),
    )
    margin = Decimal(round(float(rate) * rng.uniform(0.06, 0.2) / 100) * 100)
    return OrderData(
        client_id=rng.choice(firm.clients).pk,
        responsible=firm.head.member_id,
        carrier_rate=rate,
        client_price=rate + margin,
        body=rng.choice(["tent", "tent", "ref", "box"]),
        payment_terms="",
        stops=stops,
        cargo=cargo,
    )


def _through_exchange(
    world: World, firm: Firm, order: Order, at: datetime
) -> Generator[datetime, None, datetime]:
    """Published, bargained over by two carriers, awarded."""
    rng = world.rng
    with inside(firm.info.scope):
        listing = market.publish(order=order, by=firm.head, at=at)
        rate = order.carrier_rate or Decimal(50_000)
    at += world.hours(0.3, 3)
    yield at
    offers = [_offer_of_driver(world, listing, rate, at) for _ in range(rng.randint(1, 2))]
    offers += [_offer_of_partner(world, firm, listing, rate, at)] if rng.random() < 0.5 else []
    at += world.hours(0.3, 4)
    yield at
    with inside(firm.info.scope):
        chosen = rng.choice(offers)
        if rng.random() < 0.3:
            market.counter(
                offer_id=chosen,
                price=rate * Decimal("0.9"),
                by=firm.head,
                at=at,
            )
            chosen = next((o for o in offers if o != chosen), None) or _offer_of_driver(
                world, listing, rate, at
            )
        market.accept(offer_id=chosen, by=firm.head, at=at)
    return at


def _offer_of_driver(world: World, listing: UUID, rate: Decimal, at: datetime) -> UUID:
    driver = _free(world, world.pool, at)
    with inside(CARRIERS):
        return acts.send_offer(
            listing_id=listing,
            carrier_id=driver.carrier_id,
            driver_id=driver.pk,
            price=_near(world, rate),
            at=at,
        )


def _offer_of_partner(
    world: World,
    owner: Firm,
    listing: UUID,
    rate: Decimal,
    at: datetime,
) -> UUID:
    firm = world.rng.choice(
        [other for other in world.firms.values() if other is not owner and other.partners]
    )
    partner = world.rng.choice(firm.partners)
    assert partner.carrier_id
    with inside(firm.info.scope):
        return acts.send_offer(
            listing_id=listing,
            carrier_id=partner.carrier_id,
            price=_near(world, rate),
            at=at,
        )


def _near(
    world: World,
    rate: Decimal,
) -> Decimal:
    return Decimal(round(float(rate) * world.rng.uniform(0.94, 1.08) / 100) * 100)


def _free(world: World, drivers: list[Driver], at: datetime) -> Driver:
    """Somebody who is not on the road; taken for three weeks."""
    for _ in range(200):
        driver = world.rng.choice(drivers)
        if world.busy.get(driver.pk, at) <= at:
            world.busy[driver.pk] = at + timedelta(days=21)
            return driver
    raise AssertionError("the pool is too small for the demo")


def direct(world: World, firm: Firm, order: Order, at: datetime) -> None:
    own = [driver for driver in world.own.get(firm.slug, []) if world.busy.get(driver.pk, at) <= at]
    with inside(firm.info.scope):
        if own and world.rng.random() < 0.5:
            world.busy[own[0].pk] = at + timedelta(days=21)
            who = assignment.assignment_to(order=order, rate=order.carrier_rate, driver=own[0])
        else:
            who = assignment.assignment_to(
                order=order,
                rate=order.carrier_rate,
                partner=world.rng.choice(firm.partners),
            )
        assignment.assign_directly(order=order, assignment=who, by=firm.head, at=at)


def _driven_and_paid(world: World, firm: Firm, order: Order, at: datetime) -> Iterator[datetime]:
    with inside(firm.info.scope):
        trip = Trip.objects.get(order=order, replaced_at=None)
    for stage in STAGES:
        at += world.hours(3, 26)
        yield at
        with inside(firm.info.scope):
            trip.refresh_from_db()
            trips.advance(
                trip=trip,
                stage=stage,
                by=firm.head,
                at=at,
                source=Source.DISPATCHER,
                happened_at=at,
            )
    at += world.hours(4, 30)
    yield at
    with inside(firm.info.scope):
        order = Order.objects.select_related("client").get(pk=order.pk)
        lifecycle.complete(order=order, by=firm.head, at=at)
        settle(order=order, by=firm.head, at=at)
        invoice = Invoice.objects.filter(order=order).first()
        owed = Payable.objects.filter(order=order).first()
    if owed and world.rng.random() < 0.9:
        at += timedelta(days=world.rng.uniform(1, 6))
        yield at
        with inside(firm.info.scope):
            payables.pay_out(
                payable=owed,
                amount=owed.amount,
                paid_on=_day(firm, at),
                method=Method.BANK,
                once=uuid4(),
                by=firm.head,
                at=at,
            )
    if invoice is None or world.rng.random() < 0.07:
        return
    yield from _paid(world, firm, invoice, at)


def _paid(world: World, firm: Firm, invoice: Invoice, at: datetime) -> Iterator[datetime]:
    """In one part or two, sooner or later than agreed."""
    parts = 2 if world.rng.random() < 0.2 else 1
    for number in range(parts):
        at += timedelta(days=world.rng.uniform(1, 14))
        yield at
        with inside(firm.info.scope):
            invoice.refresh_from_db()
            rest = invoice.rest
            amount = rest if number == parts - 1 else (rest / 2).quantize(Decimal(1))
            payments.receive(
                invoice=invoice,
                amount=amount,
                paid_on=_day(firm, at),
                method=Method.BANK,
                once=uuid4(),
                by=firm.head,
                at=at,
            )


def _day(firm: Firm, at: datetime) -> date:
    return at.astimezone(firm.info.zone).date()
