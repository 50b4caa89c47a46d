"""Kilometres of an order, in words: on its page, and over the places of a form that is being filled."""

from __future__ import annotations

from django.http import JsonResponse
from django.views.decorators.http import require_GET

from orders.carrier_view import way_of, way_over
from orders.drafts import MOST_STOPS
from orders.models import Order
from orders.stop_places import spot_of_text
from orders.words import distance
from tenants.kit.edge.text import one_line
from tenants.kit.web import OfficeRequest, needs
from tenants.permissions import Permission


@require_GET
@needs(Permission.ORDER_EDIT, Permission.CLIENT_ORDER)
def way(request: OfficeRequest) -> JsonResponse:
    """By road over the places in the order they are named; nothing while two are not known."""
    texts = [one_line(text) for text in request.GET.getlist("place")]
    is_known = len(texts) <= MOST_STOPS
    over = way_over(map(spot_of_text, texts)) if is_known else None
    if over is None:
        return JsonResponse({"km": None, "how": None, "text": ""})
    text = distance(over.km, is_by_road=over.is_by_road)
    return JsonResponse({"km": over.km, "how": over.how, "text": text})


def way_words(order: Order) -> str:
    """Empty where its places are not on the map."""
    kept = way_of(order)
    return distance(kept.km, is_by_road=kept.is_by_road) if kept else ""
