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
from tenants.context import GATE, inside
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
    return own_url(reverse("access-link", args=[token]))


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
