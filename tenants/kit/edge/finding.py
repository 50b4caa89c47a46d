"""Searching as people remember: no matter which quotes, apostrophes, dashes or blanks stand between
the letters, whether е or ё was typed, and how the figures of a phone are grouped.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from tenants.kit import lookups  # noqa: F401
from tenants.kit.edge import phones as phone_numbers
from tenants.kit.edge import text


def finds(typed: str, *columns: str, phones: Sequence[str] = ()) -> Q:
    """Every word that was typed stands in one of the columns, or all of it is a part of a phone."""
    condition = Q()
    for word in search_words(typed):
        one_of = Q()
        for column in (*columns, *phones):
            one_of |= Q(**{f"{column}__has": word})
        condition &= one_of
    digits = phone_numbers.digits_within(typed)
    for column in phones if digits else ():
        condition |= Q(**{f"{column}__has": digits})
    return condition


def search_words(typed: str) -> list[str]:
    """The words of a search; a sign that stands alone is none, unless nothing else was typed."""
    words = text.one_line(typed).split()
    return [word for word in words if any(map(str.isalnum, word))] or words
