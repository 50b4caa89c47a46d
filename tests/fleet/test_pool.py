from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from tenants.context import inside
from tenants.drivers import pool
from tests.world import Cast


@pytest.fixture
def driver(alpha: Cast) -> None:
    with inside(alpha.scope):
        pool.register_driver(name="Zamir <b>", on=date(2026, 3, 13), at=timezone.now(), phone="+996555123456", by=alpha.actor())
        pool.register_vehicle(plate="01KG777", body="tent", on=date(2026, 3, 13), at=timezone.now(), by=alpha.actor())


def test_phone_is_whole_at_home_and_masked_elsewhere(alpha: Cast, beta: Cast, browse: Any, driver: None) -> None:
    home, away = (browse(cast).get("/fleet/?q=Zamir").content.decode() for cast in (alpha, beta))
    assert "+996555123456" in home and "Zamir &lt;b&gt;" in home
    assert "+996555123456" not in away and "***3456" in away


def test_vehicles_filters_and_rubbish(alpha: Cast, browse: Any, driver: None) -> None:
    head = browse(alpha)
    assert "01KG777" in head.get("/fleet/vehicles/?q=777").content.decode()
    assert "01KG777" not in head.get("/fleet/vehicles/?whose=pool&q=777").content.decode()
    for query in ("whose=x", "page=x", "page=0", "q=%00", "status=x"):
        assert head.get(f"/fleet/?{query}").status_code == 200
    assert browse(alpha, "client").get("/fleet/").status_code == 404
