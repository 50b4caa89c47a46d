"""Numbers as people type them, and what a rule says of one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from stdnum.exceptions import ValidationError

from tenants.kit.edge import text

THAI = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
TYPING_AIDS = re.compile(r"[\s.]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a number, in words; `is_sure` where a published rule says so.

    A sure fault is refused. Any other one is shown, and the number can be saved as it is.
    """

    words: str
    is_sure: bool


Numbers: TypeAlias = Mapping[str, str]  # all numbers of a firm, by the names of their fields
Rule: TypeAlias = Callable[[str, Numbers], Fault | None]


def plain(value: str) -> str:
    """A number without blanks, dashes and dots, in plain digits and capital letters."""
    folded = unicodedata.normalize(
        "NFKC",
        text.one_line(value),
    ).translate(THAI)
    kept = (sign for sign in folded if unicodedata.category(sign) != "Pd")
    return TYPING_AIDS.sub(
        "",
        "".join(kept),
    ).upper()


def wrong(words: str) -> Fault:
    return Fault(words, is_sure=True)


def doubtful(words: str) -> Fault:
    return Fault(words, is_sure=False)


def is_valid(check: Callable[[str], str], value: str) -> bool:
    """Whether a check of the library passes the number."""
    try:
        check(value)
    except ValidationError:
        return False
    return True


def has_digits(value: str, *lengths: int) -> bool:
    """Whether the number is made of plain digits alone, as many as one of these."""
    return value.isascii() and value.isdigit() and len(value) in lengths
