"""A driver who forgot the PIN reaches the office, and a stranger learns nothing (FAULTS D7)."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from tenants.accounts import driver_login
from tenants.context import PLATFORM, inside
from tenants.drivers import pool
from tenants.office.models import Notification
from tenants.platform.models import Reseller
from tests.world import Cast

PAGE = "/driver/forgotten/"


@pytest.fixture
def driver(alpha: Cast) -> Any:
    """A driver of Alpha with access to the app: phone and enrolment code."""
    cache.clear()
    phone = f"+99655{random.randrange(10**7):07d}"
    now = timezone.now()
    with inside(alpha.scope):
        registered = pool.register_driver(name="Azamat", on=now.date(), at=now, phone=phone)
    code = driver_login.give_access(driver_id=registered.pk, phone=phone, at=now)[1]
    return registered, phone, code


def heard(cast: Cast) -> list[tuple[str, str]]:
    with inside(cast.scope):
        rows = Notification.objects.order_by("created_at", "pk")
        return sorted({(row.text, row.url) for row in rows})


def test_the_office_hears_of_it_once_an_hour(alpha: Cast, visitor: Any, driver: Any) -> None:
    registered, phone, _code = driver
    for _ in range(2):
        answer = visitor().post(PAGE, {"phone": phone})
        assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}?sent=1")
    (news,) = heard(alpha)
    assert "Azamat" in news[0] and news[1] == f"/fleet/drivers/{registered.pk}/"
    with inside(alpha.scope):
        assert (
            Notification.objects.filter(member_id=alpha.actor("dispatcher").member_id).count() == 1
        )


def test_a_stranger_learns_nothing(alpha: Cast, beta: Cast, visitor: Any, driver: Any) -> None:
    answers = [visitor().post(PAGE, {"phone": phone}) for phone in (driver[1], "+996555000009")]
    first, second = ((one.status_code, one["Location"], one.content) for one in answers)
    assert first == second
    assert heard(beta) == []


def test_only_an_enrolled_phone_is_told_how_to_reach_the_office(
    alpha: Cast, visitor: Any, driver: Any
) -> None:
    _registered, phone, code = driver
    with inside(PLATFORM):
        Reseller.objects.filter(pk=alpha.info.id).update(support_phone="+996312000777")
    stranger, enrolled = visitor(), visitor()
    enrolled.post("/driver/enrol/", {"phone": phone, "code": code})
    assert "tel:+996312000777" in enrolled.get(PAGE).content.decode()
    assert "996312000777" not in stranger.get(PAGE).content.decode()


def test_the_login_page_leads_there(db: None, visitor: Any) -> None:
    assert f'href="{PAGE}"' in visitor().get("/driver/login/").content.decode()


def test_what_is_no_phone_is_said_at_the_field(db: None, visitor: Any) -> None:
    assert visitor().post(PAGE, {"phone": ""}).status_code == 422
