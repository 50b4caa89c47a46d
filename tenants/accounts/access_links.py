"""Links that open a login once: the person sets a password with them (FAULTS D2).

A link that went by mail also proves the address. One that a head, an ADMIN or a dispatcher hands
over proves nothing, and works only for a person who belongs to that reseller alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.urls import reverse

from tenants.accounts.identify import may_enter
from tenants.accounts.models import Membership, User
from tenants.accounts.secrets import digest
from tenants.context import GATE, current, inside
from tenants.kit.doors import current_door
from tenants.kit.public_url import shared_url
from tenants.platform.domains import own_url

LIFE = timedelta(hours=24)
SALT = "access-link"


class StaleLink(Exception):
    """Used, too old, made up, or no longer this person's: whoever holds it is not told which."""


@dataclass(frozen=True, slots=True)
class AccessLink:
    """What a link opens; `then` is the path that follows."""

    user: User
    is_by_mail: bool
    then: str


def make(user: User, *, is_by_mail: bool, then: str = "/") -> str:
    """The whole address. It ends with the password that the person has now, at the latest in 24 h."""
    content = {
        "user": str(user.pk),
        "stamp": _stamp(user),
        "mail": is_by_mail,
        "then": then,
    }
    token = signing.dumps(content, salt=SALT)
    path = reverse("access-link", args=[token])
    return own_url(path) if may_lead_to_door(user) else shared_url(path)


def may_lead_to_door(user: User) -> bool:
    """Whether the key of this login may stand behind the own domain of the reseller at hand: its
    holder could take the key, so the login must open nothing of others.
    """
    door = current_door()
    reseller_id = current().reseller_id or (door.reseller_id if door else None)
    with inside(GATE):
        others = Membership.objects.filter(user=user).exclude(reseller_id=reseller_id)
        return not user.is_platform_manager and not others.exists()


def read(token: str) -> AccessLink:
    """Raises StaleLink."""
    try:
        content = signing.loads(token, salt=SALT, max_age=LIFE)
    except signing.BadSignature as problem:
        raise StaleLink from problem
    with inside(GATE):
        user = User.objects.filter(pk=content["user"], is_active=True).first()
        if user is None or content["stamp"] != _stamp(user) or not may_enter(user):
            raise StaleLink
        if not content["mail"] and not belongs_to_one(user):
            raise StaleLink
    return AccessLink(user, content["mail"], content["then"])


def belongs_to_one(user: User) -> bool:
    """Whether one reseller alone knows this person: nobody else's access hangs on the login."""
    places = Membership.objects.filter(user=user).values("reseller_id").distinct()
    return not user.is_platform_manager and places.count() == 1


def _stamp(user: User) -> str:
    """What changes with the password, so that older links end."""
    return digest(user.password)[:16]
