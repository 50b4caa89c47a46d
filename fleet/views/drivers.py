"""A driver's card, open to all for the pool, and the acts on the own ones."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fleet import access, drivers, queries, words
from fleet.drivers import CannotArchive
from fleet.forms import DriverForm
from fleet.views.trips import lines
from tenants.drivers.models import Driver, DriverPrivate
from tenants.drivers.pool import AlreadyRegistered
from tenants.drivers.queries import is_own
from tenants.kit import clock, formats
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office import audit_log
from tenants.permissions import Permission


@needs(Permission.FLEET_VIEW)
def driver_card(request: OfficeRequest, driver_id: UUID) -> HttpResponse:
    """Of a stranger's driver no more than the list shows, and the trips made for us."""
    driver = queries.driver_for(driver_id)
    now = clock.now()
    own = is_own(driver)
    found = queries.trips_of(driver_id=driver_id)
    context: dict[str, Any] = {
        "driver": driver,
        "is_own": own,
        "may_edit": own and request.actor.can(Permission.FLEET_EDIT),
        "type": words.whose(driver),
        "tone": words.LOOK[Driver.Status(driver.status)],
        "active": formats.ago(driver.last_active_at, now),
        "registered": formats.day(driver.registered_on),
        "trips": lines(request, found),
    }
    if own:
        state = access.states([driver])[driver.pk]
        context |= {
            "private": queries.private_of([driver.pk]).get(driver.pk),
            "state": state,
            "access": words.access(state),
            "seen": words.seen(queries.last_seen(found).get(driver.pk), now),
            "events": audit_log.history(f"driver:{driver.pk}"),
        }
    return page(request, "fleet/driver.html", context)


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
            return go(request, _url(driver.pk))
    return page(
        request,
        "fleet/driver_form.html",
        {"form": form, "driver": None},
        status=422 if form.errors else 200,
    )


@needs(Permission.FLEET_EDIT)
def driver_edit(request: OfficeRequest, own_driver_id: UUID) -> HttpResponse:
    driver = queries.own_driver(own_driver_id)
    form = _form(
        request,
        _initial(driver, queries.private_of([driver.pk]).get(driver.pk)),
    )
    if form.is_valid():
        try:
            drivers.edit(
                driver_id=driver.pk,
                values=form.cleaned_data,
                by=request.actor,
                at=clock.now(),
            )
        except AlreadyRegistered as problem:
            form.add_error("phone", taken(problem))
        else:
            messages.success(request, _("Saved."))
            return go(request, _url(driver.pk))
    return page(
        request,
        "fleet/driver_form.html",
        {"form": form, "driver": driver},
        status=422 if form.errors else 200,
    )


@require_POST
@needs(Permission.FLEET_EDIT)
def driver_archive(request: OfficeRequest, own_driver_id: UUID) -> HttpResponse:
    driver = queries.own_driver(own_driver_id)
    try:
        drivers.archive(driver_id=driver.pk, by=request.actor, at=clock.now())
        messages.success(request, _("Saved."))
    except CannotArchive as problem:
        messages.error(request, str(problem))
    return go(request, _url(driver.pk))


@require_POST
@needs(Permission.FLEET_EDIT)
def driver_restore(request: OfficeRequest, own_driver_id: UUID) -> HttpResponse:
    driver = queries.own_driver(own_driver_id)
    try:
        drivers.restore(driver_id=driver.pk, by=request.actor, at=clock.now())
        messages.success(request, _("Saved."))
    except AlreadyRegistered as problem:
        messages.error(request, taken(problem))
    return go(request, _url(driver.pk))


def taken(problem: AlreadyRegistered) -> str:
    return _("%(ref)s has this already: %(name)s.") % {
        "ref": problem.known.ref,
        "name": problem.known,
    }


def _form(request: OfficeRequest, initial: dict[str, Any]) -> DriverForm:
    return DriverForm(
        posted(request),
        initial=initial,
        region=request.reseller.country,
        people=queries.colleagues(),
    )


def _initial(driver: Driver, private: DriverPrivate | None) -> dict[str, Any]:
    secret = (
        {name: getattr(private, name) for name in ("phone", "inn", "licence")} if private else {}
    )
    return secret | {
        name: getattr(driver, name) for name in ("name", "company", "adr", "responsible")
    }


def _url(driver_id: UUID) -> str:
    return reverse("fleet:driver-card", args=[driver_id])
