"""The office's audit log: one registry of words, its page, and the rows that writes leave."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from orders.models import IncidentKind
from orders.stages import ACT_WORDS
from tenants.context import inside
from tenants.office import audit, audit_log, saved_views
from tenants.office.audit_log import Change, Teller, label_of
from tenants.office.models import AuditEvent, SavedView
from tests.world import Cast

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
NOW = datetime(2026, 3, 13, 6, tzinfo=UTC)
WRITTEN = re.compile(
    r"(?:action=|_record\(|_change\(|_note\(|note\(action=|_move\(|_note_on_reseller\()\s*"
    r"\"([a-z_]+\.[a-z_]+)\""
)


def written_actions() -> set[str]:
    return {
        action
        for folder in APPS
        for path in (ROOT / folder).rglob("*.py")
        for action in WRITTEN.findall(path.read_text())
    }


def test_every_action_of_the_office_has_words() -> None:
    """Read from the source: a new kind of event must have words, wherever it is recorded."""
    actions = written_actions() | {f"order.{act}" for act in ACT_WORDS}
    assert len(actions) > 70
    assert sorted(action for action in actions if label_of(action) == action) == []


def event(in_alpha: Cast, action: str, **sides: Any) -> AuditEvent:
    by = in_alpha.actor("head")
    audit.record(
        action=action,
        subject="order:1",
        title="ORD-1",
        by=by,
        at=NOW,
        **sides,
    )
    return AuditEvent.objects.get(action=action)


def test_a_field_is_named_by_the_app_that_wrote_it(in_alpha: Cast) -> None:
    """An incident's kind is an incident's, a document's kind is a document's."""
    kind = IncidentKind.values[0]
    incident = event(in_alpha, "order.incident", after={"kind": kind, "cost": "1200.5"})
    paper = event(in_alpha, "document.issue", after={"kind": "act"})
    with translation.override("en"):
        tell = Teller([incident, paper])
        assert tell.changes(incident) == [
            Change("Kind", "", str(IncidentKind(kind).label)),
            Change("Cost", "", "1,200.50"),
        ]
        assert tell.changes(paper) == [Change("Kind", "", "Act")]


def test_an_order_s_edit_keeps_both_sides(in_alpha: Cast) -> None:
    edit = event(in_alpha, "order.edit", after={"client_price": ["100", "200"]})
    with translation.override("en"):
        assert Teller([edit]).changes(edit) == [Change("Price", "100.00", "200.00")]


def test_an_action_that_nobody_described_is_shown_by_its_code(
    in_alpha: Cast,
) -> None:
    unknown = event(in_alpha, "moon.land", after={"first_step": "Neil"})
    assert audit_log.words_of(unknown) == "moon.land"
    assert Teller([unknown]).changes(unknown) == [Change("first step", "", "Neil")]


def test_who_opens_the_page(in_alpha: Cast, browse: Any) -> None:
    event(in_alpha, "order.cancel", reason="no truck")
    head = browse(in_alpha, "head").get("/audit/").content.decode()
    assert "ORD-1" in head and "no truck" in head and "Отмен" in head
    assert "ORD-1" not in browse(in_alpha, "cargo_manager").get("/audit/").content.decode()
    for role in ("dispatcher", "accountant", "cargo_staff"):
        assert browse(in_alpha, role).get("/audit/").status_code == 403


def test_the_page_is_searched_by_the_words_of_orders(in_alpha: Cast, browse: Any) -> None:
    event(in_alpha, "order.publish")
    browser = browse(in_alpha, "head")
    assert "ORD-1" in browser.get("/audit/?q=бирже").content.decode()
    assert "ORD-1" not in browser.get("/audit/?q=отмен").content.decode()
    assert "ORD-1" not in browser.get("/audit/?only=cargo").content.decode()


@pytest.mark.parametrize("rows", [0, 51])
def test_log_is_cut_into_pages_of_fifty(in_alpha: Cast, browse: Any, rows: int) -> None:
    by = in_alpha.actor("head")
    for number in range(rows):
        audit.record(
            action="order.edit",
            subject="order:1",
            title=f"N{number}",
            by=by,
            at=NOW,
        )
    browser = browse(in_alpha, "head")
    first = browser.get("/audit/?q=N").content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert bool(following) is (rows > 50)
    if following:
        second = browser.get(unescape(following[1])).content.decode()
        assert len(re.findall(r">N\d+<", second)) == rows - 50


def test_a_saved_view_leaves_its_row(in_alpha: Cast) -> None:
    by = in_alpha.actor("dispatcher")
    saved_views.save(page="orders", name="Mine", query="view=mine", by=by, at=NOW)
    saved_views.save(page="orders", name=" ", query="view=mine", by=by, at=NOW)  # nothing is kept
    view = SavedView.objects.get()
    saved_views.delete(page="orders", view=view.pk, by=by, at=NOW)
    rows = AuditEvent.objects.order_by("action").values_list("action", "title", "by", "at")
    assert list(rows) == [
        ("view.delete", "Mine", by.member_id, NOW),
        ("view.save", "Mine", by.member_id, NOW),
    ]


def test_help_contacts_leave_their_row(alpha: Cast, browse: Any) -> None:
    form = {"support_email": "help@alpha.test", "support_line": "@alpha"}
    assert browse(alpha).post("/my-company/support/", form).status_code == 302
    with inside(alpha.scope):
        row = AuditEvent.objects.get(action="own.support")
        assert (row.by, row.after) == (alpha.actor("head").member_id, form)
        with translation.override("en"):
            changes = Teller([row]).changes(row)
        assert ("", "help@alpha.test") in {(one.before, one.after) for one in changes}
