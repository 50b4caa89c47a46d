"""Reading one cell as people write it: Thai and English words, Buddhist years, thousands
separators.

Each reader gives a text that PostgreSQL reads without doubt, or raises Unreadable with a code that
words.py says aloud.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone

from tenants.kit import numbers

FIELDS = (
    "received_on",
    "customer_code",
    "tracking_number",
    "goods_type",
    "transport",
    "weight_kg",
    "volume_cbm",
    "price",
    "cost_mode",
    "cost",
)
THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
EDGES = " \t\r\n\u00a0\u202f\u200b\ufeff"  # what Excel and web pages leave around a value
CLOCK = re.compile(
    r"[ ,T]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:[AP]\.?M\.?|น\.?)?$", re.IGNORECASE
)
DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
NAMED_DAY = re.compile(r"(\d{1,2})[\s/\-]*([ก-๙A-Za-z.]+?)[\s/\-]*(\d{4}|\d{2})")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})")
ERA = re.compile(r"พ\.?\s*ศ\.?\s*|ค\.?\s*ศ\.?\s*")
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
FIRST_SERIAL = date(1899, 12, 30)
UNIT = r"฿|บาท|thb|กิโลกรัม|กก\.?|กิโล|kgs?\.?|кг\.?|公斤|cbm\.?|คิว|ลบ\.?\s?ม\.?|m3|m³|м3|м³|立方"
UNITS = re.compile(rf"^(?:{UNIT})\s*|\s*(?:{UNIT}|\.-|\.–|,-|/-)$", re.IGNORECASE)
BLANKS = re.compile(r"[ \t\r\n\u00a0\u202f]+")
# What a spreadsheet makes of a long number: its last figures are lost, whatever is shown.
DECIMAL_COMMA = re.compile(r"^0+,\d")
CUT_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+|\d{10,}[.,]0+")
WRITTEN_IN = "th"  # the marks of an import do not follow the language of who imports it
CODE = re.compile(
    r"[0-9A-Za-z\u0e00-\u0e7f\u00c0-\u024f\u0400-\u04ff\u4e00-\u9fff][-\w./#()&+ \u0e00-\u0e7f]*"
)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "มกราคม ม.ค.",
            "กุมภาพันธ์ ก.พ.",
            "มีนาคม มี.ค.",
            "เมษายน เม.ย.",
            "พฤษภาคม พ.ค.",
            "มิถุนายน มิ.ย.",
            "กรกฎาคม ก.ค.",
            "สิงหาคม ส.ค.",
            "กันยายน ก.ย.",
            "ตุลาคม ต.ค.",
            "พฤศจิกายน พ.ย.",
            "ธันวาคม ธ.ค.",
        ),
        start=1,
    )
    for name in names.split()
} | {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
TRANSPORTS = {
    word: code
    for code, words in {
        "truck": (
            "truck|car|road|land|by truck|by road|รถ|ทางรถ|บก|ทางบก|ขนส่งรถ|ขนส่งทางบก|"
            "ทางรถยนต์|авто|машина|ek|陆运|陆|汽运|卡车"
        ),
        "ship": (
            "ship|sea|boat|vessel|by ship|by sea|เรือ|ทางเรือ|ขนส่งเรือ|ขนส่งทางเรือ|ทะเล|"
            "ทางทะเล|море|морем|судно|m|海运|海|船"
        ),
    }.items()
    for word in words.split("|")
}
MODES = {
    "auto": "AUTO",
    "automatic": "AUTO",
    "อัตโนมัติ": "AUTO",
    "": "AUTO",
    "manual": "MANUAL",
    "กำหนดเอง": "MANUAL",
    "แมนนวล": "MANUAL",
    "ออโต้": "AUTO",
}
KINDS = {
    word: code
    for code, words in {
        "GENERAL": "general|general goods|สินค้าทั่วไป|ทั่วไป|普货|普通货",
        "TISI": "tisi|tisi goods|สินค้า มอก.|สินค้า มอก|สินค้ามอก.|สินค้ามอก|มอก.|มอก",
        "FDA": "fda|food|drug|food/drug|food and drug|food and drug goods"
        "|สินค้าอาหาร/ยา|สินค้าอาหาร / ยา|อาหาร/ยา|สินค้า อย.|สินค้าอย.|อย.|อย|อาหาร|ยา",
        "SPECIAL": "special|special goods|สินค้าพิเศษ|พิเศษ",
    }.items()
    for word in words.split("|")
}


class Unreadable(Exception):
    """The cell cannot be taken; the argument is a code of words.ERRORS."""


def clean(cell: str) -> str:
    """Without what stands around it; blanks inside are single."""
    text = cell.strip(EDGES)
    return BLANKS.sub(" ", text) if "  " in text or not text.isprintable() else text


def clean_all(row: list[str]) -> list[str]:
    """Every cell cleaned. A row without strange signs, which nearly all are, is looked at once."""
    together = "|".join(row)
    if "  " in together or not together.isprintable():
        return [clean(cell) for cell in row]
    return [cell.strip() for cell in row] if " " in together else list(row)


def day(text: str) -> str:
    """ISO date. Raises Unreadable."""
    if not text:
        raise Unreadable("required")
    read = _moment(text) if MOMENT.fullmatch(text) else _day(text)
    if read is None:
        raise Unreadable("not_a_day")
    if not 2000 <= read.year <= 2100:
        raise Unreadable("strange_year")
    return read.isoformat()


def _moment(text: str) -> date | None:
    """A moment with its zone is a day of the shop's zone."""
    try:
        return timezone.localtime(datetime.fromisoformat(text)).date()
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    text = CLOCK.sub("", ERA.sub(" ", text.translate(THAI_DIGITS)).strip())
    text = " ".join(text.split())
    try:
        if match := DAY.fullmatch(text):
            return date(_year(match[3]), int(match[2]), int(match[1]))
        if match := ISO.fullmatch(text):
            return date(_year(match[1]), int(match[2]), int(match[3]))
        if (match := NAMED_DAY.fullmatch(text)) and (month := _month(match[2])):
            return date(_year(match[3]), month, int(match[1]))
        if SERIAL.fullmatch(text):
            return FIRST_SERIAL + timedelta(days=int(float(text)))
    except ValueError:
        pass
    return None


