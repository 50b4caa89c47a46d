"""Enter in a one-line field presses the first button of a form: on every page it is the one that saves."""

from __future__ import annotations

from typing import Any

import pytest

from checks.isolation.world.made import World
from tests.forms.walking import PEOPLE, opened_pages
from tests.isolation.conftest import world

__all__ = ["world"]
NO_LINE = ("hidden", "checkbox", "radio", "file", "submit", "button", "image", "reset")
MAIN = ("btn-primary", "btn-danger", "default-button")


def submit_buttons(form: Any, tree: Any) -> list[Any]:
    outside = tree.xpath("//button[@form=$id]", id=form.get("id")) if form.get("id") else []
    inside = [one for one in form.iter("button", "input") if one.get("form") is None]
    buttons = [one for one in [*inside, *outside] if _submits(one)]
    order = {id(one): place for place, one in enumerate(tree.iter())}
    return sorted(buttons, key=lambda one: order[id(one)])


def _submits(element: Any) -> bool:
    if element.tag == "input":
        return element.get("type") in ("submit", "image")
    return element.get("type", "submit") == "submit"


def has_line(form: Any) -> bool:
    """Whether there is a field where Enter sends the form."""
    lines = [one for one in form.iter("input") if one.get("type", "text") not in NO_LINE]
    return bool(lines)


def is_main(button: Any) -> bool:
    return any(name in button.get("class", "").split() for name in MAIN)


@pytest.mark.parametrize("person", PEOPLE)
def test_enter_presses_the_main_button(world: World, person: str) -> None:
    """FAULTS B7."""
    wrong = set()
    count = 0
    for _caller, page in opened_pages(world, person):
        for form in page.forms():
            buttons = submit_buttons(form, page.tree)
            if not has_line(form):
                continue
            count += 1
            if len(buttons) > 1 and not is_main(buttons[0]):
                wrong.add((page.name, form.get("action") or page.path))
    assert wrong == set()
    assert count > 0
