"""Who hears of what happens to companies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenants.office.hearing import LETTER, Hearer, Row

TO_SIGN = _("The contract %(number)s waits for your signature")
IN_FORCE = _("The contract %(number)s is signed by both sides")
DECLINED = _("%(company)s declined the contract %(number)s: %(reason)s")
WITHDRAWN = _("The contract %(number)s was taken back: %(reason)s")
ENDS = _("The contract %(number)s ends on %(day)s: %(reason)s")
TABLE = (
    Row("company.joined", Hearer.PERSON, _("%(company)s: %(person)s has signed in")),
    Row("company.details", Hearer.ACCOUNTANTS, _("%(company)s changed its details: %(fields)s")),
    Row("contract.to_sign", Hearer.CLIENT, TO_SIGN, LETTER),
    Row("contract.to_sign", Hearer.PARTNER, TO_SIGN, LETTER),
    Row(
        "contract.to_countersign",
        Hearer.HEADS,
        _("The contract %(number)s with %(company)s waits for your signature"),
        LETTER,
    ),
    Row("contract.in_force", Hearer.CLIENT, IN_FORCE, LETTER),
    Row("contract.in_force", Hearer.PARTNER, IN_FORCE, LETTER),
    Row(
        "contract.in_force",
        Hearer.DISPATCHERS,
        _("The contract %(number)s with %(company)s is signed by both sides"),
        LETTER,
    ),
    Row("contract.declined", Hearer.CLIENT, WITHDRAWN, LETTER),
    Row("contract.declined", Hearer.PARTNER, WITHDRAWN, LETTER),
    Row("contract.declined", Hearer.DISPATCHERS, DECLINED, LETTER),
    Row("contract.withdrawn", Hearer.CLIENT, WITHDRAWN, LETTER),
    Row("contract.withdrawn", Hearer.PARTNER, WITHDRAWN, LETTER),
    Row("contract.terminated", Hearer.CLIENT, ENDS, LETTER),
    Row("contract.terminated", Hearer.PARTNER, ENDS, LETTER),
    Row("contract.terminated", Hearer.ACCOUNTANTS, ENDS),
    Row(
        "domain.lost",
        Hearer.HEADS,
        _("%(domain)s: %(outcome)s. The address closes on %(day)s if it is not mended"),
        LETTER,
    ),
    Row("domain.closed", Hearer.HEADS, _("%(domain)s is closed: %(outcome)s"), LETTER),
)
