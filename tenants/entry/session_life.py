"""How long a session lives, by the kind of person: without use, and in all (FAULTS D9).

A page that stays open asks for news by itself: that is no use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from tenants.accounts.known_devices import ON_FOREIGN_DEVICE
from tenants.actor import Actor
from tenants.permissions import Kind


@dataclass(frozen=True, slots=True)
class Life:
    """`whole` is None where use alone counts."""

    idle: timedelta
    whole: timedelta | None = None


OFFICE = Life(timedelta(hours=12), timedelta(days=30))
CABINET = Life(timedelta(days=90))
LIVES = {
    Kind.PLATFORM: Life(timedelta(minutes=30), timedelta(hours=12)),
    Kind.OFFICE: OFFICE,
    Kind.CARGO: OFFICE,
    Kind.CLIENT: CABINET,
    Kind.PARTNER: CABINET,
    Kind.DRIVER: Life(timedelta(days=180)),
}
# Of any kind of person on a device that others use, too; the browser forgets it when it is closed.
FOREIGN = Life(timedelta(hours=1), timedelta(hours=12))
STARTED = "started"
USED = "used"
NOTED_AFTER = timedelta(minutes=5)  # a note is a row written


def has_ended(request: HttpRequest, who: Actor | None) -> bool:
    """Whether this session has outlived itself; else its use is noted."""
    session = request.session
    life = _life_of(session, who)
    now = timezone.now().timestamp()
    started = session.setdefault(STARTED, now)
    used = session.get(USED, started)
    if now - used > life.idle.total_seconds():
        return True
    if life.whole and now - started > life.whole.total_seconds():
        return True
    rarely = min(NOTED_AFTER, life.idle / 20).total_seconds()
    is_noted = USED in session and now - used < rarely
    if not is_noted and request.path != reverse("office:notification-count"):
        session[USED] = now
        session.set_expiry(0 if life is FOREIGN else int(life.idle.total_seconds()))
    return False


def _life_of(session: SessionBase, who: Actor | None) -> Life:
    own = LIVES[who.kind] if who else OFFICE
    is_foreign = bool(session.get(ON_FOREIGN_DEVICE))
    return FOREIGN if is_foreign and own.idle > FOREIGN.idle else own
