"""The bytes of a statement as text. A file that was spoilt by a wrong encoding is said so."""

from __future__ import annotations

import codecs

from finance.bank.statement import Unreadable
from tenants.kit.sheets import encodings

LOST = "\ufffd"
QUESTIONS = "???"  # what a program writes for letters that its encoding lacks
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SPOILT_BY = ("cp1251", "cp1252", "latin-1", "cp866", "cp874")
HIGH = 0x80
TELLING = 3  # so many letters beyond ASCII must come out right to call a text spoilt
MOSTLY = 0.7  # and they must be this part of it


def marked(
    data: bytes,
) -> str:
    """The encoding that a mark at the beginning names; empty without one."""
    return next((name for mark, name in MARKS if data.startswith(mark)), "")


def decoded(data: bytes, encoding: str) -> tuple[str, bool]:
    """The text, and whether its last sign is whole. Raises Unreadable, UnicodeDecodeError."""
    decoder = codecs.getincrementaldecoder(encoding)()
    text = decoder.decode(data)
    waiting, _flags = decoder.getstate()
    return text, not waiting


def likely(data: bytes) -> list[str]:
    """The encodings that a file without telling words may be in, the likeliest first."""
    if name := marked(data):
        return [name]
    first = encodings.encodings_of(data[: encodings.LOOKED_AT])
    others = ["cp1251", "cp874", "cp866"]
    return (
        first if first[:1] == ["utf-8"] else [*first, *(one for one in others if one not in first)]
    )


def is_lossy(text: str) -> bool:
    """Letters were replaced by signs that stand for no letter."""
    return LOST in text or QUESTIONS in text


def refuse_spoilt(
    text: str,
) -> None:
    """UTF-8 that somebody opened as another encoding and saved again. Raises Unreadable."""
    sample = "".join(line for line in text.splitlines()[:200] if not line.isascii())[:4000]
    if not sample:
        return
    for page in SPOILT_BY:
        read_before = sample.encode(page, errors="ignore")
        right = read_before.decode(
            "utf-8",
            errors="ignore",
        )
        letters = "".join(sign for sign in right if not sign.isascii())
        high = sum(byte >= HIGH for byte in read_before)
        if len(letters) >= TELLING and len(letters.encode()) >= MOSTLY * high:
            raise Unreadable("wrong_encoding")
