"""Shipments over the API."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from commission.cargo.access import may_delete
from commission.cargo.api.bodies import (
    ShipmentBody,
    ShipmentChange,
    ShipmentQuery,
)
from commission.cargo.api.frame import CargoView
from commission.cargo.api.serializers import ShipmentOut
from commission.cargo.forms.filters import ShipmentFilters
from commission.cargo.forms.shipment import ShipmentForm, values_of
from commission.cargo.models import CostMode, Shipment
from commission.cargo.queries import (
    salespeople_for,
    shipment_for,
    shipment_list,
)
from commission.cargo.queries.scope import shipments_for
from commission.cargo.queries.shipment_list import NEWEST, SORTS
from commission.cargo.shipments import editing
from tenants.kit import clock
from tenants.kit.api import checked, checked_filters, listed
from tenants.kit.problems import invalid
from tenants.kit.serializers import Nothing, Values
from tenants.permissions import Permission


class ShipmentView(CargoView):
    permissions = {
        "GET": (Permission.CARGO_VIEW,),
        "POST": (Permission.CARGO_ENTER,),
        "PATCH": (Permission.CARGO_ENTER,),
        "DELETE": (Permission.CARGO_ENTER,),
    }

    def shipment(self, shipment_id: UUID, *, status: int = 200) -> Response:
        """The shipment as it stands."""
        shipment = with_codes(shipments_for(self.actor)).filter(pk=shipment_id).first()
        if shipment is None:
            raise Http404
        currency = self.reseller.currency
        return self.answer(ShipmentOut, shipment, status=status, currency=currency)


def with_codes(shipments: QuerySet[Shipment]) -> QuerySet[Shipment]:
    """Shipments with the codes of customer and salesperson beside them."""
    return shipments.annotate(
        customer_code=F("customer__code"),
        salesperson_code=F("salesperson__code"),
    )


def check_cost(sent: Values, values: Values) -> None:
    """A cost is computed in mode AUTO: one that is sent is refused at its field."""
    if sent.get("cost") not in (None, "") and values["cost_mode"] == CostMode.AUTO:
        raise invalid({"cost": [_("In mode AUTO the cost is computed: leave it out.")]})


class ShipmentList(ShipmentView):
    @listed(ShipmentOut, ShipmentQuery, SORTS)
    def get(self, request: Request) -> Response:
        shipments = with_codes(shipment_list.filtered(self.actor, self.query_filters()))
        currency = self.reseller.currency
        return self.page(
            shipments,
            ShipmentOut,
            sort=NEWEST,
            sorts=SORTS,
            currency=currency,
        )

    def query_filters(self) -> shipment_list.ShipmentFilter:
        query = self.filters(ShipmentQuery)
        salespeople = salespeople_for(self.actor)
        values = checked_filters(ShipmentFilters(query, salespeople=salespeople))
        return shipment_list.ShipmentFilter(
            **{name: value for name, value in values.items() if value},
            search=query.get("search", ""),
            lot=query.get("lot"),
            batch=query.get("batch"),
        )

    @extend_schema(
        request=ShipmentBody,
        responses={201: ShipmentOut},
    )
    def post(
        self,
        request: Request,
    ) -> Response:
        sent = self.sent(ShipmentBody)
        form = ShipmentForm({"cost_mode": "AUTO"} | sent)
        check_cost(sent, checked(form))
        shipment = editing.add(
            entry=form.entry(),
            by=self.actor,
            at=clock.now(),
        )
        return self.shipment(shipment.pk, status=201)


class OneShipment(ShipmentView):
    @extend_schema(responses=ShipmentOut)
    def get(self, request: Request, shipment_id: UUID) -> Response:
        return self.shipment(shipment_id)

    @extend_schema(request=ShipmentChange, responses=ShipmentOut)
    def patch(self, request: Request, shipment_id: UUID) -> Response:
        """Only what is sent changes; the whole must still be right."""
        shipment = shipment_for(self.actor, shipment_id)
        sent = self.sent(ShipmentChange)
        stands = values_of(shipment)
        form = ShipmentForm(stands | sent, initial=stands)
        check_cost(sent, checked(form))
        editing.edit(
            shipment=shipment,
            entry=form.entry(),
            by=self.actor,
            at=clock.now(),
        )
        return self.shipment(shipment_id)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, shipment_id: UUID) -> Response:
        shipment = shipment_for(self.actor, shipment_id)
        self.body(Nothing)
        if not may_delete(self.actor, shipment, self.today):
            raise PermissionDenied
        editing.delete(shipment=shipment, by=self.actor, at=clock.now())
        return Response(status=204)
