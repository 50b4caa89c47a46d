"""A driver's card, open to all for the pool, and the acts on the own ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fleet import access, drivers, links, queries, words
from fleet.access import State
from fleet.drivers import CannotArchive
from fleet.forms import DriverForm
from fleet.views.trips import lines
from fleet.words import AccessPill, Seen, TripLine
from tenants.accounts.driver_devices import Phone
from tenants.drivers.models import Driver, DriverPrivate
from tenants.drivers.pool import AlreadyRegistered
from tenants.drivers.queries import is_own
from tenants.exchange.models import Job
from tenants.kit import clock, formats
from tenants.kit.form_changes import changed_values
from tenants.kit.pieces import TimelineEvent
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office import audit_log
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class OwnPart:
    """What only the driver's own office sees."""

    private: DriverPrivate | None
    state: State
    phones: list[Phone]
    access: AccessPill
    seen: Seen | None
    events: list[TimelineEvent]


@dataclass(frozen=True, slots=True)
class DriverCard:
    """A driver of the pool; `tone` is colour and icon of the status, `own` is None of a stranger."""

    driver: Driver
    type: str
    company: str
    adr: str
    has_access: str
    tone: tuple[str, str]
    active: str
    registered: str
    trips: list[TripLine]
    may_edit: bool
    own: OwnPart | None


@dataclass(frozen=True, slots=True)
class DriverFormPage:
    """The form of a new driver, or of one that is there."""

    form: DriverForm
    driver: Driver | None


@needs(Permission.FLEET_VIEW)
def driver_card(
    request: OfficeRequest,
    driver_id: UUID,
) -> HttpResponse:
    """Of a stranger's driver no more than the list shows, and the trips made for us."""
    driver = queries.driver_for(driver_id)
    now = clock.now()
    own = is_own(driver)
    trips = queries.trips_of(driver_id=driver_id)
    context = DriverCard(
        driver=driver,
        type=words.whose(driver),
        company=words.company_of(driver),
        adr=words.has(driver.adr),
        has_access=words.has(driver.has_access),
        tone=words.LOOK[Driver.Status(driver.status)],
        active=formats.ago(driver.last_active_at, now),
        registered=formats.day(driver.registered_on),
        trips=lines(request, trips),
        may_edit=own and request.actor.can(Permission.FLEET_EDIT),
        own=_own_part(driver, trips, now) if own else None,
    )
    return page(request, "fleet/driver.html", context)


def _own_part(driver: Driver, trips: list[Job], now: datetime) -> OwnPart:
    state = access.states([driver])[driver.pk]
    return OwnPart(
        private=queries.private_of([driver.pk]).get(driver.pk),
        state=state,
        phones=access.phones_of(driver),
        access=words.access(state),
        seen=words.seen(queries.last_seen(trips).get(driver.pk), now),
        events=audit_log.history(f"driver:{driver.pk}"),
    )


@needs(Permission.FLEET_EDIT)
def driver_new(request: OfficeRequest) -> HttpResponse:
    form = _form(request, {"responsible": request.actor.name})
    if form.is_valid():
        try:
            driver = drivers.add(
                values=form.cleaned_data,
                by=request.actor,
                at=clock.now(),
            )
        except AlreadyRegistered as problem:
            form.add_error("phone", taken(problem))
        else:
            messages.success(request, _("Saved."))
            return go(request, links.driver(driver.pk))
    return _form_page(request, DriverFormPage(form, None))


@needs(Permission.FLEET_EDIT)
def driver_edit(
    request: OfficeRequest,
    own_driver_id: UUID,
) -> HttpResponse:
    driver = queries.own_driver(own_driver_id)
    private = queries.private_of([driver.pk]).get(driver.pk)
    form = _form(request, driver_values(driver, private)).of_row()
    if form.is_valid():
        try:
            drivers.edit(
                driver_id=driver.pk,
                values=changed_values(form),
                by=request.actor,
                at=clock.now(),
            )
        except AlreadyRegistered as problem:
            form.add_error("phone", taken(problem))
        else:
            messages.success(request, _("Saved."))
            return go(request, links.driver(driver.pk))
    return _form_page(request, DriverFormPage(form, driver))


def _form_page(request: OfficeRequest, context: DriverFormPage) -> HttpResponse:
    status = 422 if context.form.errors else 200
    return page(request, "fleet/driver_form.html", context, status=status)


@require_POST
@needs(Permission.FLEET_EDIT)
def driver_archive(request: OfficeRequest, own_driver_id: UUID) -> HttpResponse:
    driver = queries.own_driver(own_driver_id)
    try:
        drivers.archive(driver_id=driver.pk, by=request.actor, at=clock.now())
        messages.success(request, _("Saved."))
    except CannotArchive as problem:
        messages.error(request, str(problem))
    return go(request, links.driver(driver.pk))


@require_POST
@needs(Permission.FLEET_EDIT)
def driver_restore(request: OfficeRequest, own_driver_id: UUID) -> HttpResponse:
    driver = queries.own_driver(own_driver_id)
    try:
        drivers.restore(driver_id=driver.pk, by=request.actor, at=clock.now())
        messages.success(request, _("Saved."))
    except AlreadyRegistered as problem:
        messages.error(request, taken(problem))
    return go(request, links.driver(driver.pk))


def taken(problem: AlreadyRegistered) -> str:
    return _("%(ref)s has this already: %(name)s.") % {
        "ref": problem.registered.ref,
        "name": problem.registered,
    }


def _form(request: OfficeRequest, initial: Mapping[str, object]) -> DriverForm:
    return DriverForm(
        posted(request),
        initial=initial,
        region=request.reseller.country,
        people=queries.colleagues(),
    )


def driver_values(driver: Driver, private: DriverPrivate | None) -> dict[str, object]:
    """A driver as the form's values."""
    values: dict[str, object] = {
        "name": driver.name,
        "company": driver.company,
        "adr": driver.adr,
        "responsible": driver.responsible,
    }
    if private:
        values |= {
            "phone": private.phone,
            "inn": private.inn,
            "licence": private.licence,
        }
    return values
