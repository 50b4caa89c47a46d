"""The Jinja2 environment of the product's own pages."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, FileSystemBytecodeCache
from markupsafe import Markup

from companies.taxes import name_of
from config.modules import imports_of
from tenants.kit import formats
from tenants.kit.pieces import as_json
from tenants.permissions import Permission, Role


def url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args, kwargs=kwargs) if args or kwargs else _fixed_url(name)


# a page names dozens of addresses and files that never change while the process lives
_fixed_url = lru_cache(maxsize=500)(reverse)
_file_url = lru_cache(maxsize=500)(static)


def translated(text: str, **values: object) -> Markup:
    """Translate as jinja2's newstyle gettext does, without its detour through the context: a list
    shows hundreds of words.
    """
    words, alone = _translated(text, translation.get_language() or "")
    return words % values if values else alone


@lru_cache(maxsize=20_000)
def _translated(text: str, language: str) -> tuple[Markup, Markup]:
    """The words, and the same when nothing is put in."""
    with translation.override(language):
        words = Markup(translation.gettext(text))  # noqa: S704
    return words, words if "%(" in words else words % ()


def _bytecode() -> FileSystemBytecodeCache:
    folder = Path(settings.STATE_DIR) / "jinja"
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def environment(**options: Any) -> Environment:
    """The environment that Django asks for, with our words, addresses and formats."""
    options |= {
        "trim_blocks": True,
        "lstrip_blocks": True,
        "bytecode_cache": _bytecode(),
        "auto_reload": False,
    }
    jinja = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], **options)  # noqa: S701
    jinja.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    jinja.globals["_"] = jinja.globals["gettext"] = translated
    jinja.globals |= {
        "static": _file_url,
        "modules": imports_of,
        "url": url,
        "Permission": Permission,
        "Role": Role,
    }
    jinja.filters |= {
        "money": formats.money,
        "number": formats.number,
        "day": formats.day,
        "moment": formats.moment,
        "tax_name": name_of,
    }
    jinja.policies["json.dumps_kwargs"] = {
        "sort_keys": True,
        "default": as_json,
    }
    return jinja
