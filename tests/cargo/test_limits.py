"""How much an import takes: 10 MB or 50,000 rows of a paste, a file of 100 MB. Just inside is read,
just beyond refused in words.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import (
    BOUNDARY,
    MULTIPART_CONTENT,
    encode_multipart,
)

from commission.cargo.imports import start
from commission.cargo.imports.lines import NotATable
from commission.cargo.models import ImportBatch, ImportRow
from tenants.kit.body_limit import MOST
from tests.cargo.conftest import NOW, Shop

ROW = "18/01/2026\tPR-1\tT{}\tGENERAL\tรถ\t1\t1\t1000\tAUTO"


def rows(count: int) -> str:
    return "\n".join(ROW.format(n) for n in range(count))


@pytest.mark.slow
def test_fifty_thousand_rows_are_pasted_and_one_more_is_not(shop: Shop, browse: Any) -> None:
    browser = browse(shop.cast, "cargo_staff")
    browser.cookies["language"] = "th"
    at = browser.post(
        "/cargo/import/",
        {"pasted": SimpleUploadedFile("paste.tsv", rows(start.PASTE_ROWS).encode())},
    )
    assert at.status_code == 302 and ImportBatch.objects.get().rows == 50_000
    more = browser.post(
        "/cargo/import/",
        {"pasted": SimpleUploadedFile("paste.tsv", rows(start.PASTE_ROWS + 1).encode())},
    )
    assert more.status_code == 422 and "50,000" in more.content.decode()
    assert ImportBatch.objects.count() == 1 and ImportRow.objects.count() == 50_000


def test_ten_megabytes_are_pasted_and_one_byte_more_is_not(
    shop: Shop,
) -> None:
    line = ROW.format("1") + "\t" + " " * 5_000 + "\n"
    text = line * (start.PASTE_BYTES // len(line.encode()))
    text += " " * (start.PASTE_BYTES - len(text.encode()))
    assert len(text.encode()) == 10 * 1024 * 1024
    assert start.of_paste(text=text, by=shop.actor(), at=NOW).rows == len(text) // len(line)
    with pytest.raises(NotATable, match="too_big"):
        start.of_paste(text=text + " ", by=shop.actor(), at=NOW)


def test_a_file_beyond_a_hundred_megabytes_is_refused(shop: Shop, browse: Any, call: Any) -> None:
    """Really sent, through the page and the API; nothing is kept."""
    content = bytes(start.FILE_BYTES + 1)
    with pytest.raises(NotATable, match="too_big"):
        start.of_file(name="a.csv", content=content, by=shop.actor(), at=NOW)
    answer = browse(shop.cast, "cargo_staff").post(
        "/cargo/import/", {"file": SimpleUploadedFile("a.csv", content)}
    )
    assert answer.status_code == 422 and "100" in answer.content.decode()
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("a.csv", content)})
    assert (
        call(shop.cast, "cargo_staff")
        .generic("POST", "/api/v1/cargo/imports", body, MULTIPART_CONTENT)
        .status_code
        == 413
    )
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("path", ["/cargo/import/", "/api/v1/cargo/imports"])
def test_a_larger_body_is_refused_before_it_is_read(
    shop: Shop, browse: Any, call: Any, path: str
) -> None:
    """A stream that fails when it is read stands for ten gigabytes on their way."""
    client = (
        call(shop.cast, "cargo_staff")
        if path.startswith("/api/")
        else browse(shop.cast, "cargo_staff")
    )
    announced = {
        "CONTENT_LENGTH": str(MOST + 1),
        "wsgi.input": Unread(),
    }
    answer = client.generic(
        "POST",
        path,
        b"x",
        "multipart/form-data; boundary=b",
        **announced,
    )
    assert answer.status_code == 413
    assert not ImportBatch.objects.exists()


class Unread:
    def read(self, *_size: int) -> bytes:
        raise AssertionError("the body was read")

    readline = read

    def close(self) -> None:
        pass
