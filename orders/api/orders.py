"""Orders by API: the office's own, and what a client may do with its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from companies.models import PARTNERS, Company
from orders import acceptance, assignment, cancelling, lifecycle, market, queries
from orders.acceptance import Shown
from orders.access import allowed_sorts
from orders.api.bodies import (
    AssignBody,
    CancelBody,
    NewOrderBody,
    OrderBody,
    OrderFilters,
    RequestBody,
    ShownBody,
)
from orders.api.order_data import order_data
from orders.api.refusals import OrdersView
from orders.api.serializers import ClientOrderOut, OrderOut
from orders.api.sums import check_sums
from orders.carrier_view import count_older
from orders.crew_question import CREW
from orders.drafts import OrderData, data_of
from orders.errors import BadValue
from orders.models import Incident, Order, Trip
from orders.price_split import Splitter
from orders.queries import MARGIN
from orders.queries.order_list import NEWEST, SORTS, OrderFilter, matching
from orders.results import Expected, booked_result
from orders.stages import DRIVING, Act
from tenants.drivers.models import Driver, Vehicle
from tenants.kit import clock
from tenants.kit.api import answers_of, asking, listed
from tenants.kit.money import ZERO
from tenants.kit.serializers import Asking, Body, Nothing, Values
from tenants.permissions import Kind, Permission

P = Permission
READ = (P.ORDER_VIEW, P.CLIENT_CABINET)
WRITE = (P.ORDER_EDIT, P.CLIENT_ORDER)
AGREE = (P.ORDER_EDIT, P.CLIENT_AGREE)
NAMES_CREW_LATER = {CREW}  # a call that names a partner alone says by itself that nobody drives yet


def with_facts(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Orders with all that an answer tells of them, in one statement for the order itself."""
    trip = Trip.objects.filter(order=OuterRef("pk"), replaced_at=None)
    costs = (
        Incident.objects.filter(trip__order=OuterRef("pk"))
        .order_by()
        .values("trip__order")
        .annotate(total=Sum("cost_home"))
        .values("total")
    )
    return (
        orders.select_related("client")
        .prefetch_related("stops", "cargo")
        .annotate(
            client_name=F("client__name"),
            margin_home=MARGIN,
            trip_job=Subquery(trip.values("job_id")[:1]),
            booked_result=booked_result(),
            incidents_cost=Coalesce(Subquery(costs), ZERO, output_field=queries.SUM),
        )
    )


class OrderView(OrdersView):
    @property
    def kind(self) -> type[ClientOrderOut]:
        return OrderOut if self.actor.kind is Kind.OFFICE else ClientOrderOut

    def order(self, ref: str, *, status: int = 200) -> Response:
        """The order as it stands."""
        order = with_facts(queries.orders_of(self.actor)).filter(ref=ref).first()
        if order is None:
            raise Http404
        count_older(order)
        return self.answer(self.kind, order, status=status, **self.sums)

    @property
    def sums(self) -> dict[str, object]:
        """What takes prices apart for all orders of an answer."""
        splitter = Splitter(self.actor)
        return {"splitter": splitter, "expected": Expected(splitter)}


class Orders(OrderView):
    permissions = {"GET": READ, "POST": WRITE}

    @listed(OrderOut, OrderFilters, SORTS)
    def get(self, request: Request) -> Response:
        values = self.filters(OrderFilters)
        filters = OrderFilter(
            search=values.get("search", ""),
            stages=tuple(values.get("stage", ())),
            client=values.get("client"),
            responsible=values.get("responsible"),
        )
        rows = with_facts(matching(self.actor, filters))
        allowed = allowed_sorts(self.actor, SORTS)
        return self.page(
            rows,
            self.kind,
            sort=NEWEST,
            sorts=SORTS,
            allowed=allowed,
            **self.sums,
        )

    @asking(NewOrderBody, OrderOut, status=201)
    def post(
        self,
        request: Request,
    ) -> Response:
        is_client = self.actor.kind is Kind.CLIENT
        order = self._request() if is_client else self._enter()
        return self.order(order.ref, status=201)

    def _enter(self) -> Order:
        values = self.body(NewOrderBody)
        sure = answers_of(values)
        data = order_data(values, OrderData())
        check_sums(values, data, home=self.reseller.currency)
        return lifecycle.create(data=data, by=self.actor, at=clock.now(), sure=sure)

    @transaction.atomic
    def _request(self) -> Order:
        """A client's own request: its company, no prices."""
        base = OrderData(client_id=self.actor.company_id)
        data = order_data(self.body(RequestBody), base)
        now = clock.now()
        order = lifecycle.create(data=data, by=self.actor, at=now)
        lifecycle.advance(order=order, act=Act.REQUEST, by=self.actor, at=now)
        return order


