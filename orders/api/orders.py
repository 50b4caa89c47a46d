"""Orders by API: the office's own, and what a client may do with its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import fields, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from companies.models import Company
from orders import assignment, cancelling, lifecycle, market, queries
from orders.access import allowed_sorts
from orders.api import serializers
from orders.api.answers import View, listed, refusals
from orders.api.bodies import (
    AssignBody,
    OrderBody,
    ReasonBody,
    RequestBody,
)
from orders.drafts import CargoData, OrderData, StopData, data_of
from orders.errors import BadValue
from orders.models import Order, Stage
from orders.queries.order_list import SORTS, Asked, matching
from orders.stages import DRIVING, Act
from tenants.actor import Actor
from tenants.drivers.models import Driver, Vehicle
from tenants.kit import clock
from tenants.kit.places import find
from tenants.kit.web import uuid_of
from tenants.permissions import Kind, Permission

P = Permission
READ = (P.ORDER_VIEW, P.CLIENT_CABINET)
WRITE = (P.ORDER_EDIT, P.CLIENT_CABINET)
NAMES = {field.name for field in fields(OrderData)}


def order_data(values: dict[str, Any], base: OrderData) -> OrderData:
    """The body over what stands; places we know get their point on the map."""
    values = {**values}
    values.pop("version", None)
    if "client" in values:
        values["client_id"] = _client(values.pop("client"))
    if "stops" in values:
        values["stops"] = tuple(_stop(dict(stop)) for stop in values["stops"])
    if "cargo" in values:
        values["cargo"] = tuple(CargoData(**line) for line in values["cargo"])
    if "loading_types" in values:
        values["loading_types"] = tuple(values["loading_types"])
    return replace(
        base,
        **{name: value for name, value in values.items() if name in NAMES},
    )


def _client(company_id: UUID | None) -> UUID | None:
    if company_id and not Company.objects.filter(pk=company_id, kind=Company.Kind.CLIENT).exists():
        raise BadValue("client", _("There is no such client."))
    return company_id


def _stop(values: dict[str, Any]) -> StopData:
    values["on"] = values.pop("date", None)
    known = (
        find(values["place"]) if values.get("lat") is None or values.get("lon") is None else None
    )
    if known:
        values |= {
            "country": values.get("country") or known.country,
            "lat": known.lat,
            "lon": known.lon,
        }
    return StopData(**values)


class Orders(View):
    permissions = {"GET": READ, "POST": WRITE}

    @extend_schema(responses={200: dict})
    def get(self, request: Request) -> Response:
        return listed(
            request,
            found(self.actor, request),
            lambda row: serializers.order(row, self.actor),
        )

    @extend_schema(request=OrderBody, responses={201: dict})
    def post(self, request: Request) -> Response:
        with refusals():
            row = self._asked() if self.actor.kind is Kind.CLIENT else self._entered()
        return Response(serializers.order(row, self.actor), status=201)

    def _entered(self) -> Order:
        data = order_data(self.given(OrderBody), OrderData())
        return queries.order_by_id(lifecycle.create(data=data, by=self.actor, at=clock.now()).pk)

    @transaction.atomic
    def _asked(self) -> Order:
        """A client's own request: its company, no prices."""
        data = order_data(
            self.given(RequestBody),
            OrderData(client_id=self.actor.company_id),
        )
        row = lifecycle.create(data=data, by=self.actor, at=clock.now())
        now = clock.now()
        lifecycle.advance(order=row, act=Act.REQUEST, by=self.actor, at=now)
        return queries.order_by_id(row.pk)


def found(actor: Actor, request: Request) -> QuerySet[Order]:
    """The list's filters: stage, client, responsible, search, sort."""
    query = request.query_params
    sort = query.get("sort", "-created")
    asked = Asked(
        search=query.get("search", "")[:100],
        stages=tuple(s for s in query.getlist("stage") if s in Stage.values),
        client=uuid_of(query.get("client")),
        responsible=uuid_of(query.get("responsible")),
    )
    if sort.lstrip("-") not in allowed_sorts(actor, SORTS):
        sort = "-created"
    column = {"client": "client__name", "margin": "created_at"}.get(
        name := sort.lstrip("-"), SORTS[name]
    )
    rows = matching(actor, asked).select_related("client").prefetch_related("stops", "cargo")
    return rows.order_by(f"-{column}" if sort.startswith("-") else column, "-id")


