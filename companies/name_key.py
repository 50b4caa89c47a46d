"""A firm's name without its legal form, quotes and signs: what is left is alike for one firm."""

from __future__ import annotations

from django.db.models import Func, TextField
from django.db.models.expressions import Combinable

LEGAL_FORMS = (
    *("ооо", "осоо", "ао", "оао", "зао", "пао", "оо", "ип", "чп", "тоо", "кфх", "кх"),
    *("жчк", "жшс", "жк", "ак", "аак", "жак", "ooo", "osoo", "llc", "ltd", "limited"),
    *("co", "company", "inc", "jsc", "ojsc", "cjsc", "plc", "gmbh", "llp", "corp"),
)
THAI_FORMS = ("บริษัท", "จำกัด", "มหาชน", "ห้างหุ้นส่วนสามัญ", "ห้างหุ้นส่วน", "หจก", "บจก", "บมจ")

_small = "translate(lower(%(expressions)s), 'ё', 'е')"
_without_thai_forms = f"regexp_replace({_small}, '({'|'.join(THAI_FORMS)})', ' ', 'g')"
_words = f"' ' || regexp_replace({_without_thai_forms}, '[^[:alnum:]]+', ' ', 'g') || ' '"
_own_words = f"regexp_replace({_words}, ' ({'|'.join(LEGAL_FORMS)})(?= )', '', 'g')"
KEY = f"replace({_own_words}, ' ', '')"


def name_key(column: str | Combinable) -> Func:
    """Small letters and figures of the firm's own words, as an index holds them."""
    return Func(column, template=KEY, output_field=TextField())
