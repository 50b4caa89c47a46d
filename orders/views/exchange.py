"""One listing of the exchange, for whoever may carry: office, partner, driver."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from orders import bidding
from orders.errors import Refused
from orders.forms.exchange import OfferForm
from orders.models import Loading, Order
from orders.views.exchange_list import body_label, dates
from orders.views.places import corner
from tenants.context import current
from tenants.exchange import queries
from tenants.exchange.acts import Side
from tenants.exchange.models import Listing, Offer
from tenants.exchange.refusals import NotFound
from tenants.kit import clock
from tenants.kit.web import OfficeRequest, page


def listing_or_404(listing_id: UUID) -> Listing:
    try:
        return queries.listing(listing_id)
    except NotFound as problem:
        raise Http404 from problem


@require_GET
def listing(request: OfficeRequest, listing_id: UUID) -> HttpResponse:
    """One listing with the own thread and the form for an offer."""
    return show(request, listing_or_404(listing_id), OfferForm())


def show(
    request: OfficeRequest,
    one: Listing,
    form: OfferForm,
    *,
    status: int = 200,
    said: str = "",
) -> HttpResponse:
    place = corner(request.actor)
    own = one.owner_role == current().role
    order = Order.objects.filter(listing_id=one.pk).first() if own and not place.prefix else None
    mine = _mine(request, one)
    context = {
        "shell": place.shell,
        "prefix": place.prefix,
        "listing": one,
        "own": own,
        "order": order,
        "form": form,
        "said": said,
        "threads": mine,
        "side": "carrier",
        "dates": dates(one),
        "body": body_label(one.body),
        "loadings": [
            str(Loading(kind).label) for kind in one.loading_types if kind in Loading.values
        ],
        "may_offer": one.status == Listing.Status.OPEN
        and one.expires_at > clock.now()
        and order is None
        and not any(offer.status == Offer.Status.OPEN for offer in mine),
        "map": _map(one),
    }
    return page(request, "exchange/listing.html", context, status=status)


def _mine(request: OfficeRequest, one: Listing) -> list[Offer]:
    """The threads this person's side has on the listing, as its carrier."""
    found = []
    for offer in queries.offers_on(one.pk):
        try:
            side = bidding.side_of(request.actor, offer)
        except (Http404, Refused):
            continue
        if side == Side.CARRIER:
            found.append(offer)
    return found


def _map(one: Listing) -> dict[str, Any]:
    ends = [
        (one.from_lat, one.from_lon, one.from_city),
        (one.to_lat, one.to_lon, one.to_city),
    ]
    points = [
        {"lat": lat, "lon": lon, "label": city}
        for lat, lon, city in ends
        if lat is not None and lon is not None
    ]
    path = [[point["lon"], point["lat"]] for point in points]
    return {
        "points": points,
        "lines": [{"path": path, "dashed": True}] if len(path) == 2 else [],
    }
