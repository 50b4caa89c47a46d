"""One listing of the exchange, for whoever may carry: office, partner, driver."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from orders import bidding
from orders.errors import Refused
from orders.forms.exchange import FirstOfferForm
from orders.models import Loading, Order
from orders.views.exchange_list import body_label, dates, kilometres
from orders.views.places import Corner, corner
from tenants.context import current
from tenants.exchange import queries
from tenants.exchange.acts import Side
from tenants.exchange.models import Listing, Offer
from tenants.exchange.refusals import NotFound
from tenants.kit import clock
from tenants.kit.pieces import MapLine, MapPoint, MapShapes
from tenants.kit.web import OfficeRequest, page


@dataclass(frozen=True, slots=True)
class ListingPage:
    """One listing as carriers see it, with the own threads and the form for an offer."""

    corner: Corner
    listing: Listing
    own: bool
    order: Order | None
    form: FirstOfferForm
    refusal: str
    threads: list[Offer]
    side: str
    dates: str
    distance: str
    body: str
    loadings: list[str]
    may_offer: bool
    map: MapShapes


def listing_or_404(listing_id: UUID) -> Listing:
    try:
        return queries.listing(listing_id)
    except NotFound as problem:
        raise Http404 from problem


@require_GET
def listing(
    request: OfficeRequest,
    listing_id: UUID,
) -> HttpResponse:
    """One listing with the own thread and the form for an offer."""
    one = listing_or_404(listing_id)
    usual = {
        "carrier_tax": bidding.usual_tax(request.actor, at=clock.now()),
        "payment": one.payment,
    }
    return show(request, one, FirstOfferForm(initial=usual))


def show(
    request: OfficeRequest,
    one: Listing,
    form: FirstOfferForm,
    *,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    """Show a listing, the own threads on it, and the form for an offer where one may be made."""
    place = corner(request.actor)
    own = one.owner_role == current().role
    order = Order.objects.filter(listing_id=one.pk).first() if own and place.is_office else None
    threads = _own_threads(request, one)
    loadings = [str(Loading(kind).label) for kind in one.loading_types if kind in Loading.values]
    context = ListingPage(
        corner=place,
        listing=one,
        own=own,
        order=order,
        form=form,
        refusal=refusal,
        threads=threads,
        side=Side.CARRIER.value,
        dates=dates(one),
        distance=kilometres(one),
        body=body_label(one.body),
        loadings=loadings,
        may_offer=order is None and _takes_offers(one, threads),
        map=_map(one),
    )
    return page(request, "exchange/listing.html", context, status=status)


def _takes_offers(
    one: Listing,
    threads: list[Offer],
) -> bool:
    """The listing stands, and none of these threads on it is open."""
    is_open = one.status == Listing.Status.OPEN and one.expires_at > clock.now()
    return is_open and not any(offer.status == Offer.Status.OPEN for offer in threads)


def _own_threads(request: OfficeRequest, one: Listing) -> list[Offer]:
    """The threads this person's side has on the listing, as its carrier."""
    offers = []
    for offer in queries.offers_on(one.pk):
        try:
            side = bidding.side_of(request.actor, offer)
        except (Http404, Refused):
            continue
        if side == Side.CARRIER:
            offers.append(offer)
    return offers


def _map(one: Listing) -> MapShapes:
    ends = [
        (one.from_lat, one.from_lon, one.from_city),
        (one.to_lat, one.to_lon, one.to_city),
    ]
    points = [
        MapPoint(lat, lon, city) for lat, lon, city in ends if lat is not None and lon is not None
    ]
    if len(points) < 2:
        return MapShapes(points)
    way = MapLine([(point.lon, point.lat) for point in points], dashed=True)
    return MapShapes(points, [way])
