"""A link that a person is handed: as a ready text, by a messenger, or as a QR code on the desk."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from tenants.kit.contacts import digits
from tenants.kit.qr import QrCode, qr_code


@dataclass(frozen=True, slots=True)
class Messenger:
    """An address that opens a messenger with the text written already."""

    label: str
    icon: str
    url: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """The link with its words, and the ways to send it."""

    link: str
    text: str
    messengers: tuple[Messenger, ...]
    qr: QrCode


def hand_over(link: str, words: str, *, phone: str = "") -> HandOver:
    """`phone` is whom WhatsApp writes to; without it the person is chosen there."""
    return HandOver(
        link=link,
        text=f"{words}\n{link}",
        messengers=_messengers(quote(words), quote(link, safe=""), digits(phone)),
        qr=qr_code(link),
    )


def _messengers(words: str, address: str, number: str) -> tuple[Messenger, ...]:
    whatsapp = f"https://wa.me/{number}?text={words}%20{address}"
    telegram = f"https://t.me/share/url?url={address}&text={words}"
    line = f"https://line.me/R/share?text={words}%20{address}"
    return (
        Messenger("WhatsApp", "brand-whatsapp", whatsapp),
        Messenger("Telegram", "brand-telegram", telegram),
        Messenger("LINE", "brand-line", line),
    )
