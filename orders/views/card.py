"""The order's card: head with the one next act, tabs, and the pages behind them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from documents.queries import about
from documents.rendering import topic_of
from orders import carrier_view, lifecycle, queries
from orders.access import may_bargain, sees_margin, sees_rate
from orders.lifecycle import Choice
from orders.models import Loading, Order, Stage, Trip
from orders.papers import subject
from orders.pricing import margin_percent
from orders.stages import EDITABLE, Act
from orders.views import timeline
from orders.words import pill, trip_pill
from tenants.actor import Actor
from tenants.drivers.bodies import Body
from tenants.exchange.models import Offer
from tenants.exchange.queries import offers_on
from tenants.kit import formats
from tenants.kit.events import stream_url
from tenants.kit.web import OfficeRequest, needs, page
from tenants.office.models import Member
from tenants.permissions import Permission

# Which act stands as the one button, by stage; the others are behind the dots.
FIRST = {
    Stage.DRAFT: (Act.PUBLISH, Act.ASSIGN),
    Stage.REQUESTED: (Act.QUOTE, Act.PUBLISH),
    Stage.QUOTED: (Act.PUBLISH, Act.ASSIGN),
    Stage.PUBLISHED: (Act.ASSIGN,),
    Stage.DELIVERED: (Act.COMPLETE,),
    Stage.COMPLETED: (Act.CLOSE,),
}
ICONS = {
    Act.PUBLISH: "building-store",
    Act.UNPUBLISH: "x",
    Act.ASSIGN: "user-check",
    Act.REPLACE: "transfer",
    Act.QUOTE: "send",
    Act.AGREE: "check",
    Act.COMPLETE: "circle-check",
    Act.CLOSE: "lock",
    Act.CANCEL: "ban",
    Act.REQUEST: "inbox",
}
IN_DIALOG = (Act.CANCEL,)
ON_PAGE = {
    Act.ASSIGN: "orders:order-assign",
    Act.REPLACE: "orders:order-assign",
}


def context(request: OfficeRequest, order: Order, tab: str) -> dict[str, Any]:
    """What the head and the tabs of every page of the card need."""
    choices = lifecycle.available(order=order, for_=request.actor)
    trip = queries.current_trip(order)
    return {
        "order": order,
        "tab": tab,
        "trip": trip,
        "pill": pill(order.stage),
        "figures": _figures(order, request.actor),
        "primary": _primary(order, choices, trip),
        "more": _more(order, choices, request.actor),
        "tabs": _tabs(order, tab, request.actor),
        "can_cancel": any(one.act is Act.CANCEL for one in choices),
        "home": request.reseller.currency,
        "may_edit": request.actor.can(Permission.ORDER_EDIT),
    }


def _figures(order: Order, actor: Actor) -> list[dict[str, str]]:
    figures = [
        {
            "label": _("Client's price"),
            "value": formats.money(order.client_price, order.currency),
        }
    ]
    if sees_rate(actor, order.stage):
        home = actor.reseller.currency if actor.reseller else ""
        figures += [
            {
                "label": _("Carrier's rate"),
                "value": formats.money(order.carrier_rate, order.carrier_currency),
            },
            {
                "label": _("Margin"),
                "value": formats.money(order.margin, home),
            },
        ]
    return figures


def _primary(order: Order, choices: list[Choice], trip: Trip | None) -> dict[str, str] | None:
    """The next act. While the order is driven it is the trip's next stage."""
    if trip and order.stage in (Stage.ASSIGNED, Stage.IN_TRANSIT):
        return {
            "label": _("Enter a stage"),
            "url": reverse("orders:order-trip", args=[order.ref]),
            "icon": "truck",
        }
    for act in FIRST.get(Stage(order.stage), ()):
        for choice in choices:
            if choice.act is act:
                return _button(order, choice)
    return None


def _button(order: Order, choice: Choice) -> dict[str, str]:
    where = ON_PAGE.get(choice.act)
    shown = {
        "label": choice.label,
        "icon": ICONS.get(choice.act, ""),
        "why": choice.why,
    }
    if where:
        return shown | {"url": reverse(where, args=[order.ref])}
    return shown | {
        "url": reverse("orders:order-act", args=[order.ref, choice.act]),
        "method": "post",
    }


def _more(order: Order, choices: list[Choice], actor: Actor) -> list[dict[str, Any]]:
    first = _primary(order, choices, None)
    items: list[dict[str, Any]] = []
    if actor.can(Permission.ORDER_EDIT):
        if order.stage in EDITABLE:
            items.append(
                {
                    "label": _("Change"),
                    "url": reverse("orders:order-edit", args=[order.ref]),
                    "icon": "pencil",
                }
            )
        items.append(
            {
                "label": _("Copy"),
                "url": reverse("orders:order-copy", args=[order.ref]),
                "icon": "copy",
                "method": "post",
            }
        )
    for choice in choices:
        button = _button(order, choice)
        if choice.act in IN_DIALOG or (first and button["url"] == first["url"]):
            continue
        items.append({key: value for key, value in button.items() if value})
    if any(choice.act is Act.CANCEL for choice in choices):
        attrs = {"data-open": "cancel", "type": "button"}
        items += [
            {"rule": True},
            {
                "label": _("Cancel the order"),
                "attrs": attrs,
                "icon": "ban",
                "tone": "bad",
                "open": "cancel",
            },
        ]
    return items


