"""Forty files, each read as it is meant or refused in words; none harms the process of the pages."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commission.cargo.imports import reading, start
from commission.cargo.imports.lines import NotATable
from commission.cargo.models import ImportBatch, ImportRow
from commission.cargo.queries import imports
from config.processes import environment
from tenants.kit.outbox import work_off
from tenants.kit.sheets import reader
from tests.cargo import workbooks
from tests.cargo.conftest import NOW, Shop
from tests.cargo.workbooks import HEADING, PARCEL, book_of, parcel, text

LONG = 20_001
ROWS = [HEADING, parcel(1), parcel(2)]


def upload(shop: Shop, name: str, content: bytes) -> ImportBatch:
    batch = start.of_file(name=name, content=content, by=shop.actor(), at=NOW)
    if batch.state == "reading":
        work_off()
        batch.refresh_from_db()
    return batch


def lines(batch: ImportBatch) -> list[imports.PreviewLine]:
    return imports.rows(batch, zone="Asia/Bangkok", limit=60_000)


READ = {  # name of the file, its content, lines with errors, days of the lines that are right
    "plain": ("a.xlsx", lambda: book_of(*ROWS), 0, 2),
    "shared strings": ("a.xlsx", workbooks.shared_strings, 0, 2),
    "coloured cell in the last corner": (
        "a.xlsx",
        lambda: book_of(*ROWS, change=workbooks.stray("XFD1048576", None)),
        0,
        2,
    ),
    "stray cell in the last row": (
        "a.xlsx",
        lambda: book_of(*ROWS, change=workbooks.stray("H1048576")),
        1,
        2,
    ),
    "dimension of a whole sheet": ("a.xlsx", workbooks.lying_dimension, 0, 2),
    "dimension of one cell": ("a.xlsx", workbooks.small_dimension, 0, 2),
    "hidden first sheet": (
        "a.xlsx",
        lambda: workbooks.several_sheets(Old="hidden", Now="visible"),
        0,
        1,
    ),
    "very hidden sheet": (
        "a.xlsx",
        lambda: workbooks.several_sheets(Old="veryHidden", Now="visible"),
        0,
        1,
    ),
    "filtered rows": ("a.xlsx", lambda: book_of(*ROWS, change=workbooks.hide_rows(2)), 0, 1),
    "merged price": ("a.xlsx", lambda: book_of(*ROWS, change=workbooks.merge("H2:H3")), 1, 1),
    "serial days": ("a.xlsx", workbooks.serial_days, 0, 2),
    "days of 1904": ("a.xlsx", workbooks.mac_days, 0, 1),
    "title and total": (
        "a.xlsx",
        lambda: book_of(["ร้าน PR"], [], *ROWS, HEADING, ["รวม", "", "", "", "", 31, 0.25, 5000]),
        0,
        2,
    ),
    "formula never calculated": (
        "a.xlsx",
        lambda: book_of(HEADING, [*PARCEL[:7], "=1+1"], parcel(2)),
        1,
        1,
    ),
    "division by zero": (
        "a.xlsx",
        lambda: book_of(HEADING, [*PARCEL[:7], "#DIV/0!"], parcel(2)),
        1,
        1,
    ),
    "number of sixteen figures": (
        "a.xlsx",
        lambda: book_of(HEADING, [*PARCEL[:2], 1234567890123456, *PARCEL[3:]]),
        1,
        0,
    ),
    "number of twelve figures": (
        "a.xlsx",
        lambda: book_of(HEADING, [*PARCEL[:2], 123456789012, *PARCEL[3:]]),
        0,
        1,
    ),
    "macro workbook": ("a.xlsm", lambda: book_of(*ROWS), 0, 2),
    "workbook named csv": ("a.csv", lambda: book_of(*ROWS), 0, 2),
    "utf-8": ("a.csv", lambda: text(workbooks.thai_rows(), "utf-8"), 0, 2),
    "utf-8 with a mark": ("a.csv", lambda: text(workbooks.thai_rows(), "utf-8-sig"), 0, 2),
    "utf-16 with a mark": ("a.txt", lambda: text(workbooks.thai_rows(), "utf-16", "\t"), 0, 2),
    "utf-16 without a mark": ("a.txt", lambda: text(ROWS, "utf-16-le", "\t"), 0, 2),
    "tis-620": ("a.csv", lambda: text(workbooks.thai_rows(), "tis-620"), 0, 2),
    "cp874": ("a.csv", lambda: text(workbooks.thai_rows(), "cp874", ";"), 0, 2),
    "cp1251": ("a.csv", lambda: text(workbooks.russian_rows(), "cp1251", ";"), 0, 1),
    "cp1252": ("a.csv", lambda: text(workbooks.french_rows(), "cp1252"), 0, 1),
    "gbk": ("a.csv", lambda: text(workbooks.chinese_rows(), "gbk"), 0, 2),
    "sep line": ("a.csv", lambda: b"sep=;\r\n" + text(ROWS, "utf-8", ";"), 0, 2),
    "lone quote": ("a.csv", lambda: text([*ROWS, ['"', *PARCEL[1:]], parcel(4)], "utf-8"), 1, 3),
}


@pytest.mark.parametrize("case", READ)
def test_a_file_is_read_as_it_is_meant(shop: Shop, case: str) -> None:
    name, content, bad, good = READ[case]
    batch = upload(shop, name, content())
    assert batch.state == "preview", (batch.failed_reason, batch.reading)
    assert (batch.bad, batch.rows - batch.bad) == (bad, good)
    right = [line for line in lines(batch) if not line.errors]
    assert [str(line.received_on) for line in right] == ["2026-01-18"] * good


REFUSED = {
    "stray value in the last corner": (
        "a.xlsx",
        lambda: book_of(*ROWS, change=workbooks.stray("XFD1048576")),
        "stray_cell XFD1048576",
    ),
    "password": ("a.xlsx", workbooks.with_password, "password"),
    "old xls": ("a.xls", workbooks.old_xls, "old_format"),
    "old xls named xlsx": ("a.xlsx", workbooks.old_xls, "old_format"),
    "open document": ("a.xlsx", workbooks.open_document, "old_format"),
    "page named xls": ("a.xls", lambda: b"<html><table><tr><td>1", "not_a_workbook"),
    "pdf named csv": ("a.csv", lambda: b"%PDF-1.7 ...", "not_a_workbook"),
    "csv named xlsx": ("a.xlsx", lambda: text(ROWS, "utf-8"), "not_a_workbook"),
    "half a workbook": ("a.xlsx", workbooks.cut_in_half, "broken"),
    "wrong bytes inside": ("a.xlsx", workbooks.wrong_checksum, "broken"),
    "entities": ("a.xlsx", workbooks.billion_laughs, "broken"),
    "nothing": ("a.csv", lambda: b"", "empty"),
    "empty sheet": ("a.xlsx", lambda: book_of(), "empty"),
    "other kind": ("a.pdf", lambda: b"%PDF", "file_kind"),
    "too wide": ("a.csv", lambda: b"1," * 101 + b"1", "too_wide"),
    "two encodings": (
        "a.csv",
        lambda: "ก".encode() * 200_000 + b"\n" + "ข,ค".encode("cp874"),
        "mixed_encodings",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_is_refused_in_words(shop: Shop, case: str) -> None:
    name, content, reason = REFUSED[case]
    with pytest.raises(NotATable) as refusal:
        upload(shop, name, content())
    assert refusal.value.reason == reason
    assert ImportBatch.objects.count() == ImportRow.objects.count() == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "bomb", [workbooks.bomb_of_blanks, workbooks.bomb_of_strings, workbooks.bomb_of_one_text]
)
def test_a_bomb_ends_in_the_worker_s_child(shop: Shop, bomb: Any) -> None:
    batch = upload(shop, "a.xlsx", bomb())
    assert batch.state == "failed" and batch.failed_reason in ("too_heavy", "broken")


def test_a_choice_of_sheets_is_asked_and_remembered(shop: Shop, browse: Any) -> None:
    browser = browse(shop.cast, "cargo_staff")
    content = workbooks.several_sheets(November="visible", Secret="hidden", December="visible")
    answer = browser.post("/cargo/import/", {"file": SimpleUploadedFile("a.xlsx", content)})
    batch = ImportBatch.objects.get()
    page = browser.get(answer["Location"]).content.decode()
    assert batch.state == "choosing" and "November" in page and "December" in page
    assert "Secret" not in page and not ImportRow.objects.exists()
    browser.post(f"{answer['Location']}read/", {"sheet": "December"})
    work_off()
    batch.refresh_from_db()
    assert (batch.state, [line.cells[2] for line in lines(batch)]) == ("preview", ["TH-2"])
    assert "December" in browser.get(answer["Location"]).content.decode()


def test_hidden_rows_are_told_and_read_when_they_are_wanted(shop: Shop, browse: Any) -> None:
    browser = browse(shop.cast, "cargo_staff")
    content = book_of(*ROWS, change=workbooks.hide_rows(2))
    answer = browser.post("/cargo/import/", {"file": SimpleUploadedFile("a.xlsx", content)})
    batch = ImportBatch.objects.get()
    assert (batch.rows, reading.of(batch).hidden) == (1, 1)
    assert 'name="with_hidden"' in browser.get(answer["Location"]).content.decode()
    browser.post(f"{answer['Location']}read/", {"with_hidden": "1"})
    work_off()
    batch.refresh_from_db()
    assert (batch.state, batch.rows) == ("preview", 2)


def test_a_doubtful_encoding_is_asked(shop: Shop, call: Any) -> None:
    """Few letters: Thai and Chinese share these bytes."""
    rows = [["18/01/2026", "客户", *PARCEL[2:4], "truck", *PARCEL[5:]]]
    api = call(shop.cast, "cargo_staff")
    answer = api.post(
        "/api/v1/cargo/imports", {"file": SimpleUploadedFile("a.csv", text(rows, "gbk"))}
    )
    body = answer.json()
    assert (answer.status_code, body["state"], body["asks"]) == (201, "choosing", "encoding")
    assert {"name": "gb18030", "sample": ",".join(map(str, rows[0]))} in body["choices"]
    assert (
        api.post(f"/api/v1/cargo/imports/{body['id']}/confirm", {}, "application/json").status_code
        == 409
    )
    api.post(
        f"/api/v1/cargo/imports/{body['id']}/read", {"encoding": "gb18030"}, "application/json"
    )
    work_off()
    body = api.get(f"/api/v1/cargo/imports/{body['id']}").json()
    assert (body["state"], body["rows"][0]["values"]["customer_code"]) == ("preview", "客户")


def test_long_files_are_left_to_the_worker(shop: Shop) -> None:
    content = text([HEADING, *(parcel(number) for number in range(LONG))], "utf-8")
    assert len(content) < start.AT_ONCE
    batch = start.of_file(name="a.csv", content=content, by=shop.actor(), at=NOW)
    assert (batch.state, batch.rows) == ("reading", 0)
    work_off()
    batch.refresh_from_db()
    assert (batch.state, batch.rows, batch.bad) == ("preview", LONG, 0)


@pytest.mark.slow
def test_the_child_is_small_and_this_process_stays_as_it_is(shop: Shop) -> None:
    """A workbook of 100,000 rows: the child under 300 MB, this process grows by under 30 MB."""
    content = book_of(HEADING, *(parcel(number) for number in range(100_000)))
    start.of_file(name="a.xlsx", content=book_of(*ROWS), by=shop.actor(), at=NOW)
    before = memory("self", "VmRSS")
    children = Children()
    children.start()
    batch = start.of_file(name="a.xlsx", content=content, by=shop.actor(), at=NOW)
    work_off()
    children.ended.set()
    children.join()
    batch.refresh_from_db()
    assert (batch.state, batch.rows, batch.bad) == ("preview", 100_000, 0)
    assert memory("self", "VmRSS") - before < 30 * 1024
    assert 10 * 1024 < children.peak < 300 * 1024


class Children(Thread):
    """Looks again and again at the address space of the children of this process, in kilobytes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self.ended = Event()

    def run(self) -> None:
        while not self.ended.wait(0.01):
            for child in children_of_this_process():
                with suppress(OSError, IndexError):
                    if b"sheets.child" in Path(f"/proc/{child}/cmdline").read_bytes():
                        self.peak = max(self.peak, memory(child, "VmPeak"))


