"""The driver's app: issued, enrolled, opened, given anew, blocked."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings

from fleet import access
from fleet.access import CannotIssue, Kind
from fleet.views import access as pages
from tenants.accounts.models import Device, DriverAccess
from tenants.context import PLATFORM, inside
from tenants.drivers.editing import NotOurs
from tenants.drivers.models import Driver
from tenants.kit import clock
from tenants.office.models import AuditEvent
from tests.fleet.conftest import NewDriver, new_phone, values
from tests.fleet.test_drivers import state
from tests.world import Cast


@pytest.fixture
def dispatcher(alpha: Cast, browse: Any) -> Any:
    return browse(alpha, "dispatcher")


def issue(browser: Any, driver: Driver) -> tuple[str, str]:
    """The PIN and the code as the page shows them, once."""
    answer = browser.post(f"/fleet/drivers/{driver.pk}/access/", follow=True)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    text = re.search(
        r"<textarea[^>]*>(.*?)</textarea>",
        answer.content.decode(),
        re.DOTALL,
    )
    assert text and f"{settings.PUBLIC_URL}/driver/enrol/" in text[1]
    pin = re.findall(r"\b\d{6}\b", text[1])
    code = re.findall(r"\b\d{8}\b", text[1])
    return pin[-1], code[-1]


def enrolled(phone: Any, number: str, code: str) -> Any:
    assert phone.post("/driver/enrol/", {"phone": number, "code": code}).status_code == 302
    return phone


def sign_in(phone: Any, number: str, pin: str) -> int:
    return int(phone.post("/driver/login/", {"phone": number, "pin": pin}).status_code)


def kind(cast: Cast, driver: Driver) -> Kind:
    with inside(cast.scope):
        return access.states([Driver.objects.get(pk=driver.pk)])[driver.pk].kind


def events(cast: Cast, action: str) -> list[AuditEvent]:
    with inside(cast.scope):
        return list(AuditEvent.objects.filter(action=action))


def test_from_the_pin_to_the_driver_s_own_page(
    alpha: Cast, dispatcher: Any, driver: Driver, visitor: Any
) -> None:
    number = state(alpha, driver)[3]
    assert kind(alpha, driver) is Kind.NONE
    pin, code = issue(dispatcher, driver)
    assert kind(alpha, driver) is Kind.WAITING
    phone = enrolled(visitor(), number, code)
    assert sign_in(phone, number, pin) == 302
    assert phone.get("/driver/").status_code == 200
    assert kind(alpha, driver) is Kind.OPEN
    card = dispatcher.get(f"/fleet/drivers/{driver.pk}/").content.decode()
    assert pin not in card and code not in card


def test_the_issue_is_audited_without_the_secrets(
    alpha: Cast, dispatcher: Any, driver: Driver
) -> None:
    pin, code = issue(dispatcher, driver)
    (event,) = events(alpha, "driver.access_issue")
    text = f"{event.title}{event.before}{event.after}{event.reason}"
    assert (
        event.by == alpha.actor("dispatcher").member_id and event.subject == f"driver:{driver.pk}"
    )
    assert pin not in text and code not in text
    with inside(PLATFORM):
        kept = str(list(DriverAccess.objects.values())) + str(list(Device.objects.values()))
    assert pin not in kept and code not in kept


def test_fifteen_wrong_pins_end_the_phone(
    alpha: Cast, dispatcher: Any, driver: Driver, visitor: Any
) -> None:
    number = state(alpha, driver)[3]
    pin, code = issue(dispatcher, driver)
    phone = enrolled(visitor(), number, code)
    wrong = "000000" if pin != "000000" else "111111"
    with inside(PLATFORM):
        Device.objects.filter(driver_id=driver.pk).update(wrong_pins=14)
    assert kind(alpha, driver) is Kind.OPEN
    assert sign_in(phone, number, wrong) == 422
    assert sign_in(phone, number, pin) == 422
    assert kind(alpha, driver) is Kind.ENDED


def test_a_reissue_ends_the_phone_in_use(
    alpha: Cast, dispatcher: Any, driver: Driver, visitor: Any
) -> None:
    number = state(alpha, driver)[3]
    pin, code = issue(dispatcher, driver)
    phone = enrolled(visitor(), number, code)
    sign_in(phone, number, pin)
    assert phone.get("/driver/").status_code == 200
    new_pin, new_code = issue(dispatcher, driver)
    assert phone.get("/driver/").status_code == 302
    assert sign_in(phone, number, new_pin) == 422
    assert (
        visitor().post("/driver/enrol/", {"phone": number, "code": code}).status_code == 422
        or code == new_code
    )
    assert sign_in(enrolled(visitor(), number, new_code), number, new_pin) == 302


def test_a_block_is_felt_at_the_next_request(
    alpha: Cast, dispatcher: Any, driver: Driver, visitor: Any
) -> None:
    number = state(alpha, driver)[3]
    pin, code = issue(dispatcher, driver)
    phone = enrolled(visitor(), number, code)
    sign_in(phone, number, pin)
    assert dispatcher.post(f"/fleet/drivers/{driver.pk}/access/block/").status_code == 302
    assert phone.get("/driver/").status_code == 302 and sign_in(phone, number, pin) == 422
    assert kind(alpha, driver) is Kind.BLOCKED and len(events(alpha, "driver.access_block")) == 1
    dispatcher.post(f"/fleet/drivers/{driver.pk}/access/block/")
    assert len(events(alpha, "driver.access_block")) == 1  # there was nothing left to block
    issue(dispatcher, driver)
    assert kind(alpha, driver) is Kind.WAITING


@pytest.mark.parametrize("act", ["archive", "edit"])
def test_archiving_and_a_new_phone_end_the_access(
    alpha: Cast, dispatcher: Any, driver: Driver, visitor: Any, act: str
) -> None:
    number = state(alpha, driver)[3]
    pin, code = issue(dispatcher, driver)
    phone = enrolled(visitor(), number, code)
    sign_in(phone, number, pin)
    assert (
        dispatcher.post(
            f"/fleet/drivers/{driver.pk}/{act}/",
            values(phone=new_phone()),
        ).status_code
        == 302
    )
    assert phone.get("/driver/").status_code == 302 and kind(alpha, driver) is Kind.BLOCKED
    assert events(alpha, "driver.access_block")[0].reason


def test_an_edit_that_keeps_the_phone_keeps_the_access(
    alpha: Cast, dispatcher: Any, driver: Driver
) -> None:
    issue(dispatcher, driver)
    dispatcher.post(
        f"/fleet/drivers/{driver.pk}/edit/",
        values(phone=state(alpha, driver)[3], name="Other"),
    )
    assert kind(alpha, driver) is Kind.WAITING


@pytest.mark.parametrize("changes", [{"phone": ""}, {"archived": True}])
def test_no_access_without_a_phone_or_out_of_the_archive(
    alpha: Cast,
    dispatcher: Any,
    add: NewDriver,
    changes: dict[str, Any],
) -> None:
    driver = add(alpha, **changes)
    if changes.get("archived"):
        dispatcher.post(f"/fleet/drivers/{driver.pk}/archive/")
    assert "/access/" not in dispatcher.get(f"/fleet/drivers/{driver.pk}/").content.decode()
    assert dispatcher.post(f"/fleet/drivers/{driver.pk}/access/").status_code == 302
    assert kind(alpha, driver) is Kind.NONE and not events(alpha, "driver.access_issue")


def test_a_number_that_opens_another_s_app_is_refused(
    alpha: Cast, beta: Cast, browse: Any, driver: Driver, add: NewDriver
) -> None:
    number = state(alpha, driver)[3]
    issue(browse(alpha, "dispatcher"), driver)
    theirs = add(beta, phone=number)
    assert browse(beta, "dispatcher").post(f"/fleet/drivers/{theirs.pk}/access/").status_code == 302
    assert kind(beta, theirs) is Kind.NONE and kind(alpha, driver) is Kind.WAITING
    with inside(beta.scope), pytest.raises(CannotIssue):
        access.issue(driver_id=theirs.pk, by=beta.actor(), at=clock.now())
    browse(alpha, "dispatcher").post(f"/fleet/drivers/{driver.pk}/access/block/")
    issue(browse(beta, "dispatcher"), theirs)  # whoever was blocked holds no number back
    assert kind(beta, theirs) is Kind.WAITING
    with inside(alpha.scope), pytest.raises(CannotIssue):
        access.issue(driver_id=driver.pk, by=alpha.actor(), at=clock.now())


def test_another_reseller_neither_acts_nor_learns(
    alpha: Cast, beta: Cast, dispatcher: Any, driver: Driver
) -> None:
    issue(dispatcher, driver)
    with inside(beta.scope):
        theirs = Driver.objects.get(pk=driver.pk)
        assert access.states([theirs]) == {}
        for act in (access.issue, access.block):
            with pytest.raises(NotOurs):
                act(
                    driver_id=driver.pk,
                    by=beta.actor(),
                    at=clock.now(),
                )
    assert kind(alpha, driver) is Kind.WAITING


def test_issuing_again_and_again_is_limited(dispatcher: Any, driver: Driver) -> None:
    for _ in range(pages.OF_DRIVER):
        issue(dispatcher, driver)
    assert dispatcher.post(f"/fleet/drivers/{driver.pk}/access/").status_code == 429
    assert dispatcher.get(f"/fleet/drivers/{driver.pk}/access/").status_code == 405
