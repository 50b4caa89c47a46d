"""Two clerks at once never get the same number, and none is skipped."""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connections, transaction

from documents import issue
from documents.models import NumberCounter
from tenants.context import inside
from tests.world import Cast, load

THREADS = 4
EACH = 5


def unlocked(*, kind: str, year: int) -> int:
    """The same without the lock, to show that there is a race to lose."""
    counter, _ = NumberCounter.objects.get_or_create(kind=kind, year=year)
    both_have_read.wait(timeout=5)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


both_have_read = threading.Barrier(2)


def race(cast: Cast, act: Callable[..., int], threads: int, each: int) -> list[int]:
    taken: list[int] = []

    def clerk() -> None:
        try:
            for _ in range(each):
                with inside(cast.scope), transaction.atomic():
                    taken.append(act(kind="invoice", year=2026))
        except IntegrityError:  # both made the first row of the year
            pass
        finally:
            connections.close_all()

    clerks = [threading.Thread(target=clerk) for _ in range(threads)]
    for each_clerk in clerks:
        each_clerk.start()
    for each_clerk in clerks:
        each_clerk.join(timeout=30)
    return sorted(taken)


@pytest.mark.slow
def test_numbers_are_gapless_under_a_race(committed: None) -> None:
    cast = load("alpha")
    with inside(cast.scope):
        NumberCounter.objects.create(kind="invoice", year=2026)
    assert race(cast, unlocked, 2, 1) == [
        1,
        1,
    ]  # without the lock the race is lost
    assert race(cast, issue.take_number, THREADS, EACH) == list(range(2, 2 + THREADS * EACH))


@pytest.mark.slow
def test_the_first_number_of_a_year_is_taken_once(
    committed: None,
) -> None:
    assert race(load("alpha"), issue.take_number, THREADS, 1) == [
        1,
        2,
        3,
        4,
    ]
