"""The extension of a phone is kept, wherever a phone is typed (FAULTS C4)."""

from __future__ import annotations

from typing import Any

import pytest

from companies.models import Company
from orders.models import Stop
from tenants.context import inside
from tests.api.walk import wish
from tests.world import Cast

TYPED = "+7 (800) 555-35-35 доб. 1234"
KEPT = "+78005553535x1234"


def test_a_company_keeps_it(alpha: Cast, call: Any, browse: Any) -> None:
    body = {"kind": "client", "name": "Курага", "phone": TYPED}
    answer = call(alpha).send("post", "companies", body).json()
    assert answer["phone"] == KEPT
    with inside(alpha.scope):
        company = Company.objects.get(name="Курага")
    assert company.phone == KEPT
    form = {"name": "Курага", "country": "KG", "language": "ru", "phone": KEPT}
    assert browse(alpha).post(f"/companies/{company.pk}/edit/", form).status_code == 302
    with inside(alpha.scope):
        assert Company.objects.get(pk=company.pk).phone == KEPT


@pytest.mark.parametrize("phone", ["+7 (800) 555-35-35 доб. 1234", "+78005553535 ext 1234"])
def test_a_stop_keeps_it(alpha: Cast, call: Any, phone: str) -> None:
    body = wish()
    body["stops"][0]["phone"] = phone
    answer = call(alpha).send("post", "orders", body)
    assert answer.json()["stops"][0]["phone"] == KEPT
    with inside(alpha.scope):
        assert Stop.objects.filter(phone=KEPT).exists()


def test_a_customer_and_a_salesperson_keep_it(alpha: Cast, call: Any) -> None:
    phone = "+7 800 555 35 35 доб.1234"
    for path, code in (("cargo/customers", "PR-9"), ("cargo/salespeople", "S-9")):
        body = {"code": code, "name": "А", "phone": phone}
        assert call(alpha).send("post", path, body).json()["phone"] == KEPT
