"""One line of JSON a request, the same fields in the worker, and no row in either (FAULTS G11)."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError
from structlog.contextvars import bind_contextvars, clear_contextvars

from config.logs import JsonFormatter
from tenants.kit import outbox
from tenants.kit.tasks import handle_event
from tests.world import Cast

TOPIC = "test.logs"
SECRET = "alma@example.test"
DETAIL = f"duplicate key\nDETAIL:  Key (email)=({SECRET}) already\n exists.\nHINT:  none"


class Lines(logging.Handler):
    """What would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.written: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(json.loads(self.format(record)))


@pytest.fixture
def lines() -> Iterator[Lines]:
    handler = Lines()
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)
    clear_contextvars()


def test_a_request_is_one_line_without_its_address(
    in_alpha: Cast, browse: Any, lines: Lines
) -> None:
    answer = browse(in_alpha, "head").get("/orders/?q=secret")
    (line,) = [line for line in lines.written if line["event"] == "request"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "orders/", 200)
    assert line["schema"] == in_alpha.scope.schema
    assert line["request"] == answer["X-Request-ID"]
    assert isinstance(line["ms"], int)
    assert "secret" not in json.dumps(lines.written)


def test_probes_are_not_written_down(db: None, browse: Any, lines: Lines) -> None:
    assert browse().get("/healthz").status_code == 200
    assert [line for line in lines.written if line["event"] == "request"] == []


def test_worker_says_whose_work_failed_and_who_asked_for_it(
    in_alpha: Cast, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(payload: object, at: datetime) -> None:
        logging.getLogger("test").error("in the handler")
        raise IntegrityError(DETAIL)

    monkeypatch.setitem(outbox._handlers, TOPIC, fail)
    bind_contextvars(request="0123456789abcdef")
    event = outbox.announce(TOPIC, {})
    clear_contextvars()
    with pytest.raises(IntegrityError):
        handle_event(
            event=str(event),
            role=in_alpha.scope.role,
            reseller=str(in_alpha.scope.reseller_id),
        )
    logging.getLogger("celery.app.trace").error("Task raised unexpected")
    for line in lines.written:
        assert (line["topic"], line["schema"], line["request"]) == (
            TOPIC,
            in_alpha.scope.schema,
            "0123456789abcdef",
        )
    assert len(lines.written) == 2


def test_values_of_a_row_stay_out_of_message_and_trace(lines: Lines) -> None:
    try:
        raise IntegrityError(DETAIL)
    except IntegrityError:
        logging.getLogger("test").exception("failed: %s", DETAIL)
    (line,) = lines.written
    assert SECRET not in line["event"] + line["trace"]
    assert "HINT:  none" in line["event"]
    assert "duplicate key" in line["trace"]
