"""The main job in a browser, in Russian, on the real stack: from a new reseller to the platform's
commission.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.e2e import office, people, road
from tests.e2e.reading import amount, plain
from tests.e2e.stack import Stack
from tests.e2e.visitor import Visitor

pytestmark = [pytest.mark.browser]
RESELLER = "Манас Логистик"
BRAND = "Манас Логистик"
CLIENT = "Чүй Курага"
PARTNER = "Барс Карго"
HEAD = "head@manas.example"
CLIENT_MAIL = "client@kuraga.example"
PARTNER_MAIL = "partner@bars.example"
CARGO = "Курага сушёная"
PRICE = "987651.00"
RATE = "700000.00"
ASKED = "745000.00"
AGREED = "720000.00"
# client's price, margins before and after, the client, and whoever sits there
SECRETS = ("987651", "287651", "267651", CLIENT, CLIENT_MAIL, "Айжан")


@pytest.fixture
def head(visit: Callable[..., Visitor], stack: Stack) -> Visitor:
    return visit("head")


def test_main_job(visit: Callable[..., Visitor], stack: Stack, head: Visitor) -> None:
    """Steps 9 to 13 of the plan, in the order in which people take them."""
    new_reseller(visit("manager"), head, stack)
    client, partner = cabinets(visit, head, stack)
    order = publish(head)
    rival = visit("rival")
    driver = visit("driver")
    bargain(head, rival, driver, order)
    award(head, driver, rival, order)
    under_way(head, driver, order)
    complete(head, client, stack, order)
    paid(head, order)
    straight_to_partner(head, partner, stack, order)
    for carrier in (rival, driver):
        assert leaks(carrier.seen, SECRETS) == [], carrier.name
    assert (
        leaks(
            client.seen,
            ("700000", "720000", "745000", "287651", "267651"),
        )
        == []
    )


def leaks(seen: list[str], secrets: tuple[str, ...]) -> list[str]:
    return [secret for secret in secrets for text in seen if secret in plain(text)]


def new_reseller(manager: Visitor, head: Visitor, stack: Stack) -> None:
    office.sign_in(manager, "manager@track.demo", people.PASSWORD)
    office.switch_on_second_step(manager, people.PASSWORD)
    office.create_reseller(
        manager,
        name=RESELLER,
        slug="manas",
        head="Эмиль Манасов",
        email=HEAD,
    )
    office.first_access(head, stack, HEAD)
    head.look("first-steps")
    assert head.page.locator(".checklist li:not(.done)").count() >= 3
    office.open_company(head, stack, HEAD)
    head.go("/")
    head.look("dashboard-empty")
    assert head.page.locator(".checklist li:not(.done)").count() == 0


def cabinets(visit: Callable[..., Visitor], head: Visitor, stack: Stack) -> tuple[Visitor, Visitor]:
    """A client and a partner take their invitations."""
    client = visit("client")
    partner = visit("partner")
    for who, company, person, mail in (
        (client, CLIENT, "Айжан", CLIENT_MAIL),
        (partner, PARTNER, "Бакыт", PARTNER_MAIL),
    ):
        office.invite(head, kind=who.name, name=company, person=person, email=mail)
        office.take_invitation(who, stack, email=mail, name=company, reseller=RESELLER)
    head.go("/companies/")
    head.look("companies")
    return client, partner


def publish(head: Visitor) -> str:
    order = office.enter_order(head, client=CLIENT, cargo=CARGO, price=PRICE, rate=RATE)
    assert [amount(text) for text in office.figures(head.page).values()] == [
        Decimal(PRICE),
        Decimal(RATE),
        Decimal("287651.00"),
    ]
    head.press("form[action$='/act/publish/'] button")
    head.look("order-published")
    return order


def bargain(head: Visitor, rival: Visitor, driver: Visitor, order: str) -> None:
    """The other reseller's partner and an independent driver see it and bid; the head answers the
    driver.
    """
    office.sign_in(rival, "partner@osh.demo", people.PASSWORD)
    road.open_drivers_app(driver)
    road.find_listing(rival, "/partner", CARGO)
    road.offer(rival, ASKED)
    road.find_listing(driver, "/driver", CARGO)
    road.offer(driver, "735000")
    head.go(f"/orders/{order}/offers/")
    head.look("offers")
    road.counter(
        head,
        head.page.locator(".thread", has_text="Самостоятельный"),
        AGREED,
    )


def award(head: Visitor, driver: Visitor, rival: Visitor, order: str) -> None:
    """The driver takes the price; a second award from a page opened before is refused in words."""
    head.go(f"/orders/{order}/offers/")
    driver.go("/driver/offers/")
    driver.look("driver-offers")
    driver.press("form[action$='/accept/'] button")
    with head.allowing(409):
        head.press(head.page.locator(".thread form[action$='/accept/'] button").first)
        head.look("second-award-refused")
    assert len(head.page.locator("main").inner_text()) > 20
    stands_assigned(head, order)
    rival.go("/partner/offers/?closed=1")
    rival.look("rival-offers")


def stands_assigned(head: Visitor, order: str) -> None:
    for _ in range(100):
        head.go(f"/orders/{order}/")
        if len(values := list(office.figures(head.page).values())) == 3 and amount(
            values[1]
        ) == Decimal(AGREED):
            break
        head.page.wait_for_timeout(300)
    assert amount(values[1]) == Decimal(AGREED)
    assert amount(values[2]) == Decimal("267651.00")
    head.look("order-assigned")


def under_way(head: Visitor, driver: Visitor, order: str) -> None:
    driver.go("/driver/")
    driver.press("a.job-card")
    driver.look("driver-job")
    assert "Бишкек" in driver.text()
    road.drive(driver)
    head.go(f"/orders/{order}/trip/")
    head.page.locator("[data-map]").scroll_into_view_if_needed()
    head.page.locator("[data-map] canvas").first.wait_for()
    head.look("trip")


def complete(head: Visitor, client: Visitor, stack: Stack, order: str) -> None:
    """Request, instruction, invoice and act, under the reseller's brand; the client has its own
    three.
    """
    head.go(f"/orders/{order}/")
    head.press("form[action$='/act/complete/'] button")
    head.look("order-completed")
    papers = road.wait_for_papers(head, stack, order, count=4)
    assert len(papers) == 4
    for title, text in papers.items():
        assert BRAND in text, title
        assert not re.search("track", text, re.IGNORECASE), title
    client.go("/cabinet/")
    client.look("client-orders")
    client.press(f"a[href='/cabinet/orders/{order}/']")
    client.look("client-order")
    mine = road.papers_of(client)
    assert len(mine) == 3
    assert leaks([*mine.values()], ("720000", "700000", "267651")) == []


def paid(head: Visitor, order: str) -> None:
    """A double click is one payment; a tenth of it is the platform's."""
    head.go("/finance/")
    head.look("invoices")
    head.press(
        head.page.locator("tr", has_text=order).locator("a[href^='/finance/invoices/']").first
    )
    head.look("invoice")
    gross = amount(office.figures(head.page)["0"])
    form = head.page.locator("form[action$='/pay/']")
    sent = {
        str(name): str(value)
        for name, value in form.evaluate("one => [...new FormData(one).entries()]")
    }
    with head.page.expect_navigation(wait_until="load"):
        form.locator("button.btn-primary").dblclick()
    again = head.page.request.post(
        form_address(head),
        form=sent,
        headers={"Referer": head.page.url},
    )
    assert again.ok
    head.page.reload()
    head.look("invoice-paid")
    assert [amount(text) for text in list(office.figures(head.page).values())[:3]] == [
        gross,
        gross,
        Decimal(0),
    ]
    fee = (gross / 10).quantize(Decimal("0.01"))
    head.go("/finance/fee/")
    head.look("platform-fee")
    rows = head.page.locator("tbody tr").all_inner_texts()
    assert len(rows) == 1
    cells = rows[0].split("\t")
    assert [amount(cell) for cell in cells[-3:]] == [
        gross,
        Decimal(10),
        fee,
    ]
    head.go("/")
    head.look("dashboard")
    values = [amount(text) for text in head.page.locator(".figure-value").all_inner_texts()]
    assert values[:3] == [gross, Decimal(0), Decimal(0)]
    assert values[3:5] == [1, 1]
    assert fee in [
        amount(text)
        for text in head.page.locator(".facts dd").all_inner_texts()
        if re.search(r"\d", text)
    ]
    for page in (
        "/finance/carriers/",
        "/finance/ageing/",
        "/finance/calendar/",
        "/finance/pnl/",
        "/documents/",
        "/orders/",
    ):
        head.go(page)
        head.look(page.strip("/").replace("/", "-"))