class OneOrder(OrderView):
    permissions = {"GET": READ, "PATCH": (P.ORDER_EDIT,)}

    @extend_schema(responses=OrderOut)
    def get(self, request: Request, ref: str) -> Response:
        return self.order(ref)

    @asking(OrderBody, OrderOut)
    def patch(
        self,
        request: Request,
        ref: str,
    ) -> Response:
        order = queries.order_for(self.actor, ref)
        values = self.body(OrderBody, partial=True)
        sure = answers_of(values)
        base = data_of(order)
        by_margin = values.get("margin") is not None or values.get("margin_percent") is not None
        if by_margin and "carrier_rate" not in values:
            base = replace(base, carrier_rate=None)
        data = order_data(values, base)
        check_sums(values, data, home=self.reseller.currency)
        lifecycle.edit(
            order=order,
            data=data,
            version=values.get("version"),
            by=self.actor,
            at=clock.now(),
            sure=sure,
        )
        return self.order(ref)


class OrderAct(OrderView, ABC):
    """One act on one order; the answer is the order as it stands then."""

    permissions: tuple[Permission, ...] = (P.ORDER_EDIT,)
    takes: type[Body] = Nothing

    @extend_schema(request=None, responses=OrderOut)
    def post(self, request: Request, ref: str) -> Response:
        return self.acted(ref)

    def acted(self, ref: str) -> Response:
        order = queries.order_for(self.actor, ref)
        self.do(order, self.body(self.takes))
        return self.order(ref)

    @abstractmethod
    def do(self, order: Order, values: Values) -> None: ...


class Publish(OrderAct):
    takes = Asking

    @asking(Asking, OrderOut)
    def post(self, request: Request, ref: str) -> Response:
        return self.acted(ref)

    def do(self, order: Order, values: Values) -> None:
        sure = answers_of(values)
        market.publish(order=order, by=self.actor, at=clock.now(), sure=sure)


class Unpublish(OrderAct):
    def do(self, order: Order, values: Values) -> None:
        market.unpublish(order=order, by=self.actor, at=clock.now())


class Cancel(OrderAct):
    takes = CancelBody

    @asking(CancelBody, OrderOut)
    def post(self, request: Request, ref: str) -> Response:
        return self.acted(ref)

    def do(self, order: Order, values: Values) -> None:
        sure = answers_of(values)
        cancelling.cancel(
            order=order,
            reason=values["reason"],
            by=self.actor,
            at=clock.now(),
            sure=sure,
        )


class Close(OrderAct):
    def do(self, order: Order, values: Values) -> None:
        lifecycle.advance(order=order, act=Act.CLOSE, by=self.actor, at=clock.now())


class Quote(OrderAct):
    """A step on the client's price; a price or version in the body must be the one that stands."""

    takes = ShownBody
    act = Act.QUOTE
    demands_price = False

    @extend_schema(request=ShownBody, responses=OrderOut)
    def post(self, request: Request, ref: str) -> Response:
        return self.acted(ref)

    def do(self, order: Order, values: Values) -> None:
        acceptance.advance(
            order=order,
            act=self.act,
            shown=Shown(**values, demanded=self.demands_price),
            by=self.actor,
            at=clock.now(),
        )


class Agree(Quote):
    """The client's yes names the price it is said to."""

    permissions = AGREE
    act = Act.AGREE
    demands_price = True


class Complete(Quote):
    act = Act.COMPLETE


class Assign(OrderAct):
    """Directly, without the exchange; while it is driven, a replacement with a reason."""

    takes = AssignBody

    @asking(AssignBody, OrderOut)
    def post(self, request: Request, ref: str) -> Response:
        return self.acted(ref)

    def do(self, order: Order, values: Values) -> None:
        partners = Company.objects.filter(PARTNERS)
        drivers = Driver.objects.filter(status=Driver.Status.ACTIVE)
        vehicles = Vehicle.objects.filter(status=Vehicle.Status.ACTIVE)
        carrier = assignment.assignment_to(
            order=order,
            rate=values.get("rate"),
            currency=values.get("currency", ""),
            together=values["together"],
            agreed_at=values["agreed_at"],
            tax=values.get("carrier_tax"),
            payment=values.get("carrier_payment"),
            partner=_one(partners, "partner", values),
            driver=_one(drivers, "driver", values),
            vehicle=_one(vehicles, "vehicle", values),
        )
        now = clock.now()
        sure = answers_of(values) | NAMES_CREW_LATER
        if values["reason"] and order.stage not in DRIVING:
            raise BadValue("reason", _("A reason belongs to a replacement: nobody drives yet."))
        if order.stage in DRIVING and values["reason"]:
            assignment.replace_carrier(
                order=order,
                assignment=carrier,
                reason=values["reason"],
                by=self.actor,
                at=now,
                version=values["version"],
                sure=sure,
            )
        else:
            assignment.assign_directly(
                order=order,
                assignment=carrier,
                by=self.actor,
                at=now,
                version=values["version"],
                sure=sure,
            )


def _one(rows: QuerySet[Any], name: str, values: Values) -> Any:
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
