"""`name__has="азам"`: a part of a text in either case, served by a trigram index on the folded column.
Signs and blanks between letters do not count, and е and ё are alike.

Django's own `icontains` compares UPPER(column), which such an index does not know.
"""

from __future__ import annotations

from unicodedata import category

from django.contrib.postgres.indexes import OpClass
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func, Lookup, TextField
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler

APOSTROPHES = "ʹʺʻʼʽʾʿˈ"  # letters by their kind, though people read signs
FOLDED = f"regexp_replace(translate(lower({{}}), 'ё{APOSTROPHES}', 'е'), '[^[:alnum:]]+', '', 'g')"
MARKS = ("Mc", "Mn")
IN_CODE = str.maketrans("ё", "е", APOSTROPHES)


def folded(text: str) -> str:
    """Small letters and figures alone, as the database folds them, of words that stand in the code."""
    small = text.lower().translate(IN_CODE)
    return "".join(filter(_is_of_a_word, small))


def _is_of_a_word(sign: str) -> bool:
    """Vowels of Thai are marks by their kind."""
    return sign.isalnum() or category(sign) in MARKS


def words_of(*columns: str | Combinable) -> list[OpClass]:
    """The parts of the one index that serves `has` on these columns."""
    template = FOLDED.format("%(expressions)s")
    return [
        OpClass(Func(column, template=template, output_field=TextField()), "gin_trgm_ops")
        for column in columns
    ]


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
        typed = str(self.rhs)
        if folded(typed):  # the database folds both, so they are folded alike
            typed_part = f"'%%' || {FOLDED.format('%s')} || '%%'"
            return f"{FOLDED.format(column)} LIKE {typed_part}", (*params, typed)
        pattern = connection.ops.prep_for_like_query(typed)
        return f"{column} ILIKE %s", (*params, f"%{pattern}%")


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
