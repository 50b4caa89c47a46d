"""What people wait for on a slow line goes compressed, once, and only where it may (FAULTS H7)."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from tests.orders import order_samples
from tests.world import Cast

GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}


@pytest.mark.parametrize("address", ["/", "/orders/", "/exchange/"])
def test_a_page_is_a_fraction_of_its_length(in_alpha: Cast, browse: Any, address: str) -> None:
    browser = browse(in_alpha)
    answer = browser.get(address, **GZIP)
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    whole = gzip.decompress(answer.content)
    assert b"</html>" in whole
    assert int(answer["Content-Length"]) == len(answer.content)
    assert len(answer.content) < len(whole) / 3


def test_who_cannot_unpack_gets_it_plain(in_alpha: Cast, browse: Any) -> None:
    answer = browse(in_alpha).get("/orders/")
    assert not answer.has_header("Content-Encoding")
    assert b"</html>" in answer.content


def test_answers_of_the_api_are_compressed_too(in_alpha: Cast, call: Any) -> None:
    for _ in range(5):
        order_samples.order(in_alpha)
    answer = call(in_alpha).get("/api/v1/orders", **GZIP)
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content).startswith(b"{")


def test_a_workbook_is_compressed_already(in_alpha: Cast, browse: Any) -> None:
    order_samples.order(in_alpha)
    answer = browse(in_alpha).get("/orders/export/?format=xlsx", **GZIP)
    assert answer.status_code == 200
    assert not answer.has_header("Content-Encoding")
    assert b"".join(answer.streaming_content if answer.streaming else [answer.content])[:2] == b"PK"
