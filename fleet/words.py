"""How the fleet is said and looks: whose, access, stages of trips, ages, the history of a driver."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TypedDict

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from fleet.access import Kind, State
from tenants.drivers import positions, queries
from tenants.drivers.models import Carrier, Driver, SeenLastPosition, Vehicle
from tenants.exchange.job_stops import ends_of
from tenants.exchange.models import Job
from tenants.kit import formats, places
from tenants.kit.geo import Point

LOOK = {
    Driver.Status.ACTIVE: ("good", "circle-check"),
    Driver.Status.BLOCKED: ("bad", "ban"),
    Driver.Status.ARCHIVED: ("neutral", "archive"),
}


def has(thing: bool) -> str:
    """A certificate or an access, as the seed says it: «Есть» or «Нет»."""
    return pgettext("certificate", "Yes") if thing else pgettext("certificate", "No")


def company_of(driver: Driver) -> str:
    """The company a driver works for; one who works alone has none."""
    is_alone = driver.carrier.kind == Carrier.Kind.DRIVER
    return driver.company or ("" if is_alone else carrier_of(driver))


def carrier_of(thing: Driver | Vehicle) -> str:
    """The carrier by name; another reseller's partner is that reseller's business alone."""
    is_hidden = thing.carrier.kind == Carrier.Kind.COMPANY and not queries.is_own(thing)
    return "" if is_hidden else thing.carrier.name


def whose(thing: Driver | Vehicle) -> str:
    return _("Own") if queries.is_of_own_fleet(thing) else _("From the pool")


@dataclass(frozen=True, slots=True)
class AccessPill:
    """How a driver stands with the app: words, tone and icon of a pill."""

    label: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class TripLine:
    """A trip in one line, without its rate; no address for those who may not open it."""

    ref: str
    url: str
    owner: str
    route: str
    on: str
    stage: str
    tone: str
    icon: str


class Seen(TypedDict):
    """Where somebody was and how long ago; a map reads it as JSON."""

    place: str
    age: str
    stale: bool
    lat: float
    lon: float


def access(state: State) -> AccessPill:
    return {
        Kind.NONE: AccessPill(_("No access"), "neutral", "lock"),
        Kind.WAITING: AccessPill(_("Waits for the driver's phone"), "info", "hourglass"),
        Kind.ENDED: AccessPill(_("A new code is needed"), "warn", "alert-triangle"),
        Kind.OPEN: AccessPill(_("Has access"), "good", "circle-check"),
        Kind.BLOCKED: AccessPill(_("Access is blocked"), "bad", "ban"),
    }[state.kind]


def trip(job: Job, *, url: str) -> TripLine:
    first, last = ends_of(job)
    ended = job.stage in (Job.Stage.UNLOADED, Job.Stage.PAPERS_IN)
    tone = "bad" if job.stage == Job.Stage.CANCELLED else "good" if ended else "info"
    return TripLine(
        ref=job.order_ref,
        url=url,
        owner=job.owner_name,
        route=f"{first.place} → {last.place}",
        on=formats.day(first.on) if first.on else "",
        stage=job.get_stage_display(),
        tone=tone,
        icon="ban" if tone == "bad" else "truck",
    )


def seen(point: SeenLastPosition | None, now: datetime) -> Seen | None:
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
    """The name of the nearest place."""
    return places.nearest(Point(lat, lon)).name(language)
