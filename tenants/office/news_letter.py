"""A notification as a letter, under the reseller's name."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import translation

from tenants.kit import mail
from tenants.office.current import current_reseller
from tenants.platform.domains import own_url


def send(
    *,
    to: str,
    text: str,
    url: str,
    language: str,
) -> None:
    """Leave the letter to the outbox; without a language it is the reseller's."""
    reseller = current_reseller()
    context = {"text": text, "link": own_url(url) if url else "", "reseller": reseller.name}
    with translation.override(language or reseller.language):
        letter = {
            "to": to,
            "subject": text,
            "text": render_to_string("office/mail/news.txt", context, using="jinja2"),
            "html": render_to_string("office/mail/news.html", context, using="jinja2"),
            "sender_name": reseller.name,
        }
    mail.queue(letter)
