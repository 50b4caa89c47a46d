"""What the other parts of the office call the actions of the audit trail; what has no word stays as
it was written.

Fields and values are told by audit_words.py.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from companies.words import said as company_words
from orders.words import act_label


def office_action(action: str) -> str:
    area, _dot, act = action.partition(".")
    if area == "order":
        return act_label(act)
    return office_words().get(action, action)


def office_words() -> dict[str, str]:
    return company_words() | {
        "carrier.register": _("Carrier added"),
        "carrier.edit": _("Carrier changed"),
        "driver.register": _("Driver added"),
        "driver.edit": _("Driver changed"),
        "driver.access_issue": _("Access to the app given"),
        "driver.access_block": _("Access to the app blocked"),
        "member.register": _("User invited"),
        "member.reset": _("Password reset"),
        "member.block": _("User blocked"),
        "member.unblock": _("User let in again"),
        "vehicle.register": _("Vehicle added"),
        "vehicle.edit": _("Vehicle changed"),
        "document.issue": _("Document made"),
        "document.render_again": _("Document made again"),
        "invoice.issue": _("Invoice issued"),
        "invoice.cancel": _("Invoice cancelled"),
        "payment.receive": _("Payment received"),
        "payment.refund": _("Money given back"),
        "payout.make": _("Carrier paid"),
        "books.close": _("Books of the month closed"),
        "fee_month.close": _("Month of the platform fee closed"),
        "own.taxes": _("Taxes on top of the price"),
        "own.details": _("Own details changed"),
        "own.look": _("Look changed"),
        "own.era": _("Era of dates changed"),
        "own.logo": _("Logo"),
        "own.signature": _("Signature"),
        "own.stamp": _("Stamp"),
        "own.platform_contract": _("Contract signed"),
    }
