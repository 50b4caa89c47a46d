"""Invoices over the API."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from finance import invoices, settlement
from finance.api.frame import EDIT, SEE, BooksView
from finance.models import Invoice
from finance.queries.invoices import NEWEST, REST, InvoiceFilter, matching
from finance.queries.invoices import SORTS as LIST_SORTS
from finance.serializers import (
    InvoiceCard,
    InvoiceFilters,
    InvoiceIn,
    InvoiceOut,
)
from orders.queries import order_for
from tenants.kit import clock
from tenants.kit.api import listed, refusal
from tenants.kit.keyset import Sort
from tenants.permissions import Permission

SORTS = {
    **LIST_SORTS,
    "rest": Sort("rest", "left", descending=True),
}  # as the answer calls it


class Invoices(BooksView):
    permissions = {"GET": (*SEE, Permission.CLIENT_SUMS), "POST": EDIT}
    refusals = {
        invoices.AlreadyInvoiced: refusal(409, "already_invoiced"),
        invoices.CannotIssue: refusal(409, "cannot_issue"),
    }

    @listed(InvoiceOut, InvoiceFilters, SORTS)
    def get(
        self,
        request: Request,
    ) -> Response:
        return self.page(self.rows(), InvoiceOut, sort=NEWEST, sorts=SORTS)

    def rows(self) -> QuerySet[Invoice]:
        values = self.filters(InvoiceFilters)
        filters = InvoiceFilter(
            search=values.get("search", ""),
            view=values.get("status", ""),
            order=values.get("order", ""),
            company=values.get("company"),
        )
        rows = matching(self.actor, filters, today=self.today)
        return rows.select_related("order").annotate(left=REST)

    @extend_schema(
        request=InvoiceIn,
        responses={201: InvoiceCard},
    )
    def post(
        self,
        request: Request,
    ) -> Response:
        order = order_for(self.actor, self.body(InvoiceIn)["order"])
        invoice = settlement.invoice_order(
            order=order,
            by=self.actor,
            at=clock.now(),
        )
        return self.answer(InvoiceCard, invoice, status=201)


class OneInvoice(BooksView):
    permissions = (*SEE, Permission.CLIENT_SUMS)

    @extend_schema(responses=InvoiceCard)
    def get(self, request: Request, key: str) -> Response:
        return self.answer(InvoiceCard, self.invoice(key))


routes = [
    ("invoices", Invoices),
    ("invoices/<str:key>", OneInvoice),
]
