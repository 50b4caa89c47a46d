"""Cutting a picture while it is uploaded, and seeing it on a sample invoice."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from companies.queries import own_details
from tenants.kit.uploads import Cut, clean_image
from tenants.office.models import File
from tests.companies.conftest import png, upload
from tests.companies.test_own import DETAILS
from tests.world import Cast


def _halves() -> bytes:
    """Red on the left, blue on the right."""
    out = BytesIO()
    picture = Image.new("RGB", (400, 200), (200, 0, 0))
    picture.paste((0, 0, 200), (200, 0, 400, 200))
    picture.save(out, "PNG")
    return out.getvalue()


def _huge() -> bytes:
    """A PNG whose header claims 40,000 × 40,000 pixels."""

    def piece(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n"
    return start + piece(b"IHDR", header) + piece(b"IDAT", b"") + piece(b"IEND", b"")


def test_the_chosen_part_is_kept(in_alpha: Cast, browse: Any) -> None:
    head = browse(in_alpha)
    sent = {"stamp-picture": upload(_halves()), "stamp-cut": "500,0,500,1000"}
    assert head.post("/my-company/images/stamp/save/", sent).status_code == 302
    picture = Image.open(BytesIO(head.get("/my-company/images/stamp/").content))
    assert picture.size == (200, 200)
    assert picture.convert("RGB").getpixel((10, 10)) == (0, 0, 200)


@pytest.mark.parametrize("cut", ["1,2,3", "x", "900,0,200,500", "0,0,5,5", "0,0,99999,1"])
def test_a_part_that_is_none_is_refused(in_alpha: Cast, browse: Any, cut: str) -> None:
    sent = {"stamp-picture": upload(_halves()), "stamp-cut": cut}
    answer = browse(in_alpha).post("/my-company/images/stamp/save/", sent)
    assert answer.status_code == 422 and not File.objects.exists()


def test_a_part_of_a_large_picture_is_as_large_as_it_may_be() -> None:
    out = BytesIO()
    Image.new("RGB", (3000, 1500)).save(out, "PNG")
    whole = clean_image(BytesIO(out.getvalue()), max_side=1200)
    part = clean_image(BytesIO(out.getvalue()), max_side=1200, cut=Cut(0, 0, 500, 1000))
    assert (whole.width, whole.height) == (1200, 600)
    assert (part.width, part.height) == (600, 600)


def test_a_stamp_of_40_000_pixels_is_refused_in_words(in_alpha: Cast, browse: Any) -> None:
    head = browse(in_alpha)
    for action in ("save", "sample"):
        sent = {"stamp-picture": upload(_huge())}
        answer = head.post(f"/my-company/images/stamp/{action}/", sent)
        page = answer.content.decode()
        assert answer.status_code == 422 and "40000 × 40000" in page
        assert page.count('id="id_stamp-picture-error"') == 1
    assert not File.objects.exists()


def test_sample_invoice_shows_the_picture_and_keeps_nothing(in_alpha: Cast, browse: Any) -> None:
    head = browse(in_alpha)
    head.post("/my-company/", DETAILS)
    plain = head.get("/my-company/sample/")
    assert plain["Content-Type"] == "application/pdf" and plain.content.startswith(b"%PDF-")
    shown = head.post("/my-company/images/stamp/sample/", {"stamp-picture": upload(png(200))})
    assert shown["Content-Type"] == "application/pdf"
    assert shown.content.count(b"/Image") > plain.content.count(b"/Image")
    assert own_details().stamp_file_id is None and not File.objects.exists()


def test_only_who_edits_sees_the_sample(in_alpha: Cast, browse: Any) -> None:
    """It bears signature and stamp."""
    for person in ("dispatcher", "accountant"):
        assert browse(in_alpha, person).get("/my-company/sample/").status_code == 403
    assert browse(in_alpha, "client").get("/my-company/sample/").status_code in (403, 404)
    assert browse(in_alpha).post("/my-company/images/evil/sample/").status_code == 404
