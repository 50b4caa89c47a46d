"""The list of orders: its columns, its page and its export, and what is done to several at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from companies.queries import client_choices
from orders import access, lifecycle, queries
from orders.forms.filters import OrderFilters, filters_of
from orders.models import Order, Stage
from orders.queries import order_list as rows_of
from orders.queries.order_list import NEWEST, SORTS, Totals
from orders.words import pill
from tenants.actor import Actor
from tenants.kit import clock, formats
from tenants.kit.listing import (
    Act,
    Address,
    Column,
    Empty,
    Listing,
    ListPage,
    Tab,
)
from tenants.kit.listing_cells import MARK, Record, address_pattern
from tenants.kit.listing_parts import counted, totals_line
from tenants.kit.price_tax import PriceTax
from tenants.kit.web import OfficeRequest, go, needs, page, uuid_of
from tenants.office import saved_views
from tenants.office.models import Member
from tenants.permissions import Permission


def stage_label(row: Record) -> str:
    return str(Stage(row.stage).label)


def carrier_tax(row: Record) -> str:
    return str(PriceTax(row.carrier_tax).label) if row.carrier_tax else ""


def route(row: Record) -> str:
    return f"{row.place_from or '—'} → {row.place_to or '—'}"


def two_places(amount: Decimal | None) -> str:
    return formats.number(amount, 2)


COLUMNS = (
    Column(
        "ref",
        _("Code"),
        "ref",
        SORTS["ref"],
        fixed=True,
        opens=True,
        css="lead text-nowrap",
    ),
    Column(
        "stage",
        _("Stage"),
        stage_label,
        SORTS["stage"],
        text=pill,
        per=("stage",),
        fixed=True,
    ),
    Column("created", _("Created"), "created_at", NEWEST, hidden=True),
    Column("client", _("Client"), "client_name"),
    Column("from", _("Route"), route, SORTS["from"], exported=False),
    Column("place_from", _("From"), "place_from", on_page=False),
    Column("place_to", _("To"), "place_to", on_page=False),
    Column("pickup", _("Loading"), "pickup_on", SORTS["pickup"]),
    Column("cargo", _("Cargo"), "cargo_name"),
    Column(
        "weight",
        _("Weight, kg"),
        "weight_kg",
        SORTS["weight"],
        numeric=True,
        hidden=True,
    ),
    Column("volume", _("Volume, m³"), "volume_m3", numeric=True, hidden=True),
    Column("adr", _("ADR class"), "adr", hidden=True),
    Column(
        "price",
        _("Price"),
        "client_price",
        SORTS["price"],
        numeric=True,
        text=formats.money,
        per=("client_price", "currency"),
    ),
    Column("currency", _("Currency"), "currency", on_page=False),
    Column(
        "rate",
        pgettext_lazy("carrier", "Rate"),
        "carrier_rate",
        SORTS["rate"],
        numeric=True,
        text=formats.money,
        per=("carrier_rate", "carrier_currency"),
    ),
    Column(
        "rate_currency",
        _("Currency of the rate"),
        "carrier_currency",
        on_page=False,
    ),
    Column("rate_tax", _("Taxes in the rate"), carrier_tax, hidden=True),
    Column(
        "margin",
        _("Margin"),
        "margin_home",
        SORTS["margin"],
        numeric=True,
        text=two_places,
        per=("margin_home",),
    ),
    Column("carrier", _("Carrier"), "carrier_name", hidden=True),
    Column("responsible", _("Responsible"), "responsible_name", hidden=True),
)
ORDERS = Listing(
    name="orders",
    title=_("Orders"),
    url="orders:order-list",
    columns=COLUMNS,
    sort=NEWEST,
    opens="orders:order-card",
    opens_by="ref",
    named_by="ref",
    search_hint=_("Code, client, place, cargo, carrier"),
    export="orders:order-export",
    saved="orders:view",
    tabs=(
        Tab("all", _("All")),
        Tab("mine", _("Mine"), {"view": "mine"}),
        Tab("new", _("To be done"), {"view": "new"}),
        Tab("exchange", _("On the exchange"), {"view": "exchange"}),
        Tab("active", _("Under way"), {"view": "active"}),
        Tab("delivered", _("Delivered"), {"view": "delivered"}),
    ),
    empty=Empty(
        title=_("No orders yet"),
        icon="package",
        text=_(
            "An order is what a client asks you to carry: from where, to where, what and for how much."
        ),
        action_label=_("New order"),
        action_url=reverse_lazy("orders:order-new"),
    ),
)


@dataclass(frozen=True, slots=True)
class OrderListPage:
    list: ListPage


def columns_for(actor: Actor) -> tuple[Column, ...]:
    """The columns as this person may use them: an order of rows by a hidden value tells it."""
    sorts = access.allowed_sorts(actor, SORTS)
    return tuple(
        column if column.sort is None or column.sort.key in sorts else replace(column, sort=None)
        for column in COLUMNS
    )


def address_of(request: OfficeRequest) -> Address:
    form = OrderFilters(
        request.GET,
        clients=client_choices(in_force=uuid_of(request.GET.get("client"))),
        people=queries.people(in_force=uuid_of(request.GET.get("responsible"))),
    )
    return ORDERS.address(
        request,
        form,
        columns=columns_for(request.actor),
    )


@require_GET
@needs(Permission.ORDER_VIEW)
def order_list(request: OfficeRequest) -> HttpResponse:
    actor = request.actor
    address = address_of(request)
    orders = ORDERS.page(address, rows_of.rows(actor, filters_of(address)), reader=actor)
    totals = rows_of.totals_of(orders.rows)
    shown = ORDERS.shown(
        address,
        orders,
        records=access.hide_rates(actor, orders.rows),
        count=totals.count,
        totals=in_all(totals, request.reseller.currency),
        saved=saved_views.of(actor, ORDERS),
        bulk=_bulk(actor),
        row_menu=_row_menu(),
    )
    return page(request, "orders/list.html", OrderListPage(shown))


@require_GET
@needs(Permission.ORDER_VIEW)
def order_export(request: OfficeRequest) -> HttpResponseBase:
    address = address_of(request)
    return ORDERS.file(
        address,
        rows_of.everything(request.actor, filters_of(address), address.sort),
    )


def in_all(
    totals: Totals,
    home: str,
) -> str:
    """Count and sums of all orders asked for, in words."""
    number = totals.count.number
    count = ngettext("%(num)s order", "%(num)s orders", number) % {"num": counted(totals.count)}
    sums = (
        (gettext("prices"), totals.price),
        (gettext("margin"), totals.margin),
    )
    return totals_line(sums, home, count=count, summed=not totals.count.more)


def _bulk(actor: Actor) -> list[Act]:
    """What may be done to several orders at once."""
    if not actor.can(Permission.ORDER_EDIT):
        return []
    return [
        Act(
            gettext("Hand over"),
            reverse("orders:order-hand-over"),
            "transfer",
        )
    ]


def _row_menu() -> list[Act]:
    copy = reverse("orders:order-copy", args=[MARK])
    return [
        Act(
            gettext("Open"),
            address_pattern("orders:order-card"),
            "external-link",
        ),
        Act(gettext("Copy"), copy, "copy", method="post"),
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
    sentence = ngettext(
        "%(count)s order handed over to %(name)s.",
        "%(count)s orders handed over to %(name)s.",
        moved,
    )
    messages.success(request, sentence % {"count": moved, "name": to.name})
    return go(request, reverse("orders:order-list"))
