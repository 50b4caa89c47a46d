"""A person's news: own ones only."""

from __future__ import annotations

from typing import Any

from tenants.context import inside
from tenants.kit import clock
from tenants.office.models import Notification
from tests.world import Cast


def news(cast: Cast, name: str, text: str) -> None:
    with inside(cast.scope):
        Notification.objects.create(
            member_id=cast.actor(name).member_id,
            text=text,
            url="/orders/",
            created_at=clock.now(),
        )


def test_everybody_sees_their_own_news_alone(alpha: Cast, beta: Cast, browse: Any) -> None:
    news(alpha, "dispatcher", "for the dispatcher")
    news(alpha, "client", "for the client")
    news(beta, "head", "for beta")
    shown = browse(alpha, "client").get("/notifications/").content.decode()
    assert "for the client" in shown
    assert "for the dispatcher" not in shown
    assert "for beta" not in shown


def test_the_bell_counts_until_they_are_read(alpha: Cast, browse: Any) -> None:
    news(alpha, "dispatcher", "one")
    news(alpha, "dispatcher", "two")
    browser = browse(alpha, "dispatcher")
    assert ">2<" in browser.get("/notifications/count/").content.decode()
    assert browser.post("/notifications/read/").status_code == 302
    assert browser.get("/notifications/count/").content.decode().strip() == ""


def test_strangers_and_visitors_have_none(db: None, browse: Any) -> None:
    assert browse().get("/notifications/").status_code == 404
