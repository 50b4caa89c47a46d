"""Acts that matter ask for the password again when the last proof is old, and lead back to their page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tenants.context import GATE, inside
from tenants.kit import later
from tenants.kit.asked_again import asks_again
from tenants.office.models import AuditEvent
from tests.browser_client import Browser
from tests.world import PASSWORD, Cast

HOURS = 3600
ACTS = [
    ("head", "/my-company/"),
    ("head", "/my-company/terms/"),
    ("head", "/companies/invite/"),
    ("head", "/companies/{company}/invite/"),
    ("head", "/companies/{company}/edit/"),
    ("head", "/companies/{company}/contract/paper/"),
    ("accountant", "/finance/carriers/{any}/pay/"),
    ("accountant", "/finance/carriers/orders/{any}/advances/"),
    ("accountant", "/finance/carriers/advances/{any}/return/"),
    ("accountant", "/finance/payments/{any}/refund/"),
    ("accountant", "/finance/invoices/{any}/credit/"),
    ("accountant", "/finance/invoices/{any}/write-off/"),
    ("accountant", "/finance/write-offs/{any}/reverse/"),
    ("accountant", "/finance/advances/{any}/refund/"),
    ("accountant", "/finance/expenses/new/"),
    ("accountant", "/finance/expenses/{any}/back/"),
    ("accountant", "/finance/opening/new/"),
    ("accountant", "/finance/opening/{any}/back/"),
    ("accountant", "/finance/bank/{any}/confirm/"),
    ("accountant", "/finance/bank/{any}/book/"),
    ("head", "/cargo/users/"),
    ("head", "/cargo/users/{any}/reset/"),
    ("cargo_manager", "/cargo/months/2026-01/pay/{any}/"),
    ("dispatcher", "/fleet/drivers/{any}/access/"),
    ("client", "/cabinet/company/"),
    ("partner", "/partner/company/"),
    ("client", "/cabinet/contract/"),
    ("partner", "/partner/contract/"),
    ("head", "/companies/{company}/accounts/"),
    ("head", "/companies/{company}/limit/"),
    ("head", "/companies/{company}/merge/"),
    ("head", "/companies/{company}/contract/"),
    ("head", "/companies/{company}/contract/{any}/terminate/"),
    ("head", "/companies/{company}/people/new/"),
    ("head", "/companies/{company}/people/{any}/"),
    ("head", "/companies/{company}/people/{any}/end/"),
    ("head", "/companies/{company}/people/{any}/sign/"),
    ("head", "/companies/{company}/people/invitations/{any}/again/"),
    ("client", "/cabinet/people/new/"),
    ("client", "/cabinet/people/{any}/"),
    ("client", "/cabinet/people/{any}/end/"),
    ("client", "/cabinet/people/invitations/{any}/again/"),
    ("client", "/cabinet/company/accounts/"),
    ("partner", "/partner/people/new/"),
    ("partner", "/partner/people/{any}/"),
    ("partner", "/partner/people/{any}/end/"),
    ("partner", "/partner/people/invitations/{any}/again/"),
    ("partner", "/partner/company/accounts/"),
    ("head", "/my-company/accounts/"),
    ("head", "/my-company/domain/"),
    ("head", "/my-company/domain/check/"),
    ("head", "/my-company/domain/remove/"),
    ("head", "/my-company/firms/new/"),
    ("head", "/my-company/firms/1/main/"),
    ("head", "/my-company/terms/{any}/terminate/"),
    ("head", "/link-requests/{any}/make/"),
]


def old_session(browser: Browser, hours: float) -> None:
    browser.get("/notifications/")
    with inside(GATE):
        session = browser.session
        session["started"] -= hours * HOURS
        session.save()


def path_of(template: str, cast: Cast) -> str:
    return template.format(company=cast.company_id("client"), any=uuid4())


@pytest.mark.parametrize(("person", "template"), ACTS)
def test_act_asks_after_twelve_hours(
    in_alpha: Cast, browse: Any, person: str, template: str
) -> None:
    """FAULTS D9."""
    browser = browse(in_alpha, person)
    old_session(browser, 11.5)
    path = path_of(template, in_alpha)
    assert "/login/" not in browser.post(path, {}).get("Location", "")
    old_session(browser, 1)
    before = AuditEvent.objects.count()
    answer = browser.post(path, {}, HTTP_REFERER="http://testserver/page/?tab=1")
    assert answer["Location"] == "/login/again/?next=%2Fpage%2F%3Ftab%3D1"
    assert AuditEvent.objects.count() == before


def asks(view: object) -> bool:
    """Whether `asks_again` stands in the chain of wrappers around a view."""
    while view is not None:
        code = getattr(view, "__code__", None)
        if code is not None and code.co_filename == asks_again.__code__.co_filename:
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def asking_addresses(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    """Names of the addresses whose act asks."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from asking_addresses(one.url_patterns)
        elif asks(one.callback):
            yield str(one.name)


def test_every_act_that_asks_is_tried(in_alpha: Cast) -> None:
    """Each of them stands in the table above, whose rows fail when the question is taken away."""
    tried = {resolve(path_of(template, in_alpha)).url_name for _person, template in ACTS}
    assert set(asking_addresses(get_resolver().url_patterns)) == tried


def test_reading_the_page_of_an_act_asks_nothing(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha)
    old_session(browser, 13)
    assert browser.get("/my-company/").status_code == 200


def test_act_goes_on_after_the_password(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha)
    old_session(browser, 13)
    question = browser.post("/my-company/", {}, HTTP_REFERER="http://testserver/my-company/")
    wrong = browser.post(question["Location"], {"password": "no"})
    assert wrong.status_code == 200
    assert "/login/again/" in browser.post("/my-company/", {})["Location"]
    answer = browser.post(question["Location"], {"password": PASSWORD})
    assert answer["Location"] == "/my-company/"
    assert "/login/" not in browser.post("/my-company/", {}).get("Location", "")


def test_form_that_is_sent_by_script_gets_no_receipt(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha)
    old_session(browser, 13)
    answer = browser.post("/companies/invite/", {}, headers={"X-Form": "a" * 32})
    assert answer["X-Location"].startswith("/login/again/") and "X-Saved" not in answer


def test_whole_list_is_not_taken_away_without_the_password(
    in_alpha: Cast, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(later, "AT_ONCE", 0)
    monkeypatch.setattr(later.rows_of, "__kwdefaults__", {"at_once": 0})
    browser = browse(in_alpha)
    old_session(browser, 13)
    answer = browser.get("/companies/export/?format=csv")
    assert answer["Location"] == "/login/again/?next=%2Fcompanies%2Fexport%2F%3Fformat%3Dcsv"
