"""A fresh installation gets its first manager, and the demo's logins do not outlive the demo."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client

from tenants.accounts import demo_logins
from tenants.accounts.models import DriverAccess, User
from tenants.context import PLATFORM, inside
from tests.world import Cast


def create(**more: str) -> str:
    out = StringIO()
    call_command("manager_create", stdout=out, **more)
    return out.getvalue()


def test_the_first_manager_sets_a_password_and_a_second_step(db: None) -> None:
    address, email, password = create(email="boss@platform.test").split()
    assert address.endswith("/login/") and email == "boss@platform.test"
    browser = Client()
    browser.post("/login/", {"login": email, "password": password})
    assert browser.get("/admin/")["Location"] == "/password/new/"
    own = {"new": "quite-another-1", "again": "quite-another-1"}
    assert browser.post("/password/new/", own).status_code == 302
    assert browser.get("/admin/")["Location"] == "/mfa/totp/"
    with inside(PLATFORM):
        assert User.objects.get(email=email).proven_at is not None


@pytest.mark.parametrize("email", ["no address", "", "DISPATCHER@alpha.test"])
def test_a_bad_or_taken_address_is_refused(alpha: Cast, email: str) -> None:
    taken = alpha.actor("dispatcher").email.upper() if email.startswith("DISP") else email
    with pytest.raises(CommandError):
        create(email=taken)


def test_demo_logins_are_refused_without_the_demo_until_they_are_ended(
    db: None, settings: Any
) -> None:
    settings.DEMO = False
    demo_logins.refuse()
    with inside(PLATFORM):
        user = User.objects.create_user(
            "manager@track.demo", "demo", name="Demo", is_platform_manager=True
        )
    with pytest.raises(ImproperlyConfigured, match="demo --remove"):
        demo_logins.refuse()
    with pytest.raises(CommandError, match="demo --remove"):
        call_command("demo", refuse=True)
    settings.DEMO = True
    demo_logins.refuse()
    settings.DEMO = False
    call_command("demo", remove=True, stdout=StringIO())
    demo_logins.refuse()
    with inside(PLATFORM):
        user.refresh_from_db()
        assert not user.is_active and not user.has_usable_password()


def test_a_driver_of_the_demo_is_refused_too(alpha: Cast, settings: Any) -> None:
    settings.DEMO = False
    with inside(PLATFORM):
        DriverAccess.objects.create(
            driver_id=alpha.info.id, phone="+996555000001", pin_hash="x", any_device=True
        )
    with pytest.raises(ImproperlyConfigured):
        demo_logins.refuse()
