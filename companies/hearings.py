"""Who hears of what happens to companies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenants.office.hearing import LETTER, Hearer, Row

TABLE = (
    Row("company.joined", Hearer.PERSON, _("%(company)s: %(person)s has signed in")),
    Row("company.details", Hearer.ACCOUNTANTS, _("%(company)s changed its details: %(fields)s")),
    Row("contract.signed", Hearer.DISPATCHERS, _("%(company)s signed the contract %(number)s")),
    Row("contract.entered", Hearer.CLIENT, _("The contract %(number)s is signed"), LETTER),
    Row("contract.entered", Hearer.PARTNER, _("The contract %(number)s is signed"), LETTER),
)
