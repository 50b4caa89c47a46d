"""Two people edit one row: what one left alone never undoes what the other changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from commission.cargo.models import Shipment
from commission.cargo.rates import rate_cards
from commission.cargo.rates.cards import grid_of
from companies.models import Company, OwnFirm
from tenants.context import GATE, inside
from tenants.drivers.models import Driver
from tenants.platform.models import Reseller
from tests.cargo.conftest import NOW, PRICES, Shop
from tests.orders import order_samples
from tests.page_forms import PageForm, form_with
from tests.world import Cast


@dataclass(frozen=True)
class Edit:
    """A form, what each of two people changes in it, and the row's values afterwards."""

    page: str
    first: tuple[str, str]
    second: tuple[str, str]
    state: Callable[[], dict[str, Any]]
    by: str = "head"


def state_of(rows: Any, *names: str) -> Callable[[], dict[str, Any]]:
    return lambda: {name: str(value) for name, value in rows.values(*names).get().items()}


def client(cast: Cast) -> Edit:
    company = Company.objects.get(pk=cast.actor("client").company_id)
    Company.objects.filter(pk=company.pk).update(
        full_name="ОсОО Клиент", address="Бишкек", director="Иванов", account="1234567890123456"
    )
    rows = Company.objects.filter(pk=company.pk)
    page = f"/companies/{company.pk}/edit/"
    state = state_of(rows, "account", "note")
    return Edit(page, ("account", "6543210987654321"), ("note", "звонить утром"), state)


def own(cast: Cast) -> Edit:
    OwnFirm.objects.update_or_create(
        pk=1,
        defaults={
            "name": "Alpha",
            "full_name": "ОсОО Альфа",
            "address": "Бишкек",
            "director": "Иванов",
            "account": "1234567890123456",
            "details_at": NOW,
        },
    )
    state = state_of(OwnFirm.objects.filter(pk=1), "account", "bank")
    return Edit("/my-company/", ("account", "6543210987654321"), ("bank", "РСК"), state)


def help_contacts(cast: Cast) -> Edit:
    names = ("support_line", "support_telegram")

    def state() -> dict[str, Any]:
        with inside(GATE):
            return dict(Reseller.objects.filter(pk=cast.info.id).values(*names).get())

    return Edit(
        "/my-company/support/", ("support_line", "@one"), ("support_telegram", "@two"), state
    )


def driver(cast: Cast) -> Edit:
    row = order_samples.own_driver()
    state = state_of(Driver.objects.filter(pk=row.pk), "name", "company")
    page = f"/fleet/drivers/{row.pk}/edit/"
    return Edit(page, ("name", "Новое Имя"), ("company", "Другая"), state, "dispatcher")


def shipment(cast: Cast) -> Edit:
    row = Shop(cast).shipment()
    state = state_of(Shipment.objects.filter(pk=row.pk), "price", "note")
    page = f"/cargo/shipments/{row.pk}/edit/"
    return Edit(page, ("price", "3000"), ("note", "fragile"), state)


def rate_card(cast: Cast) -> Edit:
    card = rate_cards.create(name="Card", prices=PRICES, by=cast.actor("head"), at=NOW)

    def state() -> dict[str, Any]:
        card.refresh_from_db()
        rates = grid_of(card)["GENERAL", "truck"]
        return {"cbm": str(rates.per_cbm), "kg": str(rates.per_kg)}

    page = f"/cargo/rate-cards/{card.pk}/"
    return Edit(page, ("GENERAL.truck.cbm", "7001"), ("GENERAL.truck.kg", "77"), state)


EDITS = [client, own, help_contacts, driver, shipment, rate_card]


def opened(browser: Any, page: str) -> PageForm:
    return form_with(browser.get(page).content, page, "was")


@pytest.fixture(params=EDITS, ids=lambda edit: edit.__name__)
def edit(request: Any, in_alpha: Cast) -> Edit:
    prepare: Callable[[Cast], Edit] = request.param
    return prepare(in_alpha)


def test_both_changes_stand(in_alpha: Cast, edit: Edit, browse: Any) -> None:
    browser = browse(in_alpha, edit.by)
    other = browse(in_alpha, edit.by)
    before = edit.state()
    old = opened(browser, edit.page)
    quick = opened(other, edit.page)
    assert other.post(edit.page, quick.fields | dict([edit.first])).status_code == 302
    between = edit.state()
    assert between != before
    assert browser.post(edit.page, old.fields | dict([edit.second])).status_code == 302
    after = edit.state()
    changed_first = {name for name in before if before[name] != between[name]}
    assert {name: after[name] for name in changed_first} == {
        name: between[name] for name in changed_first
    }
    assert after != between


def test_one_field_changed_by_both_is_asked(in_alpha: Cast, edit: Edit, browse: Any) -> None:
    browser = browse(in_alpha, edit.by)
    name, value = edit.first
    old = opened(browser, edit.page)
    other = {"account": "1111222233334444", "price": "3500", "GENERAL.truck.cbm": "8000"}
    mine = other.get(name, "Третье")
    assert browser.post(edit.page, old.fields | {name: value}).status_code == 302
    between = edit.state()
    refused = browser.post(edit.page, old.fields | {name: mine})
    assert refused.status_code == 422
    assert edit.state() == between
    again = form_with(refused.content, edit.page, "was")
    assert browser.post(edit.page, again.fields).status_code == 302
    assert edit.state() != between


@pytest.mark.parametrize("was", ["[", "[]", "[" * 9000, '{"note": {}, "name": [1]}', '{"x": "y"}'])
def test_what_is_no_mark_is_passed_over(in_alpha: Cast, browse: Any, was: str) -> None:
    edit = client(in_alpha)
    browser = browse(in_alpha, "head")
    fields = opened(browser, edit.page).fields | {"was": was, "note": "новая"}
    assert browser.post(edit.page, fields).status_code == 302
    assert edit.state()["note"] == "новая"
