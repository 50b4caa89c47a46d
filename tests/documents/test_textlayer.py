"""What is printed can be searched and copied, in Thai and Kyrgyz as well."""

import subprocess

import pytest
import weasyprint.draw.text as drawing
import weasyprint.pdf.stream as streams
from weasyprint import VERSION

from documents.render import textlayer
from documents.render.engine import render_html
from tests import tools
from tests.documents.reading import by_library, by_poppler, plain

# Each trap: a leading ทำ, plain า, tone with ำ, tall consonant, lost foot, marks below, digits,
# sibling words.
THAI = (
    "ทำ มา ยา จำกัด น้ำมัน ปั๊มน้ำมัน น้ำ ซ้ำ ค่ำ ป้ำ กตัญญู ที่ ผู้ ญี่ปุ่น ฐาน ฐุ ปี่ ฝ้า ฟ้า "
    "ต้นทุน กำไร สำนักงานใหญ่ ชำระเงิน ทั้งสิ้น ๑๒๓ โต๊ะ ค่าดำเนินพิธีการศุลกากร คำสั่งงาน กรุงเทพฯ "
    "ใบแจ้งหนี้ รูปแบบ ปฏิบัติ ฎีกา ฬ่อ ทฤษฎี เปรี้ยว"
)
KYRGYZ = "келишим көрсөтүлгөн ңөү Өнөр Ңү Үч эсеп йод Йод ёлка office first"


def page(words: list[str], language: str) -> bytes:
    rows = "".join(f"<p>{word}</p>" for word in words)
    bold = f"<p><b>{' '.join(words)}</b></p>"
    head = "<head><title>x</title></head>"
    text = f"<html lang={language}>{head}<body>{rows}{bold}</body></html>"
    return render_html(text, {}).content


@pytest.mark.parametrize(
    ("words", "language"),
    [(THAI.split(), "th"), (KYRGYZ.split(), "ky")],
)
def test_poppler_reads_every_word_as_it_was_written(words: list[str], language: str) -> None:
    lines = by_poppler(page(words, language)).splitlines()
    assert [word for word in words if word not in lines] == []


@pytest.mark.parametrize(
    ("words", "language"),
    [(THAI.split(), "th"), (KYRGYZ.split(), "ky")],
)
def test_a_reader_without_actual_text_reads_every_word_too(words: list[str], language: str) -> None:
    text = by_library(page(words, language))
    lines = [line.strip() for line in text.splitlines()]
    assert [word for word in words if word.replace("ำ", "ํา") not in lines] == []
    assert plain(" ".join(words)) in plain(text)


def test_the_two_replaced_names_are_still_there() -> None:
    assert VERSION.startswith("70."), "look at documents/render/textlayer.py again"
    textlayer.install()
    assert streams.Font is textlayer.NamedFont
    assert drawing.draw_first_line is textlayer.draw_first_line


def test_the_page_looks_as_without_us(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = looks(page(THAI.split(), "th"))
    monkeypatch.setattr(drawing, "draw_first_line", textlayer._draw_first_line)
    theirs = looks(page(THAI.split(), "th"))
    assert len(ours) > 1_000_000 and differing(ours, theirs) < 20


def looks(pdf: bytes) -> bytes:
    command = [tools.program("pdftoppm"), "-r", "100", "-singlefile", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True, timeout=30).stdout


def differing(one: bytes, two: bytes) -> int:
    """Pixels that differ by more than rounding: splitting a move may shift a mark by a hundredth of
    a point.
    """
    return sum(abs(a - b) > 40 for a, b in zip(one, two, strict=True))
