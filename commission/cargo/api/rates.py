"""Rate cards over the API."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commission.cargo.api import serializers
from commission.cargo.api.kit import (
    actor_of,
    checked,
    following,
    invalid,
    reseller_of,
    sent,
    window,
)
from commission.cargo.forms.rates import CardForm, from_prices
from commission.cargo.models import RateCard
from commission.cargo.rates import rate_cards
from commission.cargo.rates.cards import card_for
from tenants.kit import clock
from tenants.kit.problems import Problem
from tenants.permissions import Permission


class CardList(APIView):
    permissions = {
        "GET": (Permission.CARGO_MANAGE,),
        "POST": (Permission.CARGO_MANAGE,),
    }

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        start, limit = window(request)
        found = list(
            RateCard.objects.order_by("-is_active", "-created_at", "pk")[start : start + limit + 1]
        )
        rows = [serializers.card(row, reseller_of(request).currency) for row in found[:limit]]
        return Response(
            {
                "results": rows,
                "next": following(request, start, limit, len(found)),
            }
        )

    @extend_schema(
        request=OpenApiTypes.OBJECT,
        responses={201: OpenApiTypes.OBJECT},
    )
    def post(self, request: Request) -> Response:
        form = _form(request)
        try:
            card = rate_cards.create(
                name=form.cleaned_data["name"],
                prices=form.grid(),
                by=actor_of(request),
                at=clock.now(),
            )
        except rate_cards.NameTaken as taken:
            raise invalid({"name": [_("Another card has this name.")]}) from taken
        return Response(
            serializers.card(card, reseller_of(request).currency),
            status=201,
        )


class OneCard(APIView):
    permissions = {
        "GET": (Permission.CARGO_MANAGE,),
        "PATCH": (Permission.CARGO_MANAGE,),
    }

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, card_id: UUID) -> Response:
        return Response(serializers.card(card_for(card_id), reseller_of(request).currency))

    @extend_schema(request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT)
    def patch(self, request: Request, card_id: UUID) -> Response:
        """The whole grid is sent; a change of an active card makes a new version."""
        card = card_for(card_id)
        form = _form(request)
        try:
            card = rate_cards.change(
                card=card,
                name=form.cleaned_data["name"],
                prices=form.grid(),
                by=actor_of(request),
                at=clock.now(),
            )
        except rate_cards.NameTaken as taken:
            raise invalid({"name": [_("Another card has this name.")]}) from taken
        return Response(serializers.card(card, reseller_of(request).currency))


class CardActivate(APIView):
    permissions = (Permission.CARGO_MANAGE,)

    @extend_schema(request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request, card_id: UUID) -> Response:
        """Prices what awaits a rate, of past months too unless `past_months` is false."""
        past = sent(request).get("past_months", True)
        try:
            done = rate_cards.activate(
                card=card_for(card_id),
                past_months=past is not False,
                by=actor_of(request),
                at=clock.now(),
            )
        except rate_cards.NothingToActivate as refused:
            raise Problem(
                409,
                "cannot_activate",
                _("The card is active already or has no prices."),
            ) from refused
        return Response(
            serializers.card(done.card, reseller_of(request).currency) | {"priced": done.priced}
        )


def _form(request: Request) -> CardForm:
    """Prices of unknown goods types, transports or units are refused, never dropped."""
    values = sent(request)
    prices = values.get("prices") or {}
    if not isinstance(prices, dict):
        raise invalid({"prices": [_("Prices are an object by goods type and transport.")]})
    given = from_prices(values.get("name"), prices)
    form = CardForm(given)
    if strange := sorted(given.keys() - form.fields.keys()):
        raise invalid({"prices": [_("Unknown: %(names)s") % {"names": ", ".join(strange)}]})
    checked(form)
    return form
