"""The markup of a pill, for the cells of long lists: the one place of HTML in Python.

Templates draw a pill with `ui.pill`; a call of a macro for each of fifty rows costs too much.
"""

from __future__ import annotations

from functools import lru_cache

from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

MARKUP = (
    '<span class="pill pill-{}">'
    '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>{}</span>'
)


def pill(label: str | Promise, tone: str, icon: str) -> SafeString:
    """A state in words with its tone (neutral, info, good, warn, bad) and its icon."""
    return _markup(str(label), tone, icon)


@lru_cache(maxsize=2_000)
def _markup(
    label: str,
    tone: str,
    icon: str,
) -> SafeString:
    return format_html(MARKUP, tone, static("icons.svg"), icon, label)
