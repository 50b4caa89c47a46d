"""How the fleet is said and looks: whose, access, stages of trips, ages, the history of a driver."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fleet.access import Kind, State
from tenants.drivers import positions, queries
from tenants.drivers.models import Driver, SeenLastPosition, Vehicle
from tenants.exchange.job_stops import ends_of
from tenants.exchange.models import Job
from tenants.kit import formats, places
from tenants.kit.geo import Point, haversine_km

DEGREES_AROUND = 1.5  # a place within some 150 km is near enough to name
LOOK = {
    Driver.Status.ACTIVE: ("good", "circle-check"),
    Driver.Status.BLOCKED: ("bad", "ban"),
    Driver.Status.ARCHIVED: ("neutral", "archive"),
}


def whose(thing: Driver | Vehicle) -> str:
    return _("Own") if queries.is_own(thing) else _("From the pool")


def access(state: State) -> dict[str, str]:
    """Label, tone and icon of a pill."""
    return {
        Kind.NONE: {
            "label": _("No access"),
            "tone": "neutral",
            "icon": "lock",
        },
        Kind.WAITING: {
            "label": _("Waits for the driver's phone"),
            "tone": "info",
            "icon": "hourglass",
        },
        Kind.ENDED: {
            "label": _("A new code is needed"),
            "tone": "warn",
            "icon": "alert-triangle",
        },
        Kind.OPEN: {
            "label": _("Has access"),
            "tone": "good",
            "icon": "circle-check",
        },
        Kind.BLOCKED: {
            "label": _("Access is blocked"),
            "tone": "bad",
            "icon": "ban",
        },
    }[state.kind]


def trip(job: Job, *, url: str) -> dict[str, Any]:
    """A trip in one line, without its rate."""
    first, last = ends_of(job)
    ended = job.stage in (Job.Stage.UNLOADED, Job.Stage.PAPERS_IN)
    tone = "bad" if job.stage == Job.Stage.CANCELLED else "good" if ended else "info"
    return {
        "ref": job.order_ref,
        "url": url,
        "owner": job.owner_name,
        "route": f"{first.place} → {last.place}",
        "on": formats.day(first.on) if first.on else "",
        "stage": job.get_stage_display(),
        "tone": tone,
        "icon": "ban" if tone == "bad" else "truck",
    }


def seen(point: SeenLastPosition | None, now: datetime) -> dict[str, Any] | None:
    """Where somebody was, and how long ago: an old point is never said to be now."""
    if point is None:
        return None
    place = near(round(point.lat, 2), round(point.lon, 2), get_language() or "ru")
    return {
        "place": place,
        "age": formats.ago(point.at, now),
        "stale": positions.is_stale(point.at, now),
        "lat": point.lat,
        "lon": point.lon,
    }


@lru_cache(maxsize=4096)
def near(lat: float, lon: float, language: str) -> str:
    """The name of the nearest place; measured among those around, which is twenty times quicker
    than among all.
    """
    here = Point(lat, lon)
    around = [
        place
        for place in places.everything()
        if abs(place.lat - lat) < DEGREES_AROUND and abs(place.lon - lon) < DEGREES_AROUND
    ]
    found = (
        min(around, key=lambda place: haversine_km(here, place.point))
        if around
        else places.nearest(here)
    )
    return found.name(language)
