"""Questions about other tables, asked for each row of a list."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import BooleanField, Model, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

M = TypeVar("M", bound=Model)


def has_row(rows: QuerySet[M]) -> Coalesce:
    """Whether there is one of `rows`, to be shown in a column.

    EXISTS among columns may be answered by a hash of the whole table, for fifty rows of a page too; a
    subquery for one row is asked fifty times. In a WHERE use Exists: there it may be joined.
    """
    one = Subquery(rows.order_by().values_list(Value(True))[:1])
    return Coalesce(one, False, output_field=BooleanField())
