"""The module's users: the ADMIN invites, blocks and resets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from commission.cargo import links
from commission.cargo.forms.people import UserForm
from commission.cargo.models import Salesperson
from commission.cargo.people import users
from tenants.accounts import new_links, newcomers
from tenants.kit import clock, shown_once
from tenants.kit.asked_again import asks_again
from tenants.kit.sharing import HandOver, hand_over
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office.models import Member
from tenants.permissions import Permission, Role

ROLES = {
    Role.CARGO_MANAGER: "MANAGER",
    Role.CARGO_STAFF: "STAFF",
    Role.CARGO_SALE: "SALE",
}
ACTS = ("block", "unblock", "reset")


@dataclass(frozen=True, slots=True)
class UserRow:
    """A login of the module; `code` is the salesperson it sees for."""

    member: Member
    role: str
    code: str


@dataclass(frozen=True, slots=True)
class UsersPage:
    """The logins and the form of a new one; a one-time link is shown after it was made.

    `whom` is the login that the link is for, or that gets a letter instead.
    """

    rows: list[UserRow]
    form: UserForm
    whom: str
    handed: HandOver | None


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_USERS)
@asks_again
def user_list(request: OfficeRequest) -> HttpResponse:
    form = UserForm(posted(request))
    if form.is_valid():
        values = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        try:
            invited = users.invite(**values, by=request.actor, at=clock.now())
        except newcomers.Refused as refused:
            form.add_error(refused.field, str(refused))
        except users.AlreadyMember:
            form.add_error("email", _("This person has a login here already."))
        else:
            whom = values["email"] or values["phone"]
            return _shown(request, whom, invited.link)
    facts = shown_once.shown(request)
    context = UsersPage(_users(), form, facts.get("whom", ""), _handed(request, facts))
    status = 422 if form.errors else 200
    return page(request, "cargo/users.html", context, status=status)


def _handed(request: OfficeRequest, facts: Mapping[str, str]) -> HandOver | None:
    if not facts.get("link"):
        return None
    words = _("%(reseller)s: set a new password by this link")
    return hand_over(facts["link"], words % {"reseller": request.reseller.name})


def _login_of(member: Member) -> str:
    """What whoever made the link knows the person by."""
    return member.email or member.phone


def _shown(request: OfficeRequest, whom: str, link: str | None) -> HttpResponse:
    facts = {"whom": whom, "link": link or ""}
    return shown_once.go_and_show(request, links.users(), facts)


@require_POST
@needs(Permission.CARGO_USERS)
@asks_again
def user_act(request: OfficeRequest, member_id: UUID, act: str) -> HttpResponse:
    """Block, let in again, or a one-time link to set a new password, which is shown once."""
    members = {row.pk: row for row in users.cargo_members()}
    if act not in ACTS or member_id not in members:
        raise Http404
    try:
        if act == "reset":
            link = users.reset(member=member_id, by=request.actor, at=clock.now())
            return _shown(request, _login_of(members[member_id]), link)
        users.set_active(
            member=member_id,
            is_active=act == "unblock",
            by=request.actor,
            at=clock.now(),
        )
    except new_links.NotOurs:
        messages.error(
            request,
            _("This person also works elsewhere: only they can change their password."),
        )
    return go(request, links.users())


def _users() -> list[UserRow]:
    codes = dict(Salesperson.objects.filter(member__isnull=False).values_list("member", "code"))
    return [
        UserRow(member, ROLES[Role(member.role)], codes.get(member.pk, ""))
        for member in users.cargo_members()
    ]
