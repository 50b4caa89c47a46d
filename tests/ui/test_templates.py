"""What every template of the kit and the shells keeps to."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import RequestFactory

from config.show_list import SAMPLE
from tenants.kit.keyset import Page
from tenants.kit.listing import Empty
from tests.ui.conftest import OrderForm, context

TEMPLATES = Path(settings.BASE_DIR) / "templates"
OURS = sorted(
    path for folder in ("ui", "shells", "errors") for path in (TEMPLATES / folder).glob("*.html")
)
SPRITE = set(
    re.findall(
        r'<symbol id="([^"]+)"',
        (Path(settings.BASE_DIR) / "static" / "icons.svg").read_text(),
    )
)
ICON = re.compile(
    r"""(?:glyph|icon)\('([a-z0-9-]+)'|icons\.svg'\) \}\}#([a-z0-9-]+)"""
    r"""|'icon': '([a-z0-9-]+)'|icon_name='([a-z0-9-]+)'"""
)


@pytest.mark.parametrize("path", OURS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_template_compiles_is_short_and_obeys_the_policy(env: Any, path: Path) -> None:
    env.get_template(str(path.relative_to(TEMPLATES)))
    text = path.read_text()
    assert text.count("\n") < 200
    assert re.findall(r'\sstyle="|\son[a-z]+="|javascript:', text) == []
    tags = re.findall(r"<(?:script|style)\b[^>]*>", text)
    assert [tag for tag in tags if "nonce=" not in tag and "application/json" not in tag] == []


def test_every_icon_of_every_page_is_in_the_sprite() -> None:
    used = {
        name
        for path in TEMPLATES.rglob("*.html")
        for groups in ICON.findall(path.read_text())
        for name in groups
        if name
    }
    assert used - SPRITE == set()


def test_field_tells_its_error_to_everyone(env: Any) -> None:
    form = OrderForm({"place": ""})
    html = str(
        env.from_string("{% import 'ui/kit.html' as ui %}{{ ui.field(form.place) }}").render(
            form=form
        )
    )
    assert 'aria-describedby="id_place-help id_place-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="form-control is-invalid"' in html
    assert 'id="id_place-error"' in html


def test_labels_and_addresses_are_escaped(env: Any) -> None:
    parts = (
        "{{ ui.pill(evil) }}{{ ui.figure(evil, evil, evil) }}"
        "{{ ui.chart({'labels': [evil], 'datasets': []}, evil) }}"
    )
    source = "{% import 'ui/kit.html' as ui %}" + parts
    html = str(env.from_string(source).render(evil='"><script>alert(1)</script>'))
    assert "<script>alert" not in html


def test_empty_list_offers_the_first_step_and_a_vain_search_its_end(
    env: Any,
) -> None:
    empty = Empty("Tariffs", action_label="Add the first", action_url="/new/")
    listing = replace(SAMPLE, empty=empty)
    source = "{% from 'ui/list.html' import listing with context %}{{ listing(list) }}"

    def drawn(url: str) -> str:
        request: Any = RequestFactory().get(url)
        shown = listing.shown(listing.address(request), Page([]))
        return str(env.from_string(source).render(context(list=shown)))

    assert 'href="/new/"' in drawn("/ui/")
    vain = drawn("/ui/?q=x")
    assert 'href="/ui/"' in vain and 'href="/new/"' not in vain


@pytest.mark.parametrize("status", ["403", "404", "409", "429", "500"])
def test_error_page_needs_nothing(env: Any, status: str) -> None:
    assert "data-error" in env.get_template(f"errors/{status}.html").render()
