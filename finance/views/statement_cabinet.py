"""A client's or partner's own statement, in its own cabinet: amounts in their currencies alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from companies.queries import company_for
from finance.queries.company_statement import (
    AS_CARRIER,
    AS_CLIENT,
    Accounts,
    CompanyStatement,
    company_statement,
)
from finance.reports.period import PeriodForm
from finance.views.statement import StatementPart, part_of, statement_file, year_until
from tenants.kit.web import OfficeRequest, needs, page
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class CabinetStatementPage:
    statement: CompanyStatement
    parts: list[StatementPart]
    form: PeriodForm
    export_url: str


@require_GET
@needs(Permission.CLIENT_SUMS)
def client_statement(request: OfficeRequest) -> HttpResponseBase:
    """What the client was invoiced and paid."""
    return _statement(request, AS_CLIENT, "finance:cabinet-statement")


@require_GET
@needs(Permission.PARTNER_SUMS)
def partner_statement(request: OfficeRequest) -> HttpResponseBase:
    """What the partner earned and was paid."""
    return _statement(request, AS_CARRIER, "finance:partner-statement")


def _statement(request: OfficeRequest, accounts: Accounts, name: str) -> HttpResponseBase:
    """The company's account on one of its sides; `format` asks for it as a file."""
    if request.actor.company_id is None:
        raise Http404
    company = company_for(request.actor, request.actor.company_id)
    form = PeriodForm(request.GET.dict(), usual=year_until(request))
    period = form.period
    whole = company_statement(company, first=period.first, last=period.last, accounts=accounts)
    currencies = tuple(part.in_currency for part in whole.currencies)
    statement = replace(whole, currencies=currencies)
    if kind := request.GET.get("format"):
        return statement_file(statement, "", kind)
    context = CabinetStatementPage(
        statement=statement,
        parts=[part_of(request, part) for part in currencies],
        form=form,
        export_url=f"{reverse(name)}?{urlencode(period.query)}",
    )
    return page(request, "finance/cabinet_statement.html", context)
