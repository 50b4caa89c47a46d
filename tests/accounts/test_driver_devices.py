"""A driver's phones are seen and ended by the driver and by the driver's office, by nobody else."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from tenants.accounts import driver_login, tokens
from tenants.accounts.models import Device, EnrolCode
from tenants.context import GATE, PLATFORM, inside
from tenants.drivers.models import Driver
from tenants.entry.identify import from_token
from tenants.office.models import AuditEvent
from tests.accounts.conftest import visitor
from tests.accounts.test_driver_login import PIN, code, driver, enrolled, phone, sign_in
from tests.world import Cast

__all__ = ["code", "driver", "enrolled", "phone", "visitor"]
ANDROID = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1"


def second_phone(driver: Driver, phone: str, visitor: Any) -> Any:
    """One more phone of the driver, enrolled by a code of its own and signed in."""
    with inside(PLATFORM):
        EnrolCode.objects.create(
            driver_id=driver.pk,
            code_hash=driver_login.digest("11112222"),
            expires_at=timezone.now() + driver_login.CODE_LIFETIME,
        )
    browser = visitor(**{"User-Agent": IPHONE})
    browser.post("/driver/enrol/", {"phone": phone, "code": "11112222"})
    assert sign_in(browser, phone).status_code == 302
    return browser


def first_phone(phone: str, code: str, visitor: Any) -> Any:
    browser = visitor(**{"User-Agent": ANDROID})
    browser.post("/driver/enrol/", {"phone": phone, "code": code})
    assert sign_in(browser, phone).status_code == 302
    return browser


def device_of(agent: str) -> UUID:
    with inside(GATE):
        return Device.objects.get(agent=agent).pk


def test_driver_sees_the_own_phones_and_ends_the_other(
    driver: Driver, phone: str, code: str, visitor: Any
) -> None:
    """FAULTS D9."""
    here = first_phone(phone, code, visitor)
    other = second_phone(driver, phone, visitor)
    page = here.get("/sessions/").content.decode()
    this, that = device_of(ANDROID), device_of(IPHONE)
    assert "Chrome, Android" in page and "Safari, iPhone" in page
    assert f"/devices/{that}/end/" in page and f"/devices/{this}/end/" not in page
    assert "/sessions/" in here.get("/driver/").content.decode()
    assert here.post(f"/devices/{that}/end/")["Location"] == "/sessions/"
    assert other.get("/driver/")["Location"].startswith("/driver/login/")
    assert sign_in(other, phone).status_code == 422
    assert here.get("/driver/").status_code == 200
    assert "iPhone" not in here.get("/sessions/").content.decode()


def test_tokens_of_an_ended_phone_end(driver: Driver, phone: str, code: str, visitor: Any) -> None:
    here = first_phone(phone, code, visitor)
    second_phone(driver, phone, visitor)
    device = device_of(IPHONE)
    now = timezone.now()
    with inside(GATE):
        token = tokens.issue_for_driver(driver_id=driver.pk, device_id=device, at=now)
        assert from_token(token, now)
    here.post(f"/devices/{device}/end/")
    with inside(GATE):
        assert from_token(token, now) is None


def test_phone_of_somebody_else_is_not_ended(
    alpha: Cast, driver: Driver, phone: str, code: str, visitor: Any, browse: Any
) -> None:
    here = first_phone(phone, code, visitor)
    with inside(PLATFORM):
        access = driver_login.DriverAccess.objects.create(driver_id=uuid4(), phone="+996555999888")
    with inside(GATE):
        theirs = Device.objects.create(driver=access, key_hash="x", enrolled_at=timezone.now())
    own = device_of(ANDROID)
    assert here.post(f"/devices/{theirs.pk}/end/").status_code == 404
    assert browse(alpha).post(f"/devices/{own}/end/").status_code == 302
    assert visitor().post(f"/devices/{own}/end/").status_code == 302
    with inside(GATE):
        assert Device.objects.filter(destroyed_at=None).count() == 2


def test_office_sees_the_phones_of_its_driver_and_ends_one(
    alpha: Cast, beta: Cast, driver: Driver, phone: str, code: str, visitor: Any, browse: Any
) -> None:
    here = first_phone(phone, code, visitor)
    other = second_phone(driver, phone, visitor)
    office = browse(alpha, "dispatcher")
    card = f"/fleet/drivers/{driver.pk}/"
    device = device_of(IPHONE)
    page = office.get(card).content.decode()
    assert "Chrome, Android" in page and "Safari, iPhone" in page
    end = f"{card}phones/{device}/end/"
    assert end in page
    assert browse(beta, "dispatcher").post(end).status_code == 404
    assert "iPhone" not in browse(beta, "dispatcher").get(card).content.decode()
    assert browse(alpha, "accountant").post(end).status_code == 403
    assert office.post(f"{card}phones/{uuid4()}/end/").status_code == 404
    assert other.get("/driver/").status_code == 200
    assert office.post(end)["Location"] == card
    assert office.post(end).status_code == 404
    assert other.get("/driver/").status_code == 302 and here.get("/driver/").status_code == 200
    with inside(alpha.scope):
        rows = AuditEvent.objects.filter(action="driver.phone_end")
        assert list(rows.values_list("subject", flat=True)) == [f"driver:{driver.pk}"]


def test_sign_in_is_the_last_activity(phone: str, code: str, visitor: Any) -> None:
    first_phone(phone, code, visitor)
    with inside(GATE):
        device = Device.objects.get(agent=ANDROID)
        assert device.used_at and device.used_at >= device.enrolled_at and device.address
    assert PIN not in device.agent
