"""The exchange and the road: bargaining from both sides, driving with positions, papers."""

from __future__ import annotations

from typing import Any

from tests.e2e.people import INDEPENDENT
from tests.e2e.reading import pdf_text
from tests.e2e.stack import Stack
from tests.e2e.visitor import Visitor

STAGES = 7  # from "assigned" to "papers handed in", without a border


def open_drivers_app(driver: Visitor) -> None:
    phone, pin = INDEPENDENT
    driver.go("/driver/login/")
    driver.fill(phone=phone, pin=pin)
    driver.look("driver-login")
    driver.press("form:has([name=pin]) button.btn-primary")
    driver.look("driver-home")


def find_listing(carrier: Visitor, prefix: str, cargo: str) -> str:
    """The exchange lists what stands on it; returns the listing's address."""
    carrier.go(f"{prefix}/exchange/")
    carrier.look(f"{carrier.name}-exchange")
    row = carrier.page.locator("tr[data-href], a.job-card", has_text=cargo).first
    carrier.press(row.locator("a").first if row.evaluate("one => one.tagName") == "TR" else row)
    carrier.look(f"{carrier.name}-listing")
    return str(carrier.page.url)


def offer(carrier: Visitor, price: str) -> None:
    """From the listing's page."""
    form = "form[action$='/offer/']"
    carrier.page.fill(f"{form} [name=price]", price)
    carrier.press(f"{form} button.btn-primary")
    carrier.look(f"{carrier.name}-offer")


def counter(who: Visitor, thread: Any, price: str) -> None:
    form = thread.locator("form[action$='/counter/']")
    form.locator("[name=price]").fill(price)
    who.press(form.locator("button.btn-plain"))


def drive(driver: Visitor) -> None:
    """Every stage by its one big button, and two positions on the way."""
    for number in range(STAGES):
        if number in (1, 4):
            check_in(driver, 42.87 - number / 2, 74.59 - number / 3)
            driver.look(f"driver-stage-{number}", widths=(390,))
        press_stage(driver)
    assert driver.page.locator("[data-stage-form]").count() == 0
    driver.look("driver-done")


def press_stage(driver: Visitor) -> None:
    """The press goes through the phone's queue; its receipt brings the next button."""
    form = driver.page.locator("[data-stage-form]").first
    stage = form.locator("[name=stage]").input_value()
    form.locator("button").click()
    pressed = driver.page.locator(f"[data-stage-form] [name=stage][value='{stage}']")
    pressed.wait_for(state="detached")


PLACE = """([latitude, longitude]) => { navigator.geolocation.getCurrentPosition =
    (found) => found({timestamp: Date.now(), coords: {latitude, longitude}}) }"""


def check_in(driver: Visitor, lat: float, lon: float) -> None:
    """«I am here». Chromium's own emulation answers the watch alone, never a single question."""
    driver.page.evaluate(PLACE, [lat, lon])
    with driver.page.expect_response(lambda one: one.url.endswith("/positions/") and one.ok):
        driver.page.locator("[data-check-in]").click()


def papers_of(who: Visitor) -> dict[str, str]:
    """What can be downloaded on the page: PDFs' texts by title."""
    links = who.page.locator("main a[href$='/pdf/']").all()
    papers = {}
    for link in links:
        row = link.locator("xpath=ancestor-or-self::*[self::tr or self::p or self::li][1]")
        answer = who.page.request.get(link.get_attribute("href") or "")
        assert (answer.status, answer.headers["content-type"]) == (
            200,
            "application/pdf",
        )
        papers[row.inner_text().split("\t")[0].split("\n")[0]] = pdf_text(answer.body())
    return papers


def wait_for_papers(who: Visitor, stack: Stack, order: str, *, count: int) -> dict[str, str]:
    """The page of the order's papers brings them by itself; only the row of a new one asks for
    another look.
    """

    def ready() -> bool | None:
        if who.page.locator("#papers tbody tr").count() < count:
            who.go(f"/orders/{order}/documents/")
        who.page.wait_for_timeout(300)
        return True if who.page.locator("#papers a[href$='/pdf/']").count() >= count else None

    stack.wait(ready, f"{count} papers of {order}", seconds=90)
    who.look("papers-ready")
    return papers_of(who)
