"""Platform fee, profit and loss, and ageing over the API."""

from __future__ import annotations

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from finance import queries
from finance.api.reading import (
    MONTH,
    SEE,
    Facts,
    actor_of,
    month_of,
    today_of,
)
from finance.queries.ageing import BUCKETS, Side
from finance.queries.pnl import MonthResult
from finance.serializers import FeeOut, ResultOut
from tenants.kit.calendar import months_until
from tenants.office.current import current_reseller

YEAR = 12


class PlatformFee(APIView):
    permissions = SEE

    @extend_schema(parameters=[MONTH], responses=FeeOut)
    def get(self, request: Request) -> Response:
        return Response(
            FeeOut(queries.statement(month_of(request), current_reseller(actor_of(request)))).data
        )


class Pnl(APIView):
    """The month asked for in the reseller's currency, other currencies beside it, and the twelve
    months to it.
    """

    permissions = SEE

    @extend_schema(parameters=[MONTH], responses=ResultOut)
    def get(self, request: Request) -> Response:
        month = month_of(request)
        home = current_reseller(actor_of(request)).currency
        found = queries.pnl(months_until(month, YEAR))
        own = {row.month: row for row in found if row.currency == home}
        others = [row for row in found if row.month == month and row.currency != home]
        rows = [own.get(each, MonthResult(each, home)) for each in months_until(month, YEAR)]
        return Response(
            {
                **ResultOut(rows[-1]).data,
                "others": ResultOut(others, many=True).data,
                "months": ResultOut(rows, many=True).data,
            }
        )


class Ageing(APIView):
    permissions = SEE

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        found = queries.ageing(on=today_of(request))
        return Response(
            {
                "on": found.on,
                "currency": current_reseller(actor_of(request)).currency,
                "receivables": _side(found.receivable),
                "payables": _side(found.payable),
            }
        )


def _side(side: Side) -> Facts:
    names = [name for name, _low, _high in BUCKETS]
    return {
        "total": f"{side.total:.2f}",
        "buckets": {name: f"{sum_:.2f}" for name, sum_ in zip(names, side.buckets, strict=True)},
        "companies": [
            {
                "company": row.company_id,
                "name": row.name,
                "total": f"{row.total:.2f}",
                "buckets": {
                    name: f"{sum_:.2f}" for name, sum_ in zip(names, row.buckets, strict=True)
                },
            }
            for row in side.rows
        ],
    }


routes = [
    ("finance/platform-fee", PlatformFee),
    ("finance/pnl", Pnl),
    ("finance/ageing", Ageing),
]
