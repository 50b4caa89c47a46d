"""The walk of `verify_isolation` in the test database: each person in a test of its own."""

from __future__ import annotations

import pytest

from checks.isolation import attacks, streams
from checks.isolation.arguments import Unknown, addresses
from checks.isolation.callers import PRINCIPALS
from checks.isolation.matrix import walk
from checks.isolation.patterns import patterns
from checks.isolation.world import World


@pytest.mark.proof
@pytest.mark.parametrize("person", PRINCIPALS)
def test_nobody_meets_what_is_another_s(world: World, person: str) -> None:
    tally = walk(world, people=[person])
    assert tally.findings == []
    assert tally.calls > 1_000


def test_every_pattern_has_a_row(world: World) -> None:
    without = []
    for pattern in patterns():
        try:
            if not addresses(pattern, world, "head"):
                without.append(pattern.route)
        except Unknown as argument:
            without.append(f"{pattern.route} ({argument})")
    assert without == []


def test_there_are_fourteen_kinds_of_people_and_two_of_each_cabinet() -> None:
    assert len({name.removesuffix(" 2") for name in PRINCIPALS}) == 14
    assert {name for name in PRINCIPALS if name.endswith(" 2")} == {
        "client 2",
        "client of two 2",
        "client of both 2",
        "partner 2",
        "own driver 2",
        "independent driver 2",
        "cargo sale 2",
    }


def test_both_resellers_hold_every_kind_of_thing(world: World) -> None:
    alpha, beta = ({thing.kind for thing in firm.things} for firm in world.firms)
    assert alpha == beta


def test_a_sample_passes(world: World) -> None:
    assert (
        walk(world, people=["client", "client of two", "partner", "cargo sale"], every=40).findings
        == []
    )


def test_event_streams_open_for_no_foreign_ticket(world: World) -> None:
    assert streams.walk(world, people=["anonymous", "client"]).findings == []


def test_no_statement_reaches_the_other_reseller(world: World) -> None:
    outcomes = attacks.try_all(world.alpha.info, world.beta.info)
    assert [outcome for outcome in outcomes if outcome.wrong] == []
    assert len(outcomes) >= 39
