"""`name__has="азам"`: a part of a text in either case, written so that a trigram index on the plain
column serves it.

Django's own `icontains` compares UPPER(column), which such an index does not know.
"""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Lookup, TextField


@CharField.register_lookup
@TextField.register_lookup
class Has(Lookup):
    lookup_name = "has"

    def get_prep_lookup(self) -> str:
        return str(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        column, params = self.process_lhs(compiler, connection)
        return f"{column} ILIKE %s", [
            *params,
            f"%{connection.ops.prep_for_like_query(self.rhs)}%",
        ]
