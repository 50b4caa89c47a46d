"""«Мои водители»: the own drivers, who is on a trip, and where each was last seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from fleet import access, links, queries, words
from fleet.views.driver_list import too_many
from fleet.views.trips import lines
from fleet.words import AccessPill, Seen, TripLine
from tenants.drivers.models import Driver, DriverPrivate, SeenLastPosition
from tenants.drivers.queries import TooManyLookups
from tenants.exchange.models import Job
from tenants.kit import clock, formats
from tenants.kit.keyset import Column as SortColumn
from tenants.kit.keyset import Sort
from tenants.kit.listing import (
    Address,
    Column,
    Empty,
    Listing,
    ListPage,
    Tab,
)
from tenants.kit.pills import pill
from tenants.kit.web import OfficeRequest, needs, page
from tenants.office import saved_views
from tenants.permissions import Permission

ON_TRIP = {"trip": True, "free": False}
ON_TRIP_FIRST = Sort("trip", "on_trip", descending=True, then=(SortColumn("name"),))


@dataclass(frozen=True, slots=True)
class OwnDriverLine:
    """An own driver with its trip and where it was last seen."""

    driver: Driver
    private: DriverPrivate | None
    state: AccessPill
    trip: TripLine | None
    seen: Seen | None
    now: datetime

    @property
    def phone(self) -> str:
        return self.private.phone if self.private else ""

    @property
    def access(self) -> str:
        return self.state.label

    @property
    def access_pill(self) -> str:
        return pill(self.state.label, self.state.tone, self.state.icon)

    @property
    def trip_pill(self) -> str:
        return pill(self.trip.stage, self.trip.tone, self.trip.icon) if self.trip else ""

    @property
    def route(self) -> str:
        return self.trip.route if self.trip else gettext("free")

    @property
    def place(self) -> str:
        return self.seen["place"] if self.seen else ""

    @property
    def active(self) -> str:
        return formats.ago(self.driver.last_active_at, self.now)


COLUMNS = (
    Column("driver", _("Driver"), "driver.name", fixed=True),
    Column("phone", _("Phone"), "phone", on_page=False),
    Column("access", _("Access"), "access", text=lambda line: line.access_pill),
    Column("trip", _("Trip"), "route"),
    Column("seen", _("Last seen"), "place"),
    Column(
        "active",
        _("Last activity"),
        "driver.last_active_at",
        text=lambda line: line.active,
    ),
)
OWN_DRIVERS = Listing(
    name="own-drivers",
    title=_("My drivers"),
    url="fleet:own-drivers",
    columns=COLUMNS,
    sort=ON_TRIP_FIRST,
    opens="fleet:driver-card",
    opens_by="driver.id",
    named_by="driver.name",
    picked_by="driver.id",
    search_hint=_("Name, Reg.№, phone, ИНН, licence"),
    export="fleet:own-driver-export",
    saved="fleet:own-driver-view",
    tabs=(
        Tab("all", _("All")),
        Tab("trip", _("On a trip"), {"view": "trip"}),
        Tab("free", _("Free"), {"view": "free"}),
    ),
    tabs_narrow=True,
    empty=Empty(
        title=_("No drivers of your own yet"),
        icon="steering-wheel",
        text=_("Your own drivers get a PIN for the app; here you see who is on a trip and where."),
        action_label=_("Add a driver"),
        action_url=reverse_lazy("fleet:driver-new"),
    ),
)


@dataclass(frozen=True, slots=True)
class OwnDriverPage:
    list: ListPage
    points: Sequence[dict[str, Any]]  # on the map: everybody who is on a trip


@require_GET
@needs(Permission.FLEET_VIEW)
def own_drivers(request: OfficeRequest) -> HttpResponse:
    address = OWN_DRIVERS.address(request)
    try:
        drivers = queries.own_drivers(text=address.search)
    except TooManyLookups:
        return too_many(request)
    driver_page = OWN_DRIVERS.page(address, narrowed(address, drivers), reader=request.actor)
    now = clock.now()
    running = queries.running()
    seen = seen_last(running, driver_page.rows)
    shown = OWN_DRIVERS.shown(
        address,
        driver_page,
        records=_lines(request, driver_page.rows, running, seen, now),
        counts=queries.count_own(drivers),
        saved=saved_views.of(request.actor, OWN_DRIVERS),
    )
    points = _points({job.driver_id for job in running}, seen, now)
    return page(request, "fleet/own.html", OwnDriverPage(shown, points))


@require_GET
@needs(Permission.FLEET_VIEW)
def own_driver_export(request: OfficeRequest) -> HttpResponseBase:
    address = OWN_DRIVERS.address(request)
    try:
        drivers = queries.own_drivers(text=address.search)
    except TooManyLookups:
        return too_many(request)
    rows = list(OWN_DRIVERS.everything(address, narrowed(address, drivers)))
    running = queries.running()
    seen = seen_last(running, rows)
    return OWN_DRIVERS.file(address, _lines(request, rows, running, seen, clock.now()))


def seen_last(
    running: list[Job],
    drivers: list[Driver],
) -> dict[UUID, SeenLastPosition]:
    """The newest point of everybody on a trip, and of these drivers' last ended trips."""
    return queries.last_seen(
        [
            *running,
            *queries.ended_last(driver.pk for driver in drivers),
        ]
    )


def narrowed(address: Address, drivers: Any) -> Any:
    """Those on a trip, those free, or all, as the tab says."""
    on_trip = ON_TRIP.get(address.value("view"))
    return drivers if on_trip is None else drivers.filter(on_trip=on_trip)


def _lines(
    request: OfficeRequest,
    drivers: list[Driver],
    running: list[Job],
    seen: Mapping[UUID, SeenLastPosition],
    now: datetime,
) -> list[OwnDriverLine]:
    trips = {job.driver_id: job for job in reversed(running)}
    private = queries.private_of(driver.pk for driver in drivers)
    states = access.states(drivers)
    return [
        OwnDriverLine(
            driver=driver,
            private=private.get(driver.pk),
            state=words.access(states[driver.pk]),
            trip=next(iter(lines(request, [trips[driver.pk]])), None)
            if driver.pk in trips
            else None,
            seen=words.seen(seen.get(driver.pk), now),
            now=now,
        )
        for driver in drivers
    ]


def _points(
    on_trip: set[UUID | None],
    seen: Mapping[UUID, SeenLastPosition],
    now: datetime,
) -> list[dict[str, Any]]:
    on_road = [pk for pk in on_trip if pk is not None and pk in seen]
    points = []
    for pk, name in queries.names(on_road):
        at = words.seen(seen[pk], now)
        if at is None:
            continue
        points.append(
            {
                "lat": at["lat"],
                "lon": at["lon"],
                "label": f"{name} · {at['place']}",
                "age": at["age"],
                "stale": at["stale"],
                "tone": "good",
                "url": links.driver(pk),
            }
        )
    return points
