"""QR codes as PNG, which the engine places faster than SVG."""

from functools import lru_cache
from io import BytesIO

import segno

from documents.pictures import Picture


@lru_cache(maxsize=64)
def qr(text: str) -> Picture:
    """Medium correction, no border of its own: the page's white is the quiet zone."""
    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="png", scale=4, border=0)
    return Picture(drawn.getvalue(), "image/png")
