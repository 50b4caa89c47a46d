"""Salespeople and customers over the API."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commission.cargo.api import serializers
from commission.cargo.api.kit import actor_of, checked, following, invalid, sent, window
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
from tenants.permissions import Permission


class SalespersonList(APIView):
    permissions = {
        "GET": (Permission.CARGO_MANAGE,),
        "POST": (Permission.CARGO_MANAGE,),
    }

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        start, limit = window(request)
        found = list(salespeople_for(actor_of(request))[start : start + limit + 1])
        return Response(
            {
                "results": [serializers.salesperson(row) for row in found[:limit]],
                "next": following(request, start, limit, len(found)),
            }
        )

    @extend_schema(
        request=OpenApiTypes.OBJECT,
        responses={201: OpenApiTypes.OBJECT},
    )
    def post(self, request: Request) -> Response:
        values = checked(SalespersonForm(sent(request)))
        try:
            made = salespeople.add(**values, by=actor_of(request), at=clock.now())
        except salespeople.CodeTaken as taken:
            raise invalid({"code": [_("This code is taken.")]}) from taken
        return Response(serializers.salesperson(made), status=201)


class GivenCustomers(APIView):
    permissions = {
        "GET": (Permission.CARGO_MANAGE,),
        "POST": (Permission.CARGO_MANAGE,),
    }

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, code: str) -> Response:
        start, limit = window(request)
        found = list(
            _salesperson(code)
            .customers.select_related("salesperson")
            .order_by("code")[start : start + limit + 1]
        )
        return Response(
            {
                "results": [serializers.customer(row) for row in found[:limit]],
                "next": following(request, start, limit, len(found)),
            }
        )

    @extend_schema(request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request, code: str) -> Response:
        """Gives customers from today; `stamped` says how many shipments without a salesperson got
        the code.
        """
        codes = sent(request).get("codes")
        if not isinstance(codes, list) or not codes:
            raise invalid({"codes": [_("Send a list of customer codes.")]})
        given = checked(GiveForm({"codes": "\n".join(str(one) for one in codes)}))["codes"]
        done = customers.give(
            salesperson=_salesperson(code),
            codes=given,
            by=actor_of(request),
            at=clock.now(),
        )
        return Response(
            {
                "customers": done.customers,
                "made": list(done.made),
                "moved": list(done.moved),
                "stamped": done.stamped,
            }
        )


class CustomerList(APIView):
    permissions = {
        "GET": (Permission.CARGO_ENTER,),
        "POST": (Permission.CARGO_ENTER,),
    }

    @extend_schema(
        parameters=[OpenApiParameter(name) for name in ("search", "offset", "limit")],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request) -> Response:
        start, limit = window(request)
        rows = search(
            customers_for(actor_of(request)),
            request.query_params.get("search", ""),
        )
        found = list(rows.select_related("salesperson")[start : start + limit + 1])
        return Response(
            {
                "results": [serializers.customer(row) for row in found[:limit]],
                "next": following(request, start, limit, len(found)),
            }
        )

    @extend_schema(
        request=OpenApiTypes.OBJECT,
        responses={201: OpenApiTypes.OBJECT},
    )
    def post(self, request: Request) -> Response:
        values = checked(CustomerForm(sent(request)))
        values.pop("company")
        try:
            made = customers.add(**values, by=actor_of(request), at=clock.now())
        except customers.CodeTaken as taken:
            raise invalid({"code": [_("This code is taken.")]}) from taken
        return Response(serializers.customer(made), status=201)


def _salesperson(code: str) -> Salesperson:
    found = Salesperson.objects.filter(code__iexact=code).first()
    if found is None:
        raise Http404
    return found
