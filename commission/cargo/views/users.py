"""The module's users: the ADMIN invites, blocks and resets them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from commission.cargo.forms.people import UserForm
from commission.cargo.models import Salesperson
from commission.cargo.people import users
from tenants.kit import clock
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission, Role


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_USERS)
def user_list(request: OfficeRequest) -> HttpResponse:
    form = UserForm(posted(request))
    made = None
    if form.is_valid():
        try:
            role = Role(form.cleaned_data["role"])
            made = users.invite(
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                role=role,
                by=request.actor,
                at=clock.now(),
            )
        except users.AlreadyMember:
            form.add_error("email", _("This person has a login here already."))
    context = {
        "rows": _users(),
        "form": form if made is None else UserForm(),
        "made": made,
        "email": form.data.get("email", ""),
        "password": None,
    }
    return page(
        request,
        "cargo/users.html",
        context,
        status=422 if form.errors else 200,
    )


@require_POST
@needs(Permission.CARGO_USERS)
def user_act(request: OfficeRequest, member_id: UUID, act: str) -> HttpResponse:
    """Block, let in again, or a new one-time password, which is shown once."""
    if act not in ("block", "unblock", "reset") or all(
        row.pk != member_id for row in users.cargo_members()
    ):
        raise Http404
    try:
        if act == "reset":
            password = users.reset(member=member_id, by=request.actor, at=clock.now())
            email = next(
                (row["member"].email for row in _users() if row["member"].pk == member_id),
                "",
            )
            return page(
                request,
                "cargo/users.html",
                {
                    "rows": _users(),
                    "form": UserForm(),
                    "made": None,
                    "password": password,
                    "email": email,
                },
            )
        users.set_active(
            member=member_id,
            is_active=act == "unblock",
            by=request.actor,
            at=clock.now(),
        )
    except users.NotOurs:
        messages.error(
            request,
            _("This person also works elsewhere: only they can change their password."),
        )
    return go(request, reverse("cargo:user-list"))


def _users() -> list[dict[str, Any]]:
    tied = dict(Salesperson.objects.filter(member__isnull=False).values_list("member", "code"))
    roles = {
        Role.CARGO_MANAGER: "MANAGER",
        Role.CARGO_STAFF: "STAFF",
        Role.CARGO_SALE: "SALE",
    }
    return [
        {
            "member": row,
            "role": roles[Role(row.role)],
            "code": tied.get(row.pk, ""),
        }
        for row in users.cargo_members()
    ]
