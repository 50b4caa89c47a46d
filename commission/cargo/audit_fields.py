"""What the fields of the audit trail are called, by the names under which acts keep them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from companies.forms import (
    AppearanceForm,
    ContactForm,
    NewCompanyForm,
    OwnDetailsForm,
)


def field_words() -> dict[str, str]:
    """Every part of the product, this module's in front; where two use one name, its word is taken."""
    forms = (
        ContactForm(),
        AppearanceForm(),
        OwnDetailsForm(),
        NewCompanyForm(),
    )
    form_words = {
        name: str(field.label)
        for form in forms
        for name, field in form.fields.items()
        if field.label
    }
    cargo = _shipments() | _people() | _acts()
    return cargo | form_words | _elsewhere() | cargo


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


def _elsewhere() -> dict[str, str]:
    return {
        "about": _("About"),
        "kind": _("Kind"),
        "kinds": _("Taxes"),
        "audience": _("For whom"),
        "currency": _("Currency"),
        "method": _("Method"),
        "gross": _("Amount"),
        "order": _("Order"),
        "orders": _("Orders"),
        "rate": _("Rate"),
        "client": _("Client"),
        "client_price": _("Price"),
        "carrier": _("Carrier"),
        "carrier_rate": _("Rate"),
        "margin": _("Margin"),
        "driver": _("Driver"),
        "plate": _("Plate"),
        "reason": _("Reason"),
        "answer": pgettext("noun", "Answer"),
        "text": _("Note"),
        "instead_of": _("Instead of"),
        "before": _("From whom"),
        "to": _("To whom"),
        "how": _("How signed"),
        "signed_on": _("Signed on"),
        "sha256": "SHA-256",
        "buddhist_era": _("Years in Thai: Buddhist era"),
        "details_at": _("Saved"),
        "corrections": _("Corrections"),
        "logo_file_id": _("Logo"),
        "signature_file_id": _("Signature"),
        "stamp_file_id": _("Stamp"),
    }
