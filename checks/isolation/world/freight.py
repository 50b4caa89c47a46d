"""Orders in every stage: drafts, quotes, a listing with offers of three carriers, awards across
resellers, direct trips.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from checks.isolation.words import BARGAINERS, EXCHANGE, OFFICE
from checks.isolation.world.made import Firm, World
from orders import assignment, bidding, lifecycle, market
from orders.drafts import CargoData, OrderData, StopData
from orders.models import Order
from orders.stages import Act
from tenants.context import CARRIERS, inside
from tenants.exchange import acts

# order → whose it is, who drives it in the end, whether it stood on the exchange
ORDERS = {
    "draft": ("client", "", False),
    "quoted": ("client 2", "", False),
    "market": ("client", "", True),
    "crossing": ("client 2", "", True),
    "own": ("client", "own driver", False),
    "done": ("client", "partner", False),
    "pool": ("client 2", "independent driver", True),
    "late": ("client 2", "partner 2", False),
    "off": ("client", "", False),
}
DRIVERS = ("independent driver", "independent driver 2")


def fill(world: World, firm: Firm, other: Firm) -> None:
    at = firm.begins
    with inside(firm.info.scope):
        for key in ORDERS:
            firm.orders[key] = _entered(world, firm, key, at)
            firm.keep(
                "order",
                firm.orders[key].ref,
                firm.may(OFFICE, seen_by(key)),
            )
        _early_stages(firm, at)
    listed: dict[str, UUID] = {}
    for key in ("market", "crossing", "pool"):
        with inside(firm.info.scope):
            listing = market.publish(
                order=firm.orders[key],
                by=firm.people["dispatcher"],
                at=at,
            )
        listed[key] = listing
        firm.keep("listing", listing, EXCHANGE)
    _bargain(world, firm, other, listed, at + timedelta(hours=1))


def seen_by(key: str) -> set[str]:
    """The client whose order it is, unless it is a draft that the office never showed."""
    return {ORDERS[key][0]} if key not in ("draft", "off") else set()


def carrier_of(firm: Firm, key: str) -> str:
    """Who drives it in the end; a free driver is on one road at a time, so Beta's load goes to the
    second one.
    """
    name = ORDERS[key][1]
    return name if firm.walks or name != "independent driver" else "independent driver 2"


def free_to(firm: Firm, *names: str) -> frozenset[str]:
    """Drivers of the pool are nobody's people and may always; partners only their own reseller's."""
    carriers = {name for name in names if name and (firm.walks or name.startswith("independent"))}
    crews = {name.replace("partner", "partner driver") for name in carriers}
    return frozenset(carriers | crews)


def _entered(world: World, firm: Firm, key: str, at: datetime) -> Order:
    """What carriers may read of it is marked apart from streets and people, and from what is the
    client's alone.
    """
    client, _carrier, listed = ORDERS[key]
    seen = seen_by(key)
    carriers = free_to(firm, carrier_of(firm, key))
    words = world.words
    mine = firm.may(OFFICE, seen)
    road = words.mark(firm.word, f"road{key}", mine, carriers)
    goods = words.mark(
        firm.word,
        f"goods{key}",
        mine,
        carriers,
        EXCHANGE if listed else (),
    )
    note = words.mark(firm.word, f"note{key}", firm.office)
    wish = words.mark(firm.word, f"wish{key}", mine)
    rate = words.number(
        f"{firm.word} rate of {key}",
        firm.office,
        carriers,
        EXCHANGE if listed else (),
    )
    stops = tuple(
        StopData(
            kind,
            place,
            country="KG",
            lat=lat,
            lon=lon,
            address=road,
            company=road,
            contact=road,
            phone="+996312000000",
            on=at.date() + timedelta(days=5 + days),
        )
        for kind, place, lat, lon, days in (
            ("loading", "Бишкек", 42.87, 74.59, 0),
            ("unloading", "Ош", 40.53, 72.8, 2),
        )
    )
    data = OrderData(
        client_id=firm.companies[client].pk,
        responsible=firm.head.member_id,
        carrier_rate=rate,
        body="tent",
        stops=stops,
        client_price=words.number(
            f"{firm.word} client's price of {key}",
            firm.may(OFFICE, seen),
        ),
        carrier_terms=goods[:200],
        note=note,
        request_note=wish,
        cargo=(
            CargoData(
                goods,
                Decimal(5000),
                Decimal(12),
                packing=goods,
                value=Decimal(100),
            ),
        ),
    )
    order = lifecycle.create(data=data, by=firm.people["dispatcher"], at=at)
    return Order.objects.select_related("client").get(pk=order.pk)


def _early_stages(firm: Firm, at: datetime) -> None:
    by = firm.people["dispatcher"]
    lifecycle.advance(order=firm.orders["quoted"], act=Act.QUOTE, by=by, at=at)
    lifecycle.advance(
        order=firm.orders["off"],
        act=Act.CANCEL,
        by=by,
        at=at,
        facts={"reason": "—"},
    )


def _bargain(
    world: World,
    firm: Firm,
    other: Firm,
    listed: dict[str, UUID],
    at: datetime,
) -> None:
    """On "market" three offers stand open; "crossing" goes to the other reseller's partner, "pool"
    to a free driver.
    """
    for name, bidder in (("partner", other), ("partner 2", firm)):
        offer = _partners_offer(world, firm, bidder, name, listed["market"], at)
        firm.keep(
            "offer",
            offer,
            firm.may(BARGAINERS),
            bidder.may(BARGAINERS, [name]),
        )
    first, second = (0, 1) if firm.walks else (1, 0)
    firm.keep(
        "offer",
        _drivers_offer(world, firm, second, listed["market"], at),
        firm.may(BARGAINERS),
        [DRIVERS[second]],
    )
    won = {
        "crossing": _partners_offer(world, firm, other, "partner", listed["crossing"], at),
        "pool": _drivers_offer(world, firm, first, listed["pool"], at),
    }
    for key, offer in won.items():
        theirs = other.may(BARGAINERS, ["partner"]) if key == "crossing" else {DRIVERS[first]}
        firm.keep("offer", offer, firm.may(BARGAINERS), theirs)
        with inside(firm.info.scope):
            market.accept(
                offer_id=offer,
                by=firm.people["dispatcher"],
                at=at,
                together=True,
            )
    _crosses(world, firm, other, "roadcrossing")


def _crosses(
    world: World,
    firm: Firm,
    other: Firm,
    owner: str,
) -> None:
    """Streets and contacts go to whoever drives: the other reseller's partner and its office."""
    world.words.mark(
        firm.word,
        owner,
        other.may(OFFICE, ["partner"]),
    )
    world.words.mark(
        firm.word,
        owner.replace("road", "goods"),
        other.may(OFFICE),
    )


