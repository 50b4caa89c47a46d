"""What is owed to carriers over the API: taken apart, and the carrier's tax invoice."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from finance import input_tax, queries
from finance.api.frame import EDIT, SEE, BooksView
from finance.input_tax import CannotTakeOff
from finance.models import Payable
from tenants.kit import clock
from tenants.kit.edge.body_fields import DayIn, Text
from tenants.kit.edge.days import PAST
from tenants.kit.problems import Problem
from tenants.kit.serializers import Answer, Body, Money
from tenants.permissions import Permission


class TaxInvoiceBody(Body):
    number = Text(max_length=60)
    on = DayIn(window=PAST)


class TaxOfPayable(Answer):
    kind = serializers.CharField()
    percent = serializers.DecimalField(max_digits=5, decimal_places=2)
    amount = Money()


class PayableOut(Answer):
    """A debt to a carrier by its order: `amount` is owed, net and tax add up to it."""

    id = serializers.UUIDField()
    order = serializers.CharField(source="order.ref")
    payee = serializers.CharField()
    net = Money()
    tax = Money()
    taxes = serializers.SerializerMethodField()
    amount = Money()
    paid = Money()
    currency = serializers.CharField()
    accrued_on = serializers.DateField()
    due_on = serializers.DateField()
    tax_invoice = serializers.CharField()
    tax_invoice_on = serializers.DateField(allow_null=True)

    @extend_schema_field(TaxOfPayable(many=True))
    def get_taxes(self, payable: Payable) -> list[dict[str, object]]:
        return list(TaxOfPayable(payable.taxes or (), many=True).data)


def cannot_take_off(refused: CannotTakeOff) -> Problem:
    """The refusal at its field."""
    return Problem(422, "cannot_take_off", str(refused), {refused.field: [str(refused)]})


class PayableView(BooksView):
    refusals = {CannotTakeOff: cannot_take_off}

    def payable(self, ref: str) -> Payable:
        rows = queries.payables_of(self.actor).select_related("order")
        payable = rows.filter(order__ref=ref).first()
        if payable is None:
            raise Http404
        return payable


class OnePayable(PayableView):
    permissions = (*SEE, Permission.PARTNER_SUMS)

    @extend_schema(responses=PayableOut)
    def get(self, request: Request, ref: str) -> Response:
        return self.answer(PayableOut, self.payable(ref))


class TaxInvoice(PayableView):
    """PUT enters or corrects number and day: the tax is taken off. DELETE makes it a cost again."""

    permissions = EDIT

    @extend_schema(request=TaxInvoiceBody, responses=PayableOut)
    def put(self, request: Request, ref: str) -> Response:
        values = self.body(TaxInvoiceBody)
        payable = self.payable(ref)
        input_tax.enter(payable=payable, **values, by=self.actor, at=clock.now())
        return self.answer(PayableOut, self.payable(ref))

    @extend_schema(responses={200: PayableOut})
    def delete(self, request: Request, ref: str) -> Response:
        self.body()
        input_tax.take_back(payable=self.payable(ref), by=self.actor, at=clock.now())
        return self.answer(PayableOut, self.payable(ref))


routes = [
    ("payables/<str:ref>", OnePayable),
    ("payables/<str:ref>/tax-invoice", TaxInvoice),
]
