"""The exchange by API: listings, offers, bargaining, from both sides."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.dateparse import parse_date
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from orders import bidding
from orders.api import serializers
from orders.api.answers import View, listed, refusals
from orders.api.bodies import AcceptBody, PriceBody
from tenants.context import current
from tenants.exchange import queries
from tenants.exchange.models import Listing
from tenants.exchange.queries import ListingFilter
from tenants.exchange.refusals import NotFound
from tenants.kit import clock
from tenants.permissions import Permission

P = Permission
SEE = (P.EXCHANGE_VIEW, P.PARTNER_CABINET, P.DRIVER_APP)
BID = (P.BARGAIN, P.PARTNER_CABINET, P.DRIVER_APP)


def wanted(query: Any) -> ListingFilter:
    """The filters of the contract; what makes no sense is left out."""
    km = query.get("within_km", "")
    weight = query.get("weight_max", "")
    return ListingFilter(
        origin=query.get("from", "")[:120],
        destination=query.get("to", "")[:120],
        within_km=int(km) if km.isdecimal() and len(km) < 6 else None,
        body=query.get("body", ""),
        weight_max=_decimal(weight),
        date_from=_day(query.get("date_from", "")),
        date_to=_day(query.get("date_to", "")),
        text=query.get("search", "")[:100],
    )


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", ".").replace(" ", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value < Decimal(10) ** 9 else None


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


class Listings(View):
    permissions = SEE

    @extend_schema(responses={200: dict})
    def get(self, request: Request) -> Response:
        role = current().role
        rows = queries.open_listings(wanted(request.query_params), at=clock.now())
        return listed(
            request,
            rows,
            lambda row: serializers.listing(row, own=row.owner_role == role),
        )


class OneListing(View):
    permissions = SEE

    @extend_schema(responses={200: dict})
    def get(self, request: Request, listing_id: UUID) -> Response:
        row = listing_or_404(listing_id)
        return Response(serializers.listing(row, own=row.owner_role == current().role))


def listing_or_404(listing_id: UUID) -> Listing:
    try:
        return queries.listing(listing_id)
    except NotFound as problem:
        raise Http404 from problem


class ListingOffers(View):
    permissions = BID

    @extend_schema(responses={200: dict})
    def get(self, request: Request, listing_id: UUID) -> Response:
        """The threads on this listing that are the caller's: all for its owner, the own for a
        carrier.
        """
        faced = []
        for row in queries.offers_on(listing_or_404(listing_id).pk):
            try:
                faced.append(serializers.offer(row, side=bidding.side_of(self.actor, row)))
            except Http404:
                continue
        return Response({"results": faced, "next": None})

    @extend_schema(request=PriceBody, responses={201: dict})
    def post(self, request: Request, listing_id: UUID) -> Response:
        values = self.given(PriceBody)
        with refusals():
            row = bidding.send(
                listing_id=listing_id,
                price=values["price"],
                final=values["final"],
                by=self.actor,
                at=clock.now(),
            )
        return Response(serializers.offer(row, side="carrier"), status=201)


class Offers(View):
    """`?side=owner` those on the own listings (the usual one for an office), `carrier` those made."""

    permissions = BID

    @extend_schema(responses={200: dict})
    def get(self, request: Request) -> Response:
        is_office = self.actor.can(P.BARGAIN)
        side = request.query_params.get("side", "owner" if is_office else "carrier")
        if side == "owner" and is_office:
            return listed(
                request,
                queries.offers_to(current().role),
                lambda row: serializers.offer(row, side="owner"),
            )
        with refusals():
            rows = bidding.outgoing(self.actor, at=clock.now())
        return listed(request, rows, lambda row: serializers.offer(row, side="carrier"))


class OneOffer(View):
    permissions = BID

    @extend_schema(responses={200: dict})
    def get(self, request: Request, offer_id: UUID) -> Response:
        row, side = bidding.thread_for(self.actor, offer_id)
        return Response(serializers.offer(row, side=side))


class OfferAct(View, ABC):
    """One answer in a thread; the reply is the thread as it stands then."""

    permissions = BID

    @extend_schema(request=None, responses={200: dict})
    def post(self, request: Request, offer_id: UUID) -> Response:
        return self.answered(offer_id)

    def answered(self, offer_id: UUID) -> Response:
        with refusals():
            self.do(offer_id)
        row, side = bidding.thread_for(self.actor, offer_id)
        return Response(serializers.offer(row, side=side))

    @abstractmethod
    def do(self, offer_id: UUID) -> None: ...


class Counter(OfferAct):
    @extend_schema(request=PriceBody, responses={200: dict})
    def post(self, request: Request, offer_id: UUID) -> Response:
        return self.answered(offer_id)

    def do(self, offer_id: UUID) -> None:
        values = self.given(PriceBody)
        bidding.counter(
            offer_id=offer_id,
            price=values["price"],
            final=values["final"],
            by=self.actor,
            at=clock.now(),
        )


class Accept(OfferAct):
    def do(self, offer_id: UUID) -> None:
        together = self.given(AcceptBody)["together"]
        bidding.accept(
            offer_id=offer_id,
            by=self.actor,
            at=clock.now(),
            together=together,
        )


class Reject(OfferAct):
    def do(self, offer_id: UUID) -> None:
        bidding.reject(offer_id=offer_id, by=self.actor, at=clock.now())


class Withdraw(OfferAct):
    def do(self, offer_id: UUID) -> None:
        bidding.withdraw(offer_id=offer_id, by=self.actor, at=clock.now())


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
