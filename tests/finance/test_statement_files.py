"""Files of banks: the golden ones number for number, and what spoilt or hostile ones answer."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from finance.bank import door, reading, values
from finance.bank.statement import Line, Reading, Statement, Unreadable
from finance.bank.tables import HeadingIsUnclear, Wish

GOLDEN = Path(__file__).parents[1] / "golden" / "statements"
EXPECTED: dict[str, dict[str, Any]] = json.loads((GOLDEN / "expected.json").read_text())["files"]
READABLE = [name for name, expected in EXPECTED.items() if "refused" not in expected]
# what the golden file calls an encoding, and what Python does
PAGES = {"windows-1251": "cp1251", "utf-8 with BOM": "utf-8-sig", "ascii": "utf-8"}


def read(name: str) -> Reading:
    return reading.read((GOLDEN / name).read_bytes())


def lines_of(statements: tuple[Statement, ...]) -> list[Line]:
    return [line for one in statements for line in one.lines]


def signed(statements: tuple[Statement, ...]) -> list[str]:
    return [str(line.signed) for line in lines_of(statements)]


def codes(statement: Statement) -> list[str]:
    return [note.code for note in statement.notes]


@pytest.mark.parametrize("name", READABLE)
def test_a_golden_file_is_read_number_for_number(name: str) -> None:
    expected = EXPECTED[name]
    result = read(name)
    statements = result.statements
    lines = lines_of(statements)
    assert result.format == expected["format"]
    assert result.encoding == PAGES.get(expected["encoding"], expected["encoding"])
    assert signed(statements) == expected["amounts"]
    assert sum((one.total_in for one in statements), Decimal(0)) == Decimal(expected["in"])
    assert sum((one.total_out for one in statements), Decimal(0)) == Decimal(expected["out"])
    assert [line.is_in for line in lines].count(True) == expected["count_in"]
    assert [line.is_in for line in lines].count(False) == expected["count_out"]
    assert all(one.is_whole for one in statements) is expected["whole"]
    if "dates" in expected:
        assert [f"{line.on}" for line in lines] == expected["dates"]
    left_out = {note.place for one in statements for note in one.notes if note.code == "left_out"}
    assert len(left_out) == len(expected["left_out"])
    for first, second in expected["equal"]:
        assert lines[first - 1].amount == lines[second - 1].amount
        assert lines[first - 1].purpose == lines[second - 1].purpose


@pytest.mark.parametrize("name", READABLE)
def test_accounts_and_balances_are_those_of_the_file(name: str) -> None:
    expected = EXPECTED[name]
    for statement in read(name).statements:
        figures = expected.get("accounts", {}).get(statement.account, expected)
        if "accounts" in expected:
            assert [str(line.signed) for line in statement.lines] == figures["amounts"]
        else:
            assert statement.account == (expected["account"] or "")
        assert statement.opening == _sum(figures["opening"])
        assert statement.closing == _sum(figures["closing"])
        if statement.currency:
            assert statement.currency == figures["currency"]
        if statement.is_whole and statement.opening is not None:
            moved = statement.total_in - statement.total_out
            assert statement.opening + moved == statement.closing


def _sum(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def test_letters_that_were_spoilt_are_said() -> None:
    with pytest.raises(Unreadable) as refused:
        read("s11_1c_wrong_encoding.txt")
    assert refused.value.code == "wrong_encoding"
    spoilt = (GOLDEN / "s2_kg_semicolon_utf8.csv").read_bytes().decode("cp1251", errors="replace")
    with pytest.raises(Unreadable) as refused:
        reading.read(spoilt.encode())
    assert refused.value.code == "wrong_encoding"


@pytest.mark.parametrize("name", ["s1_1c_windows1251.txt", "s5_1c_dos866_two_accounts.txt"])
def test_a_file_of_1c_cut_anywhere_is_said_to_be_cut(name: str) -> None:
    data = (GOLDEN / name).read_bytes()
    whole = len(lines_of(reading.read(data).statements))
    for end in range(len(data) // 2, len(data) - 14, 97):
        try:
            statements = reading.read(data[:end]).statements
        except Unreadable:
            continue
        assert not any(one.is_whole for one in statements)
        assert all("cut" in codes(one) for one in statements)
        assert len(lines_of(statements)) <= whole


def test_a_cut_table_and_a_cut_mt940_are_said() -> None:
    data = (GOLDEN / "s3_thai_utf8_bom.csv").read_bytes()
    cut = reading.read(data[:-30]).statements[0]
    assert (cut.is_whole, signed((cut,))) == (False, ["15000.00", "-4200.00"])
    data = (GOLDEN / "s4_mt940_plain.sta").read_bytes()
    cut = reading.read(data[: data.index(b":62F:")]).statements[0]
    assert (cut.is_whole, len(cut.lines)) == (False, 2)


def test_a_row_that_breaks_off_is_left_out_and_a_total_is_no_cut() -> None:
    text = "Дата;Сумма;Контрагент;Назначение\n24.11.2026;5,00;A;x\n25.11.2026;6,00;Б"
    one = reading.read(text.encode()).statements[0]
    assert (signed((one,)), one.is_whole) == (["5.00"], False)
    one = reading.read(f"{text};y\nИтого;11,00".encode()).statements[0]
    assert (signed((one,)), one.is_whole) == (["5.00", "6.00"], True)


def test_letters_that_became_questions_are_said() -> None:
    with pytest.raises(Unreadable) as refused:
        reading.read(b"????;?????;??????????\n24.11.2026;5,00;??????\n")
    assert refused.value.code == "wrong_encoding"
    one = reading.read("Дата;Сумма;Назначение\n24.11.2026;5,00;??????\n".encode()).statements[0]
    assert codes(one) == ["letters_lost"]


def test_a_file_of_1c_without_its_account_is_of_the_one_in_all_documents() -> None:
    text = (GOLDEN / "s1_1c_windows1251.txt").read_bytes().decode("cp1251")
    kept = [line for line in text.splitlines() if not line.startswith("РасчСчет=")]
    one = reading.read("\n".join(kept).encode("cp1251")).statements[0]
    assert (one.account, len(one.lines)) == ("40702810900000000101", 4)


def test_hidden_rows_of_a_sheet_are_movements_too() -> None:
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Дата", "Сумма"])
    sheet.write_row(1, 0, ["24.11.2026", 5.5])
    sheet.write_row(2, 0, ["25.11.2026", -6])
    sheet.set_row(1, options={"hidden": True})
    book.close()
    assert signed(reading.read(out.getvalue()).statements) == ["5.50", "-6.00"]


def test_an_amount_that_breaks_off_is_no_amount() -> None:
    text = (GOLDEN / "s4_mt940_plain.sta").read_text()
    broken = reading.read(text[: text.index("D900") + 2].encode()).statements[0]
    assert signed((broken,)) == ["5200.00"]
    assert codes(broken) == ["left_out", "cut"]


def test_a_total_that_does_not_add_up_is_said() -> None:
    data = (GOLDEN / "s1_1c_windows1251.txt").read_bytes()
    wrong = reading.read(data.replace(b"=44000.00", b"=44000.01")).statements[0]
    assert codes(wrong) == ["unbalanced", "total_in"]
    changed = (GOLDEN / "s3_thai_utf8_bom.csv").read_text().replace('"20,800.00"', '"20,900.00"')
    assert codes(reading.read(changed.encode()).statements[0]) == [
        "balance_breaks",
        "balance_breaks",
    ]


def test_the_newest_line_may_come_first() -> None:
    text = "Date;Amount;Balance\n26.11.2026;-30,00;1070,00\n25.11.2026;100,00;1100,00\n"
    one = reading.read(text.encode()).statements[0]
    assert (one.opening, one.closing, one.notes) == (Decimal(1000), Decimal("1070.00"), ())


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1 234,50", "1234.50"),
        ("1\u00a0234\u202f567.8", "1234567.80"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("15,000", "15000.00"),
        ("1'250.00", "1250.00"),
        ("-5", "-5.00"),
        ("(1,500.00)", "-1500.00"),
        ("100.00-", "-100.00"),
        ("100.00 DR", "-100.00"),
        ("100.00CR", "100.00"),
        ("฿930.00", "930.00"),
        ("๙๓๐.๐๐", "930.00"),
        ("+20", "20.00"),
        ("1.2345", None),
        ("0.125", None),
        ("1,23,4", None),
        ("12:30", None),
        ("1e9", None),
        ("NaN", None),
        ("", None),
        ("1000000000000000", None),
    ],
)
def test_amounts_are_read_as_banks_write_them(cell: str, amount: str | None) -> None:
    assert values.amount(cell) == _sum(amount)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("24.11.2026", "2026-11-24"),
        ("24/11/2026 10:20", "2026-11-24"),
        ("2026-11-24T23:59:59", "2026-11-24"),
        ("24/11/2569", "2026-11-24"),
        ("24/11/69", "2026-11-24"),
        ("24-Nov-2026", "2026-11-24"),
        ("24 พ.ย. 2569", "2026-11-24"),
        ("24.11.26", "2026-11-24"),
        ("20261124", "2026-11-24"),
        ("31.02.2026", None),
        ("24.11", None),
        ("вчера", None),
    ],
)
def test_days_are_read_as_banks_write_them(cell: str, day: str | None) -> None:
    read = values.day(cell)
    assert (read.isoformat() if read else None) == day


def test_months_come_first_where_the_column_says_so() -> None:
    text = "Date,Amount\n11/05/2026,10.00\n11/24/2026,20.00\n"
    one = reading.read(text.encode()).statements[0]
    assert [f"{line.on:%d.%m}" for line in one.lines] == ["05.11", "24.11"]
    doubtful = text.replace("24", "06")
    one = reading.read(doubtful.encode()).statements[0]
    assert (codes(one), f"{one.lines[0].on:%d.%m}") == (["day_first"], "11.05")
    one = reading.read(doubtful.encode(), Wish(month_first=True)).statements[0]
    assert f"{one.lines[0].on:%d.%m}" == "05.11"


def test_columns_that_nobody_knows_are_asked_about_and_then_read() -> None:
    text = "Когда;Сколько;За что\n24.11.2026;100,00;Услуги\n"
    with pytest.raises(HeadingIsUnclear) as question:
        reading.read(text.encode())
    assert question.value.heading == ["Когда", "Сколько", "За что"]
    wish = Wish({"когда": "on", "сколько": "amount", "за что": "purpose"})
    line = reading.read(text.encode(), wish).statements[0].lines[0]
    assert (line.amount, line.purpose) == (Decimal("100.00"), "Услуги")


def test_rows_that_are_no_movement_are_left_out_with_their_reason() -> None:
    text = (
        "Дата;Дебет;Кредит;Назначение\n24.11.2026;;100,00;Оплата\n;;;продолжение\n"
        "24.11.2026;10,00;20,00;и то и то\n24.11.2026;;сто;словами\n32.11.2026;;5,00;дня нет\n"
        "Дата;Дебет;Кредит;Назначение\n24.11.2026;0,00;0,00;ничего\nИтого;10,00;120,00;\n"
    )
    one = reading.read(text.encode()).statements[0]
    assert signed((one,)) == ["100.00"]
    why = [(note.place, note.facts["why"]) for note in one.notes]
    assert why == [
        (3, "text"),
        (4, "bad_amount"),
        (5, "bad_amount"),
        (6, "bad_day"),
        (7, "heading"),
        (8, "zero"),
        (9, "total"),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"%PDF-1.7 ...", "not_a_statement"),
        (b"<html></html>", "not_a_statement"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_format"),
        (b"PK\x03\x04 not a workbook", "broken"),
        (b"1CClientBankExchange\n\x98\x98\x98", "wrong_encoding"),
    ],
)
def test_a_file_that_is_no_statement_says_why(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        reading.read(data)
    assert refused.value.code == code


def test_the_door_reads_in_a_child_what_the_function_reads() -> None:
    for name in ("s1_1c_windows1251.txt", "s9_two_currencies.xlsx"):
        data = (GOLDEN / name).read_bytes()
        assert door.statements_in(BytesIO(data), name=name) == reading.read(data)
    with pytest.raises(Unreadable) as refused:
        door.statements_in(BytesIO(b"..."), name="statement.exe")
    assert refused.value.code == "file_kind"
    with pytest.raises(HeadingIsUnclear):
        door.statements_in(BytesIO("Сумма\n1\n".encode()), name="a.csv")


@pytest.mark.slow
def test_ten_thousand_lines_are_read_in_seconds() -> None:
    head = "Дата;Сумма;Назначение\n"
    rows = "".join(f"24.11.2026;{number},50;Оплата {number}\n" for number in range(1, 10_001))
    result = door.statements_in(BytesIO((head + rows).encode("cp1251")), name="big.csv")
    assert len(result.statements[0].lines) == 10_000
