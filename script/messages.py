#!/usr/bin/env python
"""Translations: `extract` new strings into locale/*.po, `compile` .mo files, `check` that ru and th
are complete.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = (
    "config",
    "checks",
    "demo",
    "tenants",
    "companies",
    "documents",
    "fleet",
    "tariffs",
    "orders",
    "commission",
    "finance",
    "templates",
)
LANGUAGES = ("ru", "th", "en", "ky")
COMPLETE = (
    "ru",
    "th",
)  # English is the source; Kyrgyz follows in its own issue
KEYWORDS = {
    "gettext": None,
    "_": None,
    "N": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
METHODS = [
    ("**.py", "python"),
    ("**.html", "jinja2"),
    ("**.txt", "jinja2"),
]
OPTIONS = {
    "**.html": {
        "trimmed": "true",
        "newstyle_gettext": "true",
        "silent": "false",
        "extensions": "jinja2.ext.do",
    },
    "**.txt": {
        "trimmed": "true",
        "newstyle_gettext": "true",
        "extensions": "jinja2.ext.do",
    },
}


def strings() -> Catalog:
    """Every string of the product, as the source has it now."""
    catalog = Catalog(project="crm", charset="utf-8")
    for package in PACKAGES:
        if not (ROOT / package).exists():
            continue
        for name, _line, message, comments, context in extract_from_dir(
            str(ROOT / package),
            METHODS,
            OPTIONS,
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
        ):
            catalog.add(
                message,
                locations=[(f"{package}/{name}", 0)],
                auto_comments=comments,
                context=context,
            )
    return catalog


def path(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def load(language: str) -> Catalog:
    if not path(language).exists():
        return Catalog(locale=language, project="crm", charset="utf-8")
    with path(language).open("rb") as handle:
        return read_po(handle, locale=language)


def extract() -> None:
    source = strings()
    for language in LANGUAGES:
        catalogue = load(language)
        catalogue.update(source, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.fuzzy = False
        catalogue.header_comment = f"# {language}"
        for message in catalogue:
            message.locations = []
            message.auto_comments = []
        path(language).parent.mkdir(parents=True, exist_ok=True)
        with path(language).open("wb") as handle:
            write_po(
                handle,
                catalogue,
                width=120,
                no_location=True,
                sort_output=True,
                omit_header=False,
            )


def compile_all() -> None:
    for language in LANGUAGES:
        target = path(language).with_suffix(".mo")
        if path(language).exists() and (
            not target.exists() or target.stat().st_mtime < path(language).stat().st_mtime
        ):
            with target.open("wb") as handle:
                write_mo(handle, load(language))


def missing(language: str) -> Iterator[str]:
    catalogue = load(language)
    for message in strings():
        if not message.id:
            continue
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        translation = catalogue.get(key, context=message.context)
        if translation is None or not all(
            translation.string
            if isinstance(translation.string, tuple | list)
            else [translation.string]
        ):
            yield str(key)


def check() -> int:
    bad = 0
    for language in COMPLETE:
        for text in missing(language):
            bad += 1
            print(f"{language}: not translated: {text!r}")
    return 1 if bad else 0


if __name__ == "__main__":
    act = sys.argv[1] if len(sys.argv) > 1 else "check"
    sys.exit({"extract": extract, "compile": compile_all, "check": check}[act]() or 0)