def form_address(head: Visitor) -> str:
    return re.sub(r"[^/]*$", "", head.page.url) + "pay/"


def straight_to_partner(head: Visitor, partner: Visitor, stack: Stack, first: str) -> None:
    """The same again without the exchange, while the worker stands still: progress is shown, then
    the papers come.
    """
    head.go(f"/orders/{first}/")
    head.page.locator(".row-menu button").first.click()
    head.press("form[action$='/copy/'] button")
    head.send()
    order = head.page.url.rstrip("/").rsplit("/", 1)[-1]
    worker = stack.running["worker"].pid
    os.killpg(worker, signal.SIGSTOP)
    try:
        head.go(f"/orders/{order}/assign/")
        head.choose("partner", PARTNER)
        head.fill(rate="650000")
        head.look("assign")
        with head.allowing(409):
            head.send()
        head.press("form button.btn-primary")  # yes: nobody is named yet
        head.go(f"/orders/{order}/documents/")
        with head.allowing(409):
            head.press("form[action$='/documents/make/'] button")
        head.press("form button.btn-primary")
        head.page.locator("#papers progress").first.wait_for()
        head.look("papers-in-progress")
    finally:
        os.killpg(worker, signal.SIGCONT)
    head.page.locator("#papers a[href$='/pdf/']").nth(1).wait_for(timeout=60_000)
    head.look("papers-came")
    partner.go("/partner/")
    partner.look("partner-trips")
    partner.press("#list a.code")
    partner.look("partner-job")
    mine = road.papers_of(partner)
    assert len(mine) == 1
    assert all(BRAND in text and leaks([text], SECRETS) == [] for text in mine.values())
    partner.press(partner.page.locator("[data-stage-form] button").first)
    assert leaks(partner.seen, SECRETS) == []
