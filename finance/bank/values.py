"""Amounts and days as banks write them. Each reader gives None for what it cannot read."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from finance.bank.statement import CENT, LARGEST

DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙−–", "0123456789--")
BLANKS = re.compile(r"[\s\u00a0\u202f\u2009'’]+")
CURRENCY_MARK = re.compile(r"^(?:[A-Z]{3}|[฿₽₸$€])|(?:[A-Z]{3}|[฿₽₸$€]|сом|руб\.?|บาท)$")
BODY = re.compile(r"\d+(?:[.,]\d+)*[.,]?|[.,]\d+", re.ASCII)
GROUPS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+", re.ASCII)
CLOCK = re.compile(
    r"[ ,T]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[AP]M|น\.?)?$", re.IGNORECASE
)
LAST_YEAR = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
FIRST_YEAR = re.compile(r"(\d{4})[./-]?(\d{2})[./-]?(\d{2})", re.ASCII)
NAMED_MONTH = re.compile(r"(\d{1,2})[ ./-]*([^\W\d]+\.?(?:[^\W\d]+\.?)?)[ ./,-]*(\d{4}|\d{2})")
CENTURY = 2000
YEARS = range(2000, 2100)  # of what a bank writes; others are read wrong, or made up
BUDDHIST_FROM = 2400
BUDDHIST_AHEAD = 543
SHORT_BUDDHIST_FROM = 60  # of a year with two figures: 69 is 2569
MONTHS = (
    "jan january янв января ม.ค มกราคม",
    "feb february фев февраля ก.พ กุมภาพันธ์",
    "mar march мар марта มี.ค มีนาคม",
    "apr april апр апреля เม.ย เมษายน",
    "may мая май พ.ค พฤษภาคม",
    "jun june июн июня มิ.ย มิถุนายน",
    "jul july июл июля ก.ค กรกฎาคม",
    "aug august авг августа ส.ค สิงหาคม",
    "sep september сен сентября ก.ย กันยายน",
    "oct october окт октября ต.ค ตุลาคม",
    "nov november ноя ноября พ.ย พฤศจิกายน",
    "dec december дек декабря ธ.ค ธันวาคม",
)
MONTH_WORDS = {word: number for number, words in enumerate(MONTHS, 1) for word in words.split()}


@lru_cache(maxsize=4096)
def amount(cell: str, *, is_exact: bool = False) -> Decimal | None:
    """A sum with its sign: minus in front or behind, brackets, or DR behind. Money has two places
    at most, so that three figures behind a mark are thousands; `is_exact` says that the cell is a
    number of a workbook, where a point is always decimal.
    """
    text = BLANKS.sub("", cell.translate(DIGITS))
    text = CURRENCY_MARK.sub("", text)
    is_minus = False
    if text.startswith("(") and text.endswith(")"):
        is_minus = True
        text = text[1:-1]
    for mark in ("DR", "CR"):
        if text.upper().endswith(mark):
            is_minus = mark == "DR"
            text = text[:-2]
    if text[:1] in ("-", "+"):
        is_minus ^= text[0] == "-"
        text = text[1:]
    elif text.endswith("-"):
        is_minus = True
        text = text[:-1]
    if BODY.fullmatch(text) is None:
        return None
    plain = text.replace(",", "") if is_exact else _with_one_point(text)
    if plain is None:
        return None
    value = Decimal(plain)
    if value >= LARGEST or value != value.quantize(CENT):
        return None
    return -value.quantize(CENT) if is_minus else value.quantize(CENT)


def _with_one_point(
    text: str,
) -> str | None:
    """Without grouping marks, and with a point before the decimal places."""
    marks = [sign for sign in text if sign in ",."]
    if not marks:
        return text
    last = marks[-1]
    whole, _mark, places = text.rpartition(last)
    grouping = set(marks[:-1])
    if len(places) <= 2 and last not in grouping:
        if not grouping:
            return f"{whole or 0}.{places or 0}"
        return f"{_digits(whole)}.{places or 0}" if GROUPS.fullmatch(whole) else None
    is_grouped = len({*marks}) == 1 and GROUPS.fullmatch(text) is not None
    return _digits(text) if is_grouped else None


def _digits(
    text: str,
) -> str:
    return text.replace(",", "").replace(".", "")


def day(
    cell: str,
    *,
    month_first: bool = False,
) -> date | None:
    """A day, with or without its time; years from 2400 on are Buddhist. None for other centuries."""
    on = _day(cell, month_first=month_first)
    return on if on and on.year in YEARS else None


def _day(cell: str, *, month_first: bool) -> date | None:
    """Whatever the calendar has."""
    text = CLOCK.sub("", cell.translate(DIGITS).strip()).strip()
    try:
        if match := LAST_YEAR.fullmatch(text):
            day_, month = int(match[1]), int(match[3])
            if month_first:
                day_, month = month, day_
            return date(_year(match[4]), month, day_)
        if match := FIRST_YEAR.fullmatch(text):
            return date(
                _year(match[1]),
                int(match[2]),
                int(match[3]),
            )
        if match := NAMED_MONTH.fullmatch(text):
            month_number = MONTH_WORDS.get(match[2].lower().rstrip("."))
            return date(_year(match[3]), month_number, int(match[1])) if month_number else None
    except ValueError:
        return None
    return None


def is_month_first(cells: list[str]) -> bool | None:
    """Whether the days of a column begin with the month. None: nothing tells."""
    firsts = []
    seconds = []
    for cell in cells:
        text = CLOCK.sub("", cell.translate(DIGITS).strip()).strip()
        if match := LAST_YEAR.fullmatch(text):
            firsts.append(int(match[1]))
            seconds.append(int(match[3]))
    if max(firsts, default=0) > 12:
        return False
    if max(seconds, default=0) > 12:
        return True
    return None


def _year(
    figures: str,
) -> int:
    """Two figures are of this century; Buddhist years are 543 ahead."""
    year = int(figures)
    if len(figures) == 2:
        return year - 43 + CENTURY if year >= SHORT_BUDDHIST_FROM else CENTURY + year
    return year - BUDDHIST_AHEAD if year >= BUDDHIST_FROM else year


def words(
    cell: str,
) -> str:
    """A text in one line, with single blanks and without what nobody sees."""
    text = cell.replace("\ufeff", "").replace("\x00", "").replace("\u200b", "")
    return " ".join(text.split())
