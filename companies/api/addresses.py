"""Addresses where a company loads and unloads, over the API."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from companies import addresses
from companies.forms import AddressForm
from companies.models import Company
from companies.queries import company_for
from companies.serializers import AddressBody, AddressOut
from tenants.kit import clock
from tenants.kit.api import ApiView, answers_of, asking, checked, listed
from tenants.kit.keyset import Sort
from tenants.kit.serializers import Values
from tenants.permissions import Permission

BY_NAME = Sort("name", "name")
BACK = {"point": "lat"}  # of the form: of the API


class AddressView(ApiView):
    permissions = {
        "GET": (Permission.COMPANY_VIEW,),
        "POST": (Permission.COMPANY_EDIT,),
        "PATCH": (Permission.COMPANY_EDIT,),
        "DELETE": (Permission.COMPANY_EDIT,),
    }

    def values(self, company: Company, sent: Values) -> addresses.Values:
        """What the form of the page makes of it; the point stands there as one text."""
        degrees = [sent.pop(name, None) for name in ("lat", "lon")]
        typed = sent | {"point": _as_typed(degrees)}
        form = AddressForm(typed, region=company.country or self.reseller.country)
        return addresses.of_form(checked(form, BACK))


class AddressList(AddressView):
    @listed(AddressOut)
    def get(self, request: Request, company_id: UUID) -> Response:
        company = company_for(self.actor, company_id)
        return self.page(addresses.addresses_of(company.pk), AddressOut, sort=BY_NAME)

    @asking(AddressBody, AddressOut, status=201)
    def post(self, request: Request, company_id: UUID) -> Response:
        company = company_for(self.actor, company_id)
        sent = self.sent(AddressBody)
        sure = answers_of(sent)
        address = addresses.add_address(
            company=company,
            values=self.values(company, sent),
            by=self.actor,
            at=clock.now(),
            sure=sure,
        )
        return self.answer(AddressOut, address, status=201)


class OneAddress(AddressView):
    @extend_schema(responses=AddressOut)
    def get(self, request: Request, company_id: UUID, address_id: UUID) -> Response:
        company = company_for(self.actor, company_id)
        return self.answer(AddressOut, addresses.address_for(company, address_id))

    @asking(AddressBody, AddressOut)
    def patch(self, request: Request, company_id: UUID, address_id: UUID) -> Response:
        """Only what is sent changes; the whole must still be right."""
        company = company_for(self.actor, company_id)
        address = addresses.address_for(company, address_id)
        sent = self.sent(AddressBody)
        sure = answers_of(sent)
        changed = addresses.change_address(
            address=address,
            values=self.values(company, addresses.values_of(address) | sent),
            by=self.actor,
            at=clock.now(),
            sure=sure,
        )
        return self.answer(AddressOut, changed)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, company_id: UUID, address_id: UUID) -> Response:
        """Out of the list to choose from; orders that went there keep it."""
        self.body()
        company = company_for(self.actor, company_id)
        address = addresses.address_for(company, address_id)
        addresses.archive_address(address=address, by=self.actor, at=clock.now())
        return Response(status=204)


def _as_typed(degrees: list[object]) -> str:
    """Latitude and longitude as a person would type them; empty without either."""
    typed = [str(degree) for degree in degrees if degree not in (None, "")]
    return ", ".join(typed)
