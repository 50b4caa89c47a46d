"""A pool that is larger than a select: nobody of it is out of reach (FAULTS A9, H4)."""

from __future__ import annotations

from typing import Any

import pytest

from orders.forms import assign
from tests.orders import order_samples
from tests.page_forms import forms_on
from tests.world import Cast


def test_a_driver_beyond_the_select_is_searched_for(
    in_alpha: Cast, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = order_samples.own_driver("Первый", "+996555777003")
    hidden = order_samples.own_driver("Второй", "+996555777004")
    address = f"/orders/{order_samples.order(in_alpha).ref}/assign/"
    browser = browse(in_alpha, "dispatcher")
    whole = browser.get(address).content.decode()
    assert "driver_search" not in whole and str(own.pk) in whole and str(hidden.pk) in whole
    monkeypatch.setattr(assign, "SHOWN", 1)
    page = browser.get(address)
    (search,) = [form for form in forms_on(page.content, address) if "driver_search" in form.fields]
    shown = {str(own.pk), str(hidden.pk)}
    (offered,) = {one for one in shown if one in page.content.decode()}
    (other,) = shown - {offered}
    words = "Второй" if other == str(hidden.pk) else "Первый"
    assert search.method == "get"
    narrowed = browser.get(address, {"driver_search": words}).content.decode()
    assert other in narrowed and offered not in narrowed
    chosen = browser.post(f"{address}?driver_search={words}", {"driver": other, "currency": "KGS"})
    assert chosen.status_code == 302


def test_own_drivers_come_before_those_of_others(
    in_alpha: Cast, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = order_samples.own_driver()
    order_samples.pool_driver()
    monkeypatch.setattr(assign, "SHOWN", 1)
    address = f"/orders/{order_samples.order(in_alpha).ref}/assign/"
    assert str(own.pk) in browse(in_alpha, "dispatcher").get(address).content.decode()
