"""Pictures that people upload: read by their header first, then decoded, shrunk and written anew.

Whatever else a file carries (EXIF with a place, comments, a second format behind the picture) does
not survive. The header is read by hand, because a 20 KB PNG may claim 40,000 x 40,000 pixels, and
WebP's decoder takes its memory at opening. Nothing else in the product opens a picture.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from tenants.kit.picture_header import (
    NotAPicture,
    hides_something,
    size_of,
)

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000
# shrinking keeps a second, premultiplied copy: both stay under 100 MB
MAX_PIXELS_ALPHA = 12_000_000
THOUSAND = 1000
LEAST_CUT = 20  # thousandths: a smaller part is a slip of the hand
KINDS = ("png", "jpeg", "webp")
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class BadImage(Exception):
    """The upload is not a picture we take; the message tells the person why."""


@dataclass(frozen=True, slots=True)
class CleanImage:
    """A picture written by us: pixels and nothing else. Sizes in pixels."""

    content: bytes
    content_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of a picture to keep, in thousandths of its width and height as it is seen."""

    left: int
    top: int
    width: int
    height: int

    def __post_init__(self) -> None:
        fits = self.left + self.width <= THOUSAND and self.top + self.height <= THOUSAND
        if not fits or min(self.width, self.height) < LEAST_CUT:
            raise ValueError(self)


def clean_image(
    upload: IO[bytes],
    *,
    max_side: int,
    kinds: Collection[str] = KINDS,
    cut: Cut | None = None,
) -> CleanImage:
    """The uploaded picture, or what is cut out of it, at most `max_side` pixels wide and high;
    transparency stays. Raises BadImage.
    """
    content = _read(upload)
    kind, pixels = _look(content, kinds)
    try:
        ImageFile.LOAD_TRUNCATED_IMAGES = False  # the PDF engine switches it on where it is loaded
        picture = Image.open(BytesIO(content), formats=[kind])
        _within_limits(picture, pixels)
        shrunk = _shrunk(picture, _side_of_whole(max_side, cut))
        return _written(_part(shrunk, cut), keep_sharp=kind != "jpeg")
    except BOMBS as error:
        raise BadImage(_("The picture has too many pixels.")) from error
    except BROKEN as error:
        raise BadImage(_("The picture is damaged and cannot be read.")) from error


def _read(upload: IO[bytes]) -> bytes:
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise BadImage(_("The file is larger than 5 MB."))
    return content


def _look(content: bytes, kinds: Collection[str]) -> tuple[str, int]:
    """Kind and number of pixels as the header tells them, before anything is decoded."""
    try:
        kind, width, height = size_of(content)
    except NotAPicture as error:
        raise BadImage(_("Only PNG, JPEG and WebP pictures are taken.")) from error
    if kind not in kinds:
        raise BadImage(_("This kind of picture is not taken here."))
    if not 0 < width * height <= MAX_PIXELS:
        raise BadImage(
            _("The picture has too many pixels: %(width)s × %(height)s.")
            % {"width": width, "height": height}
        )
    if hides_something(kind, content):
        raise BadImage(
            _("The file holds more than a picture. Save the picture anew and upload it again.")
        )
    return kind, width * height


def _within_limits(picture: Image.Image, pixels: int) -> None:
    """A file may name one size in its first header and another in a later one; the decoder's word
    counts too.
    """
    limit = MAX_PIXELS_ALPHA if picture.has_transparency_data else MAX_PIXELS
    if max(pixels, picture.width * picture.height) > limit:
        raise BadImage(_("The picture has too many pixels."))


def _shrunk(picture: Image.Image, max_side: int) -> Image.Image:
    """Smaller first, converted after: the large picture is held once. Palettes must be converted to
    be shrunk well.
    """
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if picture.mode not in ("L", "LA", "RGB", "RGBA", "CMYK"):
        picture = _converted(picture, mode)
    picture.thumbnail((max_side, max_side))  # of a JPEG it decodes no more than it needs
    return ImageOps.exif_transpose(_converted(picture, mode))


def _side_of_whole(max_side: int, cut: Cut | None) -> int:
    """How large the whole may stay, so that the part is as large as it may be."""
    return max_side if cut is None else max_side * THOUSAND // max(cut.width, cut.height)


def _part(picture: Image.Image, cut: Cut | None) -> Image.Image:
    if cut is None:
        return picture
    width, height = picture.size
    left = cut.left * width // THOUSAND
    top = cut.top * height // THOUSAND
    right = left + max(1, cut.width * width // THOUSAND)
    bottom = top + max(1, cut.height * height // THOUSAND)
    return picture.crop((left, top, right, bottom))


def _converted(source: Image.Image, mode: str) -> Image.Image:
    """In this mode, with the EXIF data that tells the way up."""
    if source.mode == mode:
        return source
    exif = source.getexif()
    converted = source.convert(mode)
    if exif:
        converted.info["exif"] = exif.tobytes()
    return converted


def _written(picture: Image.Image, *, keep_sharp: bool) -> CleanImage:
    # comments, profiles, EXIF: PNG and JPEG would write some of them out again
    picture.info.clear()
    pure = Image.new(picture.mode, picture.size)
    out = BytesIO()
    pure.paste(picture)
    if keep_sharp or pure.mode == "RGBA":
        pure.save(out, "PNG")
        return CleanImage(out.getvalue(), "image/png", *pure.size)
    pure.save(out, "JPEG", quality=88)
    return CleanImage(out.getvalue(), "image/jpeg", *pure.size)
