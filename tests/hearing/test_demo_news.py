"""Every notification of the demo leads its reader to a page that opens."""

from __future__ import annotations

from collections import Counter

import pytest

from tenants.actor import Actor
from tenants.context import inside
from tenants.office.models import Notification
from tests.browser_client import Browser
from tests.hearing.links_of_page import links_of
from tests.hearing.small_demo import demo  # noqa: F401

pytestmark = pytest.mark.slow


def test_every_notification_of_the_demo_opens(demo: dict[str, Actor]) -> None:  # noqa: F811
    statuses: Counter[int] = Counter()
    bad: list[str] = []
    readers = set()
    for email, who in demo.items():
        browser = Browser()
        browser.sign_in(who)
        assert who.reseller is not None
        with inside(who.reseller.scope):
            rows = Notification.objects.filter(member_id=who.member_id)
            texts = list(rows.values_list("text", "url"))
        assert all(text for text, _url in texts)
        links = links_of(browser)
        assert bool(links) == any(url for _text, url in texts)
        readers |= {email} if links else set()
        for link in links:
            status = browser.get(link).status_code
            statuses[status] += 1
            if status not in (200, 202):
                bad.append(f"{email}: {link} {status}")
    assert bad == []
    assert statuses[404] == 0
    assert {"client@alatoo.demo", "partner@alatoo.demo", "head@alatoo.demo"} <= readers
