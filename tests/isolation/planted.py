"""The product's addresses with some that should not be: what the walk must find."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as real
from orders.models import Order
from tenants.context import GATE, Scope, inside
from tenants.kit.web import needs
from tenants.office.models import Notification
from tenants.permissions import Permission
from tenants.platform.models import Reseller

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
FOREIGN = "CANARY_BETA_CLIENT2"


def _beta() -> Scope:
    with inside(GATE):
        schema = Reseller.objects.get(slug="beta").schema_name
    return Scope(role=schema, schema=schema)


def tells(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<p>{FOREIGN}</p>")


def in_a_header(request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"X-Who": FOREIGN.lower()})


def breaks(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def unguarded(request: HttpRequest) -> HttpResponse:
    """No @needs: whoever has a reseller sees its orders."""
    return HttpResponse(
        "\n".join(Order.objects.values_list("note", flat=True))
        if getattr(request, "actor", None)
        else ""
    )


@needs(Permission.ORDER_VIEW)
def without_loader(request: HttpRequest, ref: str) -> HttpResponse:
    """Answers for every reference, whoever's it is."""
    return HttpResponse("found")


def writes_elsewhere(request: HttpRequest) -> HttpResponse:
    with inside(_beta()):
        Notification.objects.filter(pk="00000000-0000-0000-0000-000000000000").delete()
        Order.objects.update(note="gone")
    return HttpResponse("done")


def strange(request: HttpRequest, **values: Any) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("planted/tells/", tells),
    path("planted/header/", in_a_header),
    path("planted/breaks/", breaks),
    path("planted/unguarded/", unguarded),
    path("planted/writes/", writes_elsewhere),
    path("planted/orders/<str:ref>/", without_loader),
    path("planted/<uuid:nobody_knows_id>/", strange),
    *real,
]
