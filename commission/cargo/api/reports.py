"""The month's summary and the audit trail over the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commission.cargo.api import serializers
from commission.cargo.api.kit import actor_of, following, invalid, reseller_of, window
from commission.cargo.queries import report
from commission.cargo.reports import exports
from tenants.kit import clock
from tenants.office import audit_log
from tenants.office.models import AuditEvent
from tenants.permissions import Permission


class AnyFormat(BaseContentNegotiation):
    """`format` names the file that is wanted here; DRF would take it for a renderer's name."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(
        self,
        request: Request,
        renderers: Any,
        format_suffix: Any = None,
    ) -> Any:
        return renderers[0], renderers[0].media_type


class SummaryReport(APIView):
    permissions = (Permission.CARGO_REPORT,)
    content_negotiation_class = AnyFormat

    @extend_schema(
        parameters=[
            OpenApiParameter("month"),
            OpenApiParameter("format"),
        ],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request) -> Response | HttpResponse:
        reseller = reseller_of(request)
        kind = request.query_params.get("format", "")
        month = _month(request) or clock.now().astimezone(reseller.zone).date().replace(day=1)
        found = report.summary(actor_of(request), month)
        if kind in exports.KINDS:
            return exports.summary(found, reseller=reseller, kind=kind)
        return Response(serializers.summary(found, reseller.currency))


class Audit(APIView):
    permissions = (Permission.AUDIT_VIEW,)

    @extend_schema(
        parameters=[OpenApiParameter(n) for n in ("search", "action", "offset", "limit")],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request) -> Response:
        (start, limit), query = window(request), request.query_params
        rows = audit_log.events_for(
            actor_of(request),
            search=query.get("search", ""),
            action=query.get("action", ""),
        )
        found = list(rows[start : start + limit + 1])
        return Response(
            {
                "results": [_event(row) for row in found[:limit]],
                "next": following(request, start, limit, len(found)),
            }
        )


def _event(row: AuditEvent) -> dict[str, Any]:
    return {
        "at": row.at.isoformat(),
        "by": row.by_name,
        "action": row.action,
        "subject": row.subject,
        "title": row.title,
        "before": row.before,
        "after": row.after,
        "reason": row.reason,
    }


def _month(request: Request) -> date | None:
    text = request.query_params.get("month", "")
    try:
        return date.fromisoformat(f"{text}-01") if text else None
    except ValueError as wrong:
        raise invalid({"month": [_("This is not a month.")]}) from wrong
