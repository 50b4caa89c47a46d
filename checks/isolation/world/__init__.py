"""Two resellers with data in every app, made by the acts people use; `build` returns what the walk
needs to know.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from checks.isolation.words import Words
from checks.isolation.world import (
    books,
    drive,
    firms,
    freight,
    parcels,
    people,
)
from checks.isolation.world.made import Firm, World
from tenants.actor import ResellerInfo
from tenants.kit import outbox

__all__ = ["Firm", "World", "build", "fresh_resellers"]
LATER = ("documents.render", "mail.send")


def fresh_resellers(at: datetime) -> tuple[ResellerInfo, ResellerInfo]:
    """Alpha and Beta, for a database that has none yet."""
    return people.new_reseller("alpha", "KG", at), people.new_reseller("beta", "TH", at)


def build(alpha: ResellerInfo, beta: ResellerInfo, *, now: datetime) -> World:
    """Fill both; Alpha's people are those who walk, Beta is whom they must not see."""
    at = now - timedelta(days=3)
    words = Words()
    # Beta began two days before, so that no reference of its is one of Alpha's as well: in its time
    # zone a day may have begun that Alpha's is still waiting for.
    world = World(
        words,
        Firm("ALPHA", alpha, at, walks=True),
        Firm("BETA", beta, at - timedelta(days=2)),
        [],
    )
    people.platform_firm()
    for firm in world.firms:
        people.staff(firm, words)
        firms.open_office(firm, words, firm.begins)
        people.of_two_companies(firm, words)
        people.colleagues(firm, words, firm.begins)
        people.tabs(firm, words, firm.begins)
        people.own_drivers(firm, words, firm.begins)
        people.crews(firm, words, firm.begins)
        parcels.fill(firm, words, firm.begins)
    people.of_two_resellers(world)
    people.pool(world, at)
    for firm, other in (
        (world.alpha, world.beta),
        (world.beta, world.alpha),
    ):
        freight.fill(world, firm, other)
    for firm, other in (
        (world.alpha, world.beta),
        (world.beta, world.alpha),
    ):
        drive.fill(world, firm, other)
    outbox.work_off(as_of=now, leave=LATER)
    for firm in world.firms:
        books.fill(firm, world.words, now)
    people.platform_manager(world)
    return world
