"""The bar at the foot of a phone is read whole: in every role, every language, on narrow phones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.utils import translation

from config.menu import menu_for
from tenants.actor import Actor, ResellerInfo
from tenants.permissions import KIND_OF, ROLES, Kind, Role
from tests.ui.conftest import context
from tests.ui.small_pages import Site, serving

pytestmark = [pytest.mark.browser]
LANGUAGES = [code for code, _name in settings.LANGUAGES]
SCREENS = (320, 360, 390)
SHELLS = {
    Kind.OFFICE: "shells/office.html",
    Kind.CARGO: "shells/office.html",
    Kind.CLIENT: "shells/cabinet.html",
    Kind.PARTNER: "shells/cabinet.html",
    Kind.DRIVER: "shells/driver.html",
}
PEOPLE = [role for role in Role if KIND_OF[role] in SHELLS]
CUT = """() => [...document.querySelectorAll(".bottom > *")].flatMap((item) => {
  const label = item.querySelector(":scope > span, :scope > button > span");
  const bar = item.closest(".bottom");
  const words = document.createRange();
  words.selectNodeContents(label);
  const text = words.getBoundingClientRect();
  const box = item.getBoundingClientRect();
  const isInside = text.left >= box.left && text.right <= box.right && text.bottom <= innerHeight;
  const isWhole = label.scrollWidth <= label.clientWidth && item.scrollHeight <= bar.clientHeight;
  return isInside && isWhole ? [] : [label.textContent];
})"""


def shop(is_cargo: bool) -> ResellerInfo:
    """A freight office, or a shop whose first page is that of its parcels."""
    return ResellerInfo(
        id=UUID(int=1),
        slug="alpha",
        name="Alpha",
        schema="alpha",
        country="TH",
        currency="THB",
        language="th",
        time_zone="Asia/Bangkok",
        cargo=is_cargo,
        cargo_first=is_cargo,
    )


def bar(env: Any, role: Role, language: str, is_cargo: bool) -> str:
    kind = KIND_OF[role]
    who = Actor(kind, role, "Айгуль", reseller=shop(is_cargo), permissions=ROLES[role])
    template = env.get_template(SHELLS[kind])
    with translation.override(language):
        changes = {
            "menu": menu_for(who, "/"),
            "language": language,
            "languages": settings.LANGUAGES,
        }
        return str(template.render(context(**changes)))


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("bars")) as site:
        yield site


@pytest.mark.parametrize("role", PEOPLE)
def test_no_label_of_the_bar_is_cut(browser: Any, small_site: Site, env: Any, role: Role) -> None:
    tab = browser.new_page()
    cut: set[tuple[str, int, str]] = set()
    for language in LANGUAGES:
        for is_cargo in (False, True):
            path = f"/{role}-{language}-{is_cargo}"
            small_site.pages[path] = bar(env, role, language, is_cargo)
            tab.goto(small_site.url + path)
            tab.evaluate("document.fonts.ready")
            assert tab.locator(".bottom > *").count() >= 2
            for width in SCREENS:
                tab.set_viewport_size({"width": width, "height": 800})
                cut |= {(language, width, label) for label in tab.evaluate(CUT)}
    tab.close()
    assert cut == set()
