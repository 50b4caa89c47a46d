"""What is understood of "name, plate, phone" in one line."""

from __future__ import annotations

import pytest

from fleet.crew_line import CrewLine, read

PHONE = "+996555123456"
LINES = {
    "Асанов Бакыт, 01KG123ABC, +996 555 123 456": ("Асанов Бакыт", "01KG123ABC", PHONE, ""),
    "Асанов Бакыт 01KG123ABC 0555 123 456": ("Асанов Бакыт", "01KG123ABC", PHONE, ""),
    "01 KG 123 ABC; +996555123456; Асанов Бакыт": ("Асанов Бакыт", "01 KG 123 ABC", PHONE, ""),
    "Иванов Иван Иванович\tА123ВС777\t8 (900) 555-35-35": (
        "Иванов Иван Иванович",
        "А123ВС777",
        "+79005553535",
        "",
    ),
    "Асанов Бакыт, тент 20 т Вольво, 01KG123ABC": (
        "Асанов Бакыт",
        "01KG123ABC",
        "",
        "тент, 20 т Вольво",
    ),
    "только имя": ("только имя", "", "", ""),
    "": ("", "", "", ""),
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_understood(line: str) -> None:
    country = "RU" if "8 (900)" in line else "KG"
    understood = read(line, country=country)
    expected = CrewLine(*LINES[line])
    if "тент" in line:  # what is beside the point is shown, wherever it was cut
        assert (understood.name, understood.plate) == (expected.name, expected.plate)
        assert "тент" in understood.rest
    else:
        assert understood == expected


def test_a_thai_line() -> None:
    understood = read("สมชาย ใจดี, 70-1234 กทม, 081 234 5678", country="TH")
    assert understood == CrewLine("สมชาย ใจดี", "70-1234 กทม", "+66812345678", "")
