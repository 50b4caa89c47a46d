"""Numbers as a person types them, read by the rules of the page's language.

static/js/number.js reads by the same rules; tests/kit/numbers.py is the table both are held to.
"""

from __future__ import annotations

import re

from django.utils import translation

COMMA_IS_DECIMAL = ("ru", "ky", "kk")
DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙−", "0123456789-")
BLANK = r"[ \t\u00a0\u2009\u202f'\u2019]"
EDGES = re.compile(rf"^{BLANK}+|{BLANK}+$")
BETWEEN_DIGITS = re.compile(rf"(?<=\d){BLANK}+(?=\d)", re.ASCII)
SIMPLE = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
NUMBER = re.compile(r"(-?)(?=\.?\d)(\d*)(?:\.(\d*))?", re.ASCII)
GROUPED = {
    mark: re.compile(rf"-?[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+", re.ASCII) for mark in ",."
}
GROUPED_WITH_PLACES = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3})+\.\d+", re.ASCII)
GROUPED_BY_BLANKS = re.compile(
    rf"-?[1-9]\d{{0,2}}(?:{BLANK}+\d{{3}})+(?:[.,]\d*)?",
    re.ASCII,
)


class NotANumber(ValueError):
    """The text is no number, or it can be read in two ways."""


def plain(text: str, language: str | None = None) -> str:
    """The number as Decimal reads it: "1 234,50" gives "1234.50". Raises NotANumber."""
    if SIMPLE.fullmatch(text):  # nearly every cell of an import
        return text
    if GROUPED_WITH_PLACES.fullmatch(text):  # 1,234.50 means one thing in every language
        return text.replace(",", "")
    text = EDGES.sub("", text.translate(DIGITS))
    number = NUMBER.fullmatch(_with_one_point(text, language or translation.get_language() or ""))
    if number is None:
        raise NotANumber
    sign, whole, places = number.groups()
    return sign + (whole or "0") + (f".{places}" if places else "")


def _with_one_point(text: str, language: str) -> str:
    """The text without grouping marks and with a point before the decimal places."""
    if BETWEEN_DIGITS.search(text):
        if GROUPED_BY_BLANKS.fullmatch(text) is None:
            raise NotANumber
        return BETWEEN_DIGITS.sub("", text).replace(",", ".")
    if "," in text and "." in text:
        return _with_both_marks(text)
    mark = "," if "," in text else "."
    comma_groups = mark == "," and language[:2] not in COMMA_IS_DECIMAL
    if text.count(mark) < 2 and not comma_groups:
        return text.replace(",", ".")
    return _without(mark, text)


def _with_both_marks(text: str) -> str:
    """The last mark stands before the decimal places, the other one between thousands."""
    decimal = max(",.", key=text.rfind)
    grouping = "," if decimal == "." else "."
    whole, _mark, places = text.partition(decimal)
    if grouping in places or decimal in places:
        raise NotANumber
    return f"{_without(grouping, whole)}.{places}"


def _without(grouping: str, text: str) -> str:
    """Groups of thousands have three figures each, and the first of them is not zero."""
    if GROUPED[grouping].fullmatch(text) is None:
        raise NotANumber
    return text.replace(grouping, "")
