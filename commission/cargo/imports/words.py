"""What is wrong with a cell, messages to a person."""

from __future__ import annotations

from django.utils.translation import gettext as _


def message(code: str) -> str:
    messages = {
        "required": _("Must be filled in."),
        "not_a_day": _("This is not a date. Write it like 18/01/2026."),
        "strange_year": _("The year cannot be right."),
        "locked_month": _("This month is closed."),
        "not_a_number": _("This is not a number."),
        "negative": _("It cannot be negative."),
        "too_large": _("The number is too large."),
        "too_many_places": _("Too many digits after the point."),
        "too_long": _("The text is too long."),
        "formula": _("It looks like a formula."),
        "strange_characters": _("It has characters that do not belong here."),
        "unknown": _("The word is not known."),
        "mode_missing": _("Write AUTO or MANUAL: a cost is given."),
        "too_many_columns": _("There are more than ten columns."),
        "double_paste": _("The tracking number stands twice in this import."),
        "double_database": _("The tracking number has been saved before."),
        "too_wide": _("This does not look like the table: it has too many columns."),
        "not_a_table": _("This could not be read as a table."),
        "nul": _("The text has characters that cannot be stored."),
        "too_big": _("At most 10 MB can be pasted and 100 MB uploaded."),
        "too_many_rows": _("At most 50,000 rows can be pasted. Upload a file instead."),
        "empty": _("There are no rows."),
        "file_kind": _("Only .xlsx and .csv files are read."),
    }
    return messages.get(code, code)
