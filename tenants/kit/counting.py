"""How many rows there are, counted only as far as a page says it: "1,000+" beyond."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import JSONField, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable

MOST_COUNTED = 1_000
MOST_SUMMED = 5_000  # rows that a list adds up for the line below it


class CappedCount(NamedTuple):
    number: int
    more: bool  # there are more than `number`


def capped(number: int, most: int = MOST_COUNTED) -> CappedCount:
    return CappedCount(min(number, most), number > most)


def count_capped(rows: QuerySet[Any, Any], most: int = MOST_COUNTED) -> CappedCount:
    return capped(rows.order_by().values("pk")[: most + 1].count(), most)


def counts_capped(**rows: QuerySet[Any, Any]) -> dict[str, CappedCount]:
    """A count under each name, all in one statement."""
    counted = {name: _counting(one) for name, one in rows.items()}
    statements = {name: statement for name, statement in counted.items() if statement}
    numbers = dict.fromkeys(rows, 0) | dict(zip(statements, _answers(statements), strict=True))
    return {name: capped(number) for name, number in numbers.items()}


class Totals(Subquery):
    """Count and sums of the first rows of a list as one JSON value, to stand beside every row."""

    output_field = JSONField()  # type: ignore[assignment]
    template = "(SELECT jsonb_build_object(%(parts)s) FROM (%(subquery)s) summed)"


def totals_of(rows: QuerySet[Any, Any], **amounts: Combinable) -> Totals:
    """`count` of the rows and the sum of each amount, as text, over at most one row more than
    MOST_SUMMED.
    """
    named = {f"sum_{name}": amount for name, amount in amounts.items()}
    some = rows.order_by().annotate(**named).values(*named)[: MOST_SUMMED + 1]
    sums = [f"'{name}', sum(sum_{name})::text" for name in amounts]
    return Totals(some, parts=", ".join(["'count', count(*)", *sums]))


def _counting(rows: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]] | None:
    """A subquery that counts; None where no row can be."""
    some = rows.order_by().values_list(Value(1))[: MOST_COUNTED + 1]
    try:
        sql, parameters = some.query.sql_with_params()
    except EmptyResultSet:
        return None
    counting = f"(SELECT count(*) FROM ({sql}) capped)"  # noqa: S608 - the ORM wrote it
    return counting, parameters


def _answers(statements: dict[str, tuple[str, tuple[Any, ...]]]) -> tuple[int, ...]:
    if not statements:
        return ()
    columns = ", ".join(sql for sql, _parameters in statements.values())
    parameters = [value for _sql, values in statements.values() for value in values]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", parameters)
        numbers: tuple[int, ...] = cursor.fetchone()
        return numbers
