from __future__ import annotations

import pytest
from django.core.cache import cache

from tenants.kit.throttle import ActorThrottle
from tests.api import walk as walking
from tests.api.conftest import _no_counting  # noqa: F401
from tests.edge.api_tries import EdgeWalk
from tests.world import Cast


@pytest.mark.slow
def test_no_value_of_any_field_breaks_a_call(alpha: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ActorThrottle, "rate", "1000000/min", raising=False)
    monkeypatch.setattr("tenants.kit.limits.hold", lambda seconds: True)
    cache.clear()
    walk = EdgeWalk(alpha)
    monkeypatch.setattr(walking, "Walk", lambda cast: walk)
    walking.walk_through(alpha)
    f = walk.findings
    print(f.calls, len(f.fields))
    open("/tmp/edge_broken.txt", "w").write("\n".join(f.broken))
    assert f.broken == []
