"""The list of orders, its export, its saved views and what is done to several orders at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from orders import lifecycle, queries
from orders.forms.filters import OrderFilters, asked
from orders.models import Order, Stage
from orders.queries.order_list import board, everything
from orders.views import table
from tenants.kit import clock, tables
from tenants.kit.web import OfficeRequest, go, needs, page, uuid_of
from tenants.office import saved_views
from tenants.office.models import Member
from tenants.permissions import Permission

PAGE = "orders"


@require_GET
@needs(Permission.ORDER_VIEW)
def order_list(request: OfficeRequest) -> HttpResponse:
    clients = queries.clients()
    people = queries.people()
    form = OrderFilters(request.GET, clients=clients, people=people)
    wanted = asked(form, request.GET)
    found = board(request.actor, wanted)
    context = {
        "list": table.of_orders(
            request,
            form,
            wanted,
            found,
            saved_views.of(request.actor, PAGE),
        ),
        "rows": table.rows(found.rows),
        "totals": found.totals,
        "shown": table.shown(request.GET),
        "home": request.reseller.currency,
    }
    return page(request, "orders/list.html", context)


@require_GET
@needs(Permission.ORDER_VIEW)
def order_export(request: OfficeRequest) -> HttpResponse:
    form = OrderFilters(request.GET, clients=queries.clients(), people=queries.people())
    rows = everything(request.actor, asked(form, request.GET))
    return tables.table(
        name="orders",
        headings=[label for _key, label in EXPORTED()],
        rows=(_line(row) for row in rows),
        kind=request.GET.get("format", "xlsx"),
    )


def EXPORTED() -> list[tuple[str, str]]:
    return [
        ("ref", _("Code")),
        ("stage", _("Stage")),
        ("created_at", _("Created")),
        ("client_name", _("Client")),
        ("place_from", _("From")),
        ("place_to", _("To")),
        ("pickup_on", _("Loading")),
        ("cargo_name", _("Cargo")),
        ("weight_kg", _("Weight, kg")),
        ("volume_m3", _("Volume, m³")),
        ("client_price", _("Price")),
        ("currency", _("Currency")),
        ("carrier_rate", _("Rate")),
        ("carrier_currency", _("Currency of the rate")),
        ("margin_home", _("Margin")),
        ("carrier_name", _("Carrier")),
        ("responsible_name", _("Responsible")),
    ]


def _line(row: dict[str, Any]) -> list[Any]:
    return [
        str(Stage(row["stage"]).label) if key == "stage" else row[key] for key, _label in EXPORTED()
    ]


@require_POST
@needs(Permission.ORDER_EDIT)
def hand_over(request: OfficeRequest) -> HttpResponse:
    """Give the picked orders to another person: first asks to whom, then does it."""
    to = Member.objects.filter(pk=uuid_of(request.POST.get("to")), is_active=True).first()
    picked = [one for text in request.POST.getlist("pick") if (one := uuid_of(text))]
    orders = list(Order.objects.filter(pk__in=picked).order_by("ref"))
    if to is None:
        return page(
            request,
            "orders/hand_over.html",
            {"orders": orders, "people": queries.people()},
        )
    moved = lifecycle.hand_over(orders=orders, to=to, by=request.actor, at=clock.now())
    said = ngettext(
        "%(count)s order handed over to %(name)s.",
        "%(count)s orders handed over to %(name)s.",
        moved,
    )
    messages.success(request, said % {"count": moved, "name": to.name})
    return go(request, reverse("orders:order-list"))


@require_POST
@needs(Permission.ORDER_VIEW)
def view_save(request: OfficeRequest) -> HttpResponse:
    """Keep the list's filters and columns under a name, as a tab."""
    query = saved_views.save(
        page=PAGE,
        name=request.POST.get("name", ""),
        query=request.POST.get("query", ""),
        by=request.actor,
        at=clock.now(),
    )
    return go(request, f"{reverse('orders:order-list')}?{query}")


@require_POST
@needs(Permission.ORDER_VIEW)
def view_delete(request: OfficeRequest, view_id: UUID) -> HttpResponse:
    saved_views.delete(page=PAGE, view=view_id, by=request.actor, at=clock.now())
    messages.success(request, _("The view is deleted."))
    return go(request, reverse("orders:order-list"))
