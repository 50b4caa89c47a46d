"""Expenses over the API: once under one Idempotency-Key."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from finance import expenses
from finance.api.frame import EDIT, KEY, SEE, MoneyView
from finance.api.payments import LATEST, by_field
from finance.expenses import CannotSpend, Purpose
from finance.models import Category, Method
from finance.queries.expenses import ExpenseFilter, expense_for
from finance.queries.expenses import expenses as matching
from finance.serializers import MovedIn, ReversalIn
from orders.models import Order
from orders.queries import orders_of
from tenants.kit import clock
from tenants.kit.api import answers_of, asking, listed
from tenants.kit.edge.body_fields import DayIn, Text
from tenants.kit.edge.days import BUSINESS
from tenants.kit.money import CURRENCIES
from tenants.kit.problems import invalid
from tenants.kit.serializers import Answer, Filters, Moment, Money


class ExpenseListFilters(Filters):
    search = Text(max_length=100, required=False)
    category = serializers.ChoiceField(choices=Category.choices, required=False)
    paid_from = DayIn(window=BUSINESS, required=False)
    paid_to = DayIn(window=BUSINESS, required=False)


class ExpenseIn(MovedIn):
    """An expense with an `order` goes into its result."""

    category = serializers.ChoiceField(choices=Category.choices)
    currency = serializers.ChoiceField(choices=list(CURRENCIES), required=False)
    order = Text(max_length=40, required=False)  # reference
    payee = Text(max_length=200, allow_blank=True, default="")
    text = Text(max_length=500, allow_blank=True, default="")


class ExpenseOut(Answer):
    """With `reverses` one that was taken back."""

    id = serializers.UUIDField()
    category = serializers.CharField()
    order = serializers.CharField(source="order.ref", default=None, allow_null=True)
    reverses = serializers.UUIDField(source="reverses_id", allow_null=True)
    payee = serializers.CharField()
    text = serializers.CharField()
    amount = Money()
    currency = serializers.CharField()
    home_amount = Money()
    paid_on = serializers.DateField()
    method = serializers.CharField()
    reference = serializers.CharField()
    entered_at = Moment()


class Expenses(MoneyView):
    permissions = {"GET": SEE, "POST": EDIT}
    refusals = {CannotSpend: by_field("cannot_spend")}

    @listed(ExpenseOut, ExpenseListFilters)
    def get(self, request: Request) -> Response:
        values = self.filters(ExpenseListFilters)
        filters = ExpenseFilter(
            search=values.get("search", ""),
            category=values.get("category", ""),
            first=values.get("paid_from"),
            last=values.get("paid_to"),
        )
        return self.page(matching(self.actor, filters), ExpenseOut, sort=LATEST)

    @extend_schema(parameters=[KEY])
    @asking(ExpenseIn, ExpenseOut, status=201)
    def post(self, request: Request) -> Response:
        values = self.body(ExpenseIn)
        sure = answers_of(values)
        purpose = Purpose(
            Category(values.pop("category")),
            self._order(values.pop("order", "")),
            values.pop("payee"),
            values.pop("text"),
        )
        facts = {"paid_on": self.today, "currency": self.reseller.currency, **values}
        expense = expenses.spend(
            purpose=purpose,
            **facts | {"method": Method(values["method"])},
            once=self.once(),
            by=self.actor,
            at=clock.now(),
            sure=sure,
        )
        return self.answer(ExpenseOut, expense, status=201)

    def _order(
        self,
        ref: str,
    ) -> Order | None:
        """Raises a 422 at its field."""
        if not ref:
            return None
        order = orders_of(self.actor).filter(ref=ref).first()
        if order is None:
            raise invalid({"order": [_("There is no such order.")]})
        return order


class ExpenseBack(MoneyView):
    """An expense that was entered by mistake is reversed as of today."""

    permissions = EDIT
    refusals = {CannotSpend: by_field("cannot_take_back")}

    @extend_schema(parameters=[KEY], request=ReversalIn, responses={201: ExpenseOut})
    def post(self, request: Request, expense_id: UUID) -> Response:
        values = self.body(ReversalIn)
        back = expenses.take_back(
            **values,
            expense=expense_for(self.actor, expense_id),
            once=self.once(),
            by=self.actor,
            at=clock.now(),
        )
        return self.answer(ExpenseOut, back, status=201)


routes = [
    ("expenses", Expenses),
    ("expenses/<uuid:expense_id>/reverse", ExpenseBack),
]
