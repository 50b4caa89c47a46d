"""A call of the API is tried with the fields that it knows."""

from __future__ import annotations

from checks.isolation.api_bodies import fitted

SENT = {"price": "1", "reason": "x", "at": "now", "client": "c"}


def test_a_body_has_only_what_the_call_knows() -> None:
    orders = "api/v1/orders/<str:ref>"
    assert fitted(f"{orders}/cancel", "POST", SENT) == {"reason": "x"}
    assert fitted(orders, "PATCH", SENT) == {"client": "c"}
    assert fitted(f"{orders}/publish", "POST", SENT) == {}
    assert fitted("api/v1/trips/<uuid:job_id>/positions", "POST", SENT) == [{"at": "now"}]
    assert fitted("api/v1/cargo/imports", "POST", {"text": "x"}) == {"text": "x"}