def _tabs(order: Order, active: str, actor: Actor) -> list[dict[str, Any]]:
    named = [
        ("overview", _("Overview"), "order-card"),
        ("trip", _("Trip"), "order-trip"),
        ("documents", _("Documents"), "order-documents"),
        ("history", _("History"), "order-history"),
    ]
    if may_bargain(actor):
        named.insert(1, ("offers", _("Offers"), "order-offers"))
    counts = {"offers": _open_offers(order) if may_bargain(actor) else None}
    return [
        {
            "label": label,
            "url": reverse(f"orders:{view}", args=[order.ref]),
            "active": key == active,
            "count": counts.get(key),
        }
        for key, label, view in named
    ]


def _open_offers(order: Order) -> int | None:
    if not order.listing_id:
        return None
    return (
        Offer.objects.filter(listing_id=order.listing_id, status=Offer.Status.OPEN).count() or None
    )


@require_GET
@needs(Permission.ORDER_VIEW)
def overview(request: OfficeRequest, ref: str) -> HttpResponse:
    order = queries.order_for(request.actor, ref)
    shown = context(request, order, "overview")
    shown |= {
        "stops": list(order.stops.all()),
        "cargo": list(order.cargo.all()),
        "money": _money_bar(order, request.actor),
        "percent": margin_percent(order.sides) if sees_margin(request.actor, order.stage) else None,
        "body": Body(order.body).label if order.body in Body.values else "",
        "loadings": [Loading(kind).label for kind in order.loading_types if kind in Loading.values],
        "distance": carrier_view.distance_km(order),
        "trip_pill": trip_pill(shown["trip"].stage) if shown["trip"] else "",
        "responsible": Member.objects.filter(pk=order.responsible).first()
        if order.responsible
        else None,
        "events": timeline.of_order(order, request.actor, limit=8),
    }
    return page(request, "orders/overview.html", shown)


def _money_bar(order: Order, actor: Actor) -> list[dict[str, Any]]:
    """Client's price as a bar: carrier, incidents, fee, what is left."""
    margin = order.margin
    home = actor.reseller.currency if actor.reseller else ""
    if margin is None or not sees_margin(actor, order.stage):
        return []
    costs = Decimal(str(queries.incident_cost(order)))
    rate = (order.client_price or Decimal(0)) * order.client_fx - margin
    left = margin - costs - order.fee
    parts = [
        (_("Carrier"), rate, 1),
        (_("Incidents"), costs, "bad"),
        (_("Platform fee"), order.fee, 3),
    ]
    shown = [part for part in parts if part[1]] + [
        (_("What is left"), left, "good" if left >= 0 else "bad")
    ]
    return [
        {
            "label": label,
            "text": formats.money(value, home),
            "value": float(max(value, Decimal(0))),
            "tone": tone,
        }
        for label, value, tone in shown
    ]


@require_GET
@needs(Permission.BARGAIN)
def offers(request: OfficeRequest, ref: str) -> HttpResponse:
    """The bargaining threads of the order's listing."""
    order = queries.order_for(request.actor, ref)
    threads = list(offers_on(order.listing_id)) if order.listing_id else []
    return page(
        request,
        "orders/offers.html",
        context(request, order, "offers") | {"threads": threads},
    )


@require_GET
@needs(Permission.ORDER_VIEW)
def documents(request: OfficeRequest, ref: str) -> HttpResponse:
    """The order's papers; the list asks again by itself while one is being made."""
    order = queries.order_for(request.actor, ref)
    papers = list(about(subject(order)).order_by("-issued_at"))
    queued = sum(paper.status == "queued" for paper in papers)
    shown = {
        "papers": papers,
        "making": queued > 0,
        "done": len(papers) - queued,
        "events": stream_url(topic_of(subject(order))),
    }
    if request.htmx and request.htmx.target == "papers":
        return page(request, "orders/_papers.html", shown | {"order": order})
    return page(
        request,
        "orders/documents.html",
        context(request, order, "documents") | shown,
    )


@require_GET
@needs(Permission.ORDER_VIEW)
def history(request: OfficeRequest, ref: str) -> HttpResponse:
    order = queries.order_for(request.actor, ref)
    shown = context(request, order, "history") | {"events": timeline.of_order(order, request.actor)}
    return page(request, "orders/history.html", shown)
