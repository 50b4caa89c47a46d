"""The links of the page of notifications, as its reader gets them."""

from __future__ import annotations

import re
from html import unescape

from django.test import Client

ROW = re.compile(r'<tr data-href="([^"]+)"')


def links_of(browser: Client) -> set[str]:
    answer = browser.get("/notifications/")
    assert answer.status_code == 200
    return {unescape(link) for link in ROW.findall(answer.content.decode())}
