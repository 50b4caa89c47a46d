"""What is wrong with a cell, messages to a person."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tenants.kit.sheets.words import refusal_words


def message(reason: str) -> str:
    """The words of a code; behind a blank stands the cell, row or sheet that is meant."""
    code, _blank, place = reason.partition(" ")
    text = _words(code)
    return f"{text} ({place})" if place else text


def _words(code: str) -> str:
    messages = refusal_words() | {
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
        "too_big": _("At most 10 MB can be pasted and 100 MB uploaded."),
        "too_many_rows": _("At most 50,000 rows can be pasted. Upload a file instead."),
        "cut_number": _("The spreadsheet has cut this number. Format the column as text."),
        "decimal_comma": _("The decimal sign is a point here: 0.125."),
        "columns": _("The heading has unknown words: say which column is which."),
    }
    return messages.get(code, code)


def field_labels() -> dict[str, str]:
    """The ten columns of an import in their order: field and what it is called."""
    return {
        "received_on": _("Date received"),
        "customer_code": _("Customer code"),
        "tracking_number": _("Tracking number"),
        "goods_type": _("Goods type"),
        "transport": _("Transport"),
        "weight_kg": _("Weight (kg)"),
        "volume_cbm": _("Volume (CBM)"),
        "price": _("Selling price"),
        "cost_mode": _("Cost mode"),
        "cost": _("Cost"),
    }
