"""Reading what a page or a paper says: sums, secrets, PDFs; codes of an authenticator app."""

from __future__ import annotations

import base64
import hmac
import io
import re
import struct
import time
from decimal import Decimal

from pypdf import PdfReader

from tests.documents.reading import by_poppler


def amount(text: str) -> Decimal:
    """ "987 651,00 KGS" as a number."""
    digits = re.search(r"-?\d[\d\s\u00a0\u202f]*(?:[.,]\d{2})?", text)
    assert digits, text
    return Decimal(re.sub(r"[\s\u00a0\u202f]", "", digits[0]).replace(",", "."))


def plain(text: str) -> str:
    """Grouped figures as one run of figures."""
    return re.sub(r"(?<=\d)(?:[\s\u00a0\u202f,]|&nbsp;)(?=\d{3})", "", text)


def pdf_text(content: bytes) -> str:
    """All a reader can find in a PDF, its properties too."""
    assert content.startswith(b"%PDF-")
    return f"{by_poppler(content)}\n{PdfReader(io.BytesIO(content)).metadata}"


def authenticator(secret: str) -> str:
    """The code of this half minute (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), "sha1").digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"
