"""Pictures and letters of the tests of this app."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tenants.context import RELAY, inside
from tenants.kit.models import OutboxEvent


def png(side: int = 60) -> bytes:
    out = BytesIO()
    Image.new("RGBA", (side, side), (0, 0, 200, 120)).save(out, "PNG")
    return out.getvalue()


def upload(content: bytes | None = None, name: str = "stamp.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png() if content is None else content)


def letters() -> list[dict[str, Any]]:
    """What waits to be mailed, the newest last."""
    with inside(RELAY):
        return [
            event.payload
            for event in OutboxEvent.objects.filter(topic="mail.send").order_by("created_at")
        ]


def code_of(letter: dict[str, Any]) -> str:
    code = re.search(r"^(\d{6})$", letter["text"], re.MULTILINE)
    assert code
    return code[1]


@pytest.fixture(autouse=True)
def _no_counting(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counters outlive a rolled-back test: each starts from nothing."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.STORAGE_DIR = tmp_path
