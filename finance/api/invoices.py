"""Invoices over the API."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from finance import invoices
from finance.api.reading import (
    EDIT,
    SEE,
    actor_of,
    given,
    invoice_for,
    page_of,
    today_of,
)
from finance.queries.invoices import NEWEST, REST, SORTS, Asked, matching
from finance.serializers import InvoiceCard, InvoiceIn, InvoiceOut
from orders.queries import order_for
from tenants.kit import clock
from tenants.kit.problems import Problem
from tenants.permissions import Permission


class Invoices(APIView):
    permissions: Mapping[str, tuple[Permission, ...]] = {
        "GET": (*SEE, Permission.CLIENT_CABINET),
        "POST": EDIT,
    }

    @extend_schema(
        parameters=[
            OpenApiParameter(name)
            for name in (
                "search",
                "status",
                "order",
                "company",
                "sort",
                "limit",
                "offset",
            )
        ],
        responses=InvoiceOut(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params
        sort = asked.get("sort", "-number")
        rows = matching(actor_of(request), _asked(asked), today=today_of(request)).select_related(
            "order"
        )
        column = SORTS.get(sort.lstrip("-"), NEWEST).field
        ordered = rows.annotate(left=REST).order_by(
            ("-" if sort.startswith("-") else "") + column, "-id"
        )
        return page_of(request, ordered, InvoiceOut)

    @extend_schema(request=InvoiceIn, responses={201: InvoiceCard})
    def post(self, request: Request) -> Response:
        order = order_for(actor_of(request), given(InvoiceIn, request)["order"])
        try:
            invoice = invoices.issue_for_order(order=order, by=actor_of(request), at=clock.now())
        except invoices.AlreadyInvoiced as known:
            raise Problem(409, "already_invoiced", str(known)) from known
        except invoices.CannotIssue as refused:
            raise Problem(409, "cannot_issue", str(refused)) from refused
        return Response(InvoiceCard(invoice).data, status=201)


def _asked(query: Mapping[str, str]) -> Asked:
    try:
        company = UUID(query["company"]) if query.get("company") else None
    except ValueError as wrong:
        raise Problem(422, "invalid", "", {"company": [_("This is no id.")]}) from wrong
    return Asked(
        search=query.get("search", "")[:100],
        view=query.get("status", ""),
        order=query.get("order", "")[:20],
        company=company,
    )


class OneInvoice(APIView):
    permissions = (*SEE, Permission.CLIENT_CABINET)

    @extend_schema(responses=InvoiceCard)
    def get(self, request: Request, key: str) -> Response:
        return Response(InvoiceCard(invoice_for(request, key)).data)


routes = [
    ("invoices", Invoices),
    ("invoices/<str:key>", OneInvoice),
]
