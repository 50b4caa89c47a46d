"""What the tests of papers share."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image

from documents.pictures import Picture
from documents.render.paper import Paper

MakePaper = Callable[..., Paper]


def png(colour: tuple[int, int, int, int], size: tuple[int, int] = (60, 60)) -> Picture:
    drawn = BytesIO()
    Image.new("RGBA", size, colour).save(drawn, "PNG")
    return Picture(
        drawn.getvalue(),
        "image/png",
        "00000000-0000-4000-8000-000000000001",
    )
