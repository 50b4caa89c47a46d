"""What the API gives out."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from commission.cargo.imports import reading
from commission.cargo.imports.cells import FIELDS
from commission.cargo.models import (
    CostMode,
    CostRule,
    ImportBatch,
    ImportState,
    Method,
    RateCard,
    Salesperson,
    Status,
    Transport,
)
from commission.cargo.queries.imports import PreviewLine
from commission.cargo.rates.cards import grid_of
from tenants.kit.serializers import Answer, Measure, Moment, Money, Month

PRICED = ("cost", "cost_rule", "commission", "commission_method", "status")
Fields = dict[str, serializers.Field[Any, Any, Any, Any]]


class InCurrency(Answer):
    """Amounts in the reseller's currency, which the view names."""

    currency = serializers.SerializerMethodField()

    def get_currency(self, _row: object) -> str:
        return str(self.context["currency"])


class ShipmentOut(InCurrency):
    id = serializers.UUIDField()
    received_on = serializers.DateField()
    customer_code = serializers.CharField()
    tracking_number = serializers.CharField()
    goods_type = serializers.CharField(source="goods_type_id")
    transport = serializers.ChoiceField(choices=Transport.choices)
    weight_kg = Measure()
    volume_cbm = Measure()
    price = Money()
    cost_mode = serializers.ChoiceField(choices=CostMode.choices)
    cost = Money(allow_null=True)
    cost_rule = serializers.ChoiceField(choices=CostRule.choices, allow_null=True)
    rate_cbm = Measure(allow_null=True)
    rate_kg = Measure(allow_null=True)
    rate_card = serializers.UUIDField(source="card_id", allow_null=True)
    rate_card_version = serializers.IntegerField(source="card_version", allow_null=True)
    commission = Money(allow_null=True)
    commission_method = serializers.ChoiceField(choices=Method.choices, allow_null=True)
    status = serializers.ChoiceField(choices=Status.choices)
    salesperson = serializers.CharField(source="salesperson_code", allow_null=True)
    note = serializers.CharField()


class PricesOut(Answer):
    cbm = Measure(source="per_cbm", allow_null=True)
    kg = Measure(source="per_kg", allow_null=True)


class PricesField(serializers.DictField):
    """Prices by goods type, then by transport."""

    child = serializers.DictField(child=PricesOut())

    def get_attribute(
        self,
        instance: RateCard,
    ) -> dict[str, dict[str, Any]]:
        prices: dict[str, dict[str, Any]] = {}
        for (kind, transport), rates in grid_of(instance).items():
            prices.setdefault(kind, {})[transport] = rates
        return prices


class RateCardOut(InCurrency):
    id = serializers.UUIDField()
    name = serializers.CharField()
    version = serializers.IntegerField()
    active = serializers.BooleanField(source="is_active")
    prices = PricesField()


class ActivatedOut(RateCardOut):
    priced = serializers.SerializerMethodField()

    def get_priced(self, _card: RateCard) -> int:
        """How many shipments that awaited a rate have one now."""
        return int(self.context["priced"])


class SalespersonOut(Answer):
    code = serializers.CharField()
    name = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()
    active = serializers.BooleanField(source="is_active")
    has_login = serializers.SerializerMethodField()

    def get_has_login(self, salesperson: Salesperson) -> bool:
        return salesperson.member is not None


class CustomerOut(Answer):
    code = serializers.CharField()
    name = serializers.CharField()
    phone = serializers.CharField()
    line = serializers.CharField()
    salesperson = serializers.CharField(source="salesperson.code", default=None, allow_null=True)
    company = serializers.UUIDField(source="company_id", allow_null=True)


class GivenOut(Answer):
    """`made` were unknown codes, `moved` had another salesperson, `stamped` counts shipments that
    had none.
    """

    customers = serializers.IntegerField()
    made = serializers.ListField(child=serializers.CharField(), source="new_codes")
    moved = serializers.ListField(child=serializers.CharField())
    stamped = serializers.IntegerField()


class ImportOut(Answer):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=ImportState.choices)
    ok = serializers.SerializerMethodField()
    bad = serializers.IntegerField()
    saved = serializers.IntegerField()
    heading = serializers.BooleanField(source="has_heading")
    failed_reason = serializers.SerializerMethodField()

    def get_fields(self) -> Fields:
        """`source` is a name that a serializer keeps for itself."""
        return {**super().get_fields(), "source": serializers.CharField()}

    def get_ok(
        self,
        batch: ImportBatch,
    ) -> int:
        return int(batch.rows - batch.bad)

    def get_failed_reason(self, batch: ImportBatch) -> str | None:
        return batch.failed_reason or None


