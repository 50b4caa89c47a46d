"""The panel shows what was given up, and tries it again: one, the chosen, all (FAULTS G7)."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.contrib.admin.models import LogEntry

from documents.models import Document, Status
from tenants.context import PLATFORM, RELAY, inside
from tenants.kit import outbox
from tenants.kit.models import OutboxEvent
from tenants.office.models import AuditEvent
from tests.accounts.conftest import visitor
from tests.documents.papers import issued
from tests.platform.test_panel import panel
from tests.world import Cast

__all__ = ["panel", "visitor"]
PAGE = "/admin/given-up/"
TOPIC = "test.letter"


def dead_event(cast: Cast, number: int) -> str:
    """The key of an event whose tries have ended."""
    with inside(cast.scope):
        event = outbox.announce(TOPIC, {"n": number, "secret": "hidden-word"})
        OutboxEvent.objects.filter(pk=event).update(
            attempts=outbox.MAX_ATTEMPTS, error=f"Broken: {number}"
        )
    return f"event:{cast.scope.schema}:{event}"


def failed_paper(cast: Cast) -> UUID:
    """A paper that trying again did not mend: its event is done."""
    with inside(cast.scope):
        paper = issued(cast)
        OutboxEvent.objects.filter(topic="documents.render").update(done_at=paper.issued_at)
        Document.objects.filter(pk=paper.pk).update(
            status=Status.FAILED, failed_reason="BadContext: no name"
        )
    return paper.pk


def still_dead() -> set[str]:
    with inside(RELAY):
        rows = outbox.dead().filter(topic=TOPIC).values_list("role", "id")
        return {f"event:{role}:{pk}" for role, pk in rows}


def shown(page: Any) -> set[str]:
    return set(re.findall(r'name="key"\s+value="([^"]+)"', page.content.decode()))


def count_on_first_page(panel: Any) -> int:
    text = panel.get("/admin/").content.decode()
    link = re.search(rf'href="{PAGE}">[^<]*<b>(\d+)</b>', text)
    assert link
    return int(link[1])


def test_page_shows_what_was_given_up_and_the_first_page_counts_it(
    panel: Any, alpha: Cast, beta: Cast
) -> None:
    assert count_on_first_page(panel) == 0 and shown(panel.get(PAGE)) == set()
    keys = {dead_event(alpha, 1), dead_event(beta, 2)}
    paper = failed_paper(alpha)
    with inside(alpha.scope):
        outbox.announce(TOPIC, {"n": 3})  # it waits, nobody gave it up
    page = panel.get(PAGE)
    assert shown(page) == keys | {f"paper:{alpha.scope.schema}:{paper}"}
    text = page.content.decode()
    for word in (TOPIC, "Alpha", "Beta", "Broken: 1", "Broken: 2", "BadContext: no name"):
        assert word in text
    assert "hidden-word" not in text
    assert count_on_first_page(panel) == 3


@pytest.mark.parametrize(
    ("press", "chosen"),
    [("one", {1}), ("key", {1, 2}), ("all", {0, 1, 2})],
)
def test_one_the_chosen_or_all_are_tried_after_a_question(
    panel: Any, alpha: Cast, beta: Cast, press: str, chosen: set[int]
) -> None:
    keys = [dead_event(alpha, 0), dead_event(alpha, 1), dead_event(beta, 2)]
    meant = {keys[number] for number in chosen}
    form: dict[str, Any] = {press: "1" if press == "all" else sorted(meant)}
    question = panel.post(PAGE, form)
    assert question.status_code == 200 and still_dead() == set(keys)
    assert shown(question) == (set() if press == "all" else meant)
    answer = {"all": "1"} if press == "all" else {"key": sorted(shown(question))}
    assert panel.post(PAGE, answer | {"sure": "1"})["Location"] == PAGE
    assert still_dead() == set(keys) - meant
    with inside(RELAY):
        ids = [key.rpartition(":")[2] for key in meant]
        states = set(OutboxEvent.objects.filter(pk__in=ids).values_list("attempts", "sent_at"))
    assert states == {(0, None)}


def test_what_is_tried_stands_in_both_trails(panel: Any, alpha: Cast, beta: Cast) -> None:
    key = dead_event(alpha, 1)
    dead_event(beta, 2)
    panel.post(PAGE, {"key": [key], "sure": "1"})
    with inside(alpha.scope):
        (row,) = AuditEvent.objects.filter(action="outbox.again")
    assert (row.title, row.subject) == (TOPIC, f"event:{key.rpartition(':')[2]}")
    with inside(beta.scope):
        assert not AuditEvent.objects.filter(action="outbox.again").exists()
    with inside(PLATFORM):
        entry = LogEntry.objects.select_related("user").get(object_id=key.rpartition(":")[2])
    assert (entry.object_repr, entry.user.email) == (TOPIC, "manager@platform.test")


def test_failed_paper_is_made_again(panel: Any, alpha: Cast, settings: Any, tmp_path: Any) -> None:
    settings.STORAGE_DIR = tmp_path
    paper = failed_paper(alpha)
    key = f"paper:{alpha.scope.schema}:{paper}"
    panel.post(PAGE, {"key": [key], "sure": "1"})
    assert outbox.work_off() == 1
    with inside(alpha.scope):
        assert Document.objects.get(pk=paper).status == Status.READY
        assert AuditEvent.objects.filter(action="document.render_again").count() == 1
    assert shown(panel.get(PAGE)) == set()


def test_paper_whose_event_is_in_the_list_is_not_told_twice(panel: Any, alpha: Cast) -> None:
    with inside(alpha.scope):
        paper = issued(alpha)
        Document.objects.filter(pk=paper.pk).update(
            status=Status.FAILED, failed_reason="OutOfTries"
        )
        OutboxEvent.objects.filter(done_at=None).update(attempts=outbox.MAX_ATTEMPTS)
    (key,) = shown(panel.get(PAGE))
    assert key.startswith("event:") and count_on_first_page(panel) == 1


def test_made_up_stale_and_no_keys_change_nothing(panel: Any, alpha: Cast) -> None:
    key = dead_event(alpha, 1)
    wrong = ["event:public:x", "paper:t_x:y", "zzz", key[:-1] + ("0" if key[-1] != "0" else "1")]
    for keys in (wrong, []):
        assert panel.post(PAGE, {"key": keys, "sure": "1"}).status_code == 302
        assert still_dead() == {key}
    panel.post(PAGE, {"key": [key], "sure": "1"})
    panel.post(PAGE, {"key": [key], "sure": "1"})
    with inside(alpha.scope):
        assert AuditEvent.objects.filter(action="outbox.again").count() == 1


@pytest.mark.parametrize("name", ["head", "dispatcher", "client"])
def test_only_platform_managers_see_it(alpha: Cast, browse: Any, name: str) -> None:
    key = dead_event(alpha, 1)
    browser = browse(alpha, name)
    assert browser.get(PAGE).status_code == 302
    browser.post(PAGE, {"key": [key], "sure": "1"})
    assert still_dead() == {key}


def test_many_are_counted_and_what_is_not_shown_is_said(
    panel: Any, alpha: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tenants.panel import given_up_page

    monkeypatch.setattr(given_up_page, "SHOWN", 2)
    for number in range(5):
        dead_event(alpha, number)
    page = panel.get(PAGE)
    assert len(shown(page)) == 2 and count_on_first_page(panel) == 5
    assert page.context["more"].startswith(("3", "Ещё 3"))
    panel.post(PAGE, {"all": "1", "sure": "1"})
    assert still_dead() == set()
