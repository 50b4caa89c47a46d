"""Every form of the pages, each field with every value that a person or an attacker may send: no
answer of status 500, no refusal without words, no silent change (FAULTS C1, C3).
"""

from __future__ import annotations

from typing import Any

import pytest

from fleet import drivers, vehicles
from orders.models import Order
from tenants.context import inside
from tenants.kit import clock, limits
from tests.api.walk import walk_through
from tests.edge.page_tries import PageFindings, PageWalk
from tests.forms.test_unchanged import DRIVER, VEHICLE
from tests.world import Cast

ROLES = (
    "head",
    "dispatcher",
    "accountant",
    "client",
    "partner",
    "cargo_manager",
    "cargo_staff",
    "cargo_sale",
)


@pytest.fixture
def values(alpha: Cast) -> dict[str, list[str]]:
    """What stands in addresses: the things of the walk through the API, a driver and a vehicle."""
    walk = walk_through(alpha)
    head = alpha.actor("head")
    with inside(alpha.scope):
        driver = drivers.add(values=DRIVER | {"responsible": head.name}, by=head, at=clock.now())
        vehicle = vehicles.add(values=VEHICLE, by=head, at=clock.now())
        refs = list(Order.objects.values_list("ref", flat=True))
    named = {name: [value] for name, value in walk.ids.items()}
    named["ref"] = refs
    for name, row in (("driver_id", driver), ("vehicle_id", vehicle)):
        named[name] = named[f"own_{name}"] = [str(row.pk)]
    return named


@pytest.mark.proof
def test_no_value_of_any_field_breaks_a_page(
    alpha: Cast,
    browse: Any,
    values: dict[str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "hold", lambda seconds: True)
    findings = PageFindings()
    walk = PageWalk(alpha, values, findings)
    walk.go("nobody", browse())
    for role in ROLES:
        walk.go(role, browse(alpha, role))
    print(
        f"{findings.calls} posts, {len(findings.forms)} forms ({len(findings.saved)} saved), "
        f"{len(findings.fields)} fields, {len(findings.compared)} compared after saving"
    )
    assert not findings.broken, "\n".join(findings.broken)
    assert not findings.changed, "\n".join(findings.changed)
    assert not findings.silent, "\n".join(findings.silent)
