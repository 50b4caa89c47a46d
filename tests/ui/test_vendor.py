"""The browser's libraries are those that were locked."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAPER_FONTS = (
    "NotoSans-Regular",
    "NotoSans-Bold",
    "NotoSans-Italic",
    "NotoSansThai-Regular",
    "NotoSansThai-Bold",
)


@pytest.fixture(scope="module")
def vendor() -> Any:
    spec = importlib.util.spec_from_file_location("vendor", ROOT / "script" / "vendor.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_tree_is_as_in_the_manifest(vendor: Any) -> None:
    vendor.check()


def test_changed_file_is_named(vendor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = vendor.hashes() | {"vendor/htmx/htmx.min.js": "0"}
    monkeypatch.setattr(vendor, "hashes", lambda: hashes)
    with pytest.raises(vendor.VendorError, match=r"htmx\.min\.js"):
        vendor.check()


def test_no_file_asks_for_a_source_map() -> None:
    files = [
        path for path in (ROOT / "static" / "vendor").rglob("*") if path.suffix in (".js", ".css")
    ]
    assert files
    assert [path.name for path in files if b"sourceMappingURL=" in path.read_bytes()[-300:]] == []


def test_papers_have_their_fonts() -> None:
    assert [
        name
        for name in PAPER_FONTS
        if not (ROOT / "static/vendor/fonts/pdf" / f"{name}.ttf").exists()
    ] == []
