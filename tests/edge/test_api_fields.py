"""Every writable field of every call of the API, with every value that may come (FAULTS C1): no
answer of status 500, no silent change, and each refusal names the field.
"""

from __future__ import annotations

import pytest

from tenants.kit import limits
from tenants.kit.throttle import ActorThrottle
from tests.api import walk as walking
from tests.api.described import UNSAFE, operations
from tests.edge.api_tries import EdgeWalk
from tests.edge.fields import fields_of
from tests.world import Cast


@pytest.mark.proof
def test_no_value_of_any_field_breaks_a_call(alpha: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ActorThrottle, "rate", "1000000/min", raising=False)
    monkeypatch.setattr(limits, "hold", lambda seconds: True)
    walk = EdgeWalk(alpha)
    monkeypatch.setattr(walking, "Walk", lambda cast: walk)
    walking.walk_through(alpha)
    findings = walk.findings
    print(
        f"{findings.calls} calls, {len(findings.fields)} fields, {len(findings.compared)} of them "
        f"compared with the answer; {len(findings.broken)} broken, {len(findings.changed)} changed"
    )
    assert not findings.broken, "\n".join(findings.broken)
    assert not findings.changed, "\n".join(findings.changed)
    assert not findings.unnamed, "\n".join(findings.unnamed)
    tried = {name.rpartition(" by ")[0] for name in findings.fields}
    there = {
        f"{operation.name} {one.name}"
        for operation in operations()
        if operation.method in UNSAFE
        for one in fields_of(operation)
    }
    assert there - tried == set(), "writable fields that no call of the walk reaches"
