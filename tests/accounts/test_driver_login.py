"""A driver's door: phone and PIN, on an enrolled device alone."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from tenants.accounts import driver_login
from tenants.accounts.models import Device, DriverAccess, EnrolCode
from tenants.context import GATE, PLATFORM, inside
from tenants.drivers import pool
from tenants.drivers.models import Driver
from tenants.entry.middleware import language
from tenants.kit import formats
from tests.world import Cast

NOW = datetime(2026, 3, 13, 9, 0, tzinfo=UTC)
PIN = "482913"


@pytest.fixture
def phone() -> str:
    """A number of the test's own: tries are counted by number."""
    return f"+99655{random.randrange(10**7):07d}"


@pytest.fixture
def driver(alpha: Cast, phone: str) -> Driver:
    """Alpha's own driver."""
    with inside(alpha.scope):
        return pool.register_driver(name="Azamat", on=NOW.date(), at=NOW, phone=phone)


@pytest.fixture
def enrolled(visitor: Any, phone: str, code: str) -> Any:
    """A browser on the driver's own, enrolled phone."""
    browser = visitor()
    answer = browser.post("/driver/enrol/", {"phone": phone, "code": code})
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/driver/login/",
    )
    return browser


@pytest.fixture
def code(driver: Driver, phone: str) -> str:
    """The code the dispatcher has just given."""
    return driver_login.give_access(driver_id=driver.pk, phone=phone, pin=PIN, at=timezone.now())[1]


def sign_in(browser: Any, phone: str, pin: str = PIN) -> Any:
    return browser.post("/driver/login/", {"phone": phone, "pin": pin})


def test_the_right_pin_without_an_enrolled_phone_is_refused(
    code: str, visitor: Any, phone: str
) -> None:
    assert sign_in(visitor(), phone).status_code == 422


def test_an_enrolled_phone_opens_with_the_pin(
    code: str, enrolled: Any, visitor: Any, phone: str
) -> None:
    browser = enrolled
    answer = sign_in(browser, f"+996 ({phone[4:7]}) {phone[7:]}")
    assert (answer.status_code, answer["Location"]) == (302, "/driver/")
    assert browser.cookies["device"]["httponly"]


def test_a_code_enrols_once(code: str, enrolled: Any, visitor: Any, phone: str) -> None:
    assert visitor().post("/driver/enrol/", {"phone": phone, "code": code}).status_code == 422


def test_an_old_code_enrols_nobody(code: str, visitor: Any, phone: str) -> None:
    with inside(PLATFORM):
        EnrolCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert visitor().post("/driver/enrol/", {"phone": phone, "code": code}).status_code == 422


def test_a_code_of_another_phone_enrols_nobody(code: str, visitor: Any, phone: str) -> None:
    assert (
        visitor().post("/driver/enrol/", {"phone": "+996555000778", "code": code}).status_code
        == 422
    )


def test_wrong_codes_of_a_stranger_leave_the_owner_s_code_alone(
    code: str, visitor: Any, phone: str
) -> None:
    """FAULTS D7: the stranger's network waits, the code still enrols the driver's phone."""
    wrong = "00000000" if code != "00000000" else "11111111"
    stranger = visitor()
    for _ in range(6):
        answer = stranger.post("/driver/enrol/", {"phone": phone, "code": wrong})
        assert answer.status_code == 422
    assert stranger.post("/driver/enrol/", {"phone": phone, "code": code}).status_code == 422
    answer = visitor().post(
        "/driver/enrol/", {"phone": phone, "code": code}, REMOTE_ADDR="12.0.0.1"
    )
    assert answer.status_code == 302


