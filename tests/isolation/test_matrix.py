"""The walk of `verify_isolation` in the test database: each person in a test of its own."""

from __future__ import annotations

from uuid import UUID

import pytest

from checks.isolation import attacks, streams
from checks.isolation.arguments import Unknown, addresses
from checks.isolation.callers import PRINCIPALS, kind_of
from checks.isolation.matrix import walk
from checks.isolation.patterns import patterns
from checks.isolation.world import World
from tenants.accounts.models import Membership
from tenants.context import PLATFORM, inside
from tenants.permissions import Permission


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
    assert len({kind_of(name) for name in PRINCIPALS}) == 14
    assert {name for name in PRINCIPALS if name.endswith(" 2")} == {
        "client 2",
        "client of two 2",
        "client of both 2",
        "partner 2",
        "own driver 2",
        "independent driver 2",
        "cargo sale 2",
        "dispatcher 2",
        "partner of two 2",
        "partner driver 2",
    }


def test_people_share_a_company_and_stand_in_several(world: World) -> None:
    people = world.alpha.people
    client, colleague = people["client"], people["client colleague"]
    assert client.company_id == colleague.company_id
    assert client.can(Permission.CLIENT_SUMS) and not colleague.can(Permission.CLIENT_SUMS)
    crews = world.alpha.crews.values()
    assert len({driver.carrier_id for driver in crews}) == 2
    here, there = people["client of two"], people["partner of two"]
    assert here.user_id == there.user_id and here.company_id != there.company_id
    assert people["client of both"].user_id in _members_of_both(world)


def _members_of_both(world: World) -> set[UUID]:
    """Those who have a place in either reseller."""
    with inside(PLATFORM):
        users = [
            set(Membership.objects.filter(reseller_id=firm.info.id).values_list("user", flat=True))
            for firm in world.firms
        ]
    return set.intersection(*users)


def test_both_resellers_hold_every_kind_of_thing(world: World) -> None:
    alpha, beta = ({thing.kind for thing in firm.things} for firm in world.firms)
    assert alpha == beta


def test_a_sample_passes(world: World) -> None:
    assert (
        walk(world, people=["client", "client of two", "partner", "cargo sale"], every=40).findings
        == []
    )


def test_the_parts_of_a_card_answer_the_own_office_alone(world: World) -> None:
    parts = [pattern for pattern in patterns() if "api/v1/companies/<uuid" in pattern.route]
    assert len(parts) == 9
    people = ["head", "accountant", "client", "client colleague", "partner", "cargo manager"]
    assert walk(world, people=people, only=parts).findings == []


def test_the_reports_of_the_books_answer_the_own_office_alone(world: World) -> None:
    ways = (
        "finance/accounts",
        "finance/entries",
        "finance/pnl",
        "trial-balance",
        "company_id>/statement",
        "cabinet/invoices/statement",
        "partner/payouts/statement",
        "finance/books",
        "sales-book",
        "purchases-book",
    )
    reports = [one for one in patterns() if any(way in one.route for way in ways)]
    assert len(reports) == 17
    people = [
        *("accountant", "dispatcher", "cargo manager", "anonymous"),
        *("client", "client colleague", "partner"),
    ]
    assert walk(world, people=people, only=reports).findings == []


def test_event_streams_open_for_no_foreign_ticket(world: World) -> None:
    assert streams.walk(world, people=["anonymous", "client"]).findings == []


def test_no_statement_reaches_the_other_reseller(world: World) -> None:
    outcomes = attacks.try_all(world.alpha.info, world.beta.info)
    assert [outcome for outcome in outcomes if outcome.wrong] == []
    assert len(outcomes) >= 39
