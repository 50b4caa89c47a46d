"""How much our whole path costs over the bare engine: an invoice from frozen data to bytes, warm."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from statistics import median

from PIL import Image

from documents.kinds import KINDS, samples
from documents.kinds.codec import from_json, to_json
from documents.kinds.letterhead import Letterhead
from documents.pictures import Picture
from documents.render.engine import VARIANT, engine
from documents.render.paper import Paper, html, pictures, render
from documents.seal.keys import KeyPair, fresh
from tenants.kit import clock

ROUNDS = 15


def pdf(rounds: int = ROUNDS) -> tuple[float, float]:
    """(ours, floor): medians in milliseconds of processor time, taken in turn so that a busy
    machine hits both.
    """
    paper = Paper(
        "invoice",
        "42",
        date(2026, 3, 13),
        "ru",
        KINDS["invoice"].sample("ru"),
        _letterhead(),
        "7f3k9q2m",
    )
    data = to_json(paper.context)
    page = html(paper)
    images = pictures(paper)

    def ours() -> None:
        render(replace(paper, context=from_json(KINDS["invoice"].context, data)))

    def floor() -> None:
        _bare(page, images)

    taken = [(_milliseconds(ours), _milliseconds(floor)) for _ in range(rounds + 1)][1:]
    return median(first for first, _ in taken), median(second for _, second in taken)


def seal(rounds: int = ROUNDS) -> tuple[float, float]:
    """(ours, floor): the seal of a paper with a key at hand, as in a worker that runs for a while,
    against the library's own call with everything made ready.
    """
    from documents.seal.sealing import seal as ours

    sample = KINDS["act"].sample("ru")
    paper = Paper("act", "42", date(2026, 3, 13), "ru", sample, _letterhead(), "7f3k9q2m")
    content = render(paper).content
    pair = fresh("Bench", at=clock.now())
    taken = [
        (
            _milliseconds(lambda: ours(content, pair)),
            _milliseconds(lambda: _bare_seal(content, pair)),
        )
        for _ in range(rounds + 1)
    ][1:]
    return median(first for first, _ in taken), median(second for _, second in taken)


def _bare_seal(content: bytes, pair: KeyPair) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter

    from documents.seal.sealing import FIELD, ROOM, _signer

    meta = signers.PdfSignatureMetadata(field_name=FIELD, subfilter=SigSeedSubFilter.PADES)
    sealed = signers.sign_pdf(
        IncrementalPdfFileWriter(BytesIO(content)),
        meta,
        _signer(pair),
        bytes_reserved=ROOM,
    )
    return bytes(sealed.getvalue())


def _bare(page: str, images: dict[str, Picture]) -> bytes:
    kept = engine()
    from weasyprint import HTML

    from documents.render.fetcher import LetterheadFetcher

    content: bytes = HTML(string=page, url_fetcher=LetterheadFetcher(images)).write_pdf(
        font_config=kept.font_config,
        stylesheets=[kept.style],
        pdf_variant=VARIANT,
    )
    return content


def _milliseconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


def _letterhead() -> Letterhead:
    drawn = BytesIO()
    Image.new("RGBA", (300, 300), (30, 60, 160, 120)).save(drawn, "PNG")
    image = Picture(drawn.getvalue(), "image/png")
    return replace(
        samples.letterhead("ru"),
        logo=image,
        signature=image,
        stamp=image,
    )