class OneOrder(View):
    permissions = {"GET": READ, "PATCH": (P.ORDER_EDIT,)}

    @extend_schema(responses={200: dict})
    def get(self, request: Request, ref: str) -> Response:
        return Response(serializers.order(queries.order_for(self.actor, ref), self.actor))

    @extend_schema(request=OrderBody, responses={200: dict})
    def patch(self, request: Request, ref: str) -> Response:
        row = queries.order_for(self.actor, ref)
        values = self.given(OrderBody, partial=True)
        base = data_of(row)
        if {
            "margin",
            "margin_percent",
        } & values.keys() and "carrier_rate" not in values:
            base = replace(base, carrier_rate=None)
        with refusals():
            lifecycle.edit(
                order=row,
                data=order_data(values, base),
                version=values.get("version"),
                by=self.actor,
                at=clock.now(),
            )
        return Response(serializers.order(queries.order_for(self.actor, ref), self.actor))


class OrderAct(View, ABC):
    """One act on one order; the answer is the order as it stands then."""

    permissions: tuple[Permission, ...] = (P.ORDER_EDIT,)

    @extend_schema(request=None, responses={200: dict})
    def post(self, request: Request, ref: str) -> Response:
        row = queries.order_for(self.actor, ref)
        with refusals():
            self.do(row)
        return Response(serializers.order(queries.order_for(self.actor, ref), self.actor))

    @abstractmethod
    def do(self, row: Order) -> None: ...


class Publish(OrderAct):
    def do(self, row: Order) -> None:
        market.publish(order=row, by=self.actor, at=clock.now())


class Unpublish(OrderAct):
    def do(self, row: Order) -> None:
        market.unpublish(order=row, by=self.actor, at=clock.now())


class Cancel(OrderAct):
    def do(self, row: Order) -> None:
        cancelling.cancel(
            order=row,
            reason=self.given(ReasonBody)["reason"],
            by=self.actor,
            at=clock.now(),
        )


class Complete(OrderAct):
    def do(self, row: Order) -> None:
        lifecycle.complete(order=row, by=self.actor, at=clock.now())


class Close(OrderAct):
    def do(self, row: Order) -> None:
        lifecycle.advance(order=row, act=Act.CLOSE, by=self.actor, at=clock.now())


class Quote(OrderAct):
    def do(self, row: Order) -> None:
        lifecycle.advance(
            order=row,
            act=Act.QUOTE,
            by=self.actor,
            at=clock.now(),
            facts={"client_price": row.client_price},
        )


class Agree(OrderAct):
    permissions = WRITE

    def do(self, row: Order) -> None:
        lifecycle.advance(
            order=row,
            act=Act.AGREE,
            by=self.actor,
            at=clock.now(),
            facts={"client_price": row.client_price},
        )


class Assign(OrderAct):
    """Directly, without the exchange; while it is driven, a replacement with a reason."""

    def do(self, row: Order) -> None:
        values = self.given(AssignBody)
        now = clock.now()
        who = assignment.assignment_to(
            order=row,
            rate=values.get("rate"),
            currency=values.get("currency", ""),
            together=values["together"],
            partner=_one(
                Company.objects.filter(kind=Company.Kind.PARTNER),
                "partner",
                values,
            ),
            driver=_one(
                Driver.objects.filter(status=Driver.Status.ACTIVE),
                "driver",
                values,
            ),
            vehicle=_one(
                Vehicle.objects.filter(status=Vehicle.Status.ACTIVE),
                "vehicle",
                values,
            ),
        )
        if row.stage in DRIVING and values["reason"]:
            assignment.replace_carrier(
                order=row,
                assignment=who,
                reason=values["reason"],
                by=self.actor,
                at=now,
            )
        else:
            assignment.assign_directly(order=row, assignment=who, by=self.actor, at=now)


def _one(rows: QuerySet[Any], name: str, values: dict[str, Any]) -> Any:
    """The row that the body names. Raises BadValue."""
    if not values.get(name):
        return None
    row = rows.filter(pk=values[name]).first()
    if row is None:
        raise BadValue(name, _("There is no such choice."))
    return row


routes = [
    ("orders", Orders),
    ("orders/<str:ref>", OneOrder),
    ("orders/<str:ref>/publish", Publish),
    ("orders/<str:ref>/unpublish", Unpublish),
    ("orders/<str:ref>/cancel", Cancel),
    ("orders/<str:ref>/assign", Assign),
    ("orders/<str:ref>/quote", Quote),
    ("orders/<str:ref>/agree", Agree),
    ("orders/<str:ref>/complete", Complete),
    ("orders/<str:ref>/close", Close),
]
