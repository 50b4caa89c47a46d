"""Clients by a part of their name, for the boxes that look them up as one types."""

from __future__ import annotations

from django.http import JsonResponse
from django.views.decorators.http import require_GET

from companies import queries
from tenants.kit.web import OfficeRequest, needs
from tenants.permissions import Permission


@require_GET
@needs(Permission.COMPANY_VIEW, Permission.ORDER_VIEW)
def client_search(request: OfficeRequest) -> JsonResponse:
    clients = queries.clients_called(request.GET.get("q", "")[:100])
    answer = [
        {"value": str(client.pk), "text": client.name, "note": client.ref} for client in clients
    ]
    return JsonResponse(answer, safe=False)
