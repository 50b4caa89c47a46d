"""E-mail leaves by one door, under the reseller's name; the platform is named nowhere."""

from __future__ import annotations

from datetime import datetime
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from tenants.kit.outbox import Payload, announce, handles


def queue(letter: Payload) -> None:
    """Leave a letter to the outbox; who has no e-mail gets none."""
    if letter["to"]:
        announce("mail.send", letter)


def send(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    sender_name: str = "",
) -> None:
    """One message; header injection is refused by Django's own check. The demo writes files, never
    sends.
    """
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    sender = formataddr((sender_name, address)) if sender_name else address
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=text,
        from_email=sender,
        to=[to],
    )
    if html:
        message.attach_alternative(html, "text/html")
    message.send()


@handles("mail.send")
def send_queued(payload: Payload, at: datetime) -> None:
    if payload["to"].endswith(".demo"):  # the demo's people have no mailboxes
        return
    send(
        **{
            key: payload[key]
            for key in ("to", "subject", "text", "html", "sender_name")
            if key in payload
        }
    )
