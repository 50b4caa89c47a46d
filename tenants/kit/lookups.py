"""`name__has="азам"`: a part of a text in either case, written so that a trigram index on the plain
column serves it. Signs and blanks between letters are all alike, and so are е and ё.

Django's own `icontains` compares UPPER(column), which such an index does not know.
"""

from __future__ import annotations

import re
import unicodedata

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup, TextField
from django.db.models.sql.compiler import SQLCompiler

SIGNS = "[^[:alnum:]]*"  # what may stand between the parts of a word
YO = re.compile("[её]", re.IGNORECASE)


@CharField.register_lookup
@TextField.register_lookup
class Has(Lookup):
    lookup_name = "has"

    def get_prep_lookup(self) -> str:
        return str(self.rhs)

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
    ) -> tuple[str, tuple[str | int, ...]]:
        column, params = self.process_lhs(compiler, connection)
        parts = _parts(str(self.rhs))
        if parts and (len(parts) > 1 or YO.search(parts[0])):
            pattern = SIGNS.join(YO.sub("[её]", part) for part in parts)
            return f"{column} ~* %s", (*params, pattern)
        pattern = connection.ops.prep_for_like_query(parts[0] if parts else str(self.rhs))
        return f"{column} ILIKE %s", (*params, f"%{pattern}%")


def _parts(text: str) -> list[str]:
    """The runs of letters, figures and marks; nothing in them has a meaning in a pattern."""
    signs = (sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in text)
    return "".join(signs).split()


class Among(Lookup):
    """`key = ANY (array)`: the array is made once, and an index on the key serves each of it."""

    lookup_name = "among"

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
    ) -> tuple[str, tuple[str | int, ...]]:
        column, params = self.process_lhs(compiler, connection)
        array, more = self.process_rhs(compiler, connection)
        return f"{column} = ANY {array}", (*params, *more)
