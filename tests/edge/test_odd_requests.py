"""Requests that nobody types: names twice, other charsets, bodies that are no object."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from orders.models import Order
from tests.words.allowed import ALLOWED
from tests.words.latin import latin_words
from tests.world import Cast

BOUNDARY = "xBx"
PART = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="login"\r\n\r\na\r\n--{BOUNDARY}--\r\n'
)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ('{"note": "a", "note": "b"}', "note"),
        ('{"cargo": [{"name": "x", "value": "1", "value": "1000"}]}', "value"),
    ],
)
def test_a_name_with_two_values_is_refused(
    in_alpha: Cast, call: Any, body: str, field: str
) -> None:
    answer = call(in_alpha, "dispatcher").generic("POST", "/api/v1/orders", body)
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]
    assert not Order.objects.exists()


def test_a_filter_with_two_values_is_refused(in_alpha: Cast, call: Any) -> None:
    answer = call(in_alpha, "head").send("get", "orders?search=a&search=b")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["search"])


def test_a_kind_of_paper_that_is_none_is_said(in_alpha: Cast, call: Any) -> None:
    answer = call(in_alpha, "head").send("get", "documents?kind=zz")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["kind"])


@pytest.mark.parametrize("charset", ["base64", "idna", "undefined", "utf-16", "punycode"])
def test_a_form_with_files_comes_in_utf_8(client: Client, db: None, charset: str) -> None:
    kind = f"multipart/form-data; boundary={BOUNDARY}; charset={charset}"
    client.raise_request_exception = False
    assert client.generic("POST", "/login/", PART, kind).status_code == 400


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", "no-such"])
def test_utf_8_by_any_of_its_names_is_taken(client: Client, db: None, charset: str) -> None:
    kind = f"multipart/form-data; boundary={BOUNDARY}; charset={charset}"
    assert client.generic("POST", "/login/", PART, kind).status_code == 200


@pytest.mark.parametrize(
    "body", ["null", "[1]", '"x"', "{", "NaN", '{"note": Infinity}', "\ufeff{}"]
)
@pytest.mark.parametrize("language", ["ru", "th"])
def test_a_body_that_is_none_is_said_in_words(
    in_alpha: Cast, call: Any, body: str, language: str
) -> None:
    client = call(in_alpha, "dispatcher")
    headers = {"Accept-Language": language}
    with translation.override(language):
        answer = client.generic("POST", "/api/v1/orders", body, headers=headers)
    assert answer.status_code in (400, 422)
    refusal = answer.json()
    assert latin_words(refusal["detail"].replace("JSON", ""), ALLOWED) == {}
    assert "non_field_errors" not in refusal.get("errors", {})


def test_an_id_that_is_none_is_said_in_words(in_alpha: Cast, call: Any) -> None:
    client = call(in_alpha, "head")
    answer = client.generic("GET", "/api/v1/invoices?company=zz", headers={"Accept-Language": "ru"})
    (words,) = answer.json()["errors"]["company"]
    assert answer.status_code == 400 and latin_words(words, ALLOWED) == {}
