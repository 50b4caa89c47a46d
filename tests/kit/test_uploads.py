"""Hostile and honest pictures, all made here."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tenants.kit.uploads import BadImage, clean_image

ROOT = Path(__file__).resolve().parents[2]


def png(size: tuple[int, int] = (40, 30), mode: str = "RGBA") -> bytes:
    return written(
        Image.new(
            mode,
            size,
            0 if mode in ("L", "P", "1") else tuple([200] * len(mode)),
        ),
        "PNG",
    )


def written(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def bomb(side: int = 40_000) -> bytes:
    """A greyscale PNG whose header claims side x side pixels; the data is a few zeros deflated."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(side * 50), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def webp_bomb() -> bytes:
    body = (
        b"WEBP"
        + b"VP8X"
        + struct.pack("<I", 10)
        + b"\x02\0\0\0"
        + (16382).to_bytes(3, "little") * 2
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def jpeg_two_sizes() -> bytes:
    """A small frame header hides in front of the real, large one."""
    real = written(Image.new("L", (6000, 5000)), "JPEG")
    small = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 10, 10, 1) + b"\x01\x11\x00"
    return real[:2] + small + real[2:]


REFUSED = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "svg with xml head": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "gif": written(Image.new("P", (4, 4)), "GIF"),
    "bmp": written(Image.new("RGB", (4, 4)), "BMP"),
    "tiff": written(Image.new("RGB", (4, 4)), "TIFF"),
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage",
    "ico": b"\x00\x00\x01\x00\x01\x00" + bytes(40),
    "pdf": b"%PDF-1.7\n",
    "empty": b"",
    "text": "картинка".encode(),
    "png head only": b"\x89PNG\r\n\x1a\n",
    "jpeg head only": b"\xff\xd8\xff",
    "webp head only": b"RIFF\x00\x00\x00\x00WEBP",
    "html before a png": b"<html>" + png(),
    "png and html": png() + b"<html><script>alert(1)</script></html>",
    "png and zip": png() + b"PK\x03\x04" + bytes(30),
    "jpeg and zip": written(Image.new("RGB", (9, 9)), "JPEG") + b"PK\x03\x04" + bytes(30),
    "jpeg and pdf": written(Image.new("RGB", (9, 9)), "JPEG") + b"%PDF-1.4",
    "webp and svg": written(Image.new("RGB", (9, 9)), "WEBP") + b"<svg/>",
    "script in a comment": written(
        Image.new("RGB", (9, 9)),
        "JPEG",
        comment=b"<script>alert(1)</script>",
    ),
    "png bomb": bomb(),
    "webp bomb": webp_bomb(),
    "jpeg of two sizes": jpeg_two_sizes(),
    "png of no size": bomb(0),
    "cut png": png((400, 400), "RGB")[:-30],
    "cut jpeg": written(Image.effect_noise((400, 400), 60).convert("RGB"), "JPEG")[:2000],
    "over five megabytes": png() + bytes(5 * 1024 * 1024),
    "26 megapixels": written(Image.new("1", (5200, 5001)), "PNG"),
    "13 megapixels with transparency": written(Image.new("LA", (3700, 3700)), "PNG"),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_a_harmless_picture_is_refused_with_a_sentence(
    content: bytes,
) -> None:
    with pytest.raises(BadImage, match=r"[.]$"):
        clean_image(BytesIO(content), max_side=1000)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png_comes_out_as_png(mode: str) -> None:
    source = Image.new(mode, (300, 200))
    clean = clean_image(BytesIO(written(source, "PNG")), max_side=100)
    assert (clean.content_type, clean.width, clean.height) == (
        "image/png",
        100,
        67,
    )
    assert Image.open(BytesIO(clean.content)).mode == ("RGBA" if mode in ("LA", "RGBA") else "RGB")


def test_transparency_of_a_stamp_stays() -> None:
    stamp = Image.new("RGBA", (50, 50), (0, 0, 200, 0))
    stamp.paste((0, 0, 200, 255), (10, 10, 40, 40))
    for kind in ("PNG", "WEBP"):
        clean = Image.open(
            BytesIO(
                clean_image(
                    BytesIO(written(stamp, kind, lossless=True)),
                    max_side=600,
                ).content
            )
        )
        assert clean.getpixel((0, 0))[3] == 0 and clean.getpixel((25, 25)) == (0, 0, 200, 255)


def test_photo_is_turned_the_right_way_up_and_forgets_where_it_was_taken() -> None:
    photo = Image.new("RGB", (200, 100), (255, 255, 255))
    photo.paste((255, 0, 0), (0, 0, 100, 100))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right
    exif[0x010E] = "PLANTED-SECRET"
    exif.get_ifd(0x8825)[1] = "N"
    source = written(photo, "JPEG", exif=exif, comment=b"PLANTED-SECRET", quality=95)
    assert b"PLANTED-SECRET" in source
    clean = clean_image(BytesIO(source), max_side=100)
    assert (clean.content_type, clean.width, clean.height) == (
        "image/jpeg",
        50,
        100,
    )
    seen = Image.open(BytesIO(clean.content))
    assert b"PLANTED-SECRET" not in clean.content and not seen.getexif()
    top = seen.getpixel((25, 10))
    bottom = seen.getpixel((25, 90))
    assert top[0] > 200 > 60 > top[1] and min(bottom) > 200


def test_cmyk_jpeg_and_what_a_camera_writes_behind_it() -> None:
    source = written(Image.new("CMYK", (60, 40)), "JPEG") + b"SEFHk\x00\x00\x00camera trailer"
    clean = clean_image(BytesIO(source), max_side=1000)
    assert (clean.content_type, clean.width, clean.height) == (
        "image/jpeg",
        60,
        40,
    )
    assert b"camera" not in clean.content


def test_only_the_kinds_asked_for() -> None:
    with pytest.raises(BadImage):
        clean_image(BytesIO(png()), max_side=10, kinds=("jpeg",))


def test_payload_in_a_text_chunk_does_not_survive() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Comment", "PLANTED-SECRET")
    source = written(Image.new("RGB", (9, 9)), "PNG", pnginfo=info, dpi=(300, 300))
    assert (
        b"PLANTED" in source and b"PLANTED" not in clean_image(BytesIO(source), max_side=9).content
    )


MEASURE = """
import re, sys
from io import BytesIO
from django.conf import settings
settings.configure(USE_I18N=False)
from tenants.kit.uploads import BadImage, clean_image
def peak():  # of this program alone: getrusage counts what its parent had
    return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
before = peak()
try:
    clean_image(BytesIO(sys.stdin.buffer.read()), max_side=1200)
except BadImage:
    pass
print(peak() - before, peak())
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "grows_by_mb"),
    [
        (bomb(), 20),
        (webp_bomb(), 20),
        (written(Image.new("L", (5000, 5000)), "PNG"), 150),
        (written(Image.new("RGB", (5000, 5000)), "JPEG"), 150),
        (written(Image.new("RGBA", (3400, 3400)), "PNG"), 150),
    ],
    ids=[
        "png bomb",
        "webp bomb",
        "25 MP grey",
        "25 MP photo",
        "12 MP with alpha",
    ],
)
def test_memory_stays_low(content: bytes, grows_by_mb: int) -> None:
    run = subprocess.run(
        [sys.executable, "-c", MEASURE],
        input=content,
        capture_output=True,
        cwd=ROOT,
        check=True,
        timeout=60,
    )
    grown, whole = (int(kilobytes) / 1024 for kilobytes in run.stdout.split())
    assert grown < grows_by_mb and whole < 200, (grown, whole)