def children_of_this_process() -> list[str]:
    """Their numbers; a thread that ends between the two looks has none."""
    children = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):
            children += (task / "children").read_text().split()
    return children


def memory(process: str, line: str) -> int:
    """Kilobytes."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.split(f"{line}:")[1].split()[0])


def test_the_worker_s_connection_outlives_the_longest_reading() -> None:
    """The server ends a connection that waits longer inside a transaction; the child reads meanwhile."""
    idle = environment("worker", {})["IDLE_TIMEOUT"]
    assert int(idle.removesuffix("min")) * 60 > reader.ON_THE_WALL * start.SECONDS_OF_WORKER


def test_a_child_that_hangs_is_ended(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of this process ends it when its own limit of processor time does not."""
    monkeypatch.setattr(reader, "CHILD", ("-c", "import time; time.sleep(60)"))
    began = time.monotonic()
    with (
        pytest.raises(reader.Refused, match="too_heavy"),
        reader.opened(SimpleUploadedFile("a.csv", b"1").file, name="a.csv", seconds=1) as table,
    ):
        list(table.rows)
    assert time.monotonic() - began < 10


def test_the_child_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = (
        "import os,json; print(json.dumps({'refused': 'x', 'place': str(dict(os.environ))}))"
    )
    monkeypatch.setattr(reader, "CHILD", ("-c", environment))
    with (
        pytest.raises(reader.Refused) as refusal,
        reader.opened(SimpleUploadedFile("a.csv", b"1").file, name="a.csv", seconds=5),
    ):
        pass
    assert "DATABASE_URL" not in refusal.value.place
    assert "SECRET" not in refusal.value.place
