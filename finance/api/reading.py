"""What every call of the books reads from its request, and how a list answers."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from finance import queries
from finance.models import Invoice
from tenants.actor import Actor
from tenants.kit import clock
from tenants.kit.calendar import NotAMonth, day_of, month_from
from tenants.kit.problems import Problem
from tenants.office.current import current_reseller
from tenants.permissions import Permission

LIMIT = 50
MOST = 200
SEE = (Permission.FINANCE_VIEW,)
EDIT = (Permission.FINANCE_EDIT,)
MONTH = OpenApiParameter("month", description="2026-03; by default the running one")
Facts = dict[str, Any]


def actor_of(request: Request) -> Actor:
    return cast(Actor, request.user)


def today_of(request: Request) -> date:
    return day_of(clock.now(), current_reseller(actor_of(request)).zone)


def given(serializer: type[serializers.Serializer[Any]], request: Request) -> Facts:
    read = serializer(data=request.data)
    read.is_valid(raise_exception=True)
    return cast(Facts, read.validated_data)


def once_of(request: Request) -> UUID:
    """A call repeated under one Idempotency-Key is one payment, whatever stands between."""
    key = request.headers.get("Idempotency-Key", "")
    return uuid5(NAMESPACE_URL, f"{actor_of(request).member_id}:{key}") if key else uuid4()


def _number(request: Request, name: str, otherwise: int) -> int:
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def page_of(
    request: Request,
    rows: QuerySet[Any],
    shape: type[serializers.Serializer[Any]],
) -> Response:
    start = _number(request, "offset", 0)
    limit = min(_number(request, "limit", LIMIT), MOST) or LIMIT
    found = list(rows[start : start + limit + 1])
    after = request.query_params.copy()
    after["offset"] = str(start + limit)
    following = f"{request.path}?{after.urlencode()}" if len(found) > limit else None
    return Response(
        {
            "results": shape(found[:limit], many=True).data,
            "next": following,
        }
    )


def month_of(request: Request) -> date:
    text = request.query_params.get("month", "")
    try:
        return month_from(text) if text else today_of(request).replace(day=1)
    except NotAMonth as wrong:
        raise Problem(
            422,
            "invalid",
            "",
            {"month": [_("A month is written 2026-03.")]},
        ) from wrong


def invoice_for(request: Request, key: str) -> Invoice:
    """By id or by number; what this person may not see is not there."""
    rows = queries.invoices_of(actor_of(request)).select_related("order")
    try:
        found = rows.filter(pk=UUID(key)).first()
    except ValueError:
        found = rows.filter(number=key).first()
    if found is None:
        raise Http404
    return found
