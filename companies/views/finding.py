"""Companies by a part of their name, for the boxes that look them up as one types."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from companies import queries
from companies.alike import ALIKE, companies_like
from companies.models import Company
from tenants.kit.edge import phones
from tenants.kit.web import OfficeRequest, needs, page
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class AlikePiece:
    companies: list[Company]


@require_GET
@needs(Permission.COMPANY_VIEW, Permission.ORDER_VIEW)
def client_search(request: OfficeRequest) -> JsonResponse:
    """Clients alone, for a box."""
    return _choices(queries.clients_called(_typed(request)))


@require_GET
@needs(Permission.COMPANY_EDIT)
def company_search(request: OfficeRequest) -> JsonResponse:
    """Companies of either side, for a box."""
    return _choices(queries.companies_called(_typed(request)))


@require_GET
@needs(Permission.COMPANY_VIEW)
def alike(request: OfficeRequest) -> HttpResponse:
    """Companies that the one being typed may be already."""
    values = {name: request.GET.get(name, "")[:300] for name in ALIKE}
    values["phone"] = _phone(request, values["phone"])
    return page(request, "companies/_alike_list.html", AlikePiece(companies_like(values)))


def _phone(request: OfficeRequest, typed: str) -> str:
    """A phone that is typed whole; a part of one is compared with nothing."""
    try:
        return phones.normal(typed, country=request.reseller.country)
    except phones.BadPhone:
        return ""


def _typed(request: OfficeRequest) -> str:
    return request.GET.get("q", "")[:100]


def _choices(rows: list[Company]) -> JsonResponse:
    """Companies as a box shows them."""
    answer = [{"value": str(row.pk), "text": row.name, "note": row.ref} for row in rows]
    return JsonResponse(answer, safe=False)
