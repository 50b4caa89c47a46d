"""Those who call: each of the fourteen kinds of people, two of each cabinet, with those who share a
company or stand in several, signed in on the pages and over the API.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone

from checks.isolation.world.made import World
from tenants.accounts import identify, tokens
from tenants.accounts.models import Membership, User
from tenants.actor import Actor
from tenants.context import GATE, inside
from tenants.drivers.models import Driver
from tenants.entry.identify import from_driver

PRINCIPALS = (
    "anonymous",
    "client",
    "client 2",
    "client of two",
    "client of two 2",
    "client of both",
    "client of both 2",
    "client colleague",
    "partner",
    "partner 2",
    "partner of two",
    "partner of two 2",
    "partner colleague",
    "own driver",
    "own driver 2",
    "partner driver",
    "partner driver 2",
    "independent driver",
    "independent driver 2",
    "cargo sale",
    "cargo sale 2",
    "cargo staff",
    "cargo manager",
    "dispatcher",
    "dispatcher 2",
    "accountant",
    "head",
    "platform manager",
)


# They have a place or rights of somebody else's kind: what is shut to that kind is shut to them.
LIKE = {
    "client colleague": "client",
    "partner of two": "partner",
    "partner colleague": "partner",
    "partner driver": "own driver",
}


def kind_of(name: str) -> str:
    """The kind whose doors this person meets."""
    first = name.removesuffix(" 2")
    return LIKE.get(first, first)


@dataclass
class Caller:
    """One person at a browser and with a token."""

    name: str
    page: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    api: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    @property
    def kind(self) -> str:
        return kind_of(self.name)

    @property
    def is_first(self) -> bool:
        """The next of a kind meets what is the first one's; nonsense has been tried by then."""
        return self.name == self.kind


def caller(world: World, name: str) -> Caller:
    """Signed in directly: the login pages are called like every other."""
    client = Caller(name)
    actor = _actor(world, name)
    if actor is not None:
        with inside(GATE):
            _sign_in(client.page, actor)
            client.api.defaults["HTTP_AUTHORIZATION"] = f"Bearer {_token(actor)}"
        client.page.defaults["HTTP_X_RESELLER"] = Signer(salt="reseller-stamp").sign(
            str(actor.member_id)
        )
    return client


def _actor(world: World, name: str) -> Actor | None:
    if name == "anonymous":
        return None
    if name in world.alpha.people:
        return world.alpha.people[name]
    with inside(GATE):
        if name == "platform manager":
            return identify.platform_manager(User.objects.get(pk=world.manager_id))
        actor = from_driver(_drivers(world, name)[name.endswith("2")].pk)
    assert actor
    return actor


def _drivers(world: World, name: str) -> list[Driver]:
    """The two of the named kind."""
    if name.startswith("own"):
        return world.alpha.drivers
    return list(world.alpha.crews.values()) if name.startswith("partner") else world.pool


def _sign_in(client: Client, who: Actor) -> None:
    session = client.session
    if who.driver_id:
        session["driver"] = str(who.driver_id)
        session["device"] = None
    else:
        user = User.objects.get(pk=who.user_id)
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session["membership"] = str(who.member_id)
    session.save()


def _token(who: Actor) -> str:
    now = timezone.now()
    if who.driver_id:
        return tokens.issue_for_driver(driver_id=who.driver_id, device_id=None, at=now)
    membership = Membership.objects.filter(pk=who.member_id).first()
    return tokens.issue_for_user(
        user=User.objects.get(pk=who.user_id),
        membership=membership,
        at=now,
    )
