"""Salespeople and customers over the API."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from commission.cargo.api.bodies import (
    CustomerBody,
    CustomerFilters,
    GivenBody,
    SalespersonBody,
)
from commission.cargo.api.frame import CargoView
from commission.cargo.api.serializers import (
    CustomerOut,
    GivenOut,
    SalespersonOut,
)
from commission.cargo.forms.people import (
    CustomerForm,
    GiveForm,
    SalespersonForm,
)
from commission.cargo.models import Salesperson
from commission.cargo.people import customers, salespeople
from commission.cargo.queries import customers_for, salespeople_for
from commission.cargo.queries.people import search
from tenants.kit import clock
from tenants.kit.api import checked, listed
from tenants.kit.keyset import Sort
from tenants.permissions import Permission

BY_CODE = Sort("code", "code")


class SalespersonList(CargoView):
    permissions = {
        "GET": (Permission.CARGO_MANAGE,),
        "POST": (Permission.CARGO_MANAGE,),
    }

    @listed(SalespersonOut)
    def get(self, request: Request) -> Response:
        return self.page(salespeople_for(self.actor), SalespersonOut, sort=BY_CODE)

    @extend_schema(
        request=SalespersonBody,
        responses={201: SalespersonOut},
    )
    def post(
        self,
        request: Request,
    ) -> Response:
        values = checked(SalespersonForm(self.sent(SalespersonBody)))
        salesperson = salespeople.add(**values, by=self.actor, at=clock.now())
        return self.answer(SalespersonOut, salesperson, status=201)


class GivenCustomers(CargoView):
    permissions = {
        "GET": (Permission.CARGO_MANAGE,),
        "POST": (Permission.CARGO_MANAGE,),
    }

    @listed(CustomerOut)
    def get(self, request: Request, code: str) -> Response:
        rows = _salesperson(code).customers.select_related("salesperson")
        return self.page(rows, CustomerOut, sort=BY_CODE)

    @extend_schema(request=GivenBody, responses=GivenOut)
    def post(self, request: Request, code: str) -> Response:
        """Gives customers from today; `stamped` says how many shipments without a salesperson got
        the code.
        """
        codes = "\n".join(self.body(GivenBody)["codes"])
        handover = customers.give(
            codes=checked(GiveForm({"codes": codes}))["codes"],
            salesperson=_salesperson(code),
            by=self.actor,
            at=clock.now(),
        )
        return self.answer(GivenOut, handover)


class CustomerList(CargoView):
    permissions = {
        "GET": (Permission.CARGO_ENTER,),
        "POST": (Permission.CARGO_ENTER,),
    }

    @listed(CustomerOut, CustomerFilters)
    def get(
        self,
        request: Request,
    ) -> Response:
        text = self.filters(CustomerFilters).get("search", "")
        rows = search(customers_for(self.actor), text).select_related("salesperson")
        return self.page(rows, CustomerOut, sort=BY_CODE)

    @extend_schema(
        request=CustomerBody,
        responses={201: CustomerOut},
    )
    def post(
        self,
        request: Request,
    ) -> Response:
        values = checked(CustomerForm(self.sent(CustomerBody)))
        values.pop("company")
        customer = customers.add(**values, by=self.actor, at=clock.now())
        return self.answer(CustomerOut, customer, status=201)


def _salesperson(code: str) -> Salesperson:
    salesperson = Salesperson.objects.filter(code__iexact=code).first()
    if salesperson is None:
        raise Http404
    return salesperson
