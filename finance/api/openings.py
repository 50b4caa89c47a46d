"""Opening balances over the API: once under one Idempotency-Key."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from companies.models import Company
from companies.queries import own_firms
from finance import opening
from finance.api.frame import EDIT, KEY, SEE, MoneyView
from finance.api.payments import by_field
from finance.models import OpeningKind
from finance.opening import Balance, CannotOpen
from finance.queries.openings import NEWEST, opening_for, openings
from finance.serializers import ReversalIn
from tenants.kit import clock
from tenants.kit.api import answers_of, asking, listed
from tenants.kit.edge.body_fields import DayIn, IdIn, Text
from tenants.kit.edge.days import BUSINESS, PAST
from tenants.kit.money import CURRENCIES
from tenants.kit.problems import invalid
from tenants.kit.serializers import (
    Answer,
    Body,
    Filters,
    Moment,
    Money,
    MoneyIn,
    RateIn,
    Sure,
)


class OpeningListFilters(Filters):
    search = Text(max_length=100, required=False)
    kind = serializers.ChoiceField(choices=OpeningKind.choices, required=False)


class OpeningIn(Body):
    """A debt of a client has its old number and two days; an overdraft is below zero."""

    kind = serializers.ChoiceField(choices=OpeningKind.choices)
    amount = MoneyIn()
    currency = serializers.ChoiceField(choices=list(CURRENCIES), required=False)
    fx = RateIn(required=False)  # on the day the books begin; by itself the office's
    company = IdIn(required=False)
    firm = serializers.IntegerField(required=False)
    reference = Text(max_length=30, allow_blank=True, default="")
    document_on = DayIn(window=PAST, required=False)
    due_on = DayIn(window=BUSINESS, required=False)
    text = Text(max_length=500, allow_blank=True, default="")
    sure = Sure()


class OpeningOut(Answer):
    """With `reverses` one that was taken back. A debt has its invoice, a prepayment its advance."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    reverses = serializers.UUIDField(source="reverses_id", allow_null=True)
    invoice = serializers.UUIDField(source="invoice_id", allow_null=True)
    advance = serializers.UUIDField(source="advance_id", allow_null=True)
    party = serializers.CharField()
    amount = Money()
    currency = serializers.CharField()
    home_amount = Money()
    on = serializers.DateField()
    reference = serializers.CharField()
    document_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    text = serializers.CharField()
    entered_at = Moment()


class Openings(MoneyView):
    permissions = {"GET": SEE, "POST": EDIT}
    refusals = {CannotOpen: by_field("cannot_open")}

    @listed(OpeningOut, OpeningListFilters)
    def get(self, request: Request) -> Response:
        values = self.filters(OpeningListFilters)
        rows = openings(
            self.actor,
            search=values.get("search", ""),
            kind=values.get("kind", ""),
        )
        return self.page(rows, OpeningOut, sort=NEWEST)

    @extend_schema(parameters=[KEY])
    @asking(OpeningIn, OpeningOut, status=201)
    def post(self, request: Request) -> Response:
        values = self.body(OpeningIn)
        sure = answers_of(values)
        kind = OpeningKind(values.pop("kind"))
        company = self._company(values.pop("company", None))
        firm = values.get("firm")
        if firm is not None and firm not in {one.pk for one in own_firms()}:
            raise invalid({"firm": [_("There is no such firm.")]})
        facts = {"currency": self.reseller.currency, **values}
        row = opening.enter(
            balance=Balance(kind, company=company, **facts),
            once=self.once(),
            by=self.actor,
            at=clock.now(),
            sure=sure,
        )
        return self.answer(OpeningOut, row, status=201)

    def _company(self, key: UUID | None) -> Company | None:
        """Raises a 422 at its field."""
        if key is None:
            return None
        company = Company.objects.filter(pk=key).first()
        if company is None:
            raise invalid({"company": [_("There is no such company.")]})
        return company


class OpeningBack(MoneyView):
    """A balance that was entered by mistake is reversed on its own day."""

    permissions = EDIT
    refusals = {CannotOpen: by_field("cannot_take_back")}

    @extend_schema(parameters=[KEY], request=ReversalIn, responses={201: OpeningOut})
    def post(self, request: Request, opening_id: UUID) -> Response:
        values = self.body(ReversalIn)
        back = opening.take_back(
            **values,
            opening=opening_for(self.actor, opening_id),
            once=self.once(),
            by=self.actor,
            at=clock.now(),
        )
        return self.answer(OpeningOut, back, status=201)


routes = [
    ("finance/opening", Openings),
    ("finance/opening/<uuid:opening_id>/reverse", OpeningBack),
]
