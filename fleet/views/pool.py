"""The fleet: drivers and vehicles of the pool and the own ones, as the seed's columns show them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from fleet.forms import FilterForm
from tenants.accounts.permissions import Permission
from tenants.drivers import queries
from tenants.drivers.models import Driver, Vehicle
from tenants.drivers.queries import TooManyLookups
from tenants.kit import formats
from tenants.kit.web import OfficeRequest, needs, page

PAGE = 50
DRIVERS, VEHICLES = "/fleet/", "/fleet/vehicles/"
WHOSE = {"own": True, "pool": False}


@needs(Permission.FLEET_VIEW)
def driver_list(request: OfficeRequest) -> HttpResponse:
    asked, form = _asked(request)
    try:
        found = queries.drivers(text=asked["q"], own=WHOSE.get(asked["whose"]), status=asked["status"])
    except TooManyLookups:
        return page(request, "errors/429.html", {"reason": _("Too many searches by phone. Wait a minute.")}, status=429)
    rows, more = _page_of(request, found)
    phones = queries.full_phones([driver.pk for driver in rows])
    shown = [_driver(driver, phones.get(driver.pk)) for driver in rows]
    return _listed(request, "fleet/drivers.html", DRIVERS, asked, form, shown, more)


@needs(Permission.FLEET_VIEW)
def vehicle_list(request: OfficeRequest) -> HttpResponse:
    asked, form = _asked(request)
    found = queries.vehicles(text=asked["q"], own=WHOSE.get(asked["whose"]))
    rows, more = _page_of(request, found)
    return _listed(request, "fleet/vehicles.html", VEHICLES, asked, form, [_vehicle(one) for one in rows], more)


def _asked(request: HttpRequest) -> tuple[dict[str, str], FilterForm]:
    form = FilterForm(request.GET)
    filters = form.cleaned_data if form.is_valid() else {"whose": "", "status": ""}
    return filters | {"q": request.GET.get("q", "").replace("\0", "").strip()[:60]}, form


def _page_of(request: HttpRequest, found: Any) -> tuple[list[Any], bool]:
    start = (_number(request) - 1) * PAGE
    rows = list(found[start : start + PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def _number(request: HttpRequest) -> int:
    given = request.GET.get("page", "1")
    return max(1, min(int(given), 10_000)) if given.isascii() and given.isdigit() else 1


def _listed(
    request: OfficeRequest, template: str, url: str, asked: dict[str, str], form: FilterForm, rows: list[Any], more: bool
) -> HttpResponse:
    counts, number = queries.counts(), _number(request)
    views = [(DRIVERS, _("Drivers"), counts.drivers), (VEHICLES, _("Vehicles"), counts.vehicles)]
    empty = {"title": _("Nobody here yet"), "text": _("Drivers and vehicles of the platform's pool and your own stand here.")}
    listed = {
        "title": _("Fleet"), "url": url, "search": asked["q"], "search_hint": _("Name, Reg.№, plate, phone"),
        "filters": form, "clear_url": url, "chips": _chips(url, asked, form), "rows_count": len(rows), "cards": True,
        "views": [{"label": label, "url": to, "active": to == url, "count": count} for to, label, count in views],
        "columns": _columns(url), "empty": empty, "row_menu": [], "bulk": [],
        "pager": {"prev": _address(url, asked, number - 1) if number > 1 else "",
                  "next": _address(url, asked, number + 1) if more else ""},
    }  # fmt: skip
    return page(request, template, {"list": listed, "rows": rows})


def _columns(url: str) -> list[dict[str, Any]]:
    drivers = ["Reg.№", _("Name"), _("Company"), _("Type"), "ADR", _("Access"), _("Last activity"), _("Registered"),
               _("Responsible"), _("Status")]  # fmt: skip
    vehicles = ["Reg.№", _("Plate"), _("Body"), _("Capacity, kg"), _("Volume, m³"), "ADR", _("Carrier"), _("Type")]
    return [{"key": str(at), "label": label} for at, label in enumerate(drivers if url == DRIVERS else vehicles)]


def _chips(url: str, asked: dict[str, str], form: FilterForm) -> list[dict[str, str]]:
    return [
        {"label": str(dict(form.fields[name].choices)[asked[name]]),  # type: ignore[attr-defined]
         "remove_url": _address(url, asked | {name: ""}, 1)}
        for name in ("whose", "status") if asked[name]
    ]  # fmt: skip


def _address(url: str, asked: dict[str, str], number: int) -> str:
    query = urlencode({name: value for name, value in asked.items() if value} | ({"page": number} if number > 1 else {}))
    return f"{url}?{query}" if query else url


def _driver(driver: Driver, phone: str | None) -> dict[str, Any]:
    active = driver.last_active_at
    return {
        "driver": driver, "phone": phone or driver.masked_phone, "type": _type(driver),
        "status": driver.get_status_display(), "registered": formats.day(driver.registered_on),
        "active": _("%(time)s ago") % {"time": timesince(active, timezone.now(), depth=1)} if active else "—",
    }  # fmt: skip


def _vehicle(vehicle: Vehicle) -> dict[str, Any]:
    return {
        "vehicle": vehicle, "type": _type(vehicle), "body": vehicle.get_body_display(),
        "capacity": formats.number(vehicle.capacity_kg), "volume": formats.number(vehicle.volume_m3),
    }  # fmt: skip


def _type(thing: Driver | Vehicle) -> str:
    return _("Own") if queries.is_own(thing) else _("From the pool")
