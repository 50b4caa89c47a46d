"""The exchange's board and one listing, for whoever may carry: office, partner, driver."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from orders import bidding
from orders.errors import Refused
from orders.forms.exchange import ListingFilters, OfferForm, wanted
from orders.models import Loading, Order
from orders.queries.order_list import PAGE
from orders.views import table
from orders.views.places import Corner, corner
from tenants.context import current
from tenants.drivers.bodies import Body
from tenants.exchange import queries
from tenants.exchange.acts import Side
from tenants.exchange.models import Listing, Offer
from tenants.exchange.refusals import NotFound
from tenants.kit import clock, formats
from tenants.kit.pieces import MapLine, MapPoint, MapShapes
from tenants.kit.web import OfficeRequest, page


@require_GET
def board(request: OfficeRequest) -> HttpResponse:
    """Open listings of all resellers, the own ones marked."""
    place = corner(request.actor)
    form = ListingFilters(request.GET)
    number = request.GET.get("page", "1")
    start = (max(int(number), 1) - 1) * PAGE if number.isdecimal() and len(number) < 5 else 0
    found = list(
        queries.open_listings(wanted(form, request.GET.get("q", "")), at=clock.now())[
            start : start + PAGE + 1
        ]
    )
    rows = [_row(one, place.prefix) for one in found[:PAGE]]
    context = {
        "shell": place.shell,
        "prefix": place.prefix,
        "rows": rows,
        "list": _list(request, form, rows, start, more=len(found) > PAGE),
    }
    return page(
        request,
        "exchange/cards.html" if place.is_driver else "exchange/board.html",
        context,
    )


def _row(one: Listing, prefix: str) -> dict[str, Any]:
    return {
        "id": one.pk,
        "ref": one.ref,
        "url": f"{prefix}/exchange/{one.pk}/",
        "own": one.owner_role == current().role,
        "from": one.from_city,
        "to": one.to_city,
        "dates": _dates(one),
        "cargo": one.cargo_kind or "—",
        "weight": formats.number(one.weight_kg),
        "volume": formats.number(one.volume_m3),
        "body": _body(one.body),
        "adr": one.adr,
        "km": formats.number(one.distance_km),
        "price": formats.money(one.price, one.currency) if one.price else _("name yours"),
        "away": formats.number(one.from_away_km, 0) if hasattr(one, "from_away_km") else "",
    }


def _dates(one: Listing) -> str:
    return (
        formats.day(one.date_from)
        if one.date_from == one.date_to
        else f"{formats.day(one.date_from)} – {formats.day(one.date_to)}"
    )


def _body(body: str) -> str:
    return _body_in(body, get_language() or "")


@lru_cache(maxsize=128)
def _body_in(body: str, _language: str) -> str:
    return str(Body(body).label) if body in Body.values else "—"


def _list(
    request: OfficeRequest,
    form: ListingFilters,
    rows: list[Any],
    start: int,
    *,
    more: bool,
) -> dict[str, Any]:
    url = f"{corner(request.actor).prefix}/exchange/"
    columns = [
        (_("Route"), False),
        (_("Loading"), False),
        (_("Cargo"), False),
        (_("Weight, kg"), True),
        (_("Volume, m³"), True),
        (_("Body"), False),
        (_("km"), True),
        (_("Rate"), True),
    ]
    number = start // PAGE + 1
    link = partial(table.link, url, request.GET)
    return {
        "title": _("Exchange"),
        "count": None,
        "rows_count": len(rows),
        "url": url,
        "search": request.GET.get("q", ""),
        "search_hint": _("Cargo or code"),
        "filters": form,
        "chips": table.chips(form, link),
        "clear_url": url,
        "cards": True,
        "columns": [
            {"key": label, "label": label, "numeric": numeric} for label, numeric in columns
        ],
        "bulk": [],
        "row_menu": [],
        "pager": {
            "prev": link(page=number - 1) if number > 1 else "",
            "next": link(page=number + 1) if more else "",
        },
        "empty": {
            "title": _("The exchange is empty now"),
            "icon": "building-store",
            "action_label": "",
            "action_url": "",
            "text": _("Here stand the cargoes of all resellers that wait for a carrier."),
        },
    }


@dataclass(frozen=True, slots=True)
class ListingPage:
    """One listing as carriers see it, with the own threads and the form for an offer."""

    corner: Corner
    listing: Listing
    own: bool
    order: Order | None
    form: OfferForm
    refusal: str
    threads: list[Offer]
    side: str
    dates: str
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
def listing(request: OfficeRequest, listing_id: UUID) -> HttpResponse:
    """One listing with the own thread and the form for an offer."""
    return show(request, listing_or_404(listing_id), OfferForm())


def show(
    request: OfficeRequest,
    one: Listing,
    form: OfferForm,
    *,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    """Show a listing, the own threads on it, and the form for an offer where one may be made."""
    place = corner(request.actor)
    own = one.owner_role == current().role
    order = Order.objects.filter(listing_id=one.pk).first() if own and not place.prefix else None
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
        dates=_dates(one),
        body=_body(one.body),
        loadings=loadings,
        may_offer=order is None and _takes_offers(one, threads),
        map=_map(one),
    )
    return page(request, "exchange/listing.html", context, status=status)


def _takes_offers(one: Listing, threads: list[Offer]) -> bool:
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
