"""Our pictures as files: the logo for all of the reseller's people, signature and stamp for the
head alone.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
)
from django.utils import timezone

from companies.own import PICTURES
from companies.queries import file_of, own_details
from companies.views.own_frame import firm_of
from tenants.accounts import invitations
from tenants.accounts.invitations import StaleInvitation
from tenants.context import inside
from tenants.kit.doors import current_door
from tenants.kit.web import OfficeRequest, needs, public
from tenants.office import files
from tenants.office.models import File
from tenants.permissions import Kind, Permission
from tenants.platform.resellers import scope_of

ANYBODY = (
    Permission.OWN_COMPANY_VIEW,
    Permission.CLIENT_CABINET,
    Permission.PARTNER_CABINET,
    Permission.CARGO_VIEW,
)


@needs(*ANYBODY)
def own_image(
    request: OfficeRequest,
    kind: str,
) -> HttpResponse:
    if kind not in PICTURES:
        raise Http404
    if kind != "logo" and not request.actor.can(Permission.OWN_COMPANY_EDIT):
        raise (PermissionDenied if request.actor.kind is Kind.OFFICE else Http404)
    return _served(
        request,
        file_of(getattr(firm_of(request), f"{kind}_file_id")),
    )


@public("the logo on the page of an invitation; a live link is its key")
def invitation_logo(
    request: HttpRequest,
    token: str,
) -> HttpResponse:
    try:
        invitation = invitations.look(token, at=timezone.now())
    except StaleInvitation as error:
        raise Http404 from error
    with inside(invitation.reseller.scope):
        return _served(request, file_of(own_details().logo_file_id))


@public("the logo on the sign-in page of a reseller's own domain")
def door_logo(
    request: HttpRequest,
) -> HttpResponse:
    door = current_door()
    if door is None:
        raise Http404
    with inside(scope_of(door.reseller_id)):
        return _served(request, file_of(own_details().logo_file_id))


def _served(request: HttpRequest, kept: File) -> HttpResponse:
    """The address changes with the picture, so the browser may keep it, for itself alone."""
    tag = f'"{kept.sha256[:32]}"'
    same = request.headers.get("If-None-Match") == tag
    answer = (
        HttpResponseNotModified()
        if same
        else HttpResponse(files.read(kept), content_type=kept.content_type)
    )
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, max-age=86400"
    return answer
