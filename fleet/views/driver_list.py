"""The list of drivers, of the pool and the own ones, as the seed's columns show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from fleet import words
from fleet.forms import DriverFilterForm
from fleet.queries import private_of
from fleet.views.fleet_tabs import EMPTY, TABS
from tenants.drivers import queries
from tenants.drivers.models import Driver, DriverPrivate
from tenants.drivers.queries import TooManyLookups
from tenants.kit import clock, formats
from tenants.kit.keyset import Column as SortColumn
from tenants.kit.keyset import Sort
from tenants.kit.listing import Address, Column, Listing, ListPage
from tenants.kit.pills import pill
from tenants.kit.web import OfficeRequest, needs, page
from tenants.office import saved_views
from tenants.permissions import Permission

WHOSE = {"own": True, "pool": False}
NEWEST = Sort(
    "registered_on",
    "registered_on",
    descending=True,
    then=(SortColumn("ref", descending=True),),
)


@dataclass(frozen=True, slots=True)
class DriverLine:
    """A driver with what the list says about it; what is private of the own ones alone."""

    driver: Driver
    private: DriverPrivate | None
    now: datetime

    @property
    def phone(self) -> str:
        own = self.private.phone if self.private else ""
        return str(own or self.driver.masked_phone)

    @property
    def inn(self) -> str:
        return self.private.inn if self.private else ""

    @property
    def responsible(self) -> str:
        return self.driver.responsible if self.private else ""

    @property
    def company(self) -> str:
        return words.company_of(self.driver)

    @property
    def whose(self) -> str:
        return words.whose(self.driver)

    @property
    def active(self) -> str:
        return formats.ago(self.driver.last_active_at, self.now)

    @property
    def status(self) -> str:
        return self.driver.get_status_display()

    @property
    def pill(self) -> str:
        return pill(
            self.status,
            *words.LOOK[Driver.Status(self.driver.status)],
        )


COLUMNS = (
    Column(
        "ref",
        _("Reg.№"),
        "driver.ref",
        Sort("ref", "ref"),
        fixed=True,
        opens=True,
    ),
    Column("name", _("Driver"), "driver.name", Sort("name", "name"), fixed=True),
    Column("phone", _("Phone"), "phone", on_page=False),
    Column("inn", _("ИНН"), "inn"),
    Column("company", _("Company"), "company"),
    Column("whose", _("Type"), "whose"),
    Column("adr", _("ADR"), "driver.adr", text=lambda line: words.has(line.driver.adr)),
    Column(
        "access",
        _("Access"),
        "driver.has_access",
        text=lambda line: words.has(line.driver.has_access),
    ),
    Column(
        "last_active_at",
        _("Last activity"),
        "driver.last_active_at",
        Sort(
            "last_active_at",
            "last_active_at",
            descending=True,
            nullable=True,
        ),
        text=lambda line: line.active,
    ),
    Column("registered_on", _("Registered"), "driver.registered_on", NEWEST),
    Column("responsible", _("Responsible"), "responsible"),
    Column("status", _("Status"), "status", text=lambda line: line.pill),
)
DRIVERS = Listing(
    name="drivers",
    title=_("Fleet"),
    url="fleet:driver-list",
    columns=COLUMNS,
    sort=NEWEST,
    opens="fleet:driver-card",
    opens_by="driver.id",
    named_by="driver.ref",
    picked_by="driver.id",
    search_hint=_("Name, Reg.№, phone, ИНН, licence"),
    export="fleet:driver-export",
    saved="fleet:driver-view",
    tabs=TABS,
    empty=EMPTY,
)


@dataclass(frozen=True, slots=True)
class DriverListPage:
    list: ListPage


def drivers_of(address: Address) -> Any:
    """The drivers that the address asks for. Raises TooManyLookups."""
    filters = address.filters
    return queries.drivers(
        text=address.search,
        own=WHOSE.get(filters.get("whose", "")),
        status=filters.get("status", ""),
    )


def lines(drivers: Iterable[Driver]) -> list[DriverLine]:
    private = private_of(driver.pk for driver in drivers)
    now = clock.now()
    return [DriverLine(driver, private.get(driver.pk), now) for driver in drivers]


@require_GET
@needs(Permission.FLEET_VIEW)
def driver_list(request: OfficeRequest) -> HttpResponse:
    address = DRIVERS.address(request, DriverFilterForm(request.GET))
    try:
        drivers = drivers_of(address)
    except TooManyLookups:
        return too_many(request)
    driver_page = DRIVERS.page(address, drivers, reader=request.actor)
    shown = DRIVERS.shown(
        address,
        driver_page,
        records=lines(driver_page.rows),
        counts=queries.counts(),
        saved=saved_views.of(request.actor, DRIVERS),
    )
    return page(request, "fleet/drivers.html", DriverListPage(shown))


@require_GET
@needs(Permission.FLEET_VIEW)
def driver_export(request: OfficeRequest) -> HttpResponseBase:
    address = DRIVERS.address(request, DriverFilterForm(request.GET))
    try:
        drivers = drivers_of(address)
    except TooManyLookups:
        return too_many(request)
    return DRIVERS.file(address, lines(DRIVERS.everything(address, drivers)))


def too_many(request: HttpRequest) -> HttpResponse:
    return page(
        request,
        "errors/429.html",
        {"reason": gettext("Too many searches by phone. Wait a minute.")},
        status=429,
    )
