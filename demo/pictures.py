"""Logos, signatures and stamps of the demo, drawn so that papers look like papers."""

from __future__ import annotations

import io
import math

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from tenants.kit.uploads import CleanImage

FONT = settings.BASE_DIR / "static/vendor/fonts/pdf/NotoSans-Bold.ttf"
INK = (38, 70, 160, 230)


def _clean(image: Image.Image) -> CleanImage:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return CleanImage(
        content=buffer.getvalue(),
        content_type="image/png",
        width=image.width,
        height=image.height,
    )


def logo(name: str, colour: str) -> CleanImage:
    image = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((4, 4, 236, 236), 52, fill=colour)
    letters = "".join(word[0] for word in name.split()[:2]).upper()
    draw.text(
        (120, 122),
        letters,
        font=ImageFont.truetype(str(FONT), 110),
        fill="white",
        anchor="mm",
    )
    return _clean(image)


def signature(seed: int) -> CleanImage:
    image = Image.new("RGBA", (360, 140), (0, 0, 0, 0))
    points = [
        (
            20 + t * 3,
            70 + 38 * math.sin(t / (5 + seed)) * math.cos(t / 17) - t * 0.2,
        )
        for t in range(100)
    ]
    ImageDraw.Draw(image).line(points, fill=INK, width=5, joint="curve")
    return _clean(image)


def stamp(name: str, town: str) -> CleanImage:
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for inset, width in ((10, 8), (78, 4)):
        draw.ellipse(
            (inset, inset, 400 - inset, 400 - inset),
            outline=INK,
            width=width,
        )
    draw.text(
        (200, 190),
        name.replace(" ", "\n"),
        font=ImageFont.truetype(str(FONT), 34),
        fill=INK,
        anchor="mm",
        align="center",
    )
    draw.text(
        (200, 292),
        town,
        font=ImageFont.truetype(str(FONT), 22),
        fill=INK,
        anchor="mm",
    )
    return _clean(image)
