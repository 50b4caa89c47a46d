"""Sums of an order in its answer: each is null where a rule of orders/access.py hides it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from orders.access import sees_price, sees_rate
from orders.models import Order
from orders.price_split import Splitter
from orders.results import Expected
from tenants.actor import Actor
from tenants.kit.money import ZERO
from tenants.kit.price_tax import PriceTax
from tenants.kit.serializers import Money

Rule = Callable[[Actor, str], bool]


def counted(order: Order, name: str) -> Decimal | None:
    """A sum that the statement of the answer counted beside the order."""
    amount: Decimal | None = vars(order)[name]
    return amount


class SeenMoney(Money):
    """An amount of an order that a rule of orders/access.py may hide; then it is null."""

    def __init__(self, rule: Rule, **more: Any) -> None:
        super().__init__(allow_null=True, **more)
        self.rule = rule

    def get_attribute(self, instance: Order) -> Decimal | None:
        if not self.rule(self.context["actor"], instance.stage):
            return None
        amount: Decimal | None = super().get_attribute(instance)
        return amount


class ResultField(SeenMoney):
    """What the order brought, to the cent its row of the P&L; null before the act."""

    def get_attribute(self, instance: Order) -> Decimal | None:
        if super().get_attribute(instance) is None:
            return None
        return counted(instance, "booked_result")


class ExpectedResultField(SeenMoney):
    """What the order will bring as it is agreed; null from the act on."""

    def get_attribute(self, instance: Order) -> Decimal | None:
        is_hidden = super().get_attribute(instance) is None
        if is_hidden or counted(instance, "booked_result") is not None:
            return None
        expected: Expected = self.context["expected"]
        return expected.of(instance, counted(instance, "incidents_cost") or ZERO)


class PriceTaxField(serializers.ChoiceField):
    """How the price stands to tax; what was never said is as usual for the own firm."""

    def get_attribute(self, instance: Order) -> str:
        splitter: Splitter = self.context["splitter"]
        return str(splitter.tax_of(instance))


class PartOfPrice(SeenMoney):
    """Net, tax or gross of the client's price, in the order's currency."""

    def __init__(self, part: str) -> None:
        super().__init__(sees_price, source="client_price")
        self.part = part

    def get_attribute(self, instance: Order) -> Decimal | None:
        if super().get_attribute(instance) is None:
            return None
        amount: Decimal = getattr(self.context["splitter"].split(instance), self.part)
        return amount


class CarrierTaxField(serializers.ChoiceField):
    """How the carrier's rate stands to tax; without, while nobody says it. Null where the rate is hidden."""

    def get_attribute(self, instance: Order) -> str | None:
        is_seen = sees_rate(self.context["actor"], instance.stage)
        return str(instance.carrier_tax or PriceTax.NONE) if is_seen else None


class PartOfRate(SeenMoney):
    """Net or gross of the carrier's rate, in its currency."""

    def __init__(self, part: str) -> None:
        super().__init__(sees_rate, source="carrier_rate", required=False)
        self.part = part

    def get_attribute(self, instance: Order) -> Decimal | None:
        if super().get_attribute(instance) is None:
            return None
        amount: Decimal = getattr(self.context["splitter"].carrier_split(instance), self.part)
        return amount


class NetMarginField(SeenMoney):
    """The margin without taxes."""

    def get_attribute(self, instance: Order) -> Decimal | None:
        if super().get_attribute(instance) is None:
            return None
        splitter: Splitter = self.context["splitter"]
        return splitter.margin_net(instance)
