"""A changed module gets a new name everywhere: in the page, and in the modules that import it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

from config import modules
from tests.ui.conftest import ROOT
from tests.ui.small_pages import PAGE, Site, serving

ENTRY = "js/orders.js"
CHANGED = "js/number.js"
TOOL_DEPTH = 2  # entry, then a module of one subject, then a tool
ENTRIES = (
    "app",
    "orders",
    "driving",
    "cargo_import",
    "cargo_rates",
    "cutting",
    "details",
    "pinning",
    "verify",
    "ways",
)


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Path]:
    """A copy of our scripts whose collected files pages take their names from."""
    source = tmp_path / "source"
    shutil.copytree(ROOT / "static" / "js", source / "js")
    storages = {"staticfiles": {"BACKEND": "config.static_files.HashedFiles"}}
    own = {
        "STATICFILES_DIRS": [source],
        "STATIC_ROOT": tmp_path / "collected",
    }
    with override_settings(STORAGES=storages, **own):
        finders.get_finder.cache_clear()
        yield source
    finders.get_finder.cache_clear()


def collect(env: Any) -> str:
    """The page after a new start of the server, as the templates write it."""
    call_command("collectstatic", interactive=False, verbosity=0)
    staticfiles_storage._setup()  # type: ignore[attr-defined]
    template = "{% from 'shells/_modules.html' import module %}{{ module(entry, 'kit') }}"
    fresh = env.overlay(cache_size=0)
    fresh.globals = env.globals | {"static": staticfiles_storage.url}
    return str(fresh.from_string(template).render(entry=ENTRY))


def asked_for(browser: Any, folder: Path, scripts: str) -> set[str]:
    """Scripts the browser fetches for the page."""
    folder.mkdir()
    with serving(folder) as site:
        _serve_collected(site, folder, scripts)
        tab = browser.new_page()
        paths: list[str] = []
        tab.on(
            "requestfinished",
            lambda request: paths.append(request.url.removeprefix(site.url)),
        )
        tab.goto(f"{site.url}/page", wait_until="networkidle")
        tab.close()
    return {path for path in paths if path.endswith(".js")}


def _serve_collected(site: Site, folder: Path, scripts: str) -> None:
    (folder / "static").unlink()
    (folder / "static").symlink_to(folder.parent / "collected")
    site.pages["/page"] = PAGE.format(language="en", body="", scripts=scripts)


@pytest.mark.browser
def test_page_asks_for_a_new_name_after_a_module_changed(
    browser: Any, env: Any, tree: Path, tmp_path: Path
) -> None:
    before = asked_for(browser, tmp_path / "before", collect(env))
    with (tree / CHANGED).open("a") as module:
        module.write("export const changed = true;\n")
    after = asked_for(browser, tmp_path / "after", collect(env))
    assert _subjects(before) == _subjects(after) == ["number", "orders", "page"]
    assert _subjects(before - after) == [
        "number",
        "orders",
    ]  # the entry names what it imports


def _subjects(paths: set[str]) -> list[str]:
    return sorted(Path(path).name.split(".")[0] for path in paths)


def test_collected_files_are_compressed(env: Any, tree: Path, tmp_path: Path) -> None:
    collect(env)
    names = [path.name for path in (tmp_path / "collected" / "js").iterdir()]
    assert [name for name in names if name.startswith("number.") and name.endswith(".js.gz")]


@pytest.mark.parametrize("entry", ENTRIES)
def test_entry_names_every_module_it_needs(entry: str) -> None:
    """A module that is not named beside the entry would be fetched only after another one is read."""
    named = set(modules.imports_of(f"js/{entry}.js"))
    needed = {path for module in named for path in modules.imported_by(module)}
    assert needed <= named


@pytest.mark.parametrize("entry", ENTRIES)
def test_modules_import_two_levels_deep_at_most(entry: str) -> None:
    level = {f"js/{entry}.js"}
    for _depth in range(TOOL_DEPTH):
        level = {path for module in level for path in modules.imported_by(module)}
    assert [path for module in level for path in modules.imported_by(module)] == []


def test_every_module_belongs_to_an_entry() -> None:
    scripts = {f"js/{path.name}" for path in (ROOT / "static" / "js").glob("*.js")}
    used = {path for entry in ENTRIES for path in modules.imports_of(f"js/{entry}.js")}
    assert scripts - used == {f"js/{entry}.js" for entry in ENTRIES} | {"js/theme.js"}
