"""How the books look over the API: money as strings with two places, days as ISO, unknown as null."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from finance.models import Method, Status
from finance.queries.ageing import BUCKETS, Ageing
from finance.queries.pnl import MonthResult
from tenants.kit.edge.body_fields import DayIn, IdIn, Text
from tenants.kit.edge.days import PAST, PAYMENT
from tenants.kit.money import CURRENCIES
from tenants.kit.serializers import (
    Answer,
    ApiFields,
    Asking,
    Body,
    Filters,
    Moment,
    Money,
    MoneyIn,
    Month,
    RateIn,
    Sure,
    Values,
)

VIEWS = ("open", "overdue")


class TaxOut(Answer):
    kind = serializers.CharField()
    percent = serializers.CharField()
    amount = serializers.CharField()


class LineOut(Answer):
    text = serializers.CharField()
    quantity = serializers.DecimalField(max_digits=12, decimal_places=3)
    unit = serializers.CharField()
    price = Money()
    net = Money()
    taxes = TaxOut(many=True)
    gross = Money()


class InvoiceOut(Answer):
    id = serializers.UUIDField()
    number = serializers.CharField()
    company = serializers.UUIDField(source="company_id")
    client_name = serializers.CharField()
    order = serializers.CharField(source="order.ref", default=None, allow_null=True)
    currency = serializers.CharField()
    net = Money()
    tax = Money()
    gross = Money()
    credited = Money()
    written_off = Money()
    paid = Money()
    rest = Money()
    status = serializers.CharField()
    issued_on = serializers.DateField()
    due_on = serializers.DateField()
    act_on = serializers.DateField(source="earned_on", allow_null=True)
    document = serializers.UUIDField(source="document_id", allow_null=True)


class PaymentOut(Answer):
    """A receipt on an invoice, or an advance of a client; then `left` stands on no invoice yet."""

    id = serializers.UUIDField()
    invoice = serializers.UUIDField(source="invoice_id", allow_null=True)
    company = serializers.UUIDField(source="company_id")
    advance = serializers.UUIDField(source="advance_id", allow_null=True)
    refund_of = serializers.UUIDField(source="refund_of_id", allow_null=True)
    amount = Money()
    left = Money(allow_null=True)
    currency = serializers.CharField()
    paid_on = serializers.DateField()
    month = Month(allow_null=True)
    method = serializers.CharField()
    reference = serializers.CharField()


class AllocationsOut(Answer):
    left = Money()
    payments = PaymentOut(many=True)


class CreditNoteOut(Answer):
    id = serializers.UUIDField()
    number = serializers.CharField()
    invoice = serializers.UUIDField(source="invoice_id")
    amount = Money()
    taxes = TaxOut(many=True)
    currency = serializers.CharField()
    reason = serializers.CharField()
    on = serializers.DateField()
    document = serializers.UUIDField(source="document_id")


class WriteOffOut(Answer):
    """A bad debt given up, or with `reverses` a part of it that the client owes again."""

    id = serializers.UUIDField()
    invoice = serializers.UUIDField(source="invoice_id")
    reverses = serializers.UUIDField(source="reverses_id", allow_null=True)
    amount = Money()
    currency = serializers.CharField()
    reason = serializers.CharField()
    on = serializers.DateField()


class InvoiceCard(InvoiceOut):
    lines = LineOut(many=True)
    payments = PaymentOut(many=True)
    credit_notes = CreditNoteOut(many=True)


class PayoutOut(Answer):
    id = serializers.UUIDField()
    payable = serializers.UUIDField(source="payable_id")
    order = serializers.CharField(source="payable.order.ref")
    payee = serializers.CharField(source="payable.payee")
    amount = Money()
    currency = serializers.CharField()
    paid_on = serializers.DateField()
    method = serializers.CharField()
    reference = serializers.CharField()


class FeeLineOut(Answer):
    invoice = serializers.CharField(source="invoice.number")
    kind = serializers.CharField()
    on = serializers.DateField()
    paid = Money()
    rate = serializers.DecimalField(max_digits=5, decimal_places=2)
    fee = Money()


class FeeOut(Answer):
    month = Month()
    orders = serializers.IntegerField()
    rate = serializers.DecimalField(max_digits=5, decimal_places=2)
    paid = Money()
    fee = Money()
    currency = serializers.CharField()
    closed = serializers.BooleanField(source="is_closed")
    lines = FeeLineOut(many=True)


class ResultOut(Answer):
    month = Month()
    currency = serializers.CharField()
    revenue = Money()
    cost = Money()
    platform_fee = Money(source="fee")
    expenses = Money()
    exchange_difference = Money(source="exchange")
    bad_debts = Money()
    profit = Money()


class PnlOut(ResultOut):
    """The month asked for, the same in other currencies, and the year to it."""

    others = serializers.SerializerMethodField()
    months = serializers.SerializerMethodField()

    @extend_schema_field(ResultOut(many=True))
    def get_others(
        self,
        _month: MonthResult,
    ) -> object:
        return ResultOut(self.context["others"], many=True).data

    @extend_schema_field(ResultOut(many=True))
    def get_months(
        self,
        _month: MonthResult,
    ) -> object:
        return ResultOut(self.context["months"], many=True).data


class BucketsOut(Answer):
    """What is owed, by days overdue."""

    def get_fields(
        self,
    ) -> ApiFields:
        """The names of the buckets cannot be names in Python."""
        return {name: Money() for name, _low, _high in BUCKETS}

    def to_representation(
        self,
        buckets: tuple[Decimal, ...],
    ) -> dict[str, Any]:
        names = [name for name, _low, _high in BUCKETS]
        return super().to_representation(dict(zip(names, buckets, strict=True)))


class DebtorOut(Answer):
    company = serializers.UUIDField(source="company_id", allow_null=True)
    name = serializers.CharField()
    total = Money()
    buckets = BucketsOut()


class AgeingCurrencyOut(Answer):
    currency = serializers.CharField()
    total = Money()
    home_total = Money(source="home")
    buckets = BucketsOut()


class SideOut(Answer):
    """In the reseller's currency; `currencies` are the same debts in their own."""

    total = Money()
    buckets = BucketsOut()
    companies = DebtorOut(source="rows", many=True)
    currencies = AgeingCurrencyOut(many=True)


