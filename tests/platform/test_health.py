"""What a load balancer asks, with and without the last slash."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from config import health
from tenants.kit import heartbeats, outbox
from tenants.kit.models import OutboxEvent
from tenants.platform import ddl
from tests.world import Cast


@pytest.mark.parametrize("address", ["/healthz", "/healthz/"])
def test_the_process_answers_without_asking_the_database(
    db: None, browse: Any, address: str
) -> None:
    from django.db import connection

    browser = browse()
    with connection.execute_wrapper(_refuse):
        answer = browser.get(address)
    assert (answer.status_code, answer.json()) == (200, {"ok": True})


@pytest.mark.parametrize("address", ["/readyz", "/readyz/"])
def test_ready_means_database_and_the_own_public_schema(
    db: None, browse: Any, settings: Any, tmp_path: Path, address: str
) -> None:
    settings.STORAGE_DIR = tmp_path
    answer = browse().get(address)
    report = answer.json()
    assert report.pop("storage_free_mb") > 0
    assert report.pop("heartbeats").keys() == {"worker", "beat", "relay", "provisioner"}
    assert (answer.status_code, report) == (
        200,
        {
            "database": True,
            "public_schema": True,
            "cache": True,
            "storage": True,
            "schemas_behind": 0,
            "outbox": {"waiting": 0, "dead": 0, "oldest_seconds": 0},
        },
    )


def test_a_node_with_newer_code_than_its_public_schema_is_not_ready(
    db: None, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    nodes = (*ddl.public_nodes(), ("accounts", "9999_of_tomorrow"))
    monkeypatch.setattr(ddl, "public_nodes", lambda: nodes)
    answer = browse().get("/readyz")
    assert (answer.status_code, answer.json()["public_schema"]) == (503, False)


def test_a_node_without_its_database_is_not_ready(
    db: None, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_database_answers", lambda: False)
    answer = browse().get("/readyz")
    assert answer.status_code == 503
    assert (answer.json()["database"], answer.json()["outbox"]) == (False, None)


def test_what_ails_elsewhere_is_reported(
    in_alpha: Cast, browse: Any, settings: Any, tmp_path: Path
) -> None:
    settings.STORAGE_DIR = tmp_path / "not-mounted"
    settings.REDIS_URL = "redis://127.0.0.1:1"
    dead = outbox.announce("test.dead", {})
    outbox.announce("test.waiting", {})
    moment = timezone.now() - timedelta(seconds=90)
    OutboxEvent.objects.filter(pk=dead).update(attempts=outbox.MAX_ATTEMPTS)
    OutboxEvent.objects.exclude(pk=dead).update(not_before=moment)
    heartbeats._last.clear()
    heartbeats.leave("relay")
    answer = browse().get("/readyz")
    report = answer.json()
    assert (answer.status_code, report["storage"], report["cache"]) == (200, False, False)
    assert (report["outbox"]["waiting"], report["outbox"]["dead"]) == (1, 1)
    assert report["outbox"]["oldest_seconds"] >= 90
    assert report["heartbeats"]["relay"] in (0, 1, 2)
    figures = browse().get("/metrics").content.decode().splitlines()
    assert "track_storage_up 0" in figures and "track_outbox_dead 1" in figures
    assert in_alpha.info.schema not in "".join(figures)


def _refuse(*_: Any) -> Any:
    raise AssertionError("the database was asked")
