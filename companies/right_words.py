"""What the rights of a company's people are called."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.permissions import Permission

P = Permission
WORDS: dict[Permission, str | Promise] = {
    P.CLIENT_SUMS: _("See prices, invoices and papers with sums"),
    P.CLIENT_ORDER: _("Send requests"),
    P.CLIENT_AGREE: _("Agree to prices"),
    P.CLIENT_SIGN: _("Sign"),
    P.CLIENT_PEOPLE: _("Invite colleagues and give rights"),
    P.PARTNER_SUMS: _("See rates, payouts and papers with sums"),
    P.PARTNER_OFFER: _("Offer and answer on the exchange"),
    P.PARTNER_CREW: _("Name drivers and vehicles, enter stages"),
    P.PARTNER_SIGN: _("Sign"),
    P.PARTNER_PEOPLE: _("Invite colleagues and give rights"),
}


def choices(rights: Iterable[Permission]) -> list[tuple[str, str]]:
    return [(str(right), str(WORDS[right])) for right in rights]


def in_words(rights: Iterable[Permission]) -> str:
    return ", ".join(str(WORDS[right]) for right in rights)
