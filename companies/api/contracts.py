"""Contracts of a company over the API, as its card lists them: which there are and where they stand."""

from __future__ import annotations

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from companies.queries import company_for
from companies.serializers import ContractOut
from tenants.kit.api import ApiView, listed
from tenants.kit.keyset import Sort
from tenants.permissions import Permission

NEWEST = Sort("sent", "sent_at", descending=True)


class ContractList(ApiView):
    permissions = (Permission.COMPANY_VIEW,)

    @listed(ContractOut)
    def get(self, request: Request, company_id: UUID) -> Response:
        """Contracts and supplementary agreements, the newest first, with the own firm of each."""
        company = company_for(self.actor, company_id)
        rows = company.contract_cases.select_related("contract")
        return self.page(rows, ContractOut, sort=NEWEST)
