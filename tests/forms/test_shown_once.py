"""A link, a PIN: shown after the redirect, again when the page is reloaded, and to nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from companies.models import Company
from fleet import drivers, links
from tenants.kit import clock
from tenants.kit.shown_once import COOKIE
from tests.companies.conftest import letters
from tests.forms.test_unchanged import DRIVER
from tests.world import Cast

INVITED = {
    "kind": "client",
    "name": "Ромашка",
    "full_name": "Азамат",
    "email": "azamat@romashka.test",
    "language": "ru",
}
NEW_COMPANY = {"kind": "client", "name": "Лютик", "country": "KG", "language": "ru"}


def invite(browser: Any, **changes: str) -> Any:
    return browser.post("/companies/invite/", INVITED | changes)


def test_reloaded_page_shows_the_link_and_writes_nothing(in_alpha: Cast, browse: Any) -> None:
    """FAULTS B6."""
    browser = browse(in_alpha)
    url = invite(browser)["Location"]
    pages = [browser.get(url).content.decode() for _time in range(3)]
    assert all('id="invitation-link"' in page for page in pages)
    assert Company.objects.filter(email=INVITED["email"]).count() == 1
    assert len([one for one in letters() if one["to"] == INVITED["email"]]) == 1


def test_link_goes_after_ten_minutes_and_is_for_its_maker(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha)
    url = invite(browser)["Location"]
    other = browse(in_alpha, "dispatcher")
    other.cookies[COOKIE] = browser.cookies[COOKIE].value
    assert other.get(url).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert browser.get(url)["Location"] == url.replace("invited/", "")


def test_cookie_of_the_link_is_for_its_page_alone(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha)
    url = invite(browser)["Location"]
    cookie = browser.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (url, True, "Lax")


def test_cookie_carried_to_another_page_shows_nothing(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha)
    invited = invite(browser)["Location"]
    driver = drivers.add(values=DRIVER, by=in_alpha.actor("head"), at=clock.now())
    issued = links.access_issued(driver.pk)
    assert browser.get(issued)["Location"] == links.driver(driver.pk)
    assert b"/password/set/" not in browser.get("/cargo/users/").content
    assert b'id="invitation-link"' in browser.get(invited).content


def test_user_of_the_shop_gets_a_link_once(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha)
    entry = {"name": "New", "email": "new@alpha.test", "role": "cargo_staff"}
    answer = browser.post("/cargo/users/", entry)
    assert answer["Location"] == "/cargo/users/"
    assert b"/password/set/" in browser.get("/cargo/users/").content
    assert b"/password/set/" in browser.get("/cargo/users/").content


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "ромашка"),
        ("email", "AZAMAT@romashka.test"),
        ("phone", "+996555000777"),
        ("inn", "02705201910356"),
    ],
)
def test_equal_company_is_pointed_out_before_a_second_is_made(
    in_alpha: Cast, browse: Any, field: str, value: str
) -> None:
    browser = browse(in_alpha)
    Company.objects.create(
        ref="CMP-1",
        kind="client",
        name="Ромашка",
        status="active",
        email="azamat@romashka.test",
        phone="+996555000777",
        inn="02705201910356",
        created_at=clock.now(),
        country="KG",
        language="ru",
    )
    entry = NEW_COMPANY | {field: value}
    answer = browser.post("/companies/new/", entry)
    page = answer.content.decode()
    company = Company.objects.get(ref="CMP-1")
    assert answer.status_code == 422 and f"/companies/{company.pk}/" in page
    assert Company.objects.filter(created_by=in_alpha.actor("head").member_id).count() == 0
    sure = page.split('name="sure" value="')[1].split('"')[0]
    assert browser.post("/companies/new/", entry | {"sure": sure}).status_code == 302


def test_second_invitation_of_the_same_company_asks(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha)
    invite(browser)
    answer = invite(browser)
    assert answer.status_code == 422 and b'name="sure"' in answer.content
    assert Company.objects.filter(email=INVITED["email"]).count() == 1
    invite(browser, sure=answer.content.decode().split('name="sure" value="')[1].split('"')[0])
    assert Company.objects.filter(email=INVITED["email"]).count() == 2
