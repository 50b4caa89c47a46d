"""States and hints as people see them, made once per distinct value."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commission.cargo.models import Stage, Status, Transport
from commission.cargo.rates.pricing import MANUAL, ONEPCT
from tenants.kit.pills import pill

TONES = {
    "normal": ("good", "circle-check"),
    "awaiting_rate": ("warn", "alert-triangle"),
    "loss": ("bad", "circle-x"),
}


def status_pill(status: str, method: str | None = None) -> SafeString:
    """Green, yellow or red; a break-even says so."""
    tone, icon = TONES[status]
    label = _("Break-even · 1%") if method == ONEPCT else str(Status(status).label)
    return pill(label, tone, icon)


def import_pill(state: str, label: str) -> SafeString:
    tone, icon = {
        "confirmed": ("good", "circle-check"),
        "preview": ("info", "eye"),
        "reading": ("info", "loader"),
        "undone": ("neutral", "arrow-back-up"),
        "failed": ("bad", "alert-circle"),
    }[state]
    return pill(label, tone, icon)


def amounts() -> Callable[[Decimal | None], str]:
    """Writes amounts of long lists as the reader's language does, a tenth of the cost of the
    general filter.
    """
    if (get_language() or "ru") in ("th", "en"):
        return lambda value: "—" if value is None else f"{value:,.2f}"
    return lambda value: (
        "—" if value is None else f"{value:,.2f}".replace(",", "\u00a0").replace(".", ",")
    )


def transport_word(code: str) -> str:
    return str(Transport(code).label)


def stage_word(code: str) -> str:
    return str(Stage(code).label)


def hints(row: dict[str, Any], *, manages: bool, enters: bool) -> list[dict[str, str]]:
    """What is the matter with a shipment, by its true cause, and where it is mended."""
    edit = reverse("cargo:shipment-edit", args=[row["id"]]) if enters else ""
    cards = reverse("cargo:card-list") if manages else ""
    people = reverse("cargo:customer-card", args=[row["customer_id"]]) if manages else ""
    found = []
    if row["status"] == Status.AWAITING:
        found.append(_awaiting(row, edit, cards))
    elif row["status"] == Status.LOSS:
        found.append(
            {
                "text": _(
                    "The selling price is below the cost. Check the price or use cost mode MANUAL."
                ),
                "url": edit,
                "action": _("Edit"),
            }
        )
    if row["salesperson_id"] is None:
        found.append(
            {
                "text": _("No salesperson: the customer has not been given to one."),
                "url": people,
                "action": _("Give the customer"),
            }
        )
    return found


def _awaiting(row: dict[str, Any], edit: str, cards: str) -> dict[str, str]:
    if row["cost_mode"] == MANUAL:
        return {
            "text": _("The manual cost is 0."),
            "url": edit,
            "action": _("Edit"),
        }
    if row["card_id"] is None:
        return {
            "text": _("No rate card was active."),
            "url": cards,
            "action": _("Activate a rate card"),
        }
    if row["rate_cbm"] is None and row["rate_kg"] is None:
        return {
            "text": _("The rate card has no price for these goods."),
            "url": cards,
            "action": _("Fill in the rate card"),
        }
    return {
        "text": _("Weight and volume come to a cost of 0."),
        "url": edit,
        "action": _("Edit"),
    }
