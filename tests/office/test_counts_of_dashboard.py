"""A figure of the dashboard leads to a list of just as many."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from companies.models import Company
from tenants.kit import clock
from tests.world import Cast


def test_clients_and_partners_are_as_many_as_their_lists(in_alpha: Cast, browse: Any) -> None:
    for number, status in enumerate(("invited", "archived", "active")):
        Company.objects.create(
            ref=f"CMP-X-{number}",
            kind="client",
            name=f"Клиент {number}",
            status=status,
            created_at=clock.now(),
        )
    browser = browse(in_alpha, "head")
    shown = browser.get("/").content.decode()
    links = re.findall(r'href="(/companies/\?kind=(\w+)[^"]*)"', shown)
    counts = {}
    for link, kind in links:
        page = browser.get(unescape(link)).content.decode()
        counts[kind] = page.count("data-href=")
    assert counts == {"client": 4, "partner": 2}
    figures = re.findall(r">(\d+)<", shown)
    assert "4" in figures and "2" in figures
