"""The panel's page of office people who forgot the password: one press makes a one-time link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from tenants.accounts import new_links
from tenants.accounts.models import Membership
from tenants.kit import clock, formats
from tenants.kit.sharing import HandOver, hand_over
from tenants.kit.web import OfficeRequest, uuid_of
from tenants.panel import access

NAME = "link-requests"


@dataclass(frozen=True, slots=True)
class Line:
    id: UUID
    person: str
    login: str
    reseller: str
    role: str
    at: str


def words() -> dict[str, str]:
    """The page's words: Django's templates have no way of their own to ours."""
    return {
        "title": _("Access requests"),
        "lead": _(
            "They forgot the password. Make sure that it is the person who asks, then hand the link over."
        ),
        "none": _("Nobody asks for a link"),
        "person": _("Name"),
        "login": _("Login"),
        "reseller": _("Reseller"),
        "role": _("Role"),
        "asked_at": _("Asked"),
        "make": _("Make a link"),
        "once": _("The link works once, for 24 hours, and is not shown again."),
        "code": _("QR code of the link"),
    }


def count() -> int:
    return Membership.objects.filter(link_asked_at__isnull=False, is_active=True).count()


def view(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """The list; after a press the link, on this answer alone."""
    handed = _new_link(request) if request.method == "POST" else None
    rows = Membership.objects.select_related("user", "reseller")
    waiting = rows.filter(link_asked_at__isnull=False, is_active=True).order_by("link_asked_at")
    facts = {
        "lines": [_line(row, row.link_asked_at) for row in waiting if row.link_asked_at],
        "handed": handed,
        "words": words(),
        "title": words()["title"],
    }
    return TemplateResponse(request, "admin/link_requests.html", context | facts)


def _new_link(request: HttpRequest) -> HandOver:
    """Raises 404 for a person who does not ask, or whose password is not ours to reset."""
    asking = Membership.objects.select_related("user", "reseller").filter(
        pk=uuid_of(request.POST.get("one", "")),
        link_asked_at__isnull=False,
    )
    membership = asking.first()
    if membership is None:
        raise Http404
    by = cast("OfficeRequest", request).actor
    try:
        link = access.hand_link(membership=membership, by=by, at=clock.now())
    except new_links.NotOurs as refused:
        raise Http404 from refused
    text = _("%(reseller)s: set a new password by this link") % {
        "reseller": membership.reseller.name
    }
    return hand_over(link, text, phone=membership.user.phone)


def _line(row: Membership, at: datetime) -> Line:
    return Line(
        id=row.pk,
        person=row.user.name,
        login=str(row.user),
        reseller=row.reseller.name,
        role=row.role,
        at=formats.moment(at),
    )
