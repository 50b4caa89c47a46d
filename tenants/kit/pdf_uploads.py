"""PDF files that people upload: opened before they are kept, so that whoever gets one can open it."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from django.utils.translation import gettext as _


class BadPdf(Exception):
    """The upload is not a PDF that opens without a password; the message tells the person why."""


def check_pdf(content: bytes) -> None:
    """At least one page, readable by everybody. Raises BadPdf."""
    try:
        with pikepdf.open(BytesIO(content)) as paper:
            is_empty = not len(paper.pages)
    except pikepdf.PasswordError as locked:
        raise BadPdf(_("This PDF asks for a password. Send one without.")) from locked
    except (pikepdf.PdfError, ValueError, RuntimeError) as broken:
        raise BadPdf(_("This file cannot be opened as a PDF.")) from broken
    if is_empty:
        raise BadPdf(_("This PDF has no page."))
