"""Taking an import back: the rights of deleting each row, what is asked, what the audit log keeps."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal as D
from typing import Any

import pytest

from commission.cargo.imports import confirm, start
from commission.cargo.models import ImportBatch, Shipment
from commission.cargo.shipments import editing
from tenants.kit import clock
from tenants.office.models import AuditEvent
from tests.cargo.conftest import NOW, Shop

ROW = "18/01/2026\tPR-001\tTH-{}\tGENERAL\tรถ\t15.5\t0.125\t2500\tAUTO"


def imported(shop: Shop, by: str, at: Any = NOW, rows: int = 3) -> ImportBatch:
    text = "\n".join(ROW.format(f"{by}-{number}") for number in range(rows))
    actor = shop.actor(by)
    batch = start.of_paste(text=text, by=actor, at=at)
    return confirm.confirm(batch=batch, by=actor, at=at)


def test_staff_takes_back_only_the_own_import_of_the_day(shop: Shop) -> None:
    staff = shop.actor("cargo_staff")
    of_the_head = imported(shop, "head")
    own = imported(shop, "cargo_staff")
    for batch, at in ((of_the_head, NOW), (own, NOW + timedelta(days=1))):
        with pytest.raises(confirm.NotAllowed):
            confirm.undo(batch=batch, by=staff, at=at)
    assert Shipment.objects.count() == 6
    assert confirm.undo(batch=own, by=staff, at=NOW) == 3
    later = NOW + timedelta(days=40)
    assert confirm.undo(batch=of_the_head, by=shop.actor("cargo_manager"), at=later) == 3


def test_one_row_of_others_keeps_the_import(shop: Shop) -> None:
    own = imported(shop, "cargo_staff")
    row = Shipment.objects.filter(batch=own).first()
    Shipment.objects.filter(pk=row.pk).update(entered_by=shop.actor().member_id)
    with pytest.raises(confirm.NotAllowed):
        confirm.undo(batch=own, by=shop.actor("cargo_staff"), at=NOW)


def test_page_and_api_refuse_as_deleting_does(shop: Shop, browse: Any, call: Any) -> None:
    batch = imported(shop, "head", clock.now())
    address = f"/cargo/import/{batch.pk}/"
    staff = browse(shop.cast, "cargo_staff")
    assert f"{address}undo/" not in staff.get(address).content.decode()
    assert staff.post(f"{address}undo/").status_code == 403
    api = call(shop.cast, "cargo_staff")
    answer = api.post(f"/api/v1/cargo/imports/{batch.pk}/undo", "{}", "application/json")
    assert (answer.status_code, answer.json()["title"]) == (403, "not_allowed")
    assert Shipment.objects.count() == 3
    assert f"{address}undo/" in browse(shop.cast, "head").get(address).content.decode()


def test_the_question_says_how_many_go_and_which_were_edited(shop: Shop, browse: Any) -> None:
    batch = imported(shop, "head", rows=4)
    row = Shipment.objects.select_related("customer").get(tracking_number="TH-head-2")
    changed = shop.entry(tracking_number="TH-head-2", price=D(2600))
    editing.edit(shipment=row, entry=changed, by=shop.actor(), at=NOW)
    page = browse(shop.cast, "head").get(f"/cargo/import/{batch.pk}/").content.decode()
    question = page.partition('data-confirm="')[2].partition('"')[0]
    assert "4" in question and "TH-head-2" in question and "TH-head-1" not in question


def test_the_audit_log_keeps_each_row_as_deleting_would(shop: Shop) -> None:
    shop.card()
    batch = imported(shop, "head")
    rows = Shipment.objects.select_related("customer").order_by("tracking_number")
    before = [json.loads(json.dumps(editing.snapshot(row), default=str)) for row in rows]
    subjects = [row.subject for row in rows]
    confirm.undo(batch=batch, by=shop.actor(), at=NOW)
    events = AuditEvent.objects.filter(action="cargo.shipment_delete").order_by("title")
    assert [event.before for event in events] == before
    assert [event.subject for event in events] == subjects
    assert {(event.by, event.at) for event in events} == {(shop.actor().member_id, NOW)}
    assert before[0]["received_on"] == str(date(2026, 1, 18))
