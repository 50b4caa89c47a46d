"""«Имя, номер, телефон» in one line, as a partner sends it by messenger: what was understood."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers

SPLIT = re.compile(r"[,;\t\n|/]+")
DIGITS_OF_PHONE = 9
PLATE = re.compile(r"(?=.*\d)[^\W_][\w\- ]{2,18}")
WORD = re.compile(r"[^\W\d_]")
LONGEST_LINE = 500


@dataclass(frozen=True, slots=True)
class CrewLine:
    """The parts of a line; `rest` is what was not understood."""

    name: str = ""
    plate: str = ""
    phone: str = ""
    rest: str = ""


def read(text: str, *, country: str) -> CrewLine:
    """The phone is looked for first, then a plate with digits; a part of letters alone is the name."""
    text = text[:LONGEST_LINE]
    phone, text = _phone(text, country)
    name = plate = ""
    rest: list[str] = []
    for part in filter(None, (piece.strip(" .:—-") for piece in SPLIT.split(text))):
        if not plate and PLATE.fullmatch(part) and _is_plate(part):
            plate = part
        elif not name and WORD.search(part):
            name, plate, others = _name_and_plate(part, plate)
            rest += others
        else:
            rest.append(part)
    return CrewLine(" ".join(name.split()), " ".join(plate.upper().split()), phone, ", ".join(rest))


def _phone(text: str, country: str) -> tuple[str, str]:
    """The phone in one written form, and the text without it."""
    for match in phonenumbers.PhoneNumberMatcher(text, country, phonenumbers.Leniency.POSSIBLE):
        digits = sum(sign.isdigit() for sign in match.raw_string)
        if digits >= DIGITS_OF_PHONE:
            written = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            return written, f"{text[: match.start]},{text[match.end :]}"
    return "", text


def _is_plate(part: str) -> bool:
    """A plate has digits, and no long words of letters alone."""
    return any(sign.isdigit() for sign in part) and not re.search(r"[^\W\d_]{6,}", part)


def _name_and_plate(text: str, plate: str) -> tuple[str, str, list[str]]:
    """Parts without a comma: «Асанов Бакыт 01KG123ABC». Digits begin the plate."""
    digits = re.search(r"\S*\d", text)
    begins = digits.start() if digits else len(text)
    name = text[:begins].strip()
    tail = text[begins:].strip()
    if tail and not plate and _is_plate(tail):
        return name, tail, []
    return name, plate, [tail] if tail else []
