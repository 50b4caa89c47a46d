"""The control room (C-9), and the way there for a shop that has just begun (C-12)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from commission.cargo.access import is_salesperson
from commission.cargo.models import Shipment
from commission.cargo.queries import dashboard as queries
from commission.cargo.queries import own_salesperson
from commission.cargo.queries.dashboard import FirstSteps
from commission.cargo.shipments import parcels
from commission.cargo.words import hints, status_pill
from tenants.actor import Actor
from tenants.kit import formats, months
from tenants.kit.web import OfficeRequest, needs, page
from tenants.permissions import Permission


@require_GET
@needs(Permission.CARGO_VIEW)
def dashboard(request: OfficeRequest) -> HttpResponse:
    actor = request.actor
    month = months.today_of(request).replace(day=1)
    currency = request.reseller.currency
    six = queries.six_months(actor, month)
    steps = queries.first_steps()
    context: dict[str, Any] = {
        "now": six[-1][1],
        "all": queries.count_all(actor),
        "month": months.month_label(month),
        "month_value": f"{month:%Y-%m}",
        "currency": currency,
        "chart": chart(six, currency),
        "check": queries.to_check(actor, month),
        "worst": [_row(row, actor) for row in queries.worst(actor, month)],
        "steps": [] if steps.done or is_salesperson(actor) else first_steps(steps, actor),
        "untied": is_salesperson(actor) and own_salesperson(actor) is None,
        "spark": {
            name: [float(getattr(totals, name)) for _month, totals in six]
            for name in ("commission", "cost", "sales")
        },
        "lookup": request.build_absolute_uri(
            reverse(
                "cargo:parcel-find",
                args=[parcels.token_of(request.reseller)],
            )
        ),
    }
    return page(request, "cargo/dashboard.html", context)


def chart(six: list[Any], currency: str) -> dict[str, Any]:
    def line(name: str) -> list[float]:
        return [float(getattr(totals, name)) for _month, totals in six]

    return {
        "type": "bar",
        "labels": [months.month_label(month) for month, _totals in six],
        "currency": currency,
        "datasets": [
            {"label": _("Sales"), "data": line("sales"), "tone": 1},
            {"label": _("Cost"), "data": line("cost"), "tone": 3},
            {
                "label": _("Commission"),
                "data": line("commission"),
                "tone": "good",
                "type": "line",
            },
        ],
    }


def first_steps(steps: FirstSteps, actor: Actor) -> list[dict[str, Any]]:
    """In the seed's order: a card, a salesperson, customers, shipments."""
    manages = actor.can(Permission.CARGO_MANAGE)
    enters = actor.can(Permission.CARGO_ENTER)
    return [
        {
            "label": _("Set a rate card and activate it"),
            "done": steps.has_card,
            "url": reverse("cargo:card-list") if manages else "",
            "action_label": _("Rate cards"),
        },
        {
            "label": _("Add a salesperson"),
            "done": steps.has_salesperson,
            "url": reverse("cargo:salesperson-list") if manages else "",
            "action_label": _("Salespeople"),
        },
        {
            "label": _("Give customers to the salesperson"),
            "done": steps.has_customers,
            "url": reverse("cargo:salesperson-list") if manages else "",
            "action_label": _("Salespeople"),
        },
        {
            "label": _("Add shipments"),
            "done": steps.has_shipment,
            "url": reverse("cargo:shipment-new") if enters else "",
            "action_label": _("Add a shipment"),
        },
    ]


def _row(row: Shipment, actor: Actor) -> dict[str, Any]:
    fields = {
        name: getattr(row, name)
        for name in (
            "id",
            "status",
            "cost_mode",
            "card_id",
            "rate_cbm",
            "rate_kg",
            "salesperson_id",
            "customer_id",
        )
    }
    return {
        "shipment": row,
        "day": formats.day(row.received_on),
        "pill": status_pill(row.status, row.commission_method),
        "hints": hints(
            fields,
            manages=actor.can(Permission.CARGO_MANAGE),
            enters=actor.can(Permission.CARGO_ENTER),
        ),
    }
