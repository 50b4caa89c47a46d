"""«Мои водители»: the own drivers, who is on a trip, and where each was last seen."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from fleet import access, queries, words
from fleet.views import listing
from fleet.views.trips import lines
from tenants.drivers.models import Driver
from tenants.drivers.queries import TooManyLookups
from tenants.exchange.models import Job
from tenants.kit import clock, formats
from tenants.kit.web import OfficeRequest, needs, page
from tenants.permissions import Permission

URL = "/drivers/"
VIEWS = {"": None, "trip": True, "free": False}


@needs(Permission.FLEET_VIEW)
def own_drivers(request: OfficeRequest) -> HttpResponse:
    wanted = listing.asked(request, URL, forms.Form(), ())
    now = clock.now()
    view = request.GET.get("view", "")
    try:
        found = queries.own_drivers(text=wanted.search)
    except TooManyLookups:
        return listing.too_many(request)
    on_trip = VIEWS.get(view)
    rows, more = listing.page_of(
        wanted,
        found if on_trip is None else found.filter(on_trip=on_trip),
    )
    shown = _shown(
        wanted,
        view if view in VIEWS else "",
        queries.count_own(found),
        len(rows),
        more,
    )
    return page(
        request,
        "fleet/own.html",
        {"list": shown} | _where(request, rows, now),
    )


def _where(request: OfficeRequest, rows: list[Driver], now: datetime) -> dict[str, Any]:
    """The page's rows, and on the map everybody who is on a trip."""
    running = queries.running()
    seen = queries.last_seen([*running, *queries.ended_last(driver.pk for driver in rows)])
    trips = {job.driver_id: job for job in reversed(running)}
    private = queries.private_of(driver.pk for driver in rows)
    states = access.states(rows)
    shown = [
        {
            "driver": driver,
            "url": _card(driver.pk),
            "phone": private[driver.pk].phone if driver.pk in private else "",
            "access": words.access(states[driver.pk]),
            "active": formats.ago(driver.last_active_at, now),
            "trip": next(iter(lines(request, [trips[driver.pk]])), None)
            if driver.pk in trips
            else None,
            "seen": words.seen(seen.get(driver.pk), now),
        }
        for driver in rows
    ]
    return {"rows": shown, "points": _points(trips, seen, now)}


def _points(
    trips: dict[UUID | None, Job], seen: dict[UUID, Any], now: datetime
) -> list[dict[str, Any]]:
    on_road = [pk for pk in trips if pk is not None and pk in seen]
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
                "url": _card(pk),
            }
        )
    return points


def _shown(
    wanted: listing.Asked,
    view: str,
    counts: dict[str, int],
    rows: int,
    more: bool,
) -> dict[str, Any]:
    tabs = [
        ("", _("All"), counts["all"]),
        ("trip", _("On a trip"), counts["trip"]),
        ("free", _("Free"), counts["free"]),
    ]
    headings = [
        _("Driver"),
        _("Access"),
        _("Trip"),
        _("Last seen"),
        _("Last activity"),
    ]
    return listing.shown(
        wanted,
        rows=rows,
        more=more,
        columns=listing.columns(wanted, [("", heading) for heading in headings]),
        title=_("My drivers"),
        search_hint=_("Name, Reg.№, phone, ИНН, licence"),
        keep={"view": view} if view else {},
        views=[
            {
                "label": label,
                "url": wanted.address(view=key),
                "active": key == view,
                "count": count,
            }
            for key, label, count in tabs
        ],
        pager={
            "prev": wanted.address(view=view, page=wanted.number - 1) if wanted.number > 1 else "",
            "next": wanted.address(view=view, page=wanted.number + 1) if more else "",
        },
        empty={
            "title": _("No drivers of your own yet"),
            "icon": "steering-wheel",
            "action_label": _("Add a driver"),
            "action_url": reverse("fleet:driver-new"),
            "text": _(
                "Your own drivers get a PIN for the app; here you see who is on a trip and where."
            ),
        },
    )


def _card(driver_id: UUID) -> str:
    return reverse("fleet:driver-card", args=[driver_id])
