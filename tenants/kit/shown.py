"""What a page showed beside a button: the press carries a mark of it and counts while it stands."""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext as _

FIELD = "shown"
LENGTH = 24


class ChangedMeanwhile(Exception):
    """The figures that stand are not those that the page showed."""

    def __str__(self) -> str:
        return _("The figures have changed since this page was opened. Look at them again.")


def mark(*facts: object) -> str:
    """A short mark of what a page shows: figures, days, versions."""
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:LENGTH]


def check(shown: str, *facts: object) -> None:
    """Raises ChangedMeanwhile. An empty mark is a program's: it was shown nothing."""
    if shown and shown != mark(*facts):
        raise ChangedMeanwhile
