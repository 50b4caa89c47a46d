"""The exchange by API: listings, offers, bargaining, from both sides."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from orders import bidding
from orders.acceptance import Shown
from orders.api.bodies import (
    AcceptBody,
    CounterBody,
    ListingFilters,
    OfferBody,
    OfferFilters,
)
from orders.api.refusals import OrdersView
from orders.api.serializers import ListingOut, OfferOut
from tenants.context import current
from tenants.exchange import queries
from tenants.exchange.models import Listing
from tenants.exchange.queries import ListingFilter
from tenants.exchange.refusals import NotFound
from tenants.kit import clock
from tenants.kit.api import answers_of, asking, bad_filters, listed
from tenants.kit.keyset import Sort
from tenants.kit.serializers import Nothing, Values
from tenants.permissions import Permission

P = Permission
SEE = (P.EXCHANGE_VIEW, P.PARTNER_OFFER, P.DRIVER_APP)
BID = (P.BARGAIN, P.PARTNER_OFFER, P.DRIVER_APP)
PUBLISHED = Sort("published", "published_at", descending=True)
ANSWERED = Sort("updated", "updated_at", descending=True)


def filter_of(values: Values) -> ListingFilter:
    return ListingFilter(
        origin=values.get("from", ""),
        destination=values.get("to", ""),
        within_km=values.get("within_km"),
        body=values.get("body", ""),
        weight_max=values.get("weight_max"),
        date_from=values.get("date_from"),
        date_to=values.get("date_to"),
        text=values.get("search", ""),
    )


class Listings(OrdersView):
    permissions = SEE

    @listed(ListingOut, ListingFilters)
    def get(self, request: Request) -> Response:
        values = self.filters(ListingFilters)
        rows = queries.open_listings(filter_of(values), at=clock.now())
        return self.page(rows, ListingOut, sort=PUBLISHED)


class OneListing(OrdersView):
    permissions = SEE

    @extend_schema(responses=ListingOut)
    def get(self, request: Request, listing_id: UUID) -> Response:
        return self.answer(ListingOut, listing_or_404(listing_id))


def listing_or_404(listing_id: UUID) -> Listing:
    try:
        return queries.listing(listing_id)
    except NotFound as problem:
        raise Http404 from problem


class ThreadsView(OrdersView):
    permissions = BID

    def thread(
        self,
        offer_id: UUID,
    ) -> Response:
        """The thread as it stands."""
        row, side = bidding.thread_for(self.actor, offer_id)
        return self.answer(OfferOut, row, side=side)


class ListingOffers(ThreadsView):
    @listed(OfferOut)
    def get(self, request: Request, listing_id: UUID) -> Response:
        """The threads on this listing that are the caller's: all for its owner, the own for a
        carrier.
        """
        rows = bidding.threads_on(self.actor, listing_or_404(listing_id).pk)
        return self.page(
            rows,
            OfferOut,
            sort=ANSWERED,
            side=partial(bidding.side_of, self.actor),
        )

    @extend_schema(request=OfferBody, responses={201: OfferOut})
    def post(self, request: Request, listing_id: UUID) -> Response:
        values = self.body(OfferBody)
        row = bidding.send(
            listing_id=listing_id,
            price=values["price"],
            final=values["final"],
            tax=values.get("carrier_tax"),
            payment=values["payment"],
            by=self.actor,
            at=clock.now(),
        )
        return self.answer(OfferOut, row, status=201, side="carrier")


class Offers(ThreadsView):
    """`?side=owner` those on the own listings (the usual one for an office), `carrier` those made."""

    @listed(OfferOut, OfferFilters)
    def get(
        self,
        request: Request,
    ) -> Response:
        is_office = self.actor.can(P.BARGAIN)
        side = self.filters(OfferFilters).get(
            "side",
            "owner" if is_office else "carrier",
        )
        if side == "owner" and not is_office:
            raise bad_filters({"side": [_("There is no such choice.")]})
        if side == "owner":
            rows = queries.offers_to(current().role)
            return self.page(rows, OfferOut, sort=ANSWERED, side="owner")
        rows = bidding.outgoing(self.actor, at=clock.now())
        return self.page(rows, OfferOut, sort=ANSWERED, side="carrier")


class OneOffer(ThreadsView):
    @extend_schema(responses=OfferOut)
    def get(self, request: Request, offer_id: UUID) -> Response:
        return self.thread(offer_id)


class Counter(ThreadsView):
    @asking(CounterBody, OfferOut)
    def post(self, request: Request, offer_id: UUID) -> Response:
        values = self.body(CounterBody)
        bidding.counter(
            offer_id=offer_id,
            price=values["price"],
            final=values["final"],
            by=self.actor,
            at=clock.now(),
            shown=Shown(currency=values["currency"], version=values["version"]),
            sure=answers_of(values),
        )
        return self.thread(offer_id)


class Accept(ThreadsView):
    @asking(AcceptBody, OfferOut)
    def post(self, request: Request, offer_id: UUID) -> Response:
        values = self.body(AcceptBody)
        bidding.accept(
            offer_id=offer_id,
            by=self.actor,
            at=clock.now(),
            together=values["together"],
            shown=Shown(values["price"], values["currency"], values["version"]),
            sure=answers_of(values),
        )
        return self.thread(offer_id)


class Reject(ThreadsView):
    @extend_schema(request=None, responses=OfferOut)
    def post(self, request: Request, offer_id: UUID) -> Response:
        self.body(Nothing)
        bidding.reject(offer_id=offer_id, by=self.actor, at=clock.now())
        return self.thread(offer_id)


class Withdraw(ThreadsView):
    @extend_schema(request=None, responses=OfferOut)
    def post(self, request: Request, offer_id: UUID) -> Response:
        self.body(Nothing)
        bidding.withdraw(offer_id=offer_id, by=self.actor, at=clock.now())
        return self.thread(offer_id)


routes = [
    ("exchange/listings", Listings),
    ("exchange/listings/<uuid:listing_id>", OneListing),
    ("exchange/listings/<uuid:listing_id>/offers", ListingOffers),
    ("exchange/offers", Offers),
    ("exchange/offers/<uuid:offer_id>", OneOffer),
    ("exchange/offers/<uuid:offer_id>/counter", Counter),
    ("exchange/offers/<uuid:offer_id>/accept", Accept),
    ("exchange/offers/<uuid:offer_id>/reject", Reject),
    ("exchange/offers/<uuid:offer_id>/withdraw", Withdraw),
]
