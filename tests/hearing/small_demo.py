"""The demo in small, loaded by its own code: people, orders, parcels, and all their news."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo import cast, fleet, parcels, run
from tenants.accounts import identify
from tenants.accounts.models import Membership
from tenants.actor import Actor
from tenants.context import GATE, inside
from tenants.kit import clock
from tenants.platform import provisioning

SIZES = (
    (run, "ORDERS", {"alatoo": 30, "osh": 8, "prcargo": 3}),
    (run, "RECENT", {"alatoo": 16, "osh": 4, "prcargo": 2}),
    (fleet, "DRIVERS", 60),
    (fleet, "VEHICLES", 40),
    (parcels, "SHIPMENTS", 240),
)


@pytest.fixture
def demo(committed: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Actor]]:
    """Its people by their login."""
    for module, name, size in SIZES:
        monkeypatch.setattr(module, name, size)
    monkeypatch.setattr(cast, "_hash", [])
    provisioning.refill(spares=3, at=clock.now())
    run.load(now=clock.now(), say=lambda _what: None)
    with inside(GATE):
        memberships = Membership.objects.select_related("user", "reseller")
        of_demo = memberships.filter(user__email__endswith=".demo")
        people = {m.user.email: identify.member(m) for m in of_demo}
    yield {email: who for email, who in people.items() if who}
