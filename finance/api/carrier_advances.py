"""Advances to carriers over the API: once under one Idempotency-Key."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from finance import carrier_advances
from finance.api.frame import EDIT, KEY, SEE, MoneyView
from finance.api.payments import LATEST, by_field
from finance.carrier_advances import CannotAdvance
from finance.models import Method, Occasion
from finance.queries.carrier_advances import advances_paid_to, carrier_advance_for
from finance.serializers import MovedIn
from orders.queries import order_for
from tenants.kit import clock
from tenants.kit.api import answers_of, asking, listed
from tenants.kit.edge.body_fields import DayIn, Text
from tenants.kit.edge.days import PAYMENT
from tenants.kit.serializers import Answer, Body, Money, MoneyIn, Sure
from tenants.permissions import Permission


class CarrierAdvanceIn(MovedIn):
    """In the currency of the carrier's rate."""

    order = Text(max_length=40)  # reference
    occasion = serializers.ChoiceField(choices=Occasion.choices, default=Occasion.OTHER)


class AdvanceReturnIn(Body):
    amount = MoneyIn(required=False)  # all that is not cleared, when not given
    on = DayIn(window=PAYMENT, required=False)
    reason = Text(lines=True, max_length=500, allow_blank=True, default="")
    sure = Sure()


class CarrierAdvanceOut(Answer):
    """`left` is neither taken off the carrier's rate nor given back: the carrier owes it."""

    id = serializers.UUIDField()
    order = serializers.CharField(source="order.ref")
    company = serializers.UUIDField(source="company_id", allow_null=True)
    payee = serializers.CharField()
    occasion = serializers.CharField()
    return_of = serializers.UUIDField(source="return_of_id", allow_null=True)
    amount = Money()
    cleared = Money()
    returned = Money()
    left = Money()
    currency = serializers.CharField()
    paid_on = serializers.DateField()
    method = serializers.CharField()
    reference = serializers.CharField()


class CarrierAdvances(MoneyView):
    permissions = {"GET": (*SEE, Permission.PARTNER_SUMS), "POST": EDIT}
    refusals = {CannotAdvance: by_field("cannot_advance")}

    @listed(CarrierAdvanceOut)
    def get(self, request: Request) -> Response:
        return self.page(advances_paid_to(self.actor), CarrierAdvanceOut, sort=LATEST)

    @extend_schema(parameters=[KEY])
    @asking(CarrierAdvanceIn, CarrierAdvanceOut, status=201)
    def post(self, request: Request) -> Response:
        values = self.body(CarrierAdvanceIn)
        sure = answers_of(values)
        advance = carrier_advances.pay(
            **{
                "paid_on": self.today,
                **values,
                "order": order_for(self.actor, values["order"]),
                "occasion": Occasion(values["occasion"]),
                "method": Method(values["method"]),
            },
            once=self.once(),
            by=self.actor,
            at=clock.now(),
            sure=sure,
        )
        return self.answer(CarrierAdvanceOut, advance, status=201)


class AdvanceReturn(MoneyView):
    """Money that came back from the carrier."""

    permissions = EDIT
    refusals = {CannotAdvance: by_field("cannot_advance")}

    @extend_schema(parameters=[KEY])
    @asking(AdvanceReturnIn, CarrierAdvanceOut, status=201)
    def post(self, request: Request, carrier_advance_id: UUID) -> Response:
        values = self.body(AdvanceReturnIn)
        sure = answers_of(values)
        advance = carrier_advance_for(self.actor, carrier_advance_id)
        values.setdefault("on", max(self.today, advance.paid_on))
        values.setdefault("amount", advance.left)
        back = carrier_advances.take_back(
            advance=advance,
            **values,
            once=self.once(),
            by=self.actor,
            at=clock.now(),
            sure=sure,
        )
        return self.answer(CarrierAdvanceOut, back, status=201)


routes = [
    ("advances", CarrierAdvances),
    ("advances/<uuid:carrier_advance_id>/return", AdvanceReturn),
]
