"""What the tests of papers share."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

from PIL import Image

from documents.issue import issue
from documents.kinds import KINDS, samples
from documents.models import Audience, Document
from documents.pictures import Picture
from documents.render.paper import Paper
from tests.world import Cast

MakePaper = Callable[..., Paper]
ISSUED_AT = datetime(2026, 3, 13, 9, 0, tzinfo=UTC)


def png(colour: tuple[int, int, int, int], size: tuple[int, int] = (60, 60)) -> Picture:
    drawn = BytesIO()
    Image.new("RGBA", size, colour).save(drawn, "PNG")
    return Picture(
        drawn.getvalue(),
        "image/png",
        "00000000-0000-4000-8000-000000000001",
    )


def issued(cast: Cast, **changes: Any) -> Document:
    fields: dict[str, Any] = {
        "kind": "invoice",
        "context": KINDS["invoice"].sample("ru"),
        "letterhead": samples.letterhead("ru"),
        "subject": "order:1",
        "company_id": uuid4(),
        "audience": Audience.CLIENT,
        "language": "ru",
        "by": cast.actor("head"),
        "at": ISSUED_AT,
    }
    return issue(**fields | changes)
