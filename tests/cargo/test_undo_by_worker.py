"""A large import is taken back by the worker: with progress, once, as a whole (FAULTS E3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from commission.cargo.imports import confirm, undo_later, undoing
from commission.cargo.models import ImportBatch, ImportState, MonthLock, Shipment
from tenants.accounts.models import Membership
from tenants.context import PLATFORM, inside
from tenants.kit import clock, events, later, outbox
from tenants.kit.models import OutboxEvent
from tenants.office.models import AuditEvent, Notification
from tests.cargo.conftest import Shop
from tests.cargo.test_undoing import imported

ROWS = 7


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(later, "AT_ONCE", ROWS - 1)
    monkeypatch.setattr(undoing, "PIECE", 2)


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    seen: list[Any] = []
    monkeypatch.setattr(events, "publish", lambda topic, facts: seen.append((topic, dict(facts))))
    yield seen


def large(shop: Shop, by: str = "head") -> ImportBatch:
    return imported(shop, by, clock.now(), ROWS)


def address_of(batch: ImportBatch) -> str:
    return f"/cargo/import/{batch.pk}/"


def left(batch: ImportBatch) -> tuple[str, int]:
    batch.refresh_from_db()
    return batch.state, Shipment.objects.filter(batch=batch).count()


def test_up_to_the_limit_is_done_at_once(shop: Shop, browse: Any) -> None:
    batch = imported(shop, "head", clock.now(), ROWS - 1)
    browse(shop.cast, "head").post(f"{address_of(batch)}undo/")
    assert left(batch) == (ImportState.UNDONE, 0)
    assert not OutboxEvent.objects.filter(topic=undo_later.TOPIC).exists()


def test_more_goes_to_the_worker_with_progress(shop: Shop, browse: Any, news: list[Any]) -> None:
    batch = large(shop)
    head = browse(shop.cast, "head")
    assert head.post(f"{address_of(batch)}undo/")["Location"] == address_of(batch)
    assert left(batch) == (ImportState.CONFIRMED, ROWS)
    page = head.get(address_of(batch)).content.decode()
    assert "data-events-url" in page and f"{address_of(batch)}undo/" not in page
    news.clear()
    assert outbox.work_off() >= 1
    assert left(batch) == (ImportState.UNDONE, 0) and batch.undo_asked_at is None
    facts = [fact for topic, fact in news if topic == f"import-undo:{batch.pk}"]
    steps = [(fact["state"], fact["done"], fact["total"]) for fact in facts]
    assert steps == [
        ("running", 2, ROWS),
        ("running", 4, ROWS),
        ("running", 6, ROWS),
        ("done", ROWS, ROWS),
    ]
    deleted = AuditEvent.objects.filter(action="cargo.shipment_delete")
    assert deleted.count() == ROWS and {row.by for row in deleted} == {shop.actor().member_id}
    assert AuditEvent.objects.get(action="cargo.import_undo").before == {"shipments": ROWS}
    assert Notification.objects.filter(member_id=shop.actor().member_id).count() == 1
    assert "data-events-url" not in head.get(address_of(batch)).content.decode()


def test_second_press_is_refused(shop: Shop, browse: Any, call: Any) -> None:
    batch = large(shop)
    head = browse(shop.cast, "head")
    for _ in range(2):
        head.post(f"{address_of(batch)}undo/")
    api = call(shop.cast, "head")
    answer = api.post(f"/api/v1/cargo/imports/{batch.pk}/undo", "{}", "application/json")
    assert (answer.status_code, answer.json()["title"]) == (409, "is_being_undone")
    with pytest.raises(confirm.IsBeingUndone):
        confirm.undo(batch=batch, by=shop.actor(), at=clock.now())
    assert OutboxEvent.objects.filter(topic=undo_later.TOPIC).count() == 1
    outbox.work_off()
    assert AuditEvent.objects.filter(action="cargo.import_undo").count() == 1


def test_api_says_that_the_worker_does_it(shop: Shop, call: Any) -> None:
    batch = large(shop)
    api = call(shop.cast, "head")
    answer = api.post(f"/api/v1/cargo/imports/{batch.pk}/undo", "{}", "application/json")
    assert (answer.status_code, answer.json()["state"]) == (202, "being_undone")
    outbox.work_off()
    assert left(batch) == (ImportState.UNDONE, 0)


def test_who_may_not_is_refused_at_the_press(shop: Shop, browse: Any) -> None:
    batch = large(shop)
    assert browse(shop.cast, "cargo_staff").post(f"{address_of(batch)}undo/").status_code == 403
    assert left(batch) == (ImportState.CONFIRMED, ROWS)
    assert not OutboxEvent.objects.filter(topic=undo_later.TOPIC).exists()


def test_day_of_the_press_counts_not_that_of_the_worker(shop: Shop) -> None:
    batch = large(shop, "cargo_staff")
    now = clock.now()
    assert undo_later.undo(batch=batch, by=shop.actor("cargo_staff"), at=now) is None
    outbox.work_off(as_of=now + timedelta(days=2))
    assert left(batch) == (ImportState.UNDONE, 0)


def test_month_closed_meanwhile_keeps_the_whole_import(shop: Shop) -> None:
    batch = large(shop)
    undo_later.undo(batch=batch, by=shop.actor(), at=clock.now())
    day = Shipment.objects.filter(batch=batch).values_list("received_on", flat=True)[0]
    MonthLock.objects.create(month=day.replace(day=1), locked_at=clock.now(), totals={})
    outbox.work_off()
    assert left(batch) == (ImportState.CONFIRMED, ROWS) and batch.undo_asked_at is None
    assert Notification.objects.filter(member_id=shop.actor().member_id).count() == 1


def test_person_blocked_meanwhile_takes_nothing_back(shop: Shop) -> None:
    batch = large(shop)
    undo_later.undo(batch=batch, by=shop.actor(), at=clock.now())
    with inside(PLATFORM):
        Membership.objects.filter(pk=shop.actor().member_id).update(is_active=False)
    outbox.work_off()
    assert left(batch) == (ImportState.CONFIRMED, ROWS) and batch.undo_asked_at is None


def test_worker_that_breaks_in_the_middle_leaves_all_and_goes_on(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = large(shop)
    undo_later.undo(batch=batch, by=shop.actor(), at=clock.now())
    event = OutboxEvent.objects.get(topic=undo_later.TOPIC)

    def fail(*_: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(events, "publish", fail)
        with pytest.raises(ZeroDivisionError):
            outbox.handle(event.pk, shop.cast.scope, at=timezone.now())
    assert left(batch) == (ImportState.CONFIRMED, ROWS) and batch.undo_asked_at
    assert not AuditEvent.objects.filter(action="cargo.shipment_delete").exists()
    OutboxEvent.objects.filter(pk=event.pk).update(not_before=timezone.now())
    outbox.work_off()
    assert left(batch) == (ImportState.UNDONE, 0)


def test_when_the_tries_end_it_can_be_asked_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = large(shop)
    undo_later.undo(batch=batch, by=shop.actor(), at=clock.now())
    event = OutboxEvent.objects.get(topic=undo_later.TOPIC)

    def fail(*_: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setitem(outbox._handlers, undo_later.TOPIC, fail)
        for _ in range(outbox.MAX_ATTEMPTS):
            with pytest.raises(ZeroDivisionError):
                outbox.handle(event.pk, shop.cast.scope, at=timezone.now())
    assert left(batch) == (ImportState.CONFIRMED, ROWS) and batch.undo_asked_at is None
    assert undo_later.undo(batch=batch, by=shop.actor(), at=clock.now()) is None
    outbox.work_off()
    assert left(batch) == (ImportState.UNDONE, 0)
