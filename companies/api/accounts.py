"""Bank accounts of a company over the API: as on its card, one is added or removed, never changed."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from companies import banking
from companies.banking import CannotAdd
from companies.forms import BankAccountForm
from companies.models import BankAccount
from companies.queries import company_for
from companies.serializers import AccountOut, NewAccount
from tenants.kit import clock
from tenants.kit.api import ApiView, checked, listed
from tenants.kit.keyset import Sort
from tenants.kit.problems import Problem
from tenants.permissions import Permission

BY_ENTRY = Sort("added", "added_at")


def _cannot_add(refused: CannotAdd) -> Problem:
    return Problem(409, "cannot_add", str(refused), {"account": [str(refused)]})


class AccountList(ApiView):
    permissions = {
        "GET": (Permission.COMPANY_VIEW,),
        "POST": (Permission.COMPANY_EDIT,),
    }
    refusals = {CannotAdd: _cannot_add}

    @listed(AccountOut)
    def get(self, request: Request, company_id: UUID) -> Response:
        """The accounts besides the first one, which stands among the company's details."""
        company = company_for(self.actor, company_id)
        return self.page(banking.accounts_of(company), AccountOut, sort=BY_ENTRY)

    @extend_schema(request=NewAccount, responses={201: AccountOut})
    def post(self, request: Request, company_id: UUID) -> Response:
        company = company_for(self.actor, company_id)
        form = BankAccountForm(self.sent(NewAccount), country=company.country)
        values = checked(form)
        account = banking.add(owner=company, values=values, by=self.actor, at=clock.now())
        return self.answer(AccountOut, account, status=201)


class OneAccount(ApiView):
    permissions = (Permission.COMPANY_EDIT,)
    refusals = {BankAccount.DoesNotExist: lambda gone: Problem(404, "not_found")}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, company_id: UUID, account_id: UUID) -> Response:
        """Papers that were issued before keep it."""
        self.body()
        company = company_for(self.actor, company_id)
        banking.remove(owner=company, account_id=account_id, by=self.actor, at=clock.now())
        return Response(status=204)
