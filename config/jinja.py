"""The Jinja2 environment of the product's own pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, FileSystemBytecodeCache

from tenants.accounts.permissions import Permission, Role
from tenants.kit import formats


def url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def _bytecode() -> FileSystemBytecodeCache:
    folder = Path(settings.STATE_DIR) / "jinja"
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def environment(**options: Any) -> Environment:
    options |= {"trim_blocks": True, "lstrip_blocks": True, "bytecode_cache": _bytecode(), "auto_reload": False}
    made = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], **options)  # noqa: S701 - autoescape comes from Django
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True,
        pgettext=translation.pgettext, npgettext=translation.npgettext,
    )  # fmt: skip
    made.globals |= {"static": static, "url": url, "Permission": Permission, "Role": Role}
    made.filters |= {"money": formats.money, "number": formats.number, "day": formats.day, "moment": formats.moment}
    return made
