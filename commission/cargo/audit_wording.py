"""What is done in the cargo module, as the audit log says it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commission.cargo.models import (
    Salesperson,
    Stage,
    Status,
    Transport,
)
from companies.models import Company
from tenants.office.audit_log import (
    Action,
    Tab,
    Wording,
    add_tab,
    describe_actions,
)
from tenants.office.models import Member
from tenants.permissions import Role

ROLES = {
    Role.HEAD: "ADMIN",
    Role.CARGO_MANAGER: "MANAGER",
    Role.CARGO_STAFF: "STAFF",
    Role.CARGO_SALE: "SALE",
}
WORDS = {
    "cargo.card_create": gettext_lazy("Rate card created"),
    "cargo.card_change": gettext_lazy("Rate card changed"),
    "cargo.card_activate": gettext_lazy("Rate card activated"),
    "cargo.goods_type_add": gettext_lazy("Goods type added"),
    "cargo.salesperson_add": gettext_lazy("Salesperson added"),
    "cargo.salesperson_change": gettext_lazy("Salesperson changed"),
    "cargo.salesperson_login": gettext_lazy("SALE login tied"),
    "cargo.customer_add": gettext_lazy("Customer added"),
    "cargo.customer_change": gettext_lazy("Customer changed"),
    "cargo.customers_give": gettext_lazy("Customers given"),
    "cargo.customer_take_away": gettext_lazy("Customer taken away"),
    "cargo.shipment_add": gettext_lazy("Shipment added"),
    "cargo.shipment_edit": gettext_lazy("Shipment edited"),
    "cargo.shipment_delete": gettext_lazy("Shipment deleted"),
    "cargo.import_confirm": gettext_lazy("Import confirmed"),
    "cargo.import_undo": gettext_lazy("Import undone"),
    "cargo.import_words": gettext_lazy("Words of imports changed"),
    "cargo.recalculate": gettext_lazy("Period recalculated"),
    "cargo.month_lock": gettext_lazy("Month closed"),
    "cargo.month_unlock": gettext_lazy("Month opened again"),
    "cargo.adjust": gettext_lazy("Adjustment made"),
    "cargo.commission_pay": gettext_lazy("Commission paid"),
    "cargo.lot_create": gettext_lazy("Lot created"),
    "cargo.lot_fill": gettext_lazy("Parcels put into a lot"),
    "cargo.lot_take_out": gettext_lazy("Parcel taken out of a lot"),
    "cargo.lot_move": gettext_lazy("Lot moved on"),
    "cargo.bill": gettext_lazy("Bill made"),
    "cargo.user_invite": gettext_lazy("User invited"),
    "cargo.user_block": gettext_lazy("User blocked"),
    "cargo.user_unblock": gettext_lazy("User let in again"),
    "cargo.user_reset": gettext_lazy("Password reset"),
}


def describe() -> None:
    actions = {code: Action(word, "point-filled") for code, word in WORDS.items()}
    wording = Wording(
        fields=lambda: _shipments() | _people() | _acts(),
        values=_values,
        rows={
            "salesperson": (Salesperson, "code"),
            "login": (Member, "name"),
            "company": (Company, "name"),
        },
        sums=frozenset({"price", "cost", "commission", "sales", "amount", "sum"}),
        lists=frozenset({"codes", "moved", "unknown", "months"}),
        links=frozenset({"row_list"}),
        subjects={"cargo_import": gettext_lazy("Paste")},
        name_field=_rate_cell,
    )
    describe_actions(actions, wording)
    add_tab(Tab("cargo", gettext_lazy("Cargo module"), "cargo."))


def _rate_cell(key: str) -> str:
    """A cell of a rate card is written down as "GENERAL truck"."""
    kind, _blank, way = key.partition(" ")
    if way not in Transport.values:
        return ""
    return f"{kind} · {Transport(way).label}, CBM / {_('kg')}"


def _values() -> dict[str, dict[str, str]]:
    return {
        "transport": {code: str(word) for code, word in Transport.choices},
        "status": {code: str(word) for code, word in Status.choices},
        "stage": {code: str(word) for code, word in Stage.choices},
        "role": {str(code): word for code, word in ROLES.items()},
    }


def _shipments() -> dict[str, str]:
    return {
        "received_on": _("Date received"),
        "tracking_number": _("Tracking number"),
        "transport": _("Transport"),
        "weight_kg": _("Weight (kg)"),
        "volume_cbm": _("Volume (CBM)"),
        "price": _("Selling price"),
        "cost_mode": _("Cost mode"),
        "cost": _("Cost"),
        "cost_rule": _("Rule"),
        "commission": _("Commission"),
        "commission_method": _("Method"),
        "status": _("Status"),
        "card_version": _("Version of the card"),
        "note": _("Note"),
        "customer": _("Customer"),
        "goods_type": _("Goods type"),
        "salesperson": _("Salesperson"),
    }


def _people() -> dict[str, str]:
    return {
        "code": _("Code"),
        "name": _("Name"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "line": "LINE",
        "is_active": _("Works for us"),
        "login": _("SALE login"),
        "company": _("Company"),
        "codes": _("Customer codes"),
        "moved": _("Taken from another salesperson"),
        "stamped": _("Shipments that got the code"),
        "role": _("Role"),
    }


def _acts() -> dict[str, str]:
    return {
        "version": _("Version"),
        "priced": _("Shipments priced"),
        "months": _("By month"),
        "month": _("Month"),
        "count": _("Shipments"),
        "shipments": _("Shipments"),
        "changed": _("Shipments changed"),
        "sales": _("Sales"),
        "awaiting": _("Awaiting rate"),
        "loss": _("Loss"),
        "amount": _("Amount"),
        "paid_on": _("Paid on"),
        "rows": _("Rows"),
        "saved": _("Saved"),
        "left_out": _("Rows left out"),
        "new_customers": _("Customers made"),
        "row_list": _("Rows of the import"),
        "put": _("Parcels put in"),
        "unknown": _("Not found"),
        "stage": _("Stage"),
        "on": _("Date"),
        "number": _("Number"),
        "first": _("From day"),
        "last": _("Till day"),
        "sum": _("Amount"),
    }
