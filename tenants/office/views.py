"""Pages every person of a reseller has, whichever cabinet they live in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from tenants.kit import clock, events
from tenants.kit.web import OfficeRequest, page, public
from tenants.office import notifications, preparing
from tenants.office.models import File, PreparedFile
from tenants.office.notifications import Line


@dataclass(frozen=True, slots=True)
class NotificationsPage:
    """A person's news; `mail` says whether they come as letters, too."""

    rows: list[Line]
    mail: bool


@dataclass(frozen=True, slots=True)
class CountPiece:
    count: int


@dataclass(frozen=True, slots=True)
class PreparedPage:
    prepared: PreparedFile
    file: File | None
    events_url: str


def _member(request: OfficeRequest) -> UUID:
    if request.actor is None or request.actor.member_id is None:
        raise Http404
    return request.actor.member_id


@public("shows a member's own news; whoever is no member gets 404")
@require_GET
def notification_list(request: OfficeRequest) -> HttpResponse:
    member = _member(request)
    assert request.actor is not None  # _member has seen it
    context = NotificationsPage(
        notifications.newest(request.actor), notifications.wants_mail(member)
    )
    return page(request, "office/notifications.html", context)


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


@public("sets a member's own letters; whoever is no member gets 404")
@require_POST
def notification_mail(request: OfficeRequest) -> HttpResponse:
    is_on = request.POST.get("mail") == "on"
    notifications.set_mail(member_id=_member(request), is_on=is_on)
    return redirect("office:notification-list")


@public("shows a member's own file; whoever is no member gets 404")
@require_GET
def prepared_file(request: OfficeRequest, prepared_id: UUID) -> HttpResponse:
    """A long answer on its way, or ready to be taken."""
    prepared = preparing.prepared_for(request, prepared_id)
    is_waiting = prepared.ended_at is None
    context = PreparedPage(
        prepared=prepared,
        file=File.objects.filter(pk=prepared.file_id).first() if prepared.file_id else None,
        events_url=events.stream_url(preparing.topic_of(prepared.pk)) if is_waiting else "",
    )
    return page(request, "office/prepared.html", context)


@public("sends a member's own file; whoever is no member gets 404")
@require_GET
def prepared_download(request: OfficeRequest, prepared_id: UUID) -> FileResponse:
    try:
        return preparing.download(preparing.prepared_for(request, prepared_id))
    except preparing.NotReady as refused:
        raise Http404 from refused
