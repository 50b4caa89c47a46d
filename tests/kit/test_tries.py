"""An act that crossed another one is done again, alone or inside a transaction of its caller."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure

from tenants.context import inside
from tenants.kit import tries
from tenants.kit.tries import StartOver, tried_again
from tenants.office.models import RefCounter
from tenants.office.refs import next_ref
from tests.world import Cast, load

DAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "PAUSE", 0)


def crossing(cause: Exception) -> OperationalError:
    """The database's refusal, as Django hands it on."""
    problem = OperationalError("crossed")
    problem.__cause__ = cause
    return problem


@pytest.mark.parametrize("cause", [DeadlockDetected, SerializationFailure])
def test_what_a_try_wrote_is_undone_before_the_next(in_alpha: Cast, cause: type[Exception]) -> None:
    refs = []

    @tried_again
    def act() -> str:
        refs.append(next_ref("A", on=DAY))
        if len(refs) < tries.TRIES:
            raise crossing(cause())
        return refs[-1]

    assert act() == "A-260301-0001"
    assert len(refs) == 3


def test_three_tries_and_no_more(in_alpha: Cast) -> None:
    calls = []

    @tried_again
    def act() -> None:
        calls.append(next_ref("A", on=DAY))
        raise crossing(DeadlockDetected())

    with pytest.raises(OperationalError):
        act()
    assert len(calls) == tries.TRIES
    assert not RefCounter.objects.exists()


@pytest.mark.parametrize("problem", [crossing(LockNotAvailable()), ValueError("mine")])
def test_another_error_is_not_tried_again(in_alpha: Cast, problem: Exception) -> None:
    calls = []

    @tried_again
    def act() -> None:
        calls.append(1)
        raise problem

    with pytest.raises(type(problem)):
        act()
    assert calls == [1]


def test_an_act_inside_of_another_leaves_the_trying_to_it(in_alpha: Cast) -> None:
    calls = []

    @tried_again
    def inner() -> None:
        calls.append("inner")
        if calls.count("inner") == 1:
            raise crossing(DeadlockDetected())

    @tried_again
    def outer() -> None:
        calls.append("outer")
        inner()

    outer()
    assert calls == ["outer", "inner", "outer", "inner"]


def test_starting_over_does_not_count_as_a_try(in_alpha: Cast) -> None:
    calls = []

    @tried_again
    def act() -> int:
        calls.append(1)
        if len(calls) < 6:
            raise StartOver
        return len(calls)

    assert act() == 6


def crossed(cast: Cast, act: Callable[[str, str], Any], *, in_transaction: bool) -> list[Any]:
    """Two threads lock two rows in contrary order; what each came to."""
    answers: list[Any] = []

    def run(first: str, second: str) -> None:
        with inside(cast.scope):
            try:
                with transaction.atomic() if in_transaction else nullcontext():
                    answers.append(act(first, second))
            except OperationalError as problem:
                answers.append(type(problem.__cause__))
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in (("A", "B"), ("B", "A"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


def meeting() -> Callable[[str, str], str]:
    """An act whose first tries meet between their locks."""
    gate = threading.Barrier(2)
    own = threading.local()

    def act(first: str, second: str) -> str:
        next_ref(first, on=DAY)
        if not getattr(own, "has_met", False):
            own.has_met = True
            gate.wait(timeout=10)
        next_ref(second, on=DAY)
        return first

    return act


@pytest.mark.slow
@pytest.mark.parametrize("in_transaction", [False, True])
def test_of_two_that_cross_both_are_done(committed: None, in_transaction: bool) -> None:
    cast = load("alpha")
    answers = crossed(cast, tried_again(meeting()), in_transaction=in_transaction)
    assert sorted(answers) == ["A", "B"]
    with inside(cast.scope):
        assert sorted(RefCounter.objects.values_list("kind", "last")) == [("A", 2), ("B", 2)]


@pytest.mark.slow
def test_without_it_one_of_them_is_lost(committed: None) -> None:
    cast = load("alpha")
    answers = crossed(cast, transaction.atomic(meeting()), in_transaction=False)
    assert DeadlockDetected in answers
