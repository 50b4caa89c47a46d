"""The QR codes that people scan say the address they should: read back as they are drawn."""

from __future__ import annotations

import html
import re
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from documents.render.paper import render
from tenants.kit.qr import QUIET
from tests import tools
from tests.documents.papers import MakePaper
from tests.documents.qr_reading import squares_in_path, squares_in_picture, squares_of
from tests.world import Cast

DOTS = 200  # an inch of paper
INVITATION = {
    "kind": "client",
    "name": "Барс",
    "full_name": "Азамат",
    "phone": "+996700123456",
    "language": "ru",
}


def drawn(pdf: bytes, folder: Path) -> Image.Image:
    """The first page in grey, as Poppler draws it."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    command = [tools.program("pdftoppm"), "-r", str(DOTS), "-gray", "-l", "1", str(path)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return Image.open(BytesIO(done.stdout)).convert("L")


@pytest.mark.parametrize("kind", ["act", "request", "contract"])
def test_the_code_on_a_printed_paper_says_where_it_is_checked(
    make_paper: MakePaper, tmp_path: Path, kind: str
) -> None:
    paper = make_paper(kind)
    page = drawn(render(paper).content, tmp_path)
    code = squares_of(paper.address)
    assert paper.address.endswith("/verify/7f3k9q2m/")
    assert squares_in_picture(page, len(code)) == code


def test_the_code_of_an_invitation_says_its_link(alpha: Cast, browse: Any) -> None:
    page = browse(alpha, "dispatcher").post("/companies/invite/", INVITATION, follow=True)
    text = html.unescape(page.content.decode())
    link = re.search(r"https?://[^\s\"<>]+/invitations/[\w-]+/", text)
    code = re.search(r'class="qr" viewBox="0 0 (\d+) .*?<path d="([^"]+)"', text, re.DOTALL)
    assert link and code
    squares = squares_in_path(code[2], side=int(code[1]), quiet=QUIET)
    assert squares == squares_of(link[0])


@pytest.mark.parametrize("text", ["https://docs.example/verify/7f3k9q2m/", "x"])
def test_another_text_is_another_code(text: str) -> None:
    assert squares_of(text) != squares_of(f"{text}1")
