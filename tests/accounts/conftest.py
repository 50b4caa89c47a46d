"""People, addresses and browsers of the doors. Counters of tries outlive a test, so each test has
names of its own.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tenants.accounts import identify
from tenants.accounts.memberships import add_member
from tenants.accounts.models import Membership, User
from tenants.context import PLATFORM, inside
from tenants.permissions import Role
from tenants.platform.models import Reseller
from tests.world import PASSWORD, Cast

MANAGER = identify.platform_manager(User(email="manager@platform.test", name="Platform manager"))
NewPerson = Callable[..., User]
_numbers = itertools.count(random.randrange(10**9))


@pytest.fixture
def person(alpha: Cast) -> NewPerson:
    """person(cast, Role.HEAD) is a new login in each of the resellers named, in this role."""

    def make(*casts: Cast, role: Role = Role.DISPATCHER, **more: Any) -> User:
        with inside(PLATFORM):
            user = User.objects.create_user(
                f"p{next(_numbers)}@people.test",
                PASSWORD,
                name="Somebody",
                **{"proven_at": timezone.now()} | more,
            )
            for cast in casts:
                add_member(
                    user=user,
                    reseller=Reseller.objects.get(pk=cast.info.id),
                    role=role,
                )
        return user

    return make


@pytest.fixture
def visitor(db: None) -> Callable[..., Client]:
    """A browser nobody has signed in with, at an address of its own; those of one test share a
    network.
    """
    network = next(_numbers)
    hosts = itertools.count()

    def open_browser(**headers: str) -> Client:
        host = next(hosts) % 254 + 1
        return Client(
            REMOTE_ADDR=f"10.{network >> 8 & 255}.{network & 255}.{host}",
            headers=headers or None,
        )

    return open_browser


def sign_in(browser: Client, email: str, password: str = PASSWORD) -> Any:
    return browser.post("/login/", {"login": email, "password": password})


def membership_of(user: User, cast: Cast) -> Membership:
    with inside(PLATFORM):
        return Membership.objects.select_related("reseller").get(
            user=user, reseller_id=cast.info.id
        )


def set_up_second_step(user: User) -> str:
    """Switch on an authenticator app; returns its secret."""
    from allauth.mfa.totp.internal.auth import (
        TOTP,
        generate_totp_secret,
    )

    from tenants.context import GATE

    secret = generate_totp_secret()
    with inside(GATE):
        TOTP.activate(user, secret)
    return str(secret)


def code_of(secret: str) -> str:
    """What the app shows now."""
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))
