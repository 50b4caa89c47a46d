"""Why a file is not read. The codes travel from the child; words.py of an app puts them in words."""

from __future__ import annotations


class Refused(Exception):
    """The file cannot be read as a table; `code` says why, `place` where in the file."""

    def __init__(self, code: str, place: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.place = place
