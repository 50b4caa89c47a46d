"""Giving an own driver access to the app, and ending it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fleet import access, links, queries
from fleet.access import CannotIssue, Issued
from tenants.drivers.models import Driver
from tenants.kit import clock, shown_once
from tenants.kit.asked_again import asks_again
from tenants.kit.limits import allowed
from tenants.kit.public_url import public_url
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission

HOUR = 3600
# tries an hour
BY_MEMBER = 60
OF_DRIVER = 5


@dataclass(frozen=True, slots=True)
class AccessIssuedPage:
    """The secrets, shown this once, and the text that the dispatcher sends to the driver."""

    issued: Issued
    address: str
    text: str


@require_POST
@needs(Permission.FLEET_EDIT)
@asks_again
def access_issue(
    request: OfficeRequest,
    own_driver_id: UUID,
) -> HttpResponse:
    """The secrets stand on the page after this one and nowhere else."""
    driver = queries.own_driver(own_driver_id)
    if _too_often(request, driver):
        return page(
            request,
            "errors/429.html",
            {"reason": _("Access was issued too often. Try again in an hour.")},
            status=429,
        )
    try:
        issued = access.issue(driver_id=driver.pk, by=request.actor, at=clock.now())
    except CannotIssue as problem:
        messages.error(request, str(problem))
        return go(request, links.driver(driver.pk))
    secrets = {"phone": issued.phone, "pin": issued.pin, "code": issued.code}
    facts = secrets | {"code_until": issued.code_until.isoformat()}
    return shown_once.go_and_show(request, links.access_issued(driver.pk), facts)


@require_GET
@needs(Permission.FLEET_EDIT)
def access_issued(request: OfficeRequest, own_driver_id: UUID) -> HttpResponse:
    driver = queries.own_driver(own_driver_id)
    facts = shown_once.shown(request)
    if not facts:
        return go(request, links.driver(driver.pk))
    code_until = datetime.fromisoformat(facts["code_until"])
    issued = Issued(driver, facts["phone"], facts["pin"], facts["code"], code_until)
    address = public_url(reverse("driver-enrol"))
    context = AccessIssuedPage(issued, address, _text(issued, address))
    return page(request, "fleet/access_issued.html", context)


@require_POST
@needs(Permission.FLEET_EDIT)
def access_block(
    request: OfficeRequest,
    own_driver_id: UUID,
) -> HttpResponse:
    driver = queries.own_driver(own_driver_id)
    ended = access.block(driver_id=driver.pk, by=request.actor, at=clock.now())
    messages.success(
        request,
        _("Access is blocked: the driver is signed out.")
        if ended
        else _("There was no access to block."),
    )
    return go(request, links.driver(driver.pk))


@require_POST
@needs(Permission.FLEET_EDIT)
def phone_end(request: OfficeRequest, own_driver_id: UUID, device_id: UUID) -> HttpResponse:
    driver = queries.own_driver(own_driver_id)
    is_ended = access.end_phone(
        driver_id=driver.pk,
        device_id=device_id,
        by=request.actor,
        at=clock.now(),
    )
    if not is_ended:
        raise Http404
    return go(request, links.driver(driver.pk))


def _too_often(request: OfficeRequest, driver: Driver) -> bool:
    """A number that is taken is refused: without a limit one could ask whose numbers open the app."""
    by_member = f"access-issue:{request.actor.member_id}"
    of_driver = f"access-issue-of:{driver.pk}"
    is_fine = allowed(by_member, limit=BY_MEMBER, seconds=HOUR)
    return not (is_fine and allowed(of_driver, limit=OF_DRIVER, seconds=HOUR))


def _text(issued: Issued, address: str) -> str:
    """What the dispatcher sends to the driver."""
    return "\n".join(
        [
            _("1. Open on your phone: %(address)s") % {"address": address},
            _("2. Enter your phone %(phone)s and the code %(code)s")
            % {"phone": issued.phone, "code": issued.code},
            _("3. Sign in with the PIN %(pin)s") % {"pin": issued.pin},
        ]
    )
