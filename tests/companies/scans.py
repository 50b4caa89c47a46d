"""A contract signed on paper, as a scanner gives it."""

from __future__ import annotations

from io import BytesIO

import pikepdf


def scan(pages: int = 1, password: str = "") -> bytes:
    """A PDF of blank pages."""
    paper = pikepdf.new()
    for _number in range(pages):
        paper.add_blank_page()
    written = BytesIO()
    locked = pikepdf.Encryption(owner=password, user=password) if password else False
    paper.save(written, encryption=locked)
    return written.getvalue()


SCAN = scan()
