"""The finished PDF: who it names, what it carries, and that it comes out the same again."""

import os
import re
import sys
import threading
from dataclasses import replace
from datetime import date
from io import BytesIO
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from documents.kinds.codec import BadContext
from documents.kinds.letterhead import Letterhead, frozen, thawed
from documents.pictures import NotAnImage, Picture
from documents.render import engine, fonts
from documents.render.engine import EngineMissing, render_html
from documents.render.paper import Correction, html, pictures, render
from tests.documents.papers import MakePaper, png
from tests.documents.reading import by_library, plain

PLATFORM = re.compile(rb"track[\s_.-]?(crm|com)", re.IGNORECASE)


def test_the_same_paper_gives_the_same_bytes(
    make_paper: MakePaper,
) -> None:
    assert render(make_paper("invoice")).content == render(make_paper("invoice")).content


def test_the_pdf_is_an_archive_file_that_names_the_reseller_alone(
    make_paper: MakePaper,
) -> None:
    paper = make_paper("act", "th")
    pdf = PdfReader(BytesIO(render(paper).content))
    metadata = pdf.root_object["/Metadata"].get_object().get_data()
    assert pdf.metadata is not None
    assert (pdf.metadata.title, pdf.metadata.author) == (
        "ใบส่งมอบงาน เลขที่ 42",
        paper.letterhead.own.name,
    )
    assert str(pdf.root_object["/Lang"]) == "th" and "/OutputIntents" in pdf.root_object
    assert b'pdfaid:part="3"' in metadata and b'pdfaid:conformance="U"' in metadata
    everything = metadata + str(pdf.metadata).encode() + by_library(render(paper).content).encode()
    assert not PLATFORM.search(everything)


def test_only_the_shipped_fonts_are_in_it(
    make_paper: MakePaper,
) -> None:
    page = PdfReader(BytesIO(render(make_paper("invoice", "th")).content)).pages[0]
    names = {
        str(font.get_object()["/BaseFont"])[8:] for font in page["/Resources"]["/Font"].values()
    }
    assert names <= {
        "Noto-Sans",
        "Noto-Sans-Bold",
        "Noto-Sans-Thai",
        "Noto-Sans-Thai-Bold",
    }


def test_a_character_no_shipped_font_has_is_not_borrowed_from_the_machine() -> None:
    pdf = render_html(
        "<html lang=en><head><title>x</title></head><body>漢 \u0e01</body></html>",
        {},
    ).content
    page = PdfReader(BytesIO(pdf)).pages[0]
    assert all(
        "Noto-Sans" in str(font.get_object()["/BaseFont"])
        for font in page["/Resources"]["/Font"].values()
    )


def test_fontconfig_is_told_our_folder_only_and_left_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/somewhere/else")
    with fonts.only_ours():
        text = fonts.config_file().read_text()
    assert text.count("<dir>") == 1 and "fonts/pdf</dir>" in text
    assert os.environ["FONTCONFIG_FILE"] == "/somewhere/else"


def test_signature_and_stamp_are_there_or_left_for_a_pen(
    make_paper: MakePaper,
) -> None:
    signed = make_paper("act")
    by_hand = make_paper("act", signed=False)
    assert {"signature", "stamp"} <= set(pictures(signed)) and "letterhead:stamp" in html(signed)
    assert not {"signature", "stamp"} & set(pictures(by_hand)) and "letterhead:stamp" not in html(
        by_hand
    )
    assert len(list(PdfReader(BytesIO(render(signed).content)).pages[0].images)) == 4
    assert len(list(PdfReader(BytesIO(render(by_hand).content)).pages[0].images)) == 2


def test_without_a_logo_the_name_stands_in_its_place(
    make_paper: MakePaper, letterhead: Letterhead
) -> None:
    text = html(make_paper("invoice", letterhead=replace(letterhead, logo=None)))
    assert "letterhead:logo" not in text and '<span class="name accent">ОсОО' in text


def test_without_a_site_there_is_no_address_and_no_code(
    make_paper: MakePaper, letterhead: Letterhead
) -> None:
    paper = make_paper("invoice", letterhead=replace(letterhead, site=""))
    assert "genuine" not in pictures(paper) and "verify" not in html(paper)
    assert make_paper("invoice").address == "https://papers.example/verify/7f3k9q2m/"


def test_a_correction_names_the_paper_it_replaces(
    make_paper: MakePaper,
) -> None:
    paper = make_paper("invoice", correction=Correction("41", date(2026, 3, 1)))
    assert "Исправление1кдокументу№41от1марта2026г." in plain(by_library(render(paper).content))


def test_thai_tax_papers_count_buddhist_years_and_others_do_not(
    make_paper: MakePaper,
) -> None:
    assert "13\u00a0มีนาคม\u00a0พ.ศ.\u00a02569" in html(make_paper("invoice", "th"))
    assert "13\u00a0มีนาคม\u00a02026" in html(make_paper("request", "th"))


def test_a_carriers_paper_shows_his_side(make_paper: MakePaper) -> None:
    paper = make_paper("instruction")
    carriers = replace(paper, context=replace(paper.context, to_carrier=True))
    assert "Поручение перевозчику" in html(carriers) and "Перевозчик" not in html(paper)


@pytest.mark.parametrize("accent", ["red", "#FFF", "#12345g", "#123456;}", "#123456\n", ""])
def test_a_colour_that_is_none_is_refused(letterhead: Letterhead, accent: str) -> None:
    with pytest.raises(BadContext):
        replace(letterhead, accent=accent)


def test_the_letterhead_is_frozen_with_the_ids_of_its_pictures(
    letterhead: Letterhead,
) -> None:
    data = frozen(letterhead)
    assert data["files"] == {
        name: png((0, 0, 0, 0)).file for name in ("logo", "signature", "stamp")
    }
    assert thawed(data, lambda _id: letterhead.logo or pytest.fail()).own == letterhead.own
    with pytest.raises(BadContext, match="not kept"):
        frozen(
            replace(
                letterhead,
                logo=Picture(png((0, 0, 0, 0)).content, "image/png"),
            )
        )


@pytest.mark.parametrize("content", [b"<svg/>", b"GIF89a", b"", b"%PDF"])
@pytest.mark.parametrize("mime", ["image/png", "image/svg+xml", "text/html"])
def test_only_images_are_pictures(content: bytes, mime: str) -> None:
    with pytest.raises(NotAnImage):
        Picture(content, mime)


def test_a_missing_library_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def find(name: str, *_rest: object) -> None:
        if name == "weasyprint":
            raise OSError("cannot load library 'libgobject-2.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint")
    monkeypatch.setattr(
        sys,
        "meta_path",
        [SimpleNamespace(find_spec=find), *sys.meta_path],
    )
    monkeypatch.setattr(engine, "_local", threading.local())
    with pytest.raises(EngineMissing, match="apt-get install libpango"):
        engine.engine()
