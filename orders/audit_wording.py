"""What is done with orders, as the audit log and an order's history say it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from companies.queries import firm_names
from orders.forms.order import OrderForm
from orders.models import IncidentKind, Loading, Stage, Terms
from orders.stages import ACT_WORDS, Act
from tenants.drivers.bodies import Body
from tenants.kit.price_tax import PriceTax
from tenants.office.audit_log import (
    Action,
    Wording,
    describe_actions,
    label_of,
)
from tenants.office.models import Member

# An act that was done; buttons say it as something to do.
DONE_WORDS = ACT_WORDS | {
    Act.PUBLISH: gettext_lazy("Published on the exchange"),
    Act.UNPUBLISH: gettext_lazy("Taken off the exchange"),
    Act.ASSIGN: gettext_lazy("Carrier assigned"),
    Act.REPLACE: gettext_lazy("Carrier replaced"),
    Act.RECTIFY: gettext_lazy("Stage corrected"),
    Act.QUOTE: gettext_lazy("Price quoted"),
    Act.COMPLETE: gettext_lazy("Completed"),
    Act.CLOSE: gettext_lazy("Closed"),
    Act.CANCEL: gettext_lazy("Cancelled"),
}
BIDS = {
    "bid.send": Action(gettext_lazy("Offer sent"), "send"),
    "bid.counter": Action(gettext_lazy("Another price offered"), "messages"),
    "bid.accept": Action(gettext_lazy("Price accepted"), "check", "good"),
    "bid.reject": Action(gettext_lazy("Price turned down"), "x"),
    "bid.withdraw": Action(gettext_lazy("Offer taken back"), "arrow-back-up"),
}
SUMS = frozenset({"price", "cost", "client_price", "carrier_rate", "rate", "margin"})


def act_label(act: str) -> str:
    """An act of an order's history by its word in the audit log."""
    return label_of(f"order.{act}")


def _fields() -> dict[str, str]:
    """Words for the fields that the audit log names."""
    labels = {
        name: str(field.label) for name, field in OrderForm.base_fields.items() if field.label
    }
    return labels | {
        "stage": _("Stage"),
        "client": _("Client"),
        "client_price": _("Price"),
        "price": _("Price"),
        "carrier": _("Carrier"),
        "carrier_rate": pgettext("carrier", "Rate"),
        "rate": pgettext("carrier", "Rate"),
        "currency": _("Currency"),
        "margin": _("Margin"),
        "driver": _("Driver"),
        "plate": _("Plate"),
        "kind": _("Kind"),
        "text": _("Note"),
        "cost": _("Cost"),
        "answer": pgettext("noun", "Answer"),
        "instead_of": _("Instead of"),
        "stops": _("Route"),
        "cargo": _("Cargo"),
        "carrier_currency": _("Carrier's currency"),
        "award": _("Award"),
        "listing": _("Listing"),
        "offer": _("Offer"),
        "trip": _("Trip"),
        "corrected_from": _("Stage before"),
        "expired": _("The time on the exchange is over"),
        "before": _("From whom"),
        "to": _("New person responsible"),
    }


def _values() -> dict[str, dict[str, str]]:
    firms = {str(pk): name for pk, name in firm_names().items()}
    return {
        "seller_firm": firms,
        "hiring_firm": firms,
        "stage": {code: str(word) for code, word in Stage.choices},
        "kind": {code: str(word) for code, word in IncidentKind.choices},
        "answer": {"counter": _("another price"), "reject": _("turned down")},
        "body": {code: str(word) for code, word in Body.choices},
        "payment_terms": {code: str(word) for code, word in Terms.choices} | _old_terms(),
        "price_tax": {code: str(word) for code, word in PriceTax.choices},
        "carrier_tax": {code: str(word) for code, word in PriceTax.choices},
        "carrier_payment": {code: str(word) for code, word in Terms.choices},
        "loading_types": {code: str(word) for code, word in Loading.choices},
        **{key: {"changed": _("changed")} for key in ("stops", "cargo")},
    }


def _old_terms() -> dict[str, str]:
    """Terms of before, which spoke of taxes too."""
    return {
        "with_vat": _("Bank transfer with VAT"),
        "without_vat": _("Bank transfer without VAT"),
    }


def describe() -> None:
    actions = BIDS | {f"order.{act}": Action(word) for act, word in DONE_WORDS.items()}
    wording = Wording(
        fields=_fields,
        values=_values,
        rows={"before": (Member, "name")},
        sums=SUMS,
    )
    describe_actions(actions, wording)
