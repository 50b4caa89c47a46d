"""What the audit trail's actions are called."""

from __future__ import annotations

from django.utils.translation import gettext as _

from commission.cargo.trail import office_action, office_words


def action_word(action: str) -> str:
    """An action as people say it."""
    return _cargo().get(action) or office_action(action)


def codes_saying(words: str) -> list[str]:
    """Actions whose words hold this text: people search for what they read."""
    text = words.casefold()
    return [code for code, said in (office_words() | _cargo()).items() if text in said.casefold()]


def _cargo() -> dict[str, str]:
    return {
        "cargo.card_create": _("Rate card created"),
        "cargo.card_change": _("Rate card changed"),
        "cargo.card_activate": _("Rate card activated"),
        "cargo.goods_type_add": _("Goods type added"),
        "cargo.salesperson_add": _("Salesperson added"),
        "cargo.salesperson_change": _("Salesperson changed"),
        "cargo.salesperson_login": _("SALE login tied"),
        "cargo.customer_add": _("Customer added"),
        "cargo.customer_change": _("Customer changed"),
        "cargo.customers_give": _("Customers given"),
        "cargo.customer_take_away": _("Customer taken away"),
        "cargo.shipment_add": _("Shipment added"),
        "cargo.shipment_edit": _("Shipment edited"),
        "cargo.shipment_delete": _("Shipment deleted"),
        "cargo.import_confirm": _("Import confirmed"),
        "cargo.import_undo": _("Import undone"),
        "cargo.recalculate": _("Period recalculated"),
        "cargo.month_lock": _("Month closed"),
        "cargo.adjust": _("Adjustment made"),
        "cargo.commission_pay": _("Commission paid"),
        "cargo.lot_create": _("Lot created"),
        "cargo.lot_fill": _("Parcels put into a lot"),
        "cargo.lot_take_out": _("Parcel taken out of a lot"),
        "cargo.lot_move": _("Lot moved on"),
        "cargo.bill": _("Bill made"),
        "cargo.user_invite": _("User invited"),
        "cargo.user_block": _("User blocked"),
        "cargo.user_unblock": _("User let in again"),
        "cargo.user_reset": _("Password reset"),
    }
