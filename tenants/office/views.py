"""Pages every person of a reseller has, whichever cabinet they live in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from tenants.kit import clock
from tenants.kit.web import OfficeRequest, page, public
from tenants.office import notifications
from tenants.office.models import Notification


@dataclass(frozen=True, slots=True)
class NotificationsPage:
    rows: list[Notification]


@dataclass(frozen=True, slots=True)
class CountPiece:
    count: int


def _member(request: OfficeRequest) -> UUID:
    if request.actor is None or request.actor.member_id is None:
        raise Http404
    return request.actor.member_id


@public("shows a member's own news; whoever is no member gets 404")
@require_GET
def notification_list(request: OfficeRequest) -> HttpResponse:
    rows = list(notifications.newest(_member(request)))
    return page(
        request,
        "office/notifications.html",
        NotificationsPage(rows),
    )


@public("counts a member's own news; whoever is no member gets 404")
@require_GET
def notification_count(request: OfficeRequest) -> HttpResponse:
    count = notifications.unread(_member(request))
    return page(request, "office/_count.html", CountPiece(count))


@public("marks a member's own news; whoever is no member gets 404")
@require_POST
def notification_read(request: OfficeRequest) -> HttpResponse:
    notifications.read_all(member_id=_member(request), at=clock.now())
    return redirect("office:notification-list")
