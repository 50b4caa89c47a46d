"""Orders in every stage: drafts, quotes, a listing with offers of three carriers, awards across resellers, direct trips."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from config.isolation.words import BARGAINERS, EXCHANGE, OFFICE
from config.isolation.world.made import Firm, World
from orders import assign, bidding, lifecycle, market
from orders.data import CargoData, OrderData, StopData
from orders.models import Order
from orders.stages import Act
from tenants.context import CARRIERS, inside
from tenants.exchange import acts

# order → whose it is, who drives it in the end, whether it stood on the exchange
ORDERS = {
    "draft": ("client", "", False), "quoted": ("client 2", "", False), "market": ("client", "", True),
    "crossing": ("client 2", "", True), "own": ("client", "own driver", False), "done": ("client", "partner", False),
    "pool": ("client 2", "independent driver", True), "late": ("client 2", "partner 2", False), "off": ("client", "", False),
}  # fmt: skip


def fill(world: World, firm: Firm, other: Firm, at: datetime) -> None:
    with inside(firm.info.scope):
        for key in ORDERS:
            firm.orders[key] = _entered(world, firm, key, at)
            firm.keep("order", ORDERS[key][0], firm.orders[key].ref)
            firm.keep("order", f"office {key}", firm.orders[key].ref)
        _early_stages(firm, at)
    for key in ("market", "crossing", "pool"):
        with inside(firm.info.scope):
            listing = market.publish(order=firm.orders[key], by=firm.people["dispatcher"], at=at)
        firm.keep("listing", key, listing)
    _bargain(world, firm, other, at + timedelta(hours=1))


def _entered(world: World, firm: Firm, key: str, at: datetime) -> Order:
    """What carriers may read of it is marked apart from streets and people, and from what is the client's alone."""
    client, carrier, listed = ORDERS[key]
    seen = {client} if key not in ("draft", "off") else set()
    carriers = {carrier} if carrier else set()
    words, mine = world.words, firm.may(OFFICE, seen)
    road = words.mark(firm.word, f"road{key}", mine, firm.may(carriers))
    goods = words.mark(firm.word, f"goods{key}", mine, firm.may(carriers), EXCHANGE if listed else ())
    note, wish = words.mark(firm.word, f"note{key}", firm.office), words.mark(firm.word, f"wish{key}", mine)
    rate = words.number(f"{firm.word} rate of {key}", firm.office, firm.may(carriers), EXCHANGE if listed else ())
    stops = tuple(
        StopData(kind, place, country="KG", lat=lat, lon=lon, address=road, company=road, contact=road, phone="+996312000000",
                 on=at.date() + timedelta(days=5 + days))
        for kind, place, lat, lon, days in (("loading", "Бишкек", 42.87, 74.59, 0), ("unloading", "Ош", 40.53, 72.8, 2))
    )  # fmt: skip
    data = OrderData(
        client_id=firm.companies[client].pk, responsible=firm.head.member_id, carrier_rate=rate, body="tent", stops=stops,
        client_price=words.number(f"{firm.word} client's price of {key}", firm.may(OFFICE, seen)), carrier_terms=goods[:200],
        note=note, request_note=wish, cargo=(CargoData(goods, Decimal(5000), Decimal(12), packing=goods, value=Decimal(100)),),
    )  # fmt: skip
    made = lifecycle.create(data=data, by=firm.people["dispatcher"], at=at)
    return Order.objects.select_related("client").get(pk=made.pk)


def _early_stages(firm: Firm, at: datetime) -> None:
    by = firm.people["dispatcher"]
    lifecycle.advance(order=firm.orders["quoted"], act=Act.QUOTE, by=by, at=at)
    lifecycle.advance(order=firm.orders["off"], act=Act.CANCEL, by=by, at=at, facts={"reason": "—"})


def _bargain(world: World, firm: Firm, other: Firm, at: datetime) -> None:
    """On "market" three offers stand open; "crossing" goes to the other reseller's partner, "pool" to a free driver."""
    listed = firm.things["listing"]
    for name, bidder in (("partner", other), ("partner 2", firm)):
        offer = _partners_offer(world, firm, bidder, name, listed["market"], at)
        firm.keep("offer", f"market {bidder.word} {name}", offer)
        bidder.keep("offer made", name, offer)
    firm.keep("offer", "market pool", _drivers_offer(world, firm, 1, listed["market"], at))
    for key, offer in (
        ("crossing", _partners_offer(world, firm, other, "partner", listed["crossing"], at)),
        ("pool", _drivers_offer(world, firm, 0, listed["pool"], at)),
    ):
        firm.keep("offer", key, offer)
        with inside(firm.info.scope):
            market.accept(offer_id=offer, by=firm.people["dispatcher"], at=at, together=True)
    for word in (f"road{key}" for key in ("crossing",)):
        _crosses(world, firm, other, word)


def _crosses(world: World, firm: Firm, other: Firm, owner: str) -> None:
    """Streets and contacts go to whoever drives: the other reseller's partner and its office."""
    world.words.mark(firm.word, owner, other.may(OFFICE, ["partner"]))
    world.words.mark(firm.word, owner.replace("road", "goods"), other.may(OFFICE))


def _partners_offer(world: World, firm: Firm, bidder: Firm, name: str, listing: UUID, at: datetime) -> UUID:
    price = _price(world, firm, f"{bidder.word} {name}", bidder.may(BARGAINERS, [name], OFFICE))
    called = f"partnername{name.replace(' ', '')}"
    world.words.mark(bidder.word, called, firm.office)
    with inside(bidder.info.scope):
        return bidding.send(listing_id=listing, price=price, by=bidder.people[name], at=at).pk


def _drivers_offer(world: World, firm: Firm, number: int, listing: UUID, at: datetime) -> UUID:
    driver = world.pool[number]
    name = "independent driver 2" if number else "independent driver"
    with inside(CARRIERS):
        return acts.send_offer(listing_id=listing, carrier_id=driver.carrier_id, driver_id=driver.pk,
                               price=_price(world, firm, name, [name]), at=at)  # fmt: skip


def _price(world: World, firm: Firm, who: str, may: frozenset[str] | list[str]) -> Decimal:
    return world.words.number(f"offer of {who} to {firm.word}", firm.office, may)


def give_directly(firm: Firm, key: str, at: datetime) -> None:
    """Without the exchange: to an own driver or a partner, at the rate that stands in the order."""
    order, name = firm.orders[key], ORDERS[key][1]
    rate = order.carrier_rate
    if name == "own driver":
        who = assign.chosen(order=order, rate=rate, driver=firm.drivers[0])
    else:
        firm.companies[name].refresh_from_db()
        who = assign.chosen(order=order, rate=rate, partner=firm.companies[name])
    assign.direct(order=order, carriage=who, by=firm.people["dispatcher"], at=at)