def _month(word: str) -> int | None:
    """The month that a Thai or English word names; a point behind it may be missing."""
    word = word.lower()
    return MONTHS.get(word) or MONTHS.get(f"{word}.") or MONTHS.get(word.removesuffix("."))


def _year(text: str) -> int:
    """Buddhist from 2400 up; of two digits 60 and above are Buddhist 25yy, the others 20yy."""
    year = int(text)
    if len(text) == 2:
        year += 2500 if year >= 60 else 2000
    return year - 543 if year >= 2400 else year


def number_reader(*, whole: int, places: int) -> Callable[[str], str]:
    """Reads numbers of one size. What is written as PostgreSQL has it, as most are, stays so."""
    ready = re.compile(rf"\d{{1,{whole}}}(?:\.\d{{,{places - 1}}}[1-9])?", re.ASCII)

    def read(text: str) -> str:
        return text if ready.fullmatch(text) else number(text, whole=whole, places=places)

    return read


def number(
    text: str,
    *,
    whole: int,
    places: int,
    language: str = WRITTEN_IN,
) -> str:
    """A number that is not negative, as PostgreSQL reads it. Raises Unreadable."""
    if not text:
        raise Unreadable("required")
    try:
        value = numbers.plain(text, language)
    except numbers.NotANumber:
        value = _without_unit(text, language)
    before, _point, after = value.partition(".")
    if before[0] == "-":
        raise Unreadable("negative")
    if len(before) > whole and len(before.lstrip("0")) > whole:
        raise Unreadable("too_large")
    if len(after) > places:
        raise Unreadable("too_many_places")
    after = after.rstrip("0")
    return f"{before}.{after}" if after else before


def _without_unit(text: str, language: str) -> str:
    try:
        return numbers.plain(UNITS.sub("", UNITS.sub("", text)), language)
    except numbers.NotANumber as wrong:
        raise Unreadable(_why_no_number(text)) from wrong


def _why_no_number(text: str) -> str:
    if CUT_NUMBER.fullmatch(text):
        return "cut_number"
    return "decimal_comma" if DECIMAL_COMMA.search(text) else "not_a_number"


def code(text: str, *, longest: int) -> str:
    """A customer's code or a tracking number: letters, figures and the usual signs. Raises
    Unreadable.
    """
    if not text:
        raise Unreadable("required")
    if len(text) > longest:
        raise Unreadable("too_long")
    if text[0] in "=+-@|":
        raise Unreadable("formula")
    if CUT_NUMBER.fullmatch(text):
        raise Unreadable("cut_number")
    if CODE.fullmatch(text) is None:
        raise Unreadable("strange_characters")
    return text


def word(text: str, codes: dict[str, str]) -> str:
    """One of the known words, in any case; of "M/海运" both parts mean the same. Raises Unreadable."""
    word = text.lower()
    code = codes.get(word)
    if code is None and "/" in word:
        meant = {codes.get(part.strip()) for part in word.split("/")}
        code = meant.pop() if len(meant) == 1 else None
    if code is None:
        raise Unreadable("unknown" if text else "required")
    return code
