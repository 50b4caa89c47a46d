"""What pages call the kinds and states of papers. The papers' own words are in `documents/kinds`."""

from django.utils.translation import gettext as _

from documents.models import Audience, Document, Status


def kinds() -> dict[str, str]:
    return {
        "request": _("Transport order"),
        "instruction": _("Forwarding instruction"),
        "invoice": _("Invoice"),
        "act": _("Act"),
        "contract": _("Contract"),
        "reconciliation": _("Reconciliation statement"),
        "credit_note": _("Credit note"),
    }


def audiences() -> dict[str, str]:
    return {
        Audience.OFFICE: _("Office only"),
        Audience.CLIENT: _("Client"),
        Audience.PARTNER: _("Partner"),
        Audience.BOTH: _("Client and partner"),
    }


def pill(document: Document) -> tuple[str, str, str]:
    """(label, tone, icon) of its state."""
    return {
        Status.QUEUED: (_("Being prepared"), "info", "clock"),
        Status.READY: (_("Ready"), "good", "circle-check"),
        Status.FAILED: (_("Failed"), "bad", "alert-circle"),
    }[Status(document.status)]
