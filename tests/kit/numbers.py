"""The table both readers of numbers are held to: tenants/kit/numbers.py and static/js/number.js."""

from __future__ import annotations

LANGUAGES = ("ru", "th", "en", "ky")
COMMA = ("ru", "ky")  # the comma stands before the decimal places
POINT = ("th", "en")  # the comma stands between thousands
NOT_A_NUMBER = None

IN_EVERY_LANGUAGE = {
    "0": "0",
    "7": "7",
    "12500": "12500",
    "100000": "100000",
    "1234567.89": "1234567.89",
    "1.25": "1.25",
    "1.2500": "1.2500",
    "1.234": "1.234",
    "12 500": "12500",
    "12\u00a0500": "12500",
    "12\u202f500": "12500",
    "12'500": "12500",
    "12\u2019500": "12500",
    " 12 500 ": "12500",
    "12 500,50": "12500.50",
    "12 500.50": "12500.50",
    "12\u00a0500,500": "12500.500",
    "1,234.50": "1234.50",
    "1.234,50": "1234.50",
    "1,234,567.89": "1234567.89",
    "1.234.567,89": "1234567.89",
    "1,234,567": "1234567",
    "1.234.567": "1234567",
    ".5": "0.5",
    "5.": "5",
    "-12.5": "-12.5",
    "\u221212.5": "-12.5",
    "๑๒๕๐๐.๕": "12500.5",
    "": NOT_A_NUMBER,
    ".": NOT_A_NUMBER,
    ",": NOT_A_NUMBER,
    "-": NOT_A_NUMBER,
    "--5": NOT_A_NUMBER,
    "5-": NOT_A_NUMBER,
    "1e5": NOT_A_NUMBER,
    "NaN": NOT_A_NUMBER,
    "Infinity": NOT_A_NUMBER,
    "0x10": NOT_A_NUMBER,
    "twelve": NOT_A_NUMBER,
    "12 KGS": NOT_A_NUMBER,
    "1.2.3": NOT_A_NUMBER,
    "1,2,3": NOT_A_NUMBER,
    "1,23,456": NOT_A_NUMBER,
    "1234,567.89": NOT_A_NUMBER,
    "1,234.567.89": NOT_A_NUMBER,
    "1 234,567.89": NOT_A_NUMBER,
    "\u00b2": NOT_A_NUMBER,
    "0 125": NOT_A_NUMBER,
    "012 500": NOT_A_NUMBER,
    "12 5": NOT_A_NUMBER,
    "1 2 3": NOT_A_NUMBER,
    "0,125,000": NOT_A_NUMBER,
    "0.125.000": NOT_A_NUMBER,
    "0,125.50": NOT_A_NUMBER,
    "0.125,50": NOT_A_NUMBER,
    "-0.125.000": NOT_A_NUMBER,
}
WHERE_THE_COMMA_IS_DECIMAL = {
    "1,25": "1.25",
    "12,5": "12.5",
    "1,234": "1.234",
    "1,2500": "1.2500",
    "12500,5": "12500.5",
    "0,125": "0.125",
    "5,": "5",
    ",5": "0.5",
}
WHERE_THE_COMMA_GROUPS = {
    "1,234": "1234",
    "12,500": "12500",
    "1,25": NOT_A_NUMBER,
    "12,5": NOT_A_NUMBER,
    "1,2500": NOT_A_NUMBER,
    "0,125": NOT_A_NUMBER,
    "-0,125": NOT_A_NUMBER,
    "00,125": NOT_A_NUMBER,
    "01,234": NOT_A_NUMBER,
    "12500,5": NOT_A_NUMBER,
    "5,": NOT_A_NUMBER,
    ",5": NOT_A_NUMBER,
}


def readings(language: str) -> dict[str, str | None]:
    """What every text of the table means on a page in this language."""
    own = WHERE_THE_COMMA_IS_DECIMAL if language in COMMA else WHERE_THE_COMMA_GROUPS
    return IN_EVERY_LANGUAGE | own
