"""The server reads typed numbers as the page's script does."""

from __future__ import annotations

import pytest
from django.utils import translation

from tenants.kit import numbers
from tests.kit.numbers import LANGUAGES, readings


def read(text: str, language: str) -> str | None:
    try:
        return numbers.plain(text, language)
    except numbers.NotANumber:
        return None


@pytest.mark.parametrize("language", LANGUAGES)
def test_number_is_read_by_the_marks_of_the_language(language: str) -> None:
    table = readings(language)
    assert {text: read(text, language) for text in table} == table


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_of_the_page_is_the_reader_s_own(language: str) -> None:
    with translation.override(language):
        assert numbers.plain("12,500") == ("12500" if language in ("th", "en") else "12.500")
