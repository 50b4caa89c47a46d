"""The readers of the edge by themselves: texts, phones, days (FAULTS C2, C3, C4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tenants.kit import clock
from tenants.kit.edge import days, phones, text
from tenants.kit.edge.days import BUSINESS, PAST, PAYMENT, STOP, NotADay, Window

TODAY = clock.now().date()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ОсОО\u200b «Рога»", "ОсОО «Рога»"),
        ("\u202aАлга\u202c\u200e", "Алга"),
        ("\ufeff12345678901234", "12345678901234"),
        ("отказ\x07\x00", "отказ"),
        ("\u200b\u200e\u202a\ufeff\u3164\u2800\ufe0f\u200d", ""),
        ("  две\t \u00a0строки\r\nв одну ", "две строки в одну"),
        ("Аи\u0306ша", "Айша"),
        ("น้ำ\u200bตาล", "น้ำตาล"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f", "👨\u200d👩\u200d👧 ❤\ufe0f"),
        ("Ал\u200dга\u200cт\ufe0fрейд", "Алгатрейд"),
    ],
)
def test_a_line_is_what_is_seen(typed: str, kept: str) -> None:
    assert text.one_line(typed) == kept
    assert text.one_line(kept) == kept


def test_a_note_keeps_its_lines() -> None:
    assert text.lines("\ufeffраз \u200b\r\n\r\nдва\u2028три\t \n") == "раз\n\nдва\nтри"
    assert text.lines("\u200b\n\u202e") == ""


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("0555 000 001", "KG", "+996555000001"),
        ("+996 (555) 00-00-01", "TH", "+996555000001"),
        ("8 (800) 555-35-35 доб. 1234", "RU", "+78005553535x1234"),
        ("+7 800 555 35 35 ext. 7", "KG", "+78005553535x7"),
        ("+78005553535x1234", "KG", "+78005553535x1234"),
        ("081-234-5678", "TH", "+66812345678"),
        ("\u202a+996 555 000 001\u202c", "KG", "+996555000001"),
    ],
)
def test_a_phone_has_one_written_form(typed: str, country: str, kept: str) -> None:
    with phones.of_country(country):
        assert phones.normal(typed) == kept


def test_the_tail_of_a_phone_is_not_its_extension() -> None:
    assert phones.tail("+78005553535x1234") == "3535"


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("0555 100 200", "555100200"),
        ("+996 555-100-200", "996555100200"),
        ("8 (800) 555-35-35", "8005553535"),
        ("100 200", "100200"),
        ("100", ""),
        ("ORD-260101", ""),
    ],
)
def test_a_search_for_a_phone_goes_by_its_digits(typed: str, digits: str) -> None:
    assert phones.digits_within(typed) == digits


@pytest.mark.parametrize("window", [BUSINESS, STOP, PAYMENT, PAST])
@pytest.mark.parametrize(
    "typed", ["0026-11-29", "0001-01-01", "9999-12-31", "1999-12-31", "2026-02-30", "x", "1.2.3.4"]
)
def test_days_outside_of_any_window_are_refused_in_words(window: Window, typed: str) -> None:
    with pytest.raises(NotADay, match=r".{10}"):
        days.read(typed, window)


def test_a_payment_of_2006_is_refused_and_one_of_last_year_is_taken() -> None:
    with pytest.raises(NotADay):
        days.read("2006-11-29", PAYMENT)
    last_year = TODAY - timedelta(days=365)
    assert days.read(last_year.isoformat(), PAYMENT) == last_year


def test_years_of_two_figures_and_buddhist_years() -> None:
    assert days.read("29.11.26", STOP) == date(2026, 11, 29)
    assert days.read("18/01/2569", BUSINESS) == date(2026, 1, 18)
    assert days.read("๑๘/๐๑/๒๐๒๖", BUSINESS) == date(2026, 1, 18)
