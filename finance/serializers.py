"""How the books look over the API: money as strings with two places, days as ISO, unknown as null."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from finance.models import (
    FeeCharge,
    Invoice,
    InvoiceLine,
    Method,
    Payment,
    Payout,
)


class MoneyOut(serializers.DecimalField):
    def __init__(self, **more: Any) -> None:
        super().__init__(max_digits=18, decimal_places=2, **more)


class LineOut(serializers.Serializer[InvoiceLine]):
    text = serializers.CharField()
    quantity = serializers.DecimalField(max_digits=12, decimal_places=3)
    unit = serializers.CharField()
    price = MoneyOut()
    net = MoneyOut()
    taxes = serializers.JSONField()
    gross = MoneyOut()


class InvoiceOut(serializers.Serializer[Invoice]):
    id = serializers.UUIDField()
    number = serializers.CharField()
    company = serializers.UUIDField(source="company_id")
    client_name = serializers.CharField()
    order = serializers.CharField(source="order.ref", default=None, allow_null=True)
    currency = serializers.CharField()
    net = MoneyOut()
    tax = MoneyOut()
    gross = MoneyOut()
    paid = MoneyOut()
    rest = MoneyOut()
    status = serializers.CharField()
    issued_on = serializers.DateField()
    due_on = serializers.DateField()
    document = serializers.UUIDField(source="document_id", allow_null=True)


class PaymentOut(serializers.Serializer[Payment]):
    id = serializers.UUIDField()
    invoice = serializers.UUIDField(source="invoice_id")
    refund_of = serializers.UUIDField(source="refund_of_id", allow_null=True)
    amount = MoneyOut()
    currency = serializers.CharField()
    paid_on = serializers.DateField()
    month = serializers.DateField(format="%Y-%m")
    method = serializers.CharField()
    reference = serializers.CharField()


class InvoiceCard(InvoiceOut):
    lines = LineOut(many=True)
    payments = PaymentOut(many=True)


class PayoutOut(serializers.Serializer[Payout]):
    id = serializers.UUIDField()
    payable = serializers.UUIDField(source="payable_id")
    order = serializers.CharField(source="payable.order.ref")
    payee = serializers.CharField(source="payable.payee")
    amount = MoneyOut()
    currency = serializers.CharField()
    paid_on = serializers.DateField()
    method = serializers.CharField()
    reference = serializers.CharField()


class FeeLineOut(serializers.Serializer[FeeCharge]):
    invoice = serializers.CharField(source="invoice.number")
    kind = serializers.CharField()
    on = serializers.DateField()
    paid = MoneyOut()
    rate = serializers.DecimalField(max_digits=5, decimal_places=2)
    fee = MoneyOut()


class FeeOut(serializers.Serializer[Any]):
    month = serializers.DateField(format="%Y-%m")
    orders = serializers.IntegerField()
    rate = serializers.DecimalField(max_digits=5, decimal_places=2)
    paid = MoneyOut()
    fee = MoneyOut()
    currency = serializers.CharField()
    closed = serializers.BooleanField(source="is_closed")
    lines = FeeLineOut(many=True)


class ResultOut(serializers.Serializer[Any]):
    month = serializers.DateField(format="%Y-%m")
    currency = serializers.CharField()
    revenue = MoneyOut()
    cost = MoneyOut()
    platform_fee = MoneyOut(source="fee")
    profit = MoneyOut()


class InvoiceIn(serializers.Serializer[Any]):
    order = serializers.CharField(max_length=40)  # reference


class MoneyIn(serializers.Serializer[Any]):
    amount = MoneyOut()
    paid_on = serializers.DateField(required=False)
    method = serializers.ChoiceField(choices=Method.choices, default=Method.BANK)
    reference = serializers.CharField(max_length=60, allow_blank=True, default="")


class PaymentIn(MoneyIn):
    invoice = serializers.CharField(max_length=40)  # id or number
    fx = serializers.DecimalField(max_digits=18, decimal_places=6, required=False)


class PayoutIn(MoneyIn):
    order = serializers.CharField(max_length=40)  # reference


class RefundIn(serializers.Serializer[Any]):
    amount = MoneyOut(required=False)  # all that is left, when not given
    on = serializers.DateField(required=False)
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")
