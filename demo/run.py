"""Loads the demo: people, pool, then two years of stories by one clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from demo import cast, firms, fleet, parcels, stories, today
from demo.cast import Firm
from demo.clock import Clock
from finance import close
from tenants.context import PLATFORM, RELAY, inside
from tenants.kit.models import OutboxEvent
from tenants.platform.models import Reseller

SEED = 20_260_101
ORDERS = {"alatoo": 134, "osh": 138, "prcargo": 36}
RECENT = {
    "alatoo": 16,
    "osh": 12,
    "prcargo": 4,
}  # still under way today
YEARS = 2
FRESH = 60  # papers rendered at once
DONE_BY_STORIES = ("order.", "exchange.", "mail.")
Say = Callable[[str], None]


def loaded() -> bool:
    with inside(PLATFORM):
        return bool(Reseller.objects.filter(slug="alatoo").exists())


def load(*, now: datetime, say: Say) -> None:
    """Everything, from a fixed seed. `now` is the demo's present."""
    rng = Random(SEED)
    begins = now - timedelta(days=365 * YEARS)
    cast.managers()
    cast.platform_firm()
    people = {slug: cast.firm(slug, begins) for slug in cast.FIRMS}
    for home in people.values():
        firms.open_office(home, begins, rng)
    say("resellers")
    pool = fleet.pool_of_platform(now, rng)
    own = {
        slug: fleet.own_fleet(people[slug], begins, rng, number * 100)
        for number, slug in enumerate(("alatoo", "osh"))
    }
    say("pool")
    parcels.load(people["prcargo"], begins, now, rng)
    say("parcels")
    _tell(stories.World(rng, people, pool, own, {}), begins, now)
    with transaction.atomic():
        today.on_the_road(people, now, rng)
        today.drafts(
            stories.World(rng, people, pool, own, {}),
            people["alatoo"],
            now,
        )
        today.requests(stories.World(rng, people, pool, own, {}), people["alatoo"], now)
        for firm in people.values():
            today.read_old_news(firm, now)
    _sweep(timezone.now())
    say("orders")


def _tell(world: stories.World, begins: datetime, now: datetime) -> None:
    clock = Clock()
    for slug, count in ORDERS.items():
        for _ in range(count):
            clock.add(
                stories.order(
                    world,
                    world.firms[slug],
                    _moment(world.rng, begins, now),
                )
            )
        for _ in range(RECENT.get(slug, 0)):
            clock.add(
                stories.order(
                    world,
                    world.firms[slug],
                    now - timedelta(hours=world.rng.uniform(4, 110)),
                )
            )
        clock.add(_months(world.firms[slug], begins, now))
    clock.run(until=now)


def _moment(rng: Random, begins: datetime, now: datetime) -> datetime:
    """More orders in the later months: the business grows."""
    return (
        begins
        + (now - begins) * max(rng.random(), rng.random())
        - timedelta(minutes=rng.randint(10, 600))
    )


def _months(firm: Firm, begins: datetime, now: datetime) -> Iterator[datetime]:
    """Each month's platform fee is closed on the third day of the next."""
    month = date(begins.year, begins.month, 1)
    while True:
        following = (month + timedelta(days=32)).replace(day=1)
        at = datetime(following.year, following.month, 3, 6, tzinfo=now.tzinfo)
        yield at
        with inside(firm.info.scope):
            close.close_fee_month(month=month, by=firm.head, at=at)
        month = following


def _sweep(now: datetime) -> None:
    """What the stories did themselves need not happen again; papers wait to be rendered, the newest
    first. The outbox lives by the real clock.
    """
    with inside(RELAY):
        waiting = OutboxEvent.objects.filter(done_at=None)
        for prefix in DONE_BY_STORIES:
            waiting.filter(topic__startswith=prefix).update(done_at=now, payload={})
        _idle(
            list(waiting.filter(topic="documents.render").order_by("-created_at")),
            now,
        )


def _idle(
    renders: list[OutboxEvent],
    now: datetime,
) -> None:
    """Old papers come one every two seconds behind the fresh ones; opening one brings it forward."""
    for number, event in enumerate(renders[FRESH:]):
        event.not_before = now + timedelta(minutes=2, seconds=2 * number)
    OutboxEvent.objects.bulk_update(
        renders[FRESH:],
        ["not_before"],
        batch_size=500,
    )
