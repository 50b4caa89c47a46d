"""The audit log says what happened in words: fields, states, people; never keys, codes of rows or
JSON.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from commission.cargo.imports import confirm, start
from commission.cargo.models import Customer, Shipment, Stage
from commission.cargo.months import closing
from commission.cargo.people import customers, salespeople, users
from commission.cargo.rates import goods_types, rate_cards, recalculate
from commission.cargo.shipments import editing, lots
from tenants.office.audit_log import UUID_TEXT, Change, Teller, words_of
from tenants.office.models import AuditEvent
from tenants.permissions import Role
from tests.cargo.conftest import NOW, PRICES, Shop

ROOT = Path(__file__).parents[2]
APPS = (
    "tenants",
    "documents",
    "companies",
    "fleet",
    "orders",
    "commission",
    "finance",
)
LATER = NOW + timedelta(days=20)


def everything(shop: Shop) -> list[AuditEvent]:
    """Each act of the module once."""
    by = shop.actor()
    who = shop.salesperson(login="cargo_sale")
    salespeople.change(
        salesperson=who,
        name="Other",
        phone="1",
        email="",
        is_active=False,
        by=by,
        at=NOW,
    )
    customer = shop.customer(of=who)
    customers.change(customer=customer, name="ร้าน", line="@shop", by=by, at=NOW)
    customers.take_away(customer=customer, by=by, at=NOW)
    customers.give(salesperson=who, codes=["PR-001"], by=by, at=NOW)
    goods_types.add(code="FRAGILE", name="ของแตกง่าย", by=by, at=NOW)
    card = shop.card()
    rate_cards.change(
        card=card,
        name="Renamed",
        prices=PRICES | {("FDA", "ship"): PRICES["TISI", "ship"]},
        by=by,
        at=NOW,
    )
    row = shop.shipment()
    gone = shop.shipment(tracking_number="GONE")
    editing.edit(
        shipment=row,
        entry=shop.entry(price=D(900), transport="ship"),
        by=by,
        at=NOW,
    )
    editing.delete(shipment=gone, by=by, at=NOW)
    batch = start.of_paste(
        text="18/01/2026\tPR-9\tT-9\tGENERAL\tรถ\t1\t1\t1000\tAUTO",
        by=by,
        at=NOW,
    )
    confirm.undo(batch=confirm.confirm(batch=batch, by=by, at=NOW), by=by, at=NOW)
    recalculate.recalculate(
        first=date(2026, 1, 1),
        last=date(2026, 1, 31),
        reason="why",
        by=by,
        at=NOW,
    )
    lot = lots.create(code="L-1", transport="ship", by=by, at=NOW)
    lots.fill(
        lot=lot,
        tracking_numbers=[row.tracking_number, "NOPE"],
        by=by,
        at=NOW,
    )
    lots.move(
        lot=lot,
        stage=Stage.CUSTOMS,
        on=date(2026, 1, 20),
        by=by,
        at=NOW,
    )
    lots.take_out(lot=lot, shipment=row, by=by, at=NOW)
    users.invite(
        name="New",
        email="new@alpha.test",
        role=Role.CARGO_STAFF,
        by=by,
        at=NOW,
    )
    closing.lock(month=date(2026, 1, 1), by=by, at=LATER)
    closing.adjust(
        shipment=row,
        price=D(950),
        cost=D(930),
        reason="typed wrong",
        by=by,
        at=LATER,
    )
    closing.pay(
        salesperson=who,
        month=date(2026, 1, 1),
        amount=D(10),
        paid_on=date(2026, 2, 1),
        by=by,
        at=LATER,
    )
    return list(AuditEvent.objects.order_by("at", "id"))


def test_every_act_is_told_in_words(shop: Shop) -> None:
    events = everything(shop)
    tell = Teller(events)
    assert len({event.action for event in events}) >= 23
    for event in events:
        assert words_of(event) != event.action
        assert not UUID_TEXT.search(tell.about(event)) and tell.about(event), event.action
        keys = {key.replace("_", " ") for key in {**(event.before or {}), **(event.after or {})}}
        for one in tell.changes(event):
            assert " " in one.label or one.label not in keys, (
                event.action,
                one,
            )
            assert not UUID_TEXT.search(one.before + one.after), (
                event.action,
                one,
            )
            assert "{" not in one.after and "_" not in one.label, (
                event.action,
                one,
            )


def test_an_edit_reads_like_a_sentence(shop: Shop) -> None:
    event = next(one for one in everything(shop) if one.action == "cargo.shipment_edit")
    with translation.override("th"):
        changes = {one.label: (one.before, one.after) for one in Teller([event]).changes(event)}
    assert [*changes][:2] == [
        "ประเภทขนส่ง",
        "ราคาขาย",
    ]  # as the form has them
    assert changes["ราคาขาย"] == ("2,500.00", "900.00") and changes["ประเภทขนส่ง"] == (
        "ทางบก",
        "ทางเรือ",
    )


def test_ids_are_told_by_the_code_of_their_row(shop: Shop) -> None:
    events = {one.action: one for one in everything(shop)}
    taken = events["cargo.customer_take_away"]
    tied = events["cargo.salesperson_login"]
    tell = Teller([taken, tied])
    assert tell.changes(taken) == [Change("Salesperson", "S-01", "")]
    (login,) = tell.changes(tied)
    assert login.label == "SALE login" and login.after


@pytest.mark.parametrize(
    ("language", "word"),
    [("th", "ลบรายการ"), ("ru", "удал"), ("en", "deleted")],
)
def test_log_is_searched_by_the_words_it_shows(
    shop: Shop, browse: Any, language: str, word: str
) -> None:
    shop.card()
    editing.delete(shipment=shop.shipment(), by=shop.actor(), at=NOW)
    browser = browse(shop.cast, "cargo_manager")
    browser.cookies["language"] = language
    page = browser.get("/audit/", {"q": word}).content.decode()
    assert len(re.findall(r"<tr>\s*<td", page)) == 1 and "TH12345678" in page
    assert re.search(r"<del>\s*TH12345678", page)
    assert Shipment.objects.count() == 0 and Customer.objects.exists()
