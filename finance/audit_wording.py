"""What is done in the books, as the audit log says it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from finance.models import Category, Method, OpeningKind
from tenants.office.audit_log import Action, Wording, describe_actions

ACTIONS = {
    "invoice.issue": Action(gettext_lazy("Invoice issued"), "point-filled"),
    "invoice.cancel": Action(gettext_lazy("Invoice cancelled"), "point-filled"),
    "credit_note.issue": Action(gettext_lazy("Credit note issued"), "point-filled"),
    "write_off.make": Action(gettext_lazy("Bad debt written off"), "point-filled"),
    "write_off.reverse": Action(gettext_lazy("Write-off reversed"), "point-filled"),
    "payment.receive": Action(gettext_lazy("Payment received"), "point-filled"),
    "payment.refund": Action(gettext_lazy("Money given back"), "point-filled"),
    "advance.receive": Action(gettext_lazy("Advance of a client received"), "point-filled"),
    "advance.refund": Action(gettext_lazy("Advance of a client given back"), "point-filled"),
    "payout.make": Action(gettext_lazy("Carrier paid"), "point-filled"),
    "carrier_advance.pay": Action(gettext_lazy("Advance paid to a carrier"), "point-filled"),
    "carrier_advance.return": Action(
        gettext_lazy("Advance of a carrier came back"), "point-filled"
    ),
    "expense.enter": Action(gettext_lazy("Expense entered"), "point-filled"),
    "expense.take_back": Action(gettext_lazy("Expense taken back"), "point-filled"),
    "opening.enter": Action(gettext_lazy("Opening balance entered"), "point-filled"),
    "opening.take_back": Action(gettext_lazy("Opening balance taken back"), "point-filled"),
    "payable.tax_invoice": Action(gettext_lazy("Tax invoice of a carrier entered")),
    "books.begin": Action(gettext_lazy("Day on which the books begin")),
    "books.close": Action(gettext_lazy("Books of the month closed"), "lock"),
    "books.reopen": Action(gettext_lazy("Books of the month opened again"), "lock-open"),
    "fee_month.close": Action(gettext_lazy("Month of the platform fee closed"), "lock"),
    "rate.enter": Action(gettext_lazy("Exchange rate entered")),
    "bank.upload": Action(gettext_lazy("Bank statement uploaded")),
    "bank.account": Action(gettext_lazy("Account of a bank statement chosen")),
    "bank.confirm": Action(gettext_lazy("Bank statement confirmed"), "point-filled"),
    "bank.match": Action(gettext_lazy("Line of a bank statement matched"), "point-filled"),
    "own.taxes": Action(gettext_lazy("Taxes on top of the price")),
}


def _fields() -> dict[str, str]:
    return {
        "number": _("Number"),
        "order": _("Order"),
        "orders": _("Orders"),
        "gross": _("Amount"),
        "amount": _("Amount"),
        "currency": _("Currency"),
        "on": _("Date"),
        "method": _("Payment method"),
        "category": pgettext("expense", "Category"),
        "opening": _("Opening balance"),
        "client": _("Client"),
        "rate": _("Rate"),
        "fx": _("Exchange rate"),
        "corrections": _("Corrections"),
        "kinds": _("Taxes"),
        "lines": _("Statement lines"),
        "line": _("Line of the file"),
        "account": _("Account"),
    }


def describe() -> None:
    wording = Wording(
        fields=_fields,
        values=lambda: {
            "method": {code: str(word) for code, word in Method.choices},
            "category": {code: str(word) for code, word in Category.choices},
            "opening": {code: str(word) for code, word in OpeningKind.choices},
        },
        sums=frozenset({"gross", "amount", "rate"}),
        lists=frozenset({"kinds"}),
    )
    describe_actions(ACTIONS, wording)
