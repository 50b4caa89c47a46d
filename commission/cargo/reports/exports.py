"""Tables as files: shipments, the month's summary. No cell becomes a formula (tenants.kit.tables)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from commission.cargo.queries.report import Line, Summary, Totals
from commission.cargo.reports import papers
from tenants.actor import ResellerInfo
from tenants.kit import tables

Cell = str | int | Decimal | None
KINDS = ("xlsx", "csv", "pdf")


def summary(month: Summary, *, reseller: ResellerInfo, kind: str) -> HttpResponseBase:
    """By salesperson and by customer, one under the other; `pdf` is the branded paper."""
    if kind == "pdf":
        return papers.summary(month, reseller=reseller)
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
        name=f"cargo-{month.month:%Y-%m}",
        headings=headings,
        rows=_lines(month, reseller.currency),
        kind=kind,
    )


def _lines(
    month: Summary,
    currency: str,
) -> Iterator[list[Cell]]:
    for row in month.salespeople:
        yield _line(
            _("Salesperson"),
            row,
            _("No salesperson yet"),
            currency,
        )
    for row in month.customers:
        yield _line(_("Customer"), row, "", currency)
    if month.adjustments:
        yield [_("Shipments"), "", "", *_sums(month.of_shipments), currency]
    for one in month.adjustments:
        sums = (None, one.price, one.cost, one.commission, None, None)
        yield [_("Adjustment"), one.shipment.tracking_number, one.reason, *sums, currency]
    yield [_("In all"), "", "", *_sums(month.totals), currency]


def _line(what: str, row: Line, nobody: str, currency: str) -> list[Cell]:
    return [
        what,
        row.code,
        row.name if row.id else nobody,
        *_sums(row.totals),
        currency,
    ]


def _sums(totals: Totals) -> list[Cell]:
    return [
        totals.count,
        totals.sales,
        totals.cost,
        totals.commission,
        totals.awaiting,
        totals.loss,
    ]
