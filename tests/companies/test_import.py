"""Companies out of a paste or a file."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError
from xlsxwriter import Workbook

from companies.imports.preview import Preview, Row, save
from companies.imports.table import MOST_BYTES, NotATable, read
from companies.models import Company
from tenants.kit import clock
from tests.companies.test_merging import enter
from tests.world import Cast

HEADING = "Название\tИНН\tТелефон\tE-mail\tВид\tЛишнее"
GOOD = "ОсОО «Караван»\t02705201910356\t0555 000 111\tinfo@karavan.kg\tКлиент\tx"
PARTNER = "Экспресс\t\t\t\tПартнёр\t"
BAD = "Без почты\t\t12\tне почта\tКлиент\t"


def text(*rows: str) -> str:
    return "\n".join((HEADING, *rows))


def names() -> list[str]:
    return sorted(Company.objects.exclude(name__contains="Alpha").values_list("name", flat=True))


def post(browser: Any, sent: dict[str, Any]) -> Any:
    return browser.post("/companies/import/", {"kind": "client"} | sent)


def test_the_preview_writes_nothing_and_confirming_writes_all(in_alpha: Cast, browse: Any) -> None:
    before = Company.objects.count()
    browser = browse(in_alpha, "dispatcher")
    preview = post(browser, {"text": text(GOOD, PARTNER)})
    page = preview.content.decode()
    assert preview.status_code == 200 and "Караван" in page and "Лишнее" in page
    assert Company.objects.count() == before
    done = post(browser, {"text": text(GOOD, PARTNER), "confirm": "1"})
    assert (done.status_code, Company.objects.count()) == (302, before + 2)
    company = Company.objects.get(inn="02705201910356")
    assert (company.phone, company.email, company.kind) == (
        "+996555000111",
        "info@karavan.kg",
        "client",
    )
    assert Company.objects.get(name="Экспресс").carrier_id is not None


def test_bad_rows_stop_it_until_they_are_left_out(in_alpha: Cast, browse: Any) -> None:
    before = Company.objects.count()
    browser = browse(in_alpha, "dispatcher")
    sent = {"text": text(GOOD, BAD), "confirm": "1"}
    refused = post(browser, sent)
    assert (refused.status_code, Company.objects.count()) == (422, before)
    assert "Без почты" in refused.content.decode()
    assert post(browser, sent | {"without_bad": "on"}).status_code == 302
    assert Company.objects.count() == before + 1


def test_companies_that_are_there_are_left_out_unless_said(in_alpha: Cast, browse: Any) -> None:
    there = enter(in_alpha, "Караван")
    before = Company.objects.count()
    browser = browse(in_alpha, "dispatcher")
    sent = {"text": text(GOOD, GOOD, PARTNER), "confirm": "1"}
    assert there.ref in post(browser, {"text": text(GOOD)}).content.decode()
    assert post(browser, sent).status_code == 302
    assert Company.objects.count() == before + 1
    again = post(browser, {"text": text(GOOD), "confirm": "1"})
    assert (again.status_code, Company.objects.count()) == (422, before + 1)
    assert (
        post(browser, {"text": text(GOOD), "confirm": "1", "with_alike": "on"}).status_code == 302
    )
    assert Company.objects.count() == before + 2


def test_a_workbook_is_read_and_its_text_goes_on(in_alpha: Cast, browse: Any) -> None:
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate((["Компания", "ИНН"], ["Орто-Сай", "02705201910356"])):
        sheet.write_row(number, 0, row)
    book.close()
    browser = browse(in_alpha, "dispatcher")
    page = post(browser, {"file": SimpleUploadedFile("книга.xlsx", out.getvalue())})
    assert page.status_code == 200
    assert "Орто-Сай\t02705201910356" in page.content.decode()


def test_an_exported_list_is_imported_again(in_alpha: Cast, browse: Any) -> None:
    enter(in_alpha, "Караван", inn="02705201910356", phone="+996555000111")
    browser = browse(in_alpha, "dispatcher")
    answer = browser.get("/companies/export/?q=Караван&format=csv")
    exported = b"".join(answer.streaming_content) if answer.streaming else answer.content
    page = post(browser, {"file": SimpleUploadedFile("list.csv", exported)})
    assert page.status_code == 200 and "Караван" in page.content.decode()


@pytest.mark.parametrize(
    "table",
    ["", "Название", "ИНН\tТелефон\n1\t2", "Название\tКомпания\na\tb", "Название\n\x00"],
)
def test_what_is_no_table_of_companies_is_said(in_alpha: Cast, table: str) -> None:
    with pytest.raises(NotATable):
        read(table)


def test_more_rows_than_are_taken_are_refused_not_cut(in_alpha: Cast) -> None:
    rows = [f"Компания {number}" for number in range(501)]
    with pytest.raises(NotATable):
        read("\n".join(("Название", *rows)))
    assert len(read("\n".join(("Название", *rows[:500]))).lines) == 500


@pytest.mark.parametrize("mark", ["\t", ";", ","])
def test_every_usual_delimiter_is_seen(in_alpha: Cast, mark: str) -> None:
    table = read(f'Название{mark}ИНН\n"Нур{mark} Плюс"{mark}123')
    assert table.lines[0].values == {"name": f"Нур{mark} Плюс", "inn": "123"}


def test_a_row_that_stands_twice_is_one_company(in_alpha: Cast, browse: Any) -> None:
    before = Company.objects.count()
    sent = {"text": text(PARTNER, PARTNER), "confirm": "1"}
    assert post(browse(in_alpha, "dispatcher"), sent).status_code == 302
    assert Company.objects.count() == before + 1


def test_a_row_that_cannot_be_saved_takes_all_rows_back(in_alpha: Cast) -> None:
    """The second row's company cannot be: the first one is not left half done."""
    before = Company.objects.count()
    values = {"kind": "client", "name": "Первая", "country": "KG", "language": "ru"}
    rows = (
        Row(2, "Первая", values, (), ""),
        Row(3, "Вторая", values | {"name": "В" * 1000}, (), ""),
    )
    with pytest.raises(DataError):
        save(
            Preview(rows, ()),
            without_bad=False,
            with_alike=False,
            by=in_alpha.actor("head"),
            at=clock.now(),
        )
    assert Company.objects.count() == before


def test_a_table_longer_than_is_read_is_refused(in_alpha: Cast) -> None:
    assert read(f"Название\n{'я' * 1000}").lines
    row = "я" * 60_000  # a cell that is read, in more rows than may be
    assert len(read(f"Название\n{row}").lines) == 1
    with pytest.raises(NotATable):
        read("Название" + f"\n{row}" * (MOST_BYTES // len(row.encode()) + 1))


@pytest.mark.parametrize("language", ["ru", "th", "en", "ky"])
def test_every_heading_that_the_page_names_is_read(
    in_alpha: Cast, browse: Any, language: str
) -> None:
    browser = browse(in_alpha, "dispatcher")
    browser.cookies["language"] = language
    page = browser.get("/companies/import/").content.decode()
    lead = re.search(r'<p class="muted">([^<]*…[^<]*)</p>', page)
    assert lead is not None
    names = lead[1].partition(":")[2].partition("…")[0]
    headings = [name for name in re.split(r"[,\s]+", names) if name]
    assert len(headings) == 5
    assert read("\t".join(headings) + "\n" + "\t".join("12345")).unread == ()


def test_others_may_not(in_alpha: Cast, browse: Any) -> None:
    assert browse(in_alpha, "accountant").get("/companies/import/").status_code == 403
