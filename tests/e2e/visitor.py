"""One person's browser: every page it looks at is quiet, no wider than the screen, and leaves a
picture; on request axe looks too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response

from tests import tools

WIDE = 1440
PHONE = 390
TALLEST = 2400
BAD_ANSWER = "Failed to load resource: the server responded with a status of"
BARRIERS = """axe.run({resultTypes: ['violations']}).then((found) => found.violations.map(
    (one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' ')}`))"""


class Visitor:
    """`go` and `press` move, `look` checks and takes pictures. Parts of a page are found by their
    forms, never by words.
    """

    def __init__(
        self,
        browser: Browser,
        url: str,
        shots: Path,
        *,
        name: str = "",
        language: str = "ru",
    ) -> None:
        self.context = browser.new_context(
            base_url=url,
            locale=language,
            viewport={"width": WIDE, "height": 900},
            timezone_id="Asia/Bishkek",
            permissions=["geolocation"],
            geolocation={"latitude": 42.87, "longitude": 74.59},
            reduced_motion="reduce",
        )
        tools.pretend_today(self.context)
        self.page: Page = self.context.new_page()
        self.name = name
        self.url = url
        self.shots = shots
        self.speak(language)
        self.complaints: list[str] = []
        self.seen: list[str] = []  # every page looked at, as it was sent and as it stood
        self._allowed: frozenset[int] = frozenset()
        self._allowed_of: dict[Request, frozenset[int]] = {}
        self.page.on("console", self._heard)
        self.page.on(
            "pageerror",
            lambda error: self.complaints.append(f"page error: {error}"),
        )
        self.page.on("request", self._begun)
        self.page.on("response", self._answered)
        self.page.set_default_timeout(20_000)

    def _heard(self, line: ConsoleMessage) -> None:
        """A bad answer is in `_answered`, with its method: what the console says of it adds nothing."""
        is_of_answer = line.text.startswith(BAD_ANSWER)
        if line.type in ("error", "warning") and not is_of_answer:
            self.complaints.append(f"{self.page.url}: {line.type}: {line.text}")

    def _begun(self, request: Request) -> None:
        self._allowed_of[request] = self._allowed

    def _answered(self, answer: Response) -> None:
        """The browser tells of an answer after the page has it, and under load long after: what counts
        is what was allowed when it was asked for.
        """
        allowed = self._allowed_of.pop(answer.request, None)
        if answer.status >= 400 and answer.status not in (allowed or ()):
            begun = "" if allowed is not None else ", its beginning was not told"
            sent = (answer.request.post_data or "")[:600]
            line = f"{answer.request.method} {answer.url}: {answer.status}{begun} {sent}"
            self.complaints.append(line.rstrip())

    def speak(self, language: str, theme: str = "light") -> None:
        """From the next page on: this language, these colours."""
        self.language = language
        self.context.add_cookies(
            [
                {"name": name, "value": value, "url": self.url}
                for name, value in (
                    ("language", language),
                    ("theme", theme),
                )
            ]
        )

    # -- moving
    def go(self, path: str) -> Page:
        self.page.goto(path, wait_until="load")
        return self.page

    def press(self, button: str | Locator) -> None:
        """Press what leads to another page; where the page asks first, the answer is yes."""
        spot = self.page.locator(button).first if isinstance(button, str) else button
        asks = spot.evaluate(
            "one => !!(one.dataset.confirm || (one.form && one.form.dataset.confirm))"
        )
        with self.page.expect_navigation(wait_until="load"):
            spot.click()
            if asks:
                self.page.locator("#confirm-yes").click()

    def send(self, form: str = "form.form-page") -> None:
        """The main button of a form."""
        self.press(f"{form} button.btn-primary:not([name])")

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.page.fill(f"[name='{name}']", value)

    def choose(self, name: str, text: str) -> None:
        """Type into a searchable list and take the first thing it finds."""
        box = self.page.locator(f"[name='{name}'] + .ts-wrapper")
        box.locator(".ts-control").click()
        typed = (
            box.locator("input.dropdown-input")
            if box.locator("input.dropdown-input").count()
            else box.locator("input")
        )
        typed.first.press_sequentially(text, delay=5)
        box.locator(".ts-dropdown .option", has_text=text).first.click()
        box.locator(".ts-dropdown").wait_for(state="hidden")
        self.page.wait_for_timeout(150)  # it takes the focus back once more

    @contextmanager
    def allowing(self, *statuses: int) -> Iterator[None]:
        """What is asked for inside may be answered so, whenever the answer comes."""
        self._allowed = frozenset(statuses)
        try:
            yield
        finally:
            self._allowed = frozenset()

    # -- looking
    def look(
        self,
        name: str,
        *,
        widths: tuple[int, ...] = (WIDE, PHONE),
        by_axe: tuple[int, ...] = (),
    ) -> Page:
        """The page as it stands: pictures, and what is wrong with it; at these widths axe looks
        too.
        """
        number = len({one.name.split("-", 1)[0] for one in self.shots.glob("*.png")}) + 1
        for width in widths:
            self._resize(width)
            wide, high = self._settled(width)
            if wide > width:
                self.complaints.append(
                    f"{self.page.url} is {wide} px wide on a screen of {width}: {self._widest(width)}"
                )
            if width in by_axe:
                self.complaints += [
                    f"{self.page.url} {width}: {barrier}" for barrier in self._barriers()
                ]
            # a tall screen, not `full_page`: what is fixed to the edges stays in its place
            self._resize(width, min(max(900, high), TALLEST))
            self.page.screenshot(
                path=self.shots / f"{number:02d}-{name}-{self.language}-{width}.png"
            )
        self._resize(WIDE)
        self.seen.append(self.page.content())
        return self.page

    def _resize(self, width: int, height: int = 900) -> None:
        """Only where it changes something: each time costs a tenth of a second."""
        if self.page.viewport_size != {
            "width": width,
            "height": height,
        }:
            self.page.set_viewport_size({"width": width, "height": height})

    def _settled(self, width: int) -> tuple[int, int]:
        """How wide and high the page is once charts and menus have followed the window: at the
        latest after a second.
        """
        for _ in range(10):
            wide, high = self.page.evaluate(
                "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
            )
            if wide <= width:
                break
            self.page.wait_for_timeout(100)
        return wide, high

    def _barriers(self) -> list[str]:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        barriers: list[str] = self.page.evaluate(BARRIERS)
        return barriers

    def _widest(self, width: int) -> list[str]:
        script = """(width) => [...document.querySelectorAll('body *')]
            .filter((one) => one.getBoundingClientRect().right > width + 1)
            .slice(0, 5)
            .map((one) => one.outerHTML.slice(0, 120))"""
        widest: list[str] = self.page.evaluate(script, width)
        return widest

    def text(self) -> str:
        """Everything a person could find in the page, hidden parts and addresses too."""
        return self.page.content()

    def close(self) -> None:
        self.context.close()
