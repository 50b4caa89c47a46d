"""Countries by the names in use."""

from __future__ import annotations

import pytest
from django.utils import translation

from companies.forms.fields import countries, country_name


@pytest.mark.parametrize(
    ("language", "name"),
    [("ru", "Кыргызстан"), ("th", "คีร์กีซสถาน"), ("en", "Kyrgyzstan"), ("ky", "Кыргызстан")],
)
def test_kyrgyzstan_is_named_as_its_people_do(language: str, name: str) -> None:
    with translation.override(language):
        assert country_name("KG") == name
        assert ("KG", name) in countries()
