"""Giving up a bad debt over the API, and taking that back: once under one Idempotency-Key."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from finance import queries, write_offs
from finance.api.frame import EDIT, KEY, SEE, MoneyView
from finance.api.payments import by_field
from finance.models import WriteOff
from finance.serializers import ReversalIn, WriteOffIn, WriteOffOut
from finance.write_offs import CannotWriteOff
from tenants.kit import clock
from tenants.kit.api import answers_of, asking, listed
from tenants.kit.keyset import Sort

LATEST = Sort("entered", "entered_at", descending=True)


class WriteOffs(MoneyView):
    """What is left of an invoice past due, or a part of it, becomes a loss."""

    permissions = {"GET": SEE, "POST": EDIT}
    refusals = {CannotWriteOff: by_field("cannot_write_off")}

    @listed(WriteOffOut)
    def get(self, request: Request, key: str) -> Response:
        rows = WriteOff.objects.filter(invoice=self.invoice(key))
        return self.page(rows, WriteOffOut, sort=LATEST)

    @extend_schema(parameters=[KEY])
    @asking(WriteOffIn, WriteOffOut, status=201)
    def post(self, request: Request, key: str) -> Response:
        values = self.body(WriteOffIn)
        sure = answers_of(values)
        invoice = self.invoice(key)
        values.setdefault("amount", invoice.rest)
        values.setdefault("on", self.today)
        write_off = write_offs.make(
            **values,
            invoice=invoice,
            once=self.once(),
            by=self.actor,
            at=clock.now(),
            sure=sure,
        )
        return self.answer(WriteOffOut, write_off, status=201)


class Reversal(MoneyView):
    """What is left of a write-off is owed again, as of today."""

    permissions = EDIT
    refusals = {CannotWriteOff: by_field("cannot_reverse")}

    @extend_schema(parameters=[KEY], request=ReversalIn, responses={201: WriteOffOut})
    def post(self, request: Request, write_off_id: UUID) -> Response:
        values = self.body(ReversalIn)
        reversal = write_offs.reverse(
            **values,
            write_off=queries.write_off_for(self.actor, write_off_id),
            once=self.once(),
            by=self.actor,
            at=clock.now(),
        )
        return self.answer(WriteOffOut, reversal, status=201)


routes = [
    ("invoices/<str:key>/write-offs", WriteOffs),
    ("write-offs/<uuid:write_off_id>/reverse", Reversal),
]
