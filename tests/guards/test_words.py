"""Words that the editors took out of the catalogues do not come back (docs/GLOSSARY.md)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent.parent

AVOIDED = {
    "ru": r"пожалуйста|реселлер|\bсто[ия]т (в|на)\b|сво[йи] кабинет|\bпозици[яийю]\b|е́|\d%",
    "th": r"โปรด|ปิดเดือน|ป้ายพัสดุ|ลบรายการนี้\?",
}


def texts(language: str) -> list[str]:
    path = Path(ROOT, "locale", language, "LC_MESSAGES", "django.po")
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    strings: list[str] = []
    for message in catalogue:
        if message.id:
            several = isinstance(message.string, tuple)
            strings += message.string if several else [message.string]
    return strings


@pytest.mark.parametrize("language", sorted(AVOIDED))
def test_catalogue_keeps_to_the_glossary(language: str) -> None:
    avoided = re.compile(AVOIDED[language])
    assert [text for text in texts(language) if avoided.search(text)] == []
