"""Companies over the API: the same forms check, the same acts decide.

`full_name` is the contact person's, as the invitation calls it; the firm's full legal name is
`legal_name`.
"""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from companies import editing, invites, queries
from companies.forms import (
    InviteForm,
    NewCompanyForm,
    OfficeDetailsForm,
)
from companies.invites import CannotInvite
from companies.queries import BY_NAME, SORTS, CompanyFilter, company_for
from companies.serializers import (
    CompanyChange,
    CompanyFilters,
    CompanyOut,
    Invitation,
    Invited,
    NewCompany,
)
from tenants.kit import clock
from tenants.kit.api import ApiView, answers_of, asking, checked, listed
from tenants.kit.problems import Problem
from tenants.kit.serializers import Body, Values
from tenants.permissions import Permission

NAMES = {
    "full_name": "contact_person",
    "legal_name": "full_name",
}  # of the API: of the forms and models
BACK = {inner: outer for outer, inner in NAMES.items()}


def _cannot_invite(refused: CannotInvite) -> Problem:
    return Problem(
        409,
        "cannot_invite",
        str(refused),
        {refused.field: [str(refused)]},
    )


class CompanyView(ApiView):
    refusals = {CannotInvite: _cannot_invite}

    def inner(self, kind: type[Body]) -> Values:
        """The body as it was sent, under the names of the forms."""
        return {NAMES.get(name, name): value for name, value in self.sent(kind).items()}


class CompanyList(CompanyView):
    permissions = {
        "GET": (Permission.COMPANY_VIEW,),
        "POST": (Permission.COMPANY_EDIT,),
    }

    @listed(CompanyOut, CompanyFilters, SORTS)
    def get(
        self,
        request: Request,
    ) -> Response:
        rows = queries.companies(CompanyFilter(**self.filters(CompanyFilters)))
        return self.page(rows, CompanyOut, sort=BY_NAME, sorts=SORTS)

    @asking(NewCompany, CompanyOut, status=201)
    def post(self, request: Request) -> Response:
        reseller = self.reseller
        first = {
            "country": reseller.country,
            "language": reseller.language,
        }
        sent = self.inner(NewCompany)
        sure = answers_of(sent)
        form = NewCompanyForm(first | sent, region=reseller.country)
        values = checked(form, BACK)
        company = invites.enter(
            kind=values["kind"],
            values=values,
            by=self.actor,
            at=clock.now(),
            sure=sure,
        )
        return self.answer(CompanyOut, company, status=201)


class OneCompany(CompanyView):
    permissions = {
        "GET": (Permission.COMPANY_VIEW,),
        "PATCH": (Permission.COMPANY_EDIT,),
    }

    @extend_schema(responses=CompanyOut)
    def get(
        self,
        request: Request,
        company_id: UUID,
    ) -> Response:
        return self.answer(CompanyOut, company_for(self.actor, company_id))

    @extend_schema(request=CompanyChange, responses=CompanyOut)
    def patch(self, request: Request, company_id: UUID) -> Response:
        """Only what is sent changes; the whole must still be right."""
        company = company_for(self.actor, company_id)
        sent = self.inner(CompanyChange)
        stands = {name: getattr(company, name) for name in editing.OFFICE}
        form = OfficeDetailsForm(stands | sent, region=company.country or None, initial=stands)
        values = checked(form, BACK)
        changed = editing.change(
            company=company,
            values={name: value for name, value in values.items() if name in sent},
            by=self.actor,
            at=clock.now(),
        )
        return self.answer(CompanyOut, changed)


class Invite(CompanyView):
    permissions = (Permission.COMPANY_INVITE,)

    @asking(Invitation, Invited, status=201)
    def post(
        self,
        request: Request,
    ) -> Response:
        first = {"language": self.reseller.language, "may_sign": True}
        sent = self.sent(Invitation)
        sure = answers_of(sent)
        form = InviteForm(first | sent, region=self.reseller.country)
        values = checked(form)
        done = invites.invite(**values, by=self.actor, at=clock.now(), sure=sure)
        return self.answer(
            Invited,
            {
                "link": done.link,
                "id": done.company.pk,
            },
            status=201,
        )
