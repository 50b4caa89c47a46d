"""Why a file is not read, in words: the codes of refusals.py and of reader.MustChoose."""

from __future__ import annotations

from django.utils.translation import gettext as _


def refusal_words() -> dict[str, str]:
    """The words of each code in the language of the page."""
    return {
        "not_a_table": _("This could not be read as a table."),
        "nul": _("The text has characters that cannot be stored."),
        "stray_cell": _(
            "A cell stands far outside the table. Delete it and upload the file again."
        ),
        "too_heavy": _("The file is too large to be read. Save the table as .csv."),
        "password": _("The file has a password. Save it without one."),
        "old_format": _("This is a file of an old or another format. Save it as .xlsx."),
        "not_a_workbook": _("This is not a table: it is another kind of file under its name."),
        "broken": _("The file is damaged and cannot be read."),
        "mixed_encodings": _("The text is written in several encodings. Save it as UTF-8."),
        "no_such_sheet": _("The file has no such sheet."),
        "no_such_encoding": _("This encoding is not known."),
        "sheet": _("The file has several sheets: say which one is read."),
        "encoding": _("The letters of the file can be read in several ways: say which is right."),
        "file_kind": _("Only .xlsx and .csv files are read."),
        "empty": _("There are no rows."),
    }
