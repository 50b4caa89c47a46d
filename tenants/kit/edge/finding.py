"""Searching as people remember: no matter which quotes, apostrophes, dashes or blanks stand between
the letters or whether any do, whether е or ё was typed, and how the figures of a phone are grouped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Manager, Q, QuerySet

from tenants.kit.edge import phones as phone_numbers
from tenants.kit.edge import text
from tenants.kit.lookups import Among, folded


@dataclass(frozen=True, slots=True)
class Named:
    """Rows that another table points to, and the column that people know them by."""

    rows: Manager[Any]
    column: str

    def with_word(self, word: str) -> QuerySet[Any, Any]:
        return self.rows.filter(**{f"{self.column}__has": word}).values("pk")


def finds(
    typed: str,
    *columns: str,
    phones: Sequence[str] = (),
    through: Mapping[str, Named] | None = None,
) -> Q:
    """Every word that was typed stands in one of the columns, or all of it is a part of a phone.

    `through` names a foreign key, and which column of its rows is searched, too. Those rows are
    looked up by themselves: a condition over a join knows no index.
    """
    condition = Q()
    for word in search_words(typed):
        one_of = Q()
        for column in (*columns, *phones):
            one_of |= Q(**{f"{column}__has": word})
        for key, named in (through or {}).items():
            one_of |= Q(Among(F(key), ArraySubquery(named.with_word(word))))
        condition &= one_of
    digits = phone_numbers.digits_within(typed)
    for column in phones if digits else ():
        condition |= Q(**{f"{column}__has": digits})
    return condition


def search_words(typed: str) -> list[str]:
    """The words of a search; a sign that stands alone is none, unless nothing else was typed."""
    words = text.one_line(typed).split()
    return [word for word in words if folded(word)] or words
