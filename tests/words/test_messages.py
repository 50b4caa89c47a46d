"""Messages of libraries come in the reader's language."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from rest_framework.exceptions import Throttled

from tenants.kit.problem_handler import problem
from tests.words.allowed import ALLOWED
from tests.words.latin import latin_words
from tests.world import Cast


@pytest.mark.parametrize("language", ["ru", "th"])
def test_a_call_that_is_slowed_down_says_so_in_words(language: str) -> None:
    with translation.override(language):
        answer = problem(Throttled(wait=59), {})
    assert answer is not None
    assert latin_words(answer.data["detail"], ALLOWED) == {}
    assert "60" in answer.data["detail"]


@pytest.mark.parametrize("language", ["ru", "th"])
def test_a_wrong_phone_is_said_in_words(in_alpha: Cast, browse: Any, language: str) -> None:
    browser = browse(in_alpha, "dispatcher")
    browser.cookies["language"] = language
    form = {"kind": "client", "name": "x", "full_name": "y", "email": "a@b.c", "phone": "12"}
    answer = browser.post("/companies/invite/", form)
    assert answer.status_code == 422
    assert "Enter a valid" not in answer.content.decode()
    shown = answer.content.decode().replace("dispatcher of alpha", "").replace("Alpha", "")
    assert latin_words(shown, ALLOWED) == {}
