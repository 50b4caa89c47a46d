"""Tables as files: shipments, the month's summary. No cell becomes a formula (tenants.kit.tables)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from commission.cargo.queries.report import Line, Summary, Totals
from commission.cargo.reports import papers
from tenants.actor import ResellerInfo
from tenants.kit import tables

KINDS = ("xlsx", "csv", "pdf")


def summary(found: Summary, *, reseller: ResellerInfo, kind: str) -> HttpResponse:
    """By salesperson and by customer, one under the other; `pdf` is the branded paper."""
    if kind == "pdf":
        return papers.summary(found, reseller=reseller)
    headings = [
        _("By"),
        _("Code"),
        _("Name"),
        _("Shipments"),
        _("Sales"),
        _("Cost"),
        _("Commission"),
        _("Awaiting rate"),
        _("Loss"),
        _("Currency"),
    ]
    return tables.table(
        name=f"cargo-{found.month:%Y-%m}",
        headings=headings,
        rows=_lines(found, reseller.currency),
        kind=kind,
    )


def _lines(found: Summary, currency: str) -> Iterator[list[Any]]:
    for row in found.salespeople:
        yield _line(_("Salesperson"), row, _("No salesperson yet"), currency)
    for row in found.customers:
        yield _line(_("Customer"), row, "", currency)
    yield [_("In all"), "", "", *_sums(found.totals), currency]


def _line(what: str, row: Line, nobody: str, currency: str) -> list[Any]:
    return [
        what,
        row.code,
        row.name if row.id else nobody,
        *_sums(row.totals),
        currency,
    ]


def _sums(found: Totals) -> list[Any]:
    return [
        found.count,
        found.sales,
        found.cost,
        found.commission,
        found.awaiting,
        found.loss,
    ]
