"""The main menu: what a person may open, and which entry is the page one looks at."""

from __future__ import annotations

import pytest

from config.menu import menu_for
from tests.world import Cast


def labels(cast: Cast, role: str, path: str = "/") -> list[str]:
    return [entry.label for group in menu_for(cast.actor(role), path) for entry in group.entries]


def active(cast: Cast, path: str, role: str = "head") -> list[str]:
    groups = menu_for(cast.actor(role), path)
    return [entry.url for group in groups for entry in group.entries if entry.active]


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/", "/"),
        ("/orders/", "/orders/"),
        ("/orders/ORD-260313-0001/trip/", "/orders/"),
        ("/cargo/", "/cargo/"),
        ("/cargo/shipments/new/", "/cargo/shipments/"),
    ],
)
def test_the_longest_address_that_fits_is_active(alpha: Cast, path: str, url: str) -> None:
    assert active(alpha, path) == [url]


def test_a_page_outside_the_menu_makes_nothing_active(alpha: Cast) -> None:
    assert active(alpha, "/notifications/") == []


def test_cabinet_has_one_group_without_a_label(alpha: Cast) -> None:
    (group,) = menu_for(alpha.actor("client"), "/cabinet/")
    assert group.label == "" and len(group.entries) == 6
    assert active(alpha, "/cabinet/orders/ORD-1/", "client") == ["/cabinet/"]


def test_menu_shows_what_the_role_may_open(alpha: Cast) -> None:
    dispatcher = menu_for(alpha.actor("dispatcher"), "/")
    urls = {entry.url for group in dispatcher for entry in group.entries}
    assert "/orders/" in urls and "/cargo/users/" not in urls
    assert menu_for(None, "/") == []
    assert labels(alpha, "partner")