def test_wrong_pins_make_the_phone_wait_longer_and_the_fifteenth_destroys_its_key(
    code: str, phone: str
) -> None:
    at = timezone.now()
    waits = []
    with inside(GATE):
        key = driver_login.enrol(phone=phone, code=code, at=at)
        for number in range(1, 16):
            with pytest.raises(driver_login.Refused):
                driver_login.open_app(phone=phone, pin="000000", device=key, at=at)
            device = Device.objects.get()
            assert bool(device.destroyed_at) == (number == 15)
            if device.next_try_at and not device.destroyed_at:
                waits.append((device.next_try_at - at) // timedelta(minutes=1))
                early = device.next_try_at - timedelta(seconds=1)
                with pytest.raises(driver_login.MustWait):
                    driver_login.open_app(phone=phone, pin=PIN, device=key, at=early)
                at = device.next_try_at
        with pytest.raises(driver_login.Refused):
            driver_login.open_app(phone=phone, pin=PIN, device=key, at=at + timedelta(days=1))
    assert waits == [1, 5, 15] + [60] * 7


def test_a_right_pin_after_the_wait_opens_and_the_count_starts_anew(code: str, phone: str) -> None:
    at = timezone.now()
    with inside(GATE):
        key = driver_login.enrol(phone=phone, code=code, at=at)
        for _ in range(5):
            with pytest.raises(driver_login.Refused):
                driver_login.open_app(phone=phone, pin="000000", device=key, at=at)
        driver_login.open_app(phone=phone, pin=PIN, device=key, at=at + timedelta(minutes=1))
        device = Device.objects.get()
    assert (device.wrong_pins, device.next_try_at) == (0, None)


def test_the_page_says_how_long_to_wait(code: str, enrolled: Any, phone: str) -> None:
    with inside(GATE):
        until = timezone.now() + timedelta(minutes=14, seconds=30)
        Device.objects.update(wrong_pins=7, next_try_at=until)
    answer = sign_in(enrolled, phone)
    assert answer.status_code == 422
    assert re.search(r'class="field-error".{,400}\b15\b', answer.content.decode(), re.DOTALL)


def test_four_wrong_pins_and_a_right_one_start_anew(code: str, visitor: Any, phone: str) -> None:
    with inside(GATE):
        key = driver_login.enrol(phone=phone, code=code, at=NOW)
        for _ in range(4):
            with pytest.raises(driver_login.Refused):
                driver_login.open_app(phone=phone, pin="000000", device=key, at=NOW)
        driver_login.open_app(phone=phone, pin=PIN, device=key, at=NOW)
        assert Device.objects.get().wrong_pins == 0


def test_guesses_without_the_device_are_not_even_looked_at(
    code: str, monkeypatch: pytest.MonkeyPatch, phone: str
) -> None:
    looked = []
    monkeypatch.setattr(
        driver_login,
        "check_password",
        lambda *args: looked.append(args),
    )
    with inside(GATE):
        for number in range(100):
            with pytest.raises(driver_login.Refused):
                driver_login.open_app(
                    phone=phone,
                    pin=f"{number:06d}",
                    device="guessed",
                    at=NOW,
                )
    assert looked == []


def test_new_access_ends_the_old_phone_and_its_session(
    enrolled: Any, driver: Driver, visitor: Any, phone: str
) -> None:
    browser = enrolled
    sign_in(browser, phone)
    assert _signed_in(browser)
    driver_login.give_access(driver_id=driver.pk, phone=phone, at=timezone.now())
    assert not _signed_in(browser)


def test_a_blocked_driver_is_out_at_the_next_request(
    code: str,
    alpha: Cast,
    enrolled: Any,
    driver: Driver,
    visitor: Any,
    phone: str,
) -> None:
    browser = enrolled
    sign_in(browser, phone)
    assert _signed_in(browser)
    with inside(PLATFORM):
        DriverAccess.objects.update(blocked_at=timezone.now())
    assert not _signed_in(browser)
    assert sign_in(visitor(), phone).status_code == 422


def _signed_in(browser: Any) -> bool:
    """Asked of the middleware itself, whatever pages the driver's app has."""
    from django.test import RequestFactory

    from tenants.entry.middleware import _actor_of

    request = RequestFactory().get("/driver/")
    with inside(GATE):
        request.session = browser.session
        request.user = type("Nobody", (), {"is_authenticated": False})()  # type: ignore[assignment]
        return _actor_of(request) is not None


def test_the_demo_s_driver_needs_no_device(driver: Driver, visitor: Any, phone: str) -> None:
    driver_login.give_access(
        driver_id=driver.pk,
        phone=phone,
        pin=PIN,
        any_device=True,
        at=timezone.now(),
    )
    assert sign_in(visitor(), phone).status_code == 302


def test_a_phone_number_belongs_to_one_driver(alpha: Cast, code: str, phone: str) -> None:
    with inside(alpha.scope):
        other = pool.register_driver(name="Bakyt", on=NOW.date(), at=NOW, phone="+996555000779")
    with pytest.raises(driver_login.PhoneTaken):
        driver_login.give_access(driver_id=other.pk, phone=phone, at=NOW)


def test_unknown_phone_and_wrong_pin_get_the_same_answer(
    code: str, visitor: Any, phone: str
) -> None:
    from tests.accounts.test_login import plain

    wrong_pin = sign_in(visitor(), phone, "000000")
    unknown_phone = sign_in(visitor(), "+996555999999", "000000")
    assert plain(wrong_pin, phone) == plain(unknown_phone, "+996555999999")


def test_too_many_tries_are_refused(code: str, visitor: Any) -> None:
    browser = visitor()
    answers = [sign_in(browser, "+996555123999", "000000").content for _ in range(11)]
    assert answers[0] != answers[-1]


def test_a_wrong_pin_over_the_api_counts_against_the_same_device(
    code: str, driver: Driver, visitor: Any, phone: str
) -> None:
    api = visitor()
    key = _post(api, "driver/enrol", {"phone": phone, "code": code}).json()["device"]
    answer = _post(api, "driver", {"phone": phone, "pin": PIN, "device": key})
    assert answer.status_code == 200 and answer.json()["token"]
    for _ in range(5):
        wrong = {"phone": phone, "pin": "000000", "device": key}
        assert _post(visitor(), "driver", wrong).status_code == 401
    answer = _post(visitor(), "driver", {"phone": phone, "pin": PIN, "device": key})
    assert answer.status_code == 429
    with inside(GATE):
        device = Device.objects.get()
        assert (device.wrong_pins, device.destroyed_at) == (5, None)


def test_the_api_token_ends_with_the_device(code: str, driver: Driver, phone: str) -> None:
    from tenants.accounts import tokens
    from tenants.entry import identify

    with inside(GATE):
        driver_login.enrol(phone=phone, code=code, at=NOW)
        device: UUID = Device.objects.get().pk
        token = tokens.issue_for_driver(driver_id=driver.pk, device_id=device, at=NOW)
        assert identify.from_token(token, NOW)
        Device.objects.update(destroyed_at=NOW)
        assert identify.from_token(token, NOW) is None


def _post(client: Any, door: str, data: dict[str, str]) -> Any:
    return client.post(f"/api/v1/auth/{door}", data, content_type="application/json")


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("Asia/Bishkek", "15:00"),
        ("../etc/passwd", "09:00"),
        ("", "09:00"),
    ],
)
def test_a_driver_sees_the_time_of_the_phone(zone: str, hour: str) -> None:
    """No reseller's zone counts for a driver; what is no zone is UTC."""
    request = RequestFactory().get("/driver/")
    request.COOKIES["zone"] = zone
    request.actor = None  # type: ignore[attr-defined]
    seen: list[str] = []

    def page(_request: Any) -> HttpResponse:
        seen.append(formats.moment(datetime(2026, 3, 13, 9, 0, tzinfo=UTC)))
        return HttpResponse()

    language(page)(request)
    assert seen[0].endswith(hour)
