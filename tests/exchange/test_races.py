"""One winner, whatever is pressed at once. The race is shown first with lock and keys taken away."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier, Event
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections, transaction

from tenants.context import CARRIERS, Scope, inside
from tenants.drivers.models import Driver
from tenants.exchange import acts
from tenants.exchange.acts import Side
from tenants.exchange.functions import INSTALL
from tenants.exchange.models import Award, Listing, Offer
from tenants.exchange.refusals import ExchangeRefused
from tests.exchange.helpers import NOW, card, independent, publish
from tests.world import Cast, load

pytestmark = pytest.mark.slow
THREADS = 8
ROUNDS = 20
KEYS = {
    "exchange_award": ("award_one_a_listing", "award_one_an_offer"),
    "exchange_offer": ("offer_one_accepted",),
}


def at_once(scope: Scope, deeds: list[Callable[[], Any]]) -> list[Any]:
    """Run the deeds in threads that start together; what each returned, or its exception."""
    gate = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        try:
            with inside(scope):
                connection.ensure_connection()
                gate.wait()
                return deed()
        except Exception as problem:
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def bids(alpha: Cast, drivers: list[Driver]) -> tuple[UUID, list[UUID]]:
    listing = publish(alpha)
    offers = []
    with inside(CARRIERS):
        for driver in drivers:
            bid = {
                "listing_id": listing,
                "carrier_id": driver.carrier_id,
                "driver_id": driver.pk,
            }
            offers.append(acts.send_offer(**bid, price=Decimal(5), at=NOW))
    return listing, offers


def race(alpha: Cast, drivers: list[Driver]) -> tuple[UUID, list[Any]]:
    """Eight dispatchers accept eight different offers of one listing at once: the listing and the
    eight answers.
    """
    listing, offers = bids(alpha, drivers)
    return listing, at_once(
        alpha.scope,
        [lambda offer=offer: accept(offer) for offer in offers],
    )  # type: ignore[misc]


def rivals() -> list[Driver]:
    return [independent(f"Driver {number}") for number in range(THREADS)]


def unlocked(sql: str) -> str:
    """The functions without their row locks, slow between the check and the write.

    Closing the rivals goes too: without the locks its updates would only deadlock.
    """
    without = re.sub(
        r" FOR UPDATE( SKIP LOCKED)?|  PERFORM exchange_close_offers\(offer.*?;",
        "",
        sql,
    )
    return without.replace("RETURN offer;\n", "PERFORM pg_sleep(0.2); RETURN offer;\n")


def accept(offer: UUID) -> Any:
    return acts.accept(offer_id=offer, side=Side.OWNER, at=NOW)


def install_unlocked(drop_keys: bool) -> None:
    with connections["owner"].cursor() as cursor:
        for table, names in KEYS.items() if drop_keys else ():
            for name in names:
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}")
                cursor.execute(f"DROP INDEX IF EXISTS {name}")
        for text in INSTALL[:3]:
            cursor.execute(unlocked(text))
    connections["owner"].close()


def awards(alpha: Cast, listing: UUID) -> int:
    with inside(alpha.scope):
        return Award.objects.filter(listing=listing).count()


def test_one_award_a_listing(committed: None) -> None:
    alpha = load("alpha")
    drivers = rivals()
    for _ in range(ROUNDS):
        listing, answers = race(alpha, drivers)
        assert awards(alpha, listing) == 1
        codes = [answer.code for answer in answers if isinstance(answer, ExchangeRefused)]
        assert codes == ["already_awarded"] * (THREADS - 1)
        with inside(alpha.scope):
            assert Offer.objects.filter(listing=listing, status="accepted").count() == 1
            assert Offer.objects.filter(listing=listing, status="closed").count() == THREADS - 1


def test_without_lock_and_keys_there_are_several(
    committed: None,
) -> None:
    """The same race with FOR UPDATE and the unique keys gone, and a breath between check and write."""
    install_unlocked(drop_keys=True)
    alpha = load("alpha")
    drivers = rivals()
    assert all(awards(alpha, race(alpha, drivers)[0]) > 1 for _ in range(3))


def test_the_unique_key_alone_holds_too(committed: None) -> None:
    """Defence in depth: with the lock gone the database still lets one award through."""
    install_unlocked(drop_keys=False)
    alpha = load("alpha")
    drivers = rivals()
    assert [awards(alpha, race(alpha, drivers)[0]) for _ in range(3)] == [
        1,
        1,
        1,
    ]


def test_withdraw_meets_accept(committed: None) -> None:
    """Either the award stands or the offer is gone, never both."""
    alpha = load("alpha")
    driver = independent("Улан")
    for _ in range(ROUNDS):
        listing, (offer,) = bids(alpha, [driver])
        deeds = [lambda: accept(offer), lambda: _as_driver(offer)]  # noqa: B023
        at_once(alpha.scope, deeds)
        with inside(alpha.scope):
            ended = (
                Offer.objects.get(pk=offer).status,
                Listing.objects.get(pk=listing).status,
                awards(alpha, listing),
            )
        assert ended in {
            ("accepted", "awarded", 1),
            ("withdrawn", "open", 0),
        }


def _as_driver(offer: UUID) -> None:
    with inside(CARRIERS):
        acts.withdraw(offer_id=offer, at=NOW)


def test_references_of_two_resellers_are_distinct(
    committed: None,
) -> None:
    casts = [load("alpha"), load("beta")]
    deeds = [lambda cast=cast: publish(cast) for cast in casts * 4]  # type: ignore[misc]
    listing_ids = at_once(CARRIERS, deeds)
    with inside(CARRIERS):
        refs = list(Listing.objects.filter(pk__in=listing_ids).values_list("ref", flat=True))
    assert sorted(refs) == [f"LST-260313-{n:04}" for n in range(1, 9)]


def test_publications_do_not_wait_for_one_another(committed: None) -> None:
    """One that has not committed yet holds no number the next one needs (FAULTS H9)."""
    alpha, beta = load("alpha"), load("beta")
    first_is_open = Barrier(2)
    second_is_done = Event()

    def hold() -> bool:
        with inside(alpha.scope), transaction.atomic():
            acts.publish(card=card(), at=NOW)
            first_is_open.wait(timeout=30)
            return second_is_done.wait(timeout=10)

    def pass_by() -> bool:
        first_is_open.wait(timeout=30)
        publish(beta)
        second_is_done.set()
        return True

    with ThreadPoolExecutor(2) as threads:
        answers = [threads.submit(hold), threads.submit(pass_by)]
        assert [answer.result() for answer in answers] == [True, True]
