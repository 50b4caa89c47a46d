"""A session that began at a reseller's own domain is one there alone.

Whoever holds the domain may lead it elsewhere and get its cookies: they open no other place of the
person.
"""

from __future__ import annotations

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from tenants.kit.doors import current_door

DOOR = "door"


@receiver(user_logged_in)
def note_door(sender: object, request: HttpRequest | None, **_more: object) -> None:
    """Somebody signs in: the session keeps the door, at the shared address none."""
    if request is None:
        return
    door = current_door()
    if door:
        request.session[DOOR] = str(door.reseller_id)
    else:
        request.session.pop(DOOR, None)


def began_elsewhere(
    request: HttpRequest,
) -> bool:
    """Whether this session is of a door, and the request came by another way."""
    began = request.session.get(DOOR)
    door = current_door()
    here = str(door.reseller_id) if door else None
    return began is not None and began != here
