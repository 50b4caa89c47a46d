"""Where people find help, as links: e-mail, LINE, WhatsApp, Telegram, phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach somebody; `label` names the messenger, `text` is what people read."""

    label: str
    text: str
    url: str
    icon: str


def contacts_of(
    *,
    email: str = "",
    line: str = "",
    whatsapp: str = "",
    telegram: str = "",
    phone: str = "",
) -> tuple[Contact, ...]:
    """Those that are known, in this order."""
    ways: tuple[tuple[str, str, str, Callable[[str], str]], ...] = (
        (email, "", "mail", lambda text: f"mailto:{text}"),
        (line, "LINE", "brand-line", _line),
        (whatsapp, "WhatsApp", "brand-whatsapp", lambda text: f"https://wa.me/{digits(text)}"),
        (telegram, "Telegram", "brand-telegram", lambda text: f"https://t.me/{_name(text)}"),
        (phone, "", "phone", lambda text: f"tel:{plus_digits(text)}"),
    )
    return tuple(
        Contact(label, text, address(text), icon) for text, label, icon, address in ways if text
    )


def digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def plus_digits(text: str) -> str:
    return ("+" if text.strip().startswith("+") else "") + digits(text)


def _name(text: str) -> str:
    """The name alone, however it was written: @name, t.me/name, name."""
    return quote(text.strip().rstrip("/").rpartition("/")[2].removeprefix("@"))


def _line(text: str) -> str:
    """An official account begins with @; a person's own name stands behind ~."""
    name = text.strip()
    if plus_digits(name).startswith("+"):  # a phone in a field of earlier releases
        return f"tel:{plus_digits(name)}"
    return f"https://line.me/R/ti/p/{quote(name if name.startswith('@') else f'~{name}')}"
