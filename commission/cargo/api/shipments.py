"""Shipments over the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commission.cargo import locks
from commission.cargo.access import may_delete
from commission.cargo.api import serializers
from commission.cargo.api.kit import (
    actor_of,
    checked,
    following,
    invalid,
    reseller_of,
    sent,
    window,
)
from commission.cargo.forms.filters import ShipmentFilters, asked
from commission.cargo.forms.shipment import ShipmentForm, values_of
from commission.cargo.queries import salespeople_for, shipment_for, shipment_list
from commission.cargo.shipments import editing
from tenants.kit import clock
from tenants.kit.problems import Problem
from tenants.permissions import Permission

FILTERS = (
    "month",
    "status",
    "salesperson",
    "customer",
    "goods_type",
    "transport",
    "date_from",
    "date_to",
    "batch",
    "lot",
    "search",
    "sort",
    "offset",
    "limit",
)


class ShipmentList(APIView):
    permissions = {
        "GET": (Permission.CARGO_VIEW,),
        "POST": (Permission.CARGO_ENTER,),
    }

    @extend_schema(
        parameters=[OpenApiParameter(name) for name in FILTERS],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        currency = reseller_of(request).currency
        (start, limit) = window(request)
        form = ShipmentFilters(request.query_params, salespeople=salespeople_for(actor))
        found = shipment_list.piece(actor, asked(form, request.query_params), start, limit + 1)
        rows = [serializers.from_board(row, currency) for row in found[:limit]]
        return Response(
            {
                "results": rows,
                "next": following(request, start, limit, len(found)),
            }
        )

    @extend_schema(
        request=OpenApiTypes.OBJECT,
        responses={201: OpenApiTypes.OBJECT},
    )
    def post(self, request: Request) -> Response:
        form = ShipmentForm({"cost_mode": "AUTO"} | sent(request))
        checked(form)
        made = _told(
            lambda: editing.add(
                entry=form.entry(),
                by=actor_of(request),
                at=clock.now(),
            )
        )
        return Response(_shape(request, made.pk), status=201)


class OneShipment(APIView):
    permissions = {
        "GET": (Permission.CARGO_VIEW,),
        "PATCH": (Permission.CARGO_ENTER,),
        "DELETE": (Permission.CARGO_ENTER,),
    }

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, shipment_id: UUID) -> Response:
        return Response(_shape(request, shipment_id))

    @extend_schema(request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT)
    def patch(self, request: Request, shipment_id: UUID) -> Response:
        """Only what is sent changes; the whole must still be right."""
        row = shipment_for(actor_of(request), shipment_id)
        form = ShipmentForm(values_of(row) | sent(request))
        checked(form)
        _told(
            lambda: editing.edit(
                shipment=row,
                entry=form.entry(),
                by=actor_of(request),
                at=clock.now(),
            )
        )
        return Response(_shape(request, shipment_id))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, shipment_id: UUID) -> Response:
        actor = actor_of(request)
        row = shipment_for(actor_of(request), shipment_id)
        now = clock.now()
        if not may_delete(actor, row, now.astimezone(reseller_of(request).zone).date()):
            raise PermissionDenied
        _told(lambda: editing.delete(shipment=row, by=actor, at=now))
        return Response(status=204)


def _shape(request: Request, shipment_id: UUID) -> dict[str, Any]:
    return serializers.shipment(
        shipment_for(actor_of(request), shipment_id),
        reseller_of(request).currency,
    )


def _told(act: Callable[[], Any]) -> Any:
    """An act's refusals as the API says them."""
    try:
        return act()
    except editing.DoubleTracking as double:
        raise invalid(
            {"tracking_number": [_("The tracking number has been saved before.")]}
        ) from double
    except locks.MonthIsLocked as locked:
        raise Problem(409, "month_locked", _("This month is closed.")) from locked
    except editing.MoneyIsLocked as locked:
        raise Problem(
            409,
            "month_locked",
            _("The month is closed: its money is corrected by an adjustment."),
        ) from locked
