"""Two resellers prove one host at once: it is the door of one, whoever comes first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from companies import own_domain
from tenants.context import PLATFORM, inside
from tenants.kit import clock
from tenants.platform import domains
from tenants.platform.domain_checks import Evidence
from tenants.platform.domains import Outcome
from tenants.platform.models import Domain
from tests.world import Cast, load

ROUNDS = 5


@pytest.mark.slow
def test_the_first_proof_wins(committed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    proof = Evidence(Outcome.PROVEN)
    monkeypatch.setattr("tenants.platform.domain_checks.look", lambda **of: proof)
    casts = [load("alpha"), load("beta")]
    for number in range(ROUNDS):
        host = f"cabinet{number}.firm.kg"
        for cast in casts:
            with inside(cast.scope):
                own_domain.claim(domain=host, by=cast.actor(), at=clock.now())
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(_prove, casts))
        assert sorted(result["is_open"] for result in results) == [False, True]
        assert sorted(result["outcome"] for result in results) == [Outcome.PROVEN, Outcome.TAKEN]
        with inside(PLATFORM):
            assert Domain.objects.filter(domain=host).count() == 1
        for cast in casts:
            with inside(cast.scope):
                own_domain.remove(by=cast.actor(), at=clock.now())


def _prove(cast: Cast) -> dict[str, Any]:
    try:
        with inside(cast.scope):
            own = domains.own_domain()
            assert own
            checked = own_domain.check(own=own, by=cast.actor(), at=clock.now())
        return {"is_open": checked.is_open, "outcome": checked.outcome}
    finally:
        connections.close_all()