class UndoneOut(Answer):
    id = serializers.UUIDField()
    state = serializers.CharField()
    removed = serializers.IntegerField()


class PricedOut(Answer):
    """What a row would come to."""

    cost = Money(allow_null=True)
    cost_rule = serializers.CharField(allow_null=True)
    commission = Money(allow_null=True)
    commission_method = serializers.CharField(allow_null=True)
    status = serializers.CharField(allow_null=True)


class ValuesOut(PricedOut):
    """The values of a row as they were read; the cost is what it would come to."""

    def get_fields(self) -> Fields:
        read: Fields = {name: serializers.CharField() for name in FIELDS}
        return {**read, **super().get_fields()}

    def to_representation(
        self,
        row: PreviewLine,
    ) -> dict[str, Any]:
        values: dict[str, Any] = dict(zip(FIELDS, row.cells, strict=True))
        values |= {name: getattr(row, name) for name in PRICED}
        if row.received_on:
            values["received_on"] = row.received_on.isoformat()
        return super().to_representation(values)


class CellErrorOut(Answer):
    field = serializers.CharField()
    message = serializers.CharField()


class CellErrorsField(serializers.ListField):
    child = CellErrorOut()

    def get_attribute(
        self,
        instance: PreviewLine,
    ) -> list[dict[str, str]]:
        return [
            {
                "field": field,
                "message": text,
            }
            for field, text in instance.errors.items()
        ]


class ImportRowOut(PricedOut):
    """A row of a preview: its values as they were read, what it would come to, and its errors by
    field.
    """

    line = serializers.IntegerField()
    values = ValuesOut(source="*")
    new_customer = serializers.BooleanField(source="is_new_customer")

    def get_fields(self) -> Fields:
        """`errors` is a name that a serializer keeps for itself."""
        return {**super().get_fields(), "errors": CellErrorsField()}


class ChoiceOut(Answer):
    """A sheet, an encoding or a field that is asked about."""

    name = serializers.CharField()
    sample = serializers.CharField(allow_blank=True)


class PreviewOut(ImportOut):
    """`asks` is sheet, encoding or columns while the import waits for a choice."""

    asks = serializers.SerializerMethodField()
    choices = serializers.SerializerMethodField()
    rows = serializers.SerializerMethodField()
    next = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_asks(self, batch: ImportBatch) -> str | None:
        return reading.of(batch).asks or None

    @extend_schema_field(ChoiceOut(many=True))
    def get_choices(self, batch: ImportBatch) -> list[dict[str, str]]:
        return [{"name": name, "sample": text} for name, text in reading.of(batch).choices]

    @extend_schema_field(ImportRowOut(many=True))
    def get_rows(
        self,
        _batch: object,
    ) -> object:
        return ImportRowOut(self.context["rows"], many=True).data

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_next(self, _batch: object) -> object:
        return self.context["next"]


class TotalsOut(Answer):
    count = serializers.IntegerField()
    sales = Money()
    cost = Money()
    commission = Money()
    awaiting_rate = serializers.IntegerField(source="awaiting")
    loss = serializers.IntegerField()


class SummaryLineOut(Answer):
    """A salesperson or customer of the month; without a code, "no salesperson yet"."""

    code = serializers.SerializerMethodField()
    name = serializers.CharField()
    count = serializers.IntegerField(source="totals.count")
    sales = Money(source="totals.sales")
    cost = Money(source="totals.cost")
    commission = Money(source="totals.commission")
    awaiting_rate = serializers.IntegerField(source="totals.awaiting")
    loss = serializers.IntegerField(source="totals.loss")

    def get_code(self, line: Any) -> str | None:
        return line.code or None


class AdjustmentOut(Answer):
    """A correction of a shipment of a closed month."""

    shipment = serializers.UUIDField(source="shipment_id")
    tracking_number = serializers.CharField(source="shipment.tracking_number")
    reason = serializers.CharField()
    sales = Money(source="price")
    cost = Money()
    commission = Money()


class SummaryOut(InCurrency):
    """`totals` include the adjustments; the list of shipments does not."""

    month = Month()
    totals = TotalsOut()
    adjustments = AdjustmentOut(many=True)
    salespeople = SummaryLineOut(many=True)
    customers = SummaryLineOut(many=True)


class AuditEventOut(Answer):
    at = Moment()
    by = serializers.CharField(source="by_name")
    action = serializers.CharField()
    subject = serializers.CharField()
    title = serializers.CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)
    reason = serializers.CharField()
