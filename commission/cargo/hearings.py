"""Who hears of what happens in the cargo module."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenants.office.hearing import Hearer, Row

TABLE = (
    Row("cargo.import_read", Hearer.PERSON, _("%(file)s: %(outcome)s")),
    Row("cargo.import_undone", Hearer.PERSON, _("%(file)s: %(outcome)s")),
    Row("cargo.customers_given", Hearer.PERSON, _("Customers were given to you: %(codes)s")),
    Row(
        "cargo.month_unlocked",
        Hearer.CARGO_MANAGERS,
        _("The month %(month)s is open again: %(why)s"),
    ),
    Row("cargo.commission_paid", Hearer.PERSON, _("Commission of %(month)s was paid out")),
)