def _partners_offer(
    world: World,
    firm: Firm,
    bidder: Firm,
    name: str,
    listing: UUID,
    at: datetime,
) -> UUID:
    price = _price(
        world,
        firm,
        f"{bidder.word} {name}",
        bidder.may(BARGAINERS, [name], OFFICE),
    )
    called = f"partnername{name.replace(' ', '')}"
    world.words.mark(bidder.word, called, firm.office)
    with inside(bidder.info.scope):
        return bidding.send(
            listing_id=listing,
            price=price,
            by=bidder.people[name],
            at=at,
        ).pk


def _drivers_offer(world: World, firm: Firm, number: int, listing: UUID, at: datetime) -> UUID:
    driver = world.pool[number]
    name = DRIVERS[number]
    with inside(CARRIERS):
        return acts.send_offer(
            listing_id=listing,
            carrier_id=driver.carrier_id,
            driver_id=driver.pk,
            price=_price(world, firm, name, [name]),
            at=at,
        )


def _price(
    world: World,
    firm: Firm,
    who: str,
    may: frozenset[str] | list[str],
) -> Decimal:
    return world.words.number(
        f"offer of {who} to {firm.word}",
        firm.office,
        may,
    )


def give_directly(firm: Firm, key: str, at: datetime) -> None:
    """Without the exchange: to an own driver or a partner, at the rate that stands in the order."""
    order = firm.orders[key]
    name = ORDERS[key][1]
    rate = order.carrier_rate
    if name == "own driver":
        who = assignment.assignment_to(order=order, rate=rate, driver=firm.drivers[0])
    else:
        partner = firm.companies[name]
        partner.refresh_from_db()
        who = assignment.assignment_to(
            order=order, rate=rate, partner=partner, driver=firm.crews[name]
        )
    assignment.assign_directly(order=order, assignment=who, by=firm.people["dispatcher"], at=at)