class AgeingFilters(Filters):
    """Any day until today; today when not given."""

    on = DayIn(window=PAST, required=False)


class AgeingOut(Answer):
    on = serializers.DateField()
    currency = serializers.SerializerMethodField()
    receivables = SideOut(source="receivable")
    payables = SideOut(source="payable")

    def get_currency(self, _ageing: Ageing) -> str:
        """The reseller's own."""
        return str(self.context["currency"])


class InvoiceFilters(Filters):
    search = Text(max_length=100, required=False)
    status = serializers.ChoiceField(choices=[*Status.values, *VIEWS], required=False)
    order = Text(max_length=20, required=False)
    company = IdIn(required=False)


class InvoiceIn(Body):
    order = Text(max_length=40)  # reference


class MovedIn(Body):
    amount = MoneyIn()
    paid_on = DayIn(window=PAYMENT, required=False)
    method = serializers.ChoiceField(choices=Method.choices, default=Method.BANK)
    reference = Text(max_length=60, allow_blank=True, default="")
    fx = RateIn(required=False)  # on the day; the item's own where it is not given
    sure = Sure()


class PaymentIn(MovedIn):
    """On an invoice, or a client's advance: one of the two is named."""

    invoice = Text(max_length=40, required=False)  # id or number
    company = IdIn(required=False)
    currency = serializers.ChoiceField(choices=list(CURRENCIES), required=False)  # of an advance

    def validate(self, attrs: Values) -> Values:
        """Raises ValidationError where it is not clear whose payment it is."""
        on_invoice = "invoice" in attrs
        if on_invoice == ("company" in attrs) or (on_invoice and "currency" in attrs):
            field = "currency" if on_invoice and "currency" in attrs else "invoice"
            text = _("Name the invoice, or the client whose advance it is with its currency.")
            raise serializers.ValidationError({field: [text]})
        return attrs


class AllocationIn(Body):
    invoice = Text(max_length=40)  # id or number
    amount = MoneyIn()


class AllocationsIn(Body):
    parts = AllocationIn(many=True, allow_empty=False)


class CreditNoteIn(Asking):
    amount = MoneyIn(min_value=0)
    reason = Text(lines=True, max_length=500)


class WriteOffIn(Body):
    amount = MoneyIn(required=False)  # all that is left, when not given
    on = DayIn(window=PAYMENT, required=False)
    reason = Text(lines=True, max_length=500)
    sure = Sure()


class ReversalIn(Body):
    reason = Text(lines=True, max_length=500)


class PayoutIn(MovedIn):
    order = Text(max_length=40)  # reference


class RateDayFilters(Filters):
    on = DayIn(window=PAST, required=False)


class RateOut(Answer):
    currency = serializers.CharField()
    rate = serializers.DecimalField(18, 6)
    on = serializers.DateField()
    origin = serializers.CharField(source="source")
    entered_at = Moment()
    entered_by = serializers.CharField(source="entered_name")


class RatesOut(Answer):
    on = serializers.DateField()
    currency = serializers.CharField()
    rates = RateOut(many=True)


class RatesIn(Body):
    rates = serializers.DictField(child=RateIn(), allow_empty=False)
    sure = Sure()


class RefundIn(Body):
    amount = MoneyIn(required=False)  # all that is left, when not given
    on = DayIn(window=PAYMENT, required=False)
    reason = Text(lines=True, max_length=500, allow_blank=True, default="")
    keep = serializers.BooleanField(default=False)  # the money stays as the client's advance
    sure = Sure()
