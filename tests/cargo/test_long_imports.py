"""Files and long pastes: over the API, in one piece, and shown piece by piece."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from commission.cargo.models import ImportBatch
from tests.cargo.conftest import Shop


def test_a_file_comes_over_the_api(shop: Shop, call: Any) -> None:
    api = call(shop.cast, "cargo_staff")
    upload = SimpleUploadedFile("a.csv", b"18/01/2026,PR-1,T1,GENERAL,truck,1,1,100,AUTO")
    body = encode_multipart(BOUNDARY, {"file": upload})
    answer = api.generic("POST", "/api/v1/cargo/imports", body, MULTIPART_CONTENT)
    assert answer.status_code == 201 and answer.json()["ok"] == 1


def test_a_long_paste_travels_as_a_file(shop: Shop, browse: Any, call: Any) -> None:
    """Forms are kept under 2.5 MB; a paste may have 10 MB, over the API too. 50 MB are refused in
    words.
    """
    row = "18/01/2026\tPR-1\tT{}\tGENERAL\tทางบก\t1\t1\t100\tAUTO\t" + " " * 150
    text = "\n".join(row.format(n) for n in range(20_000))
    browser = browse(shop.cast, "cargo_staff")
    answer = browser.post(
        "/cargo/import/",
        {
            "text": "",
            "pasted": SimpleUploadedFile("paste.tsv", text.encode()),
        },
    )
    assert answer.status_code == 302 and ImportBatch.objects.get().rows == 20_000
    assert (
        browser.post(
            "/cargo/import/",
            {"pasted": SimpleUploadedFile("p", b"x" * 10_500_000)},
        ).status_code
        == 422
    )
    api = call(shop.cast, "cargo_staff")
    assert api.send("post", "cargo/imports", {"text": text}).status_code == 201
    assert api.send("post", "cargo/imports", {"text": "x" * 50 * 1024 * 1024}).status_code == 413


def test_five_thousand_rows_are_shown_piece_by_piece(shop: Shop, browse: Any) -> None:
    """The first 250, then each next piece when it is scrolled to; `bench cargo_import` times it."""
    text = "\n".join(
        f"18/01/2026\tPR-{n % 50}\tT{n}\tGENERAL\tรถ\t1\t1\t1000\tAUTO" for n in range(5_000)
    )
    browser = browse(shop.cast, "cargo_staff")
    at = browser.post("/cargo/import/", {"text": text})["Location"]
    page = browser.get(at).content.decode()
    seen = 0
    assert page.count('<tr id="line-') == 250
    while True:
        seen += page.count('<tr id="line-')
        more = re.search(r'hx-get="([^"]+/rows/[^"]+)"', page)
        if not more:
            break
        page = browser.get(more[1].replace("&amp;", "&")).content.decode()
    assert seen == 5_000
