"""The platform's commission of a month as a file to download."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from finance import queries
from finance.queries import Statement
from tenants.kit import months, tables
from tenants.kit.tables import Rows
from tenants.kit.web import OfficeRequest, needs
from tenants.permissions import Permission


@require_GET
@needs(Permission.FINANCE_VIEW)
def fee_file(request: OfficeRequest) -> HttpResponseBase:
    """The lines that the page of the commission shows, and their sum."""
    month = months.month_asked(request)
    statement = queries.statement(month, request.reseller)
    return tables.table(
        name=f"commission-{month:%Y-%m}",
        headings=_headings(statement.currency),
        rows=_rows(statement),
        kind=request.GET.get("format", "xlsx"),
    )


def _headings(currency: str) -> list[str]:
    return [
        _("Invoice"),
        _("Line"),
        _("Day"),
        f"{_('Paid')}, {currency}",
        f"{_('Rate')}, %",
        f"{_('Commission')}, {currency}",
        _("State"),
    ]


def _rows(statement: Statement) -> Rows:
    state = _("final") if statement.is_closed else _("provisional")
    for line in statement.lines:
        yield (
            line.invoice.number,
            str(line.kind_label),
            line.on,
            line.paid,
            line.rate,
            line.fee,
            state,
        )
    yield (
        _("In all"),
        "",
        None,
        statement.paid,
        statement.rate,
        statement.fee,
        state,
    )
