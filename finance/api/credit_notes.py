"""Making an invoice less, over the API: once under one Idempotency-Key."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from finance import credit_notes
from finance.api.frame import EDIT, KEY, MoneyView
from finance.api.payments import by_field
from finance.credit_notes import CannotCredit
from finance.serializers import CreditNoteIn, CreditNoteOut
from tenants.kit import clock
from tenants.kit.api import answers_of, asking


class CreditNotes(MoneyView):
    permissions = EDIT
    refusals = {CannotCredit: by_field("cannot_credit")}

    @extend_schema(parameters=[KEY])
    @asking(CreditNoteIn, CreditNoteOut, status=201)
    def post(self, request: Request, key: str) -> Response:
        values = self.body(CreditNoteIn)
        sure = answers_of(values)
        note = credit_notes.issue(
            **values,
            invoice=self.invoice(key),
            once=self.once(),
            by=self.actor,
            at=clock.now(),
            sure=sure,
        )
        return self.answer(CreditNoteOut, note, status=201)


routes = [("invoices/<str:key>/credit-notes", CreditNotes)]
