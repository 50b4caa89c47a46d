"""Letters about a person's login."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tenants.accounts import access_links
from tenants.accounts.models import User
from tenants.context import PLATFORM, inside
from tenants.kit import mail
from tenants.kit.limits import allowed
from tenants.kit.public_url import public_url, shared_url

LETTERS_AN_HOUR = 3  # to one address


def send_new_place(user: User, *, reseller: str, then: str = "/") -> None:
    """A person who has a login was named by one more reseller: the letter says how to go on.

    A proven person signs in as usual; another proves the address by the link and sets a password.
    """
    if not allowed(f"letters:{user.pk}", limit=LETTERS_AN_HOUR, seconds=3600):
        return
    with inside(PLATFORM), translation.override(user.language):
        mail.queue(
            {
                "to": user.email,
                "subject": _("You have access to one more cabinet"),
                "text": _as_usual(user, reseller, then)
                if user.proven_at
                else _by_link(user, reseller, then),
            },
        )


def send_new_password(user: User) -> None:
    """Who belongs to several resellers helps themselves by e-mail: no office may do it for them."""
    if not allowed(f"letters:{user.pk}", limit=LETTERS_AN_HOUR, seconds=3600):
        return
    words = _("Hello!\n\nOpen this link within 24 hours, and choose a new password:\n\n%(address)s")
    with inside(PLATFORM), translation.override(user.language):
        address = access_links.make(user, is_by_mail=True)
        mail.queue(
            {
                "to": user.email,
                "subject": _("A new password"),
                "text": words % {"address": address},
            }
        )


def _as_usual(user: User, reseller: str, then: str) -> str:
    """The password opens what is others' too: it is typed at no door that one of them holds."""
    words = _(
        "Hello!\n\n%(reseller)s gives you access to its cabinet. Sign in with your usual password:\n\n%(address)s"
    )
    url = public_url if access_links.may_lead_to_door(user) else shared_url
    address = url(reverse("account_login") + f"?next={then}")
    return words % {
        "reseller": reseller,
        "address": address,
    }


def _by_link(user: User, reseller: str, then: str) -> str:
    words = _(
        "Hello!\n\n%(reseller)s gives you access to its cabinet. Your e-mail has a login already, which nobody has "
        "confirmed yet. Open this link within 24 hours, and choose a new password:\n\n%(address)s\n\n"
        "If you do not know this company, do nothing."
    )
    address = access_links.make(user, is_by_mail=True, then=then)
    return words % {"reseller": reseller, "address": address}
