"""Companies over the API: the same forms check, the same acts decide.

`full_name` is the contact person's, as the invitation calls it; the firm's full legal name is
`legal_name`.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from companies import editing, invites, queries
from companies.api_shapes import (
    CompanyChange,
    CompanyOut,
    CompanyPage,
    Invitation,
    Invited,
    NewCompany,
)
from companies.forms import (
    InviteForm,
    NewCompanyForm,
    OfficeDetailsForm,
)
from companies.invites import CannotInvite
from companies.queries import Asked, company_for
from tenants.actor import Actor
from tenants.kit import clock
from tenants.kit.problems import Problem
from tenants.permissions import Permission

NAMES = {
    "full_name": "contact_person",
    "legal_name": "full_name",
}  # of the API: of the forms and models
BACK = {inner: outer for outer, inner in NAMES.items()}
LIMIT = 50
MOST = 200


class CompanyList(APIView):
    permissions = {
        "GET": (Permission.COMPANY_VIEW,),
        "POST": (Permission.COMPANY_EDIT,),
    }

    @extend_schema(
        parameters=[
            OpenApiParameter(name)
            for name in (
                "kind",
                "status",
                "country",
                "contract",
                "search",
                "sort",
                "offset",
                "limit",
            )
        ],
        responses=CompanyPage,
    )
    def get(self, request: Request) -> Response:
        query = request.query_params
        asked = Asked(
            **{name: query.get(name, "").replace("\0", "")[:100] for name in Asked.__slots__}
        )
        start = _number(request, "offset", 0, 10**6)
        limit = _number(request, "limit", LIMIT, MOST) or LIMIT
        found: Any = list(queries.companies(asked)[start : start + limit + 1])
        after = query.copy()
        after["offset"] = str(start + limit)
        following = f"{request.path}?{after.urlencode()}" if len(found) > limit else None
        return Response(
            {
                "results": CompanyOut(found[:limit], many=True).data,
                "next": following,
            }
        )

    @extend_schema(request=NewCompany, responses={201: CompanyOut})
    def post(self, request: Request) -> Response:
        actor = _actor(request)
        reseller = _reseller(actor)
        first = {
            "country": reseller.country,
            "language": reseller.language,
        }
        values = _checked(NewCompanyForm(first | _inner(request), region=reseller.country))
        company = invites.enter(
            kind=values["kind"],
            values=values,
            by=actor,
            at=clock.now(),
        )
        return Response(CompanyOut(company).data, status=201)


class OneCompany(APIView):
    permissions = {
        "GET": (Permission.COMPANY_VIEW,),
        "PATCH": (Permission.COMPANY_EDIT,),
    }

    @extend_schema(responses=CompanyOut)
    def get(self, request: Request, company_id: UUID) -> Response:
        return Response(CompanyOut(company_for(_actor(request), company_id)).data)

    @extend_schema(request=CompanyChange, responses=CompanyOut)
    def patch(self, request: Request, company_id: UUID) -> Response:
        """Only what is sent changes; the whole must still be right."""
        company = company_for(_actor(request), company_id)
        sent = _inner(request)
        whole = {name: getattr(company, name) for name in editing.OFFICE} | sent
        values = _checked(OfficeDetailsForm(whole, region=company.country or None))
        given = {name: value for name, value in values.items() if name in sent}
        changed = editing.change(
            company=company,
            values=given,
            by=_actor(request),
            at=clock.now(),
        )
        return Response(CompanyOut(changed).data)


class Invite(APIView):
    permissions = (Permission.COMPANY_INVITE,)

    @extend_schema(request=Invitation, responses={201: Invited})
    def post(self, request: Request) -> Response:
        actor = _actor(request)
        reseller = _reseller(actor)
        form = InviteForm(
            {"language": reseller.language} | _sent(request),
            region=reseller.country,
        )
        values = _checked(form) | {"phone": str(form.cleaned_data["phone"] or "")}
        try:
            done = invites.invite(**values, by=actor, at=clock.now())
        except CannotInvite as error:
            raise Problem(
                409,
                "cannot_invite",
                str(error),
                {"email": [str(error)]},
            ) from error
        return Response({"link": done.link, "id": str(done.company.pk)}, status=201)


def _checked(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        errors = {
            BACK.get(name, name): [str(text) for text in texts]
            for name, texts in form.errors.items()
        }
        raise Problem(422, "invalid", _("Some values are not right."), errors)
    return form.cleaned_data


def _sent(request: Request) -> dict[str, Any]:
    if not isinstance(request.data, dict):
        raise Problem(422, "invalid", _("Send a JSON object."))
    return {name: "" if value is None else value for name, value in request.data.items()}


def _inner(request: Request) -> dict[str, Any]:
    return {NAMES.get(name, name): value for name, value in _sent(request).items()}


def _number(request: Request, name: str, default: int, most: int) -> int:
    given = request.query_params.get(name, "")
    return (
        min(int(given), most)
        if given.isascii() and given.isdigit() and len(given) < 10
        else default
    )


def _actor(request: Request) -> Actor:
    return request._request.actor  # type: ignore[attr-defined, no-any-return]


def _reseller(actor: Actor) -> Any:
    if actor.reseller is None:
        raise Problem(404, "not_found")
    return actor.reseller


routes = [
    ("companies", CompanyList),
    ("companies/invite", Invite),
    ("companies/<uuid:company_id>", OneCompany),
]
