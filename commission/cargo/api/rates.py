"""Rate cards over the API."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from commission.cargo.api.bodies import ActivateBody, RateCardBody
from commission.cargo.api.frame import CargoView
from commission.cargo.api.serializers import ActivatedOut, RateCardOut
from commission.cargo.forms.rates import CardForm, from_prices
from commission.cargo.models import RateCard
from commission.cargo.rates import rate_cards
from commission.cargo.rates.cards import card_for
from tenants.kit import clock
from tenants.kit.api import checked, listed
from tenants.kit.keyset import Column, Sort
from tenants.kit.problems import invalid
from tenants.permissions import Permission

ACTIVE_FIRST = Sort(
    "active",
    "is_active",
    descending=True,
    then=(Column("created_at", descending=True),),
)


class CardView(CargoView):
    permissions = {
        "GET": (Permission.CARGO_MANAGE,),
        "POST": (Permission.CARGO_MANAGE,),
        "PATCH": (Permission.CARGO_MANAGE,),
    }

    def card(self, card: RateCard, *, status: int = 200) -> Response:
        currency = self.reseller.currency
        return self.answer(RateCardOut, card, status=status, currency=currency)

    def form(self) -> CardForm:
        """Prices of unknown goods types, transports or units are refused, never dropped."""
        values = self.sent(RateCardBody)
        prices = values.get("prices") or {}
        if not isinstance(prices, dict):
            raise invalid({"prices": [_("Prices are an object by goods type and transport.")]})
        cells = from_prices(values.get("name"), prices)
        form = CardForm(cells)
        if strange := sorted(cells.keys() - form.fields.keys()):
            raise invalid({"prices": [_("Unknown: %(names)s") % {"names": ", ".join(strange)}]})
        checked(form)
        return form


class CardList(CardView):
    @listed(RateCardOut)
    def get(self, request: Request) -> Response:
        currency = self.reseller.currency
        rows = RateCard.objects.all()
        return self.page(rows, RateCardOut, sort=ACTIVE_FIRST, currency=currency)

    @extend_schema(request=RateCardBody, responses={201: RateCardOut})
    def post(self, request: Request) -> Response:
        form = self.form()
        card = rate_cards.create(
            name=form.cleaned_data["name"],
            prices=form.grid(),
            by=self.actor,
            at=clock.now(),
        )
        return self.card(card, status=201)


class OneCard(CardView):
    @extend_schema(responses=RateCardOut)
    def get(self, request: Request, card_id: UUID) -> Response:
        return self.card(card_for(card_id))

    @extend_schema(request=RateCardBody, responses=RateCardOut)
    def patch(self, request: Request, card_id: UUID) -> Response:
        """The whole grid is sent; a change of an active card makes a new version."""
        card = card_for(card_id)
        form = self.form()
        changed = rate_cards.change(
            card=card,
            name=form.cleaned_data["name"],
            prices=form.grid(),
            by=self.actor,
            at=clock.now(),
        )
        return self.card(changed)


class CardActivate(CardView):
    @extend_schema(request=ActivateBody, responses=ActivatedOut)
    def post(self, request: Request, card_id: UUID) -> Response:
        """Prices what awaits a rate, of past months too unless `past_months` is false."""
        card = card_for(card_id)
        past = self.body(ActivateBody)["past_months"]
        done = rate_cards.activate(
            card=card,
            past_months=past is not False,
            by=self.actor,
            at=clock.now(),
        )
        currency = self.reseller.currency
        return self.answer(ActivatedOut, done.card, currency=currency, priced=done.priced)
