"""States and hints as people see them, made once per distinct value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commission.cargo import links
from commission.cargo.models import Shipment, Stage, Status, Transport
from commission.cargo.rates.pricing import MANUAL, ONEPCT
from tenants.kit.pills import pill

HINT_FACTS = (  # what of a shipment its hints depend on
    "id",
    "status",
    "cost_mode",
    "card_id",
    "rate_cbm",
    "rate_kg",
    "salesperson_id",
    "customer_id",
)
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
        "choosing": ("warn", "alert-triangle"),
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


@dataclass(frozen=True, slots=True)
class Hint:
    """What is the matter, and the page where it is mended; no page for those who may not."""

    text: str
    url: str
    action: str


def hints_of(shipment: Shipment, *, manages: bool, enters: bool) -> list[Hint]:
    """The hints of one shipment."""
    facts = {name: getattr(shipment, name) for name in HINT_FACTS}
    return hints(facts, manages=manages, enters=enters)


def hints(row: Mapping[str, object], *, manages: bool, enters: bool) -> list[Hint]:
    """What is the matter with a shipment, by its true cause, and where it is mended."""
    edit = reverse("cargo:shipment-edit", args=[row["id"]]) if enters else ""
    cards = links.rate_cards() if manages else ""
    customer = reverse("cargo:customer-card", args=[row["customer_id"]]) if manages else ""
    shown = []
    if row["status"] == Status.AWAITING:
        shown.append(_awaiting(row, edit, cards))
    elif row["status"] == Status.LOSS:
        text = _("The selling price is below the cost. Check the price or use cost mode MANUAL.")
        shown.append(Hint(text, edit, _("Edit")))
    if row["salesperson_id"] is None:
        text = _("No salesperson: the customer has not been given to one.")
        shown.append(Hint(text, customer, _("Give the customer")))
    return shown


def _awaiting(
    row: Mapping[str, object],
    edit: str,
    cards: str,
) -> Hint:
    if row["cost_mode"] == MANUAL:
        return Hint(_("The manual cost is 0."), edit, _("Edit"))
    if row["card_id"] is None:
        return Hint(
            _("No rate card was active."),
            cards,
            _("Activate a rate card"),
        )
    if row["rate_cbm"] is None and row["rate_kg"] is None:
        text = _("The rate card has no price for these goods.")
        return Hint(text, cards, _("Fill in the rate card"))
    return Hint(
        _("Weight and volume come to a cost of 0."),
        edit,
        _("Edit"),
    )
