"""Places by API: the list to choose from, and what a text means."""

from __future__ import annotations

from django.utils.translation import get_language
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from orders.access import PLACES
from orders.api.refusals import OrdersView
from orders.stop_places import home_of
from tenants.kit import places
from tenants.kit.api import filtered
from tenants.kit.edge.body_fields import Text
from tenants.kit.places.resolving import LONGEST
from tenants.kit.serializers import Answer, Filters, paged

SHOWN = 10
MOST = 50


class PlaceOut(Answer):
    """A place of the map; `region` is a code of ISO 3166-2."""

    id = serializers.CharField()
    name = serializers.SerializerMethodField()
    country = serializers.CharField()
    region = serializers.CharField()
    lat = serializers.FloatField()
    lon = serializers.FloatField()
    zone = serializers.CharField()

    def get_name(self, place: places.Place) -> str:
        """In the caller's language."""
        return place.name(get_language() or "ru")


class MeaningOut(Answer):
    """What a text means: one place, several, or none."""

    result = serializers.ChoiceField(choices=[one.value for one in places.Result])
    candidates = PlaceOut(many=True)


class PlaceFilters(Filters):
    search = Text(max_length=LONGEST, required=False, default="", allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=MOST, required=False, default=SHOWN)


class MeaningFilters(Filters):
    text = Text(max_length=LONGEST)


class Places(OrdersView):
    """Places whose name begins so; those that the whole text means come first."""

    permissions = PLACES

    @filtered(paged(PlaceOut), PlaceFilters)
    def get(self, request: Request) -> Response:
        values = self.filters(PlaceFilters)
        text = values["search"]
        rows = places.search(text, limit=values["limit"])
        return self.piece(rows, PlaceOut)


class Meaning(OrdersView):
    permissions = PLACES

    @filtered(MeaningOut, MeaningFilters)
    def get(self, request: Request) -> Response:
        values = self.filters(MeaningFilters)
        home = home_of(self.actor)
        meaning = places.resolve(values["text"], home)
        return self.answer(MeaningOut, meaning)


routes = [
    ("places", Places),
    ("places/resolve", Meaning),
]
