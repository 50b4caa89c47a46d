"""The month's summary and the audit trail over the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from commission.cargo.api.bodies import AuditFilters, SummaryFilters
from commission.cargo.api.frame import CargoView
from commission.cargo.api.serializers import AuditEventOut, SummaryOut
from commission.cargo.queries import report
from commission.cargo.reports import exports
from tenants.kit.api import by_month, listed
from tenants.kit.keyset import Sort
from tenants.office import audit_log
from tenants.permissions import Permission

LATEST = Sort("at", "at", descending=True)


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


class SummaryReport(CargoView):
    permissions = (Permission.CARGO_REPORT,)
    content_negotiation_class = AnyFormat

    @by_month(SummaryOut, SummaryFilters)
    def get(
        self,
        request: Request,
    ) -> Response | HttpResponseBase:
        kind = self.filters(SummaryFilters).get("format")
        summary = report.summary(self.actor, self.month())
        if kind:
            return exports.summary(summary, reseller=self.reseller, kind=kind)
        return self.answer(
            SummaryOut,
            summary,
            currency=self.reseller.currency,
        )


class Audit(CargoView):
    permissions = (Permission.AUDIT_VIEW,)

    @listed(AuditEventOut, AuditFilters)
    def get(
        self,
        request: Request,
    ) -> Response:
        rows = audit_log.events_for(
            self.actor,
            **self.filters(AuditFilters),
        )
        return self.page(rows, AuditEventOut, sort=LATEST)
