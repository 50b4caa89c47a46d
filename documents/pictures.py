"""The images of a letterhead, as bytes."""

from dataclasses import dataclass

# By their first bytes, whatever they were called. Not SVG: it may ask for other files.
SIGNATURES = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "image/webp": b"RIFF",
}


class NotAnImage(ValueError):
    """The bytes are not PNG, JPEG or WebP, or not of the kind they are said to be."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with its type; `file` is the id under which it is kept, empty for one made for the
    paper.
    """

    content: bytes
    mime: str
    file: str = ""

    def __post_init__(self) -> None:
        if not self.content.startswith(SIGNATURES.get(self.mime, b"\0none")):
            raise NotAnImage(self.mime)
