"""Several people at once, with real threads and real commits; first the race is shown without its
guard.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from commission.cargo.imports import confirm, start
from commission.cargo.models import (
    ImportBatch,
    MonthLock,
    RateCard,
    Shipment,
)
from commission.cargo.months import closing
from commission.cargo.shipments import editing
from tenants.context import inside
from tests.cargo.conftest import NOW, Shop
from tests.world import Cast, load

pytestmark = pytest.mark.slow
ROWS = 40
TEXT = "\n".join(f"18/01/2026\tPR-1\tT{n}\tGENERAL\tรถ\t1\t1\t1000\tAUTO" for n in range(ROWS))


@pytest.fixture
def place(committed: None) -> Cast:
    return load("alpha")


def at_once(cast: Cast, people: int, act: Callable[[int], Any]) -> list[Any]:
    """Everybody starts at the same moment; what each got, or its exception."""
    gate = threading.Barrier(people)
    results = [None] * people

    def run(number: int) -> None:
        from django.db import connections

        try:
            with inside(cast.scope):
                gate.wait()
                results[number] = act(number)
        except Exception as problem:
            results[number] = problem  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(people)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return results


def eight_confirm(cast: Cast) -> list[Any]:
    with inside(cast.scope):
        batch = start.of_paste(text=TEXT, by=cast.actor("cargo_staff"), at=NOW)
    lines = range(1, ROWS + 1)
    return at_once(
        cast,
        8,
        lambda _n: (
            confirm.confirm(
                batch=ImportBatch.objects.get(pk=batch.pk),
                allow_doubles=lines,
                by=cast.actor("cargo_staff"),
                at=NOW,
            ).saved
        ),
    )


def test_eight_people_confirm_and_it_is_stored_once(
    place: Cast,
) -> None:
    assert eight_confirm(place) == [ROWS] * 8
    with inside(place.scope):
        assert Shipment.objects.count() == ROWS


def test_without_its_guard_it_would_be_stored_more_often(
    place: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_have_read = threading.Barrier(8)

    def read_without_lock(batch: ImportBatch) -> ImportBatch:
        unlocked = ImportBatch.objects.get(pk=batch.pk)
        all_have_read.wait(timeout=30)
        return unlocked

    monkeypatch.setattr(confirm, "claim", read_without_lock)
    eight_confirm(place)
    with inside(place.scope):
        assert Shipment.objects.count() > ROWS


def test_two_cards_are_activated_at_once_and_one_is_active(
    place: Cast,
) -> None:
    from commission.cargo.rates import rate_cards

    with inside(place.scope):
        shop = Shop(place)
        cards = [shop.card(active=False, name=f"Card {n}") for n in range(4)]
    at_once(
        place,
        4,
        lambda n: rate_cards.activate(card=cards[n], past_months=True, by=place.actor(), at=NOW),
    )
    with inside(place.scope):
        assert RateCard.objects.filter(is_active=True).count() == 1


def test_nothing_slips_into_a_month_that_is_being_closed(
    place: Cast,
) -> None:
    """Whoever wrote first is in the totals, whoever came later is refused."""
    from datetime import timedelta

    later = NOW + timedelta(days=20)
    with inside(place.scope):
        shop = Shop(place)
        shop.shipment(tracking_number="first")

    def act(number: int) -> Any:
        if number == 3:
            return closing.lock(
                month=shop.entry().received_on.replace(day=1),
                by=place.actor(),
                at=later,
            )
        return editing.add(
            entry=shop.entry(tracking_number=f"T{number}"),
            by=place.actor(),
            at=later,
        )

    at_once(place, 6, act)
    with inside(place.scope):
        assert MonthLock.objects.get().totals["count"] == str(Shipment.objects.count())
