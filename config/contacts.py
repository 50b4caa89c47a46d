"""How office people reach the platform's manager; what is empty is not shown."""

from __future__ import annotations

import os

WAYS = ("email", "line", "whatsapp", "telegram", "phone")


def platform_contacts(*, is_demo: bool) -> dict[str, str]:
    """SUPPORT_EMAIL, SUPPORT_LINE and so on; the demo has an address of its own."""
    contacts = {way: os.environ.get(f"SUPPORT_{way.upper()}", "") for way in WAYS}
    if is_demo and not any(contacts.values()):
        contacts["email"] = "help@track.demo"
    return contacts
