"""A partner works in its cabinet: it hears of a trip, names driver and vehicle in one line, and the
office and the client hear of it; in Russian and in Thai, wide and on a phone.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e import office, people
from tests.e2e.test_pages import ROLES
from tests.e2e.visitor import PHONE, WIDE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.proof]
AXE = (WIDE, PHONE)
LINE = "Асанов Бакыт, 01KG123ABC, +996 555 123 456"
PARTNER = "Азия Авто Транс"
CLIENT = "Азия Фрукт"


def come(visit: Callable[..., Visitor], role: str) -> Visitor:
    who = visit(role)
    office.sign_in(who, ROLES[role], people.PASSWORD)
    return who


def test_a_partner_names_its_crew(visit: Callable[..., Visitor]) -> None:
    head = come(visit, "head")
    partner = come(visit, "partner")
    order = give_to_partner(head)
    partner.go("/notifications/")
    for language in ("th", "ru"):
        partner.speak(language)
        partner.go("/notifications/")
        partner.look("news", by_axe=AXE)
    partner.press("main tr[data-href^='/partner/jobs/'] a")
    job = partner.page.url
    for language in ("th", "ru"):
        partner.speak(language)
        partner.go(job)
        partner.look("trip-without-crew", by_axe=AXE)
    partner.fill(line=LINE)
    partner.press("form:has([name=line]) button")
    partner.look("line-understood", by_axe=AXE)
    partner.send()
    assert partner.page.url == job
    partner.look("trip-with-crew", by_axe=AXE)
    for path in ("/partner/drivers/", "/partner/vehicles/", "/partner/documents/"):
        partner.go(path)
        partner.look(path.strip("/").replace("/", "-"), by_axe=AXE)
    head.go(f"/orders/{order}/trip/")
    head.look("trip", by_axe=AXE)
    assert "01KG123ABC" in head.text()
    head.go("/notifications/")
    head.look("news-of-office", by_axe=AXE)
    client = come(visit, "client")
    client.go("/cabinet/invoices/")
    client.look("invoices", by_axe=AXE)
    head.go("/finance/receipts/")
    head.look("receipts", by_axe=AXE)


def give_to_partner(head: Visitor) -> str:
    """An order goes to the partner; the office is asked, since nobody is named yet."""
    order = office.enter_order(
        head,
        client=CLIENT,
        cargo="Сухофрукты",
        price="120000",
        rate="90000",
    )
    head.go(f"/orders/{order}/assign/")
    head.choose("partner", PARTNER)
    with head.allowing(409):
        head.send()
    head.look("question", by_axe=AXE)
    head.press("main button.btn-primary")
    return order
