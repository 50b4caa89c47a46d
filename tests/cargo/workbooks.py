"""Workbooks and text files as people and attackers send them, made here, byte by byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from datetime import date, datetime
from itertools import chain
from typing import Any

from openpyxl import Workbook
from xlsxwriter import Workbook as Writer

HEADING = [
    "วันที่นำเข้า",
    "รหัสลูกค้า",
    "เลขพัสดุ",
    "ประเภทสินค้า",
    "ประเภทขนส่ง",
    "น้ำหนัก",
    "ปริมาตร",
    "ราคาขาย",
]
PARCEL = ["18/01/2026", "PR-001", "TH-1", "GENERAL", "รถ", 15.5, 0.125, 2500]


def parcel(number: int) -> list[Any]:
    return [*PARCEL[:2], f"TH-{number}", *PARCEL[3:]]


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_of(*rows: list[Any], change: Callable[[Any], None] | None = None) -> bytes:
    """A workbook of one sheet; `change` does something more to the sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    return saved(book)


def several_sheets(**states: str) -> bytes:
    """One parcel a sheet, each sheet in its state."""
    book = Workbook()
    book.remove(book.active)
    for number, (name, state) in enumerate(states.items()):
        sheet = book.create_sheet(name)
        sheet.append(HEADING)
        sheet.append(parcel(number))
        sheet.sheet_state = state
    return saved(book)


def stray(place: str, value: str | None = "x") -> Callable[[Any], None]:
    """A cell far away; without a value it has a colour alone."""

    def put(sheet: Any) -> None:
        from openpyxl.styles import Font

        sheet[place].value = value
        sheet[place].font = Font(bold=True)

    return put


def hide_rows(*numbers: int) -> Callable[[Any], None]:
    def hide(sheet: Any) -> None:
        for number in numbers:
            sheet.row_dimensions[number].hidden = True

    return hide


def edited(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            piece = old.read(entry)
            piece = change(piece) if entry.filename == part else piece
            new.writestr(entry.filename, piece, zipfile.ZIP_DEFLATED)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
MEGABYTE = 1024 * 1024


def lying_dimension() -> bytes:
    """The sheet claims to be all of a sheet; and one that claims to be one cell is as wrong."""
    content = book_of(HEADING, parcel(1), parcel(2))
    return edited(content, SHEET, lambda xml: xml.replace(b'ref="A1:H3"', b'ref="A1:XFD1048576"'))


def small_dimension() -> bytes:
    content = book_of(HEADING, parcel(1), parcel(2))
    return edited(content, SHEET, lambda xml: xml.replace(b'ref="A1:H3"', b'ref="A1"'))


def repacked(content: bytes, part: str, pieces: Iterable[bytes]) -> bytes:
    """The workbook with one of its parts made of these pieces."""
    out = io.BytesIO()
    packed = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with zipfile.ZipFile(io.BytesIO(content)) as old, packed as new:
        for entry in old.infolist():
            with new.open(entry.filename, "w", force_zip64=True) as target:
                for piece in pieces if entry.filename == part else [old.read(entry)]:
                    target.write(piece)
    return out.getvalue()


def bomb_of_blanks() -> bytes:
    """A sheet that unpacks to more than a gigabyte."""
    blanks = (b" " * MEGABYTE for _ in range(1100))
    return repacked(book_of(HEADING), SHEET, chain([b"<worksheet>"], blanks, [b"</worksheet>"]))


def bomb_of_strings() -> bytes:
    """Shared strings that would fill the memory of the child."""
    strings = (b"<si><t>" + b"x" * 40 + b"</t></si>" for _ in range(4_000_000))
    return repacked(shared_strings(), STRINGS, chain([b"<sst>"], strings, [b"</sst>"]))


def bomb_of_one_text() -> bytes:
    """One cell that holds a gigabyte."""
    text = (b"x" * MEGABYTE for _ in range(1000))
    begin = b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'
    end = b"</t></is></c></row></sheetData></worksheet>"
    return repacked(book_of(HEADING), SHEET, chain([begin], text, [end]))


def shared_strings() -> bytes:
    """As Excel itself writes: texts in a part of their own, some of them in several colours."""
    out = io.BytesIO()
    book = Writer(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([HEADING, parcel(1), parcel(2)]):
        sheet.write_row(number, 0, row)
    bold = book.add_format({"bold": True})
    sheet.write_rich_string("C3", "TH", bold, "-2")
    day = book.add_format({"num_format": "[$-41E]d mmm bbbb"})
    sheet.write_datetime("A3", datetime(2026, 1, 18), day)
    book.close()
    return out.getvalue()


def billion_laughs() -> bytes:
    entities = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    content = book_of(HEADING, parcel(1))
    return edited(content, SHEET, lambda xml: entities + xml.partition(b"?>")[2] or xml)


def with_password() -> bytes:
    """The beginning of what Excel writes when a workbook has a password."""
    directory = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + directory + bytes(2000)


def old_xls() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "Workbook".encode("utf-16-le")


def open_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    return out.getvalue()


def cut_in_half() -> bytes:
    content = book_of(HEADING, parcel(1))
    return content[: len(content) // 2]


def wrong_checksum() -> bytes:
    content = bytearray(book_of(HEADING, *[parcel(number) for number in range(200)]))
    at = content.index(SHEET.encode()) + len(SHEET) + 40
    content[at : at + 8] = b"\xff" * 8
    return bytes(content)


def text(rows: list[list[Any]], encoding: str, separator: str = ",") -> bytes:
    lines = (separator.join(map(str, row)) for row in rows)
    return "\r\n".join(lines).encode(encoding)


def chinese_rows() -> list[list[Any]]:
    heading = ["入库日期", "客户编号", "快递单号", "货物类型", "运输方式", "重量", "体积", "售价"]
    row = ["18/01/2026", "PR-001", "TH-1", "普货", "陆运", 15.5, 0.125, 2500]
    return [heading, row, [*row[:2], "TH-2", "普货", "海运", 2, 0.02, 300]]


def french_rows() -> list[list[Any]]:
    heading = ["date", "customer", "tracking", "goods", "transport", "weight", "volume", "price"]
    return [heading, ["18/01/2026", "Zoé", "TH-é", "GENERAL", "truck", 15.5, 0.125, 2500]]


def russian_rows() -> list[list[Any]]:
    heading = [
        "Дата",
        "Код клиента",
        "Трек-номер",
        "Тип товара",
        "Транспорт",
        "Вес, кг",
        "Объём",
        "Цена",
    ]
    return [heading, ["18/01/2026", "ПР-1", "ТР-1", "GENERAL", "авто", 15.5, 0.125, 2500]]


def thai_rows() -> list[list[Any]]:
    return [HEADING, [*PARCEL[:3], "สินค้าทั่วไป", "ทางเรือ", *PARCEL[5:]], parcel(2)]


def serial_days() -> bytes:
    """Days as numbers: with a format, without one, and in the calendar of old Macs."""
    return book_of(HEADING, [date(2026, 1, 18), *parcel(1)[1:]], [46040, *parcel(2)[1:]])


def mac_days() -> bytes:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(HEADING)
    book.active.append([date(2026, 1, 18), *parcel(1)[1:]])
    return saved(book)


def merge(area: str) -> Callable[[Any], None]:
    return lambda sheet: sheet.merge_cells(area)
