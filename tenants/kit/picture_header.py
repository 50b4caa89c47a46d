"""Kind and size of a picture from its first bytes, without a decoder; and whether something rides
along behind it.
"""

from __future__ import annotations

import re

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
JPEG_FRAMES = {
    0xC0,
    0xC1,
    0xC2,
    0xC3,
    0xC5,
    0xC6,
    0xC7,
    0xC9,
    0xCA,
    0xCB,
    0xCD,
    0xCE,
    0xCF,
}
ACTIVE = re.compile(
    rb"<script|<html|<!doctype|<\?php|<iframe|javascript:",
    re.IGNORECASE,
)
OTHER_FILE = re.compile(
    rb"PK\x03\x04|PK\x05\x06|%PDF-|<svg|<\?xml|%!PS|\x7fELF|Rar!",
    re.IGNORECASE,
)


class NotAPicture(Exception):
    """Neither PNG nor JPEG nor WebP, or broken before its size is known."""


def size_of(content: bytes) -> tuple[str, int, int]:
    """Kind ("png", "jpeg", "webp"), width and height in pixels. Raises NotAPicture."""
    try:
        if content.startswith(PNG) and content[12:16] == b"IHDR":
            return "png", _big(content, 16, 4), _big(content, 20, 4)
        if content.startswith(JPEG):
            return "jpeg", *_jpeg(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return "webp", *_webp(content)
    except IndexError as error:
        raise NotAPicture from error
    raise NotAPicture


def hides_something(kind: str, content: bytes) -> bool:
    """A page's code anywhere, or another file after the picture's own end."""
    tail = content[_end(kind, content) :]
    if kind != "jpeg" and tail:
        return True
    return bool(ACTIVE.search(content) or OTHER_FILE.search(tail))


def _end(kind: str, content: bytes) -> int:
    """Where the picture ends by its own account. Cameras do write more behind a JPEG, so that alone
    is no sin.
    """
    if kind == "webp":
        return 8 + _little(content, 4, 4)
    if kind == "jpeg":
        return content.rfind(b"\xff\xd9") + 2 if b"\xff\xd9" in content else len(content)
    at = len(PNG)
    while at + 12 <= len(content):
        name = content[at + 4 : at + 8]
        at = at + 12 + _big(content, at, 4)
        if name == b"IEND":
            break
    return at


def _jpeg(content: bytes) -> tuple[int, int]:
    """The first frame header (SOF); what stands before it are segments that tell their length."""
    at = 2
    while True:
        while content[at] == 0xFF and content[at + 1] == 0xFF:  # fill bytes
            at += 1
        if content[at] != 0xFF:
            raise NotAPicture
        marker = content[at + 1]
        if marker in JPEG_FRAMES:
            return _big(content, at + 7, 2), _big(content, at + 5, 2)
        if marker == 0xDA:  # the scan began without a frame
            raise NotAPicture
        at += 2 + (_big(content, at + 2, 2) if not 0xD0 <= marker <= 0xD8 else 0)


def _webp(content: bytes) -> tuple[int, int]:
    """Lossy, lossless or extended: three places for the size, the last two a bit field and one less
    than the size.
    """
    kind = content[12:16]
    if kind == b"VP8 ":
        return _little(content, 26, 2) & 0x3FFF, _little(content, 28, 2) & 0x3FFF
    if kind == b"VP8L":
        bits = _little(content, 21, 4)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        return _little(content, 24, 3) + 1, _little(content, 27, 3) + 1
    raise NotAPicture


def _big(content: bytes, at: int, length: int) -> int:
    return int.from_bytes(_exactly(content, at, length), "big")


def _little(content: bytes, at: int, length: int) -> int:
    return int.from_bytes(_exactly(content, at, length), "little")


def _exactly(content: bytes, at: int, length: int) -> bytes:
    piece = content[at : at + length]
    if len(piece) < length:
        raise IndexError(at)
    return piece
