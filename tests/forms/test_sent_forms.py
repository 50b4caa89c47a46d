"""Forms that a page sends by script, as the server hears them: a receipt, once, and the way back."""

from __future__ import annotations

from typing import Any

import pytest

from companies.models import Company
from tenants.context import GATE, inside
from tenants.kit.models import IdempotencyKey
from tests.browser_client import Browser
from tests.orders import order_samples
from tests.world import Cast

KEY = "0123456789abcdef0123456789abcdef"
OTHER_KEY = "f" * 32
COMPANY = {"kind": "client", "name": "Ромашка", "country": "KG", "language": "ru"}


def send(browser: Any, path: str, values: dict[str, Any], key: str = KEY) -> Any:
    return browser.post(path, values, headers={"X-Form": key})


def companies() -> int:
    return Company.objects.filter(name__startswith="Ромашка").count()


def test_saved_form_answers_with_its_key_and_the_way(in_alpha: Cast, browse: Any) -> None:
    answer = send(browse(in_alpha), "/companies/new/", COMPANY)
    company = Company.objects.get(name="Ромашка")
    assert (answer.status_code, answer["X-Saved"]) == (200, KEY)
    assert answer["X-Location"] == f"/companies/{company.pk}/"
    assert "Location" not in answer and answer.content == b""


def test_form_sent_twice_is_written_once(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha)
    first = send(browser, "/companies/new/", COMPANY | {"csrfmiddlewaretoken": "a"})
    again = send(browser, "/companies/new/", COMPANY | {"csrfmiddlewaretoken": "b"})
    assert (again["X-Saved"], again["X-Location"]) == (KEY, first["X-Location"])
    assert companies() == 1


def test_changed_form_with_a_key_that_was_saved_is_said_and_not_written(
    in_alpha: Cast, browse: Any
) -> None:
    browser = browse(in_alpha)
    send(browser, "/companies/new/", COMPANY)
    answer = send(browser, "/companies/new/", COMPANY | {"name": "Ромашка 2"})
    assert (answer.status_code, answer["X-Sent-Before"]) == (409, KEY)
    assert "X-Saved" not in answer
    assert companies() == 1
    send(browser, "/companies/new/", COMPANY | {"name": "Ромашка 2"}, OTHER_KEY)
    assert companies() == 2


def test_refused_form_gives_no_receipt_and_may_be_sent_again(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha)
    refused = send(browser, "/companies/new/", COMPANY | {"name": ""})
    assert refused.status_code == 422 and "X-Saved" not in refused
    with inside(GATE):
        assert not IdempotencyKey.objects.exists()
    assert send(browser, "/companies/new/", COMPANY)["X-Saved"] == KEY


def test_redirect_with_an_error_is_no_receipt(in_alpha: Cast, browse: Any) -> None:
    order = order_samples.order(in_alpha)
    browser = browse(in_alpha)
    browser.post(f"/orders/{order.ref}/cancel/", {"reason": "no load"})
    answer = send(browser, f"/orders/{order.ref}/edit/", {"note": "typed for long"})
    assert answer["X-Location"] == f"/orders/{order.ref}/"
    assert "X-Saved" not in answer


def test_key_of_another_person_says_nothing(in_alpha: Cast, browse: Any) -> None:
    send(browse(in_alpha), "/companies/new/", COMPANY)
    other = COMPANY | {"name": "Ромашка 3"}
    answer = send(browse(in_alpha, "dispatcher"), "/companies/new/", other)
    assert answer["X-Saved"] == KEY
    assert companies() == 2


@pytest.mark.parametrize("header", ["HTTP_REFERER", "HTTP_HX_CURRENT_URL"])
def test_ended_session_leads_back_to_the_page_of_the_form(
    alpha: Cast, browse: Any, header: str
) -> None:
    """FAULTS B4."""
    by_htmx = {"HTTP_HX_REQUEST": "true"} if "HX" in header else {}
    answer = Browser().post(
        "/companies/new/",
        COMPANY,
        **{header: "http://testserver/companies/new/?kind=client"},
        **by_htmx,
    )
    where = answer.get("HX-Redirect") or answer["Location"]
    assert where == "/login/?next=%2Fcompanies%2Fnew%2F%3Fkind%3Dclient"


def test_call_that_a_page_makes_leads_back_to_the_page(alpha: Cast) -> None:
    answer = Browser().get(
        "/places/",
        HTTP_HX_REQUEST="true",
        HTTP_HX_CURRENT_URL="http://testserver/orders/new/",
    )
    assert answer["HX-Redirect"] == "/login/?next=%2Forders%2Fnew%2F"


@pytest.mark.parametrize(
    "page", ["http://evil.example/orders/", "//evil.example/", "http://testserver//evil.example/"]
)
def test_foreign_page_is_no_way_back(alpha: Cast, page: str) -> None:
    assert Browser().post("/companies/new/", COMPANY, HTTP_REFERER=page)["Location"] == "/login/"


def test_expired_form_says_so_to_the_script(alpha: Cast) -> None:
    strict = Browser(enforce_csrf_checks=True)
    strict.sign_in(alpha.actor("head"))
    answer = send(strict, "/companies/new/", COMPANY)
    assert (answer.status_code, answer["X-Expired"]) == (403, "1")
