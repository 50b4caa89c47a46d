"""The rows of one sheet as texts, in constant memory. Runs in the child.

The dimension that a sheet claims is not read: each cell says itself where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from xml.parsers import expat

from tenants.kit.sheets.refusals import Refused
from tenants.kit.sheets.workbook import Attributes, Sheet, Workbook, local, parser_of, whole

WIDEST = 100  # columns of a table; a cell behind them stands outside
LAST_COLUMN = 16_384
LAST_ROW = 1_048_576
LONGEST_TEXT = 100_000
MOST_CELLS = 30_000_000
EXACT = 1e15  # from here on a spreadsheet has lost digits
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001
EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
LAST_DAY = 2_958_465  # 31 December 9999
BOOLEANS = {"1": "TRUE", "0": "FALSE"}

Row = tuple[int, list[str], bool]  # its number, its cells, whether it is hidden


class SheetRows:
    """Reads a sheet row by row; `merged` counts its merged areas once all is read."""

    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        self.merged = 0
        self._book = book
        self._sheet = sheet
        self._strings = book.shared_strings()
        self._date_styles = book.date_styles()
        self._epoch = EPOCH_1904 if book.counts_from_1904 else EPOCH
        self._ready: list[Row] = []
        self._row = 0
        self._is_hidden = False
        self._cells: dict[int, str] = {}
        self._cell_count = 0
        self._column = 0
        self._kind = "n"
        self._style = 0
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._taken: list[str] | None = None
        self._is_phonetic = False

    def __iter__(self) -> Iterator[Row]:
        parser = parser_of(self._start)
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            for piece in self._book.pieces(self._sheet.part, "sheet"):
                parser.Parse(piece, False)
                yield from self._ready
                self._ready.clear()
            parser.Parse(b"", True)
        except expat.ExpatError as problem:
            raise Refused("broken") from problem
        yield from self._ready

    def _start(
        self,
        tag: str,
        attributes: Attributes,
    ) -> None:
        if tag == "c":
            self._begin_cell(attributes)
        elif tag in ("v", "t") and not self._is_phonetic:
            self._value = self._taken = self._value or []
        elif tag == "f":
            self._formula = self._taken = []
        elif tag == "row":
            self._begin_row(attributes)
        elif tag == "rPh":
            self._is_phonetic = True
        elif tag == "mergeCell":
            self.merged += 1

    def _end(self, name: str) -> None:
        tag = local(name)
        if tag in ("v", "t", "f"):
            self._taken = None
        elif tag == "c":
            self._finish_cell()
        elif tag == "row":
            self._finish_row()
        elif tag == "rPh":
            self._is_phonetic = False

    def _characters(self, text: str) -> None:
        if self._taken is None:
            return
        self._taken.append(text)
        if len(self._taken) > 1 and sum(map(len, self._taken)) > LONGEST_TEXT:
            raise Refused("broken")

    def _begin_row(self, attributes: Attributes) -> None:
        number = whole(attributes.get("r")) or self._row + 1
        if not self._row < number <= LAST_ROW:
            raise Refused("broken")
        self._row = number
        self._column = 0
        self._is_hidden = attributes.get("hidden") in ("1", "true")
        self._cells = {}

    def _begin_cell(self, attributes: Attributes) -> None:
        letters = attributes.get("r", "").rstrip("0123456789")
        self._column = column_number(letters) if letters else self._column + 1
        self._kind = attributes.get("t", "n")
        self._style = whole(attributes.get("s"))
        self._value = None
        self._formula = None
        self._cell_count += 1
        if not 0 < self._column <= LAST_COLUMN:
            raise Refused("broken")
        if self._cell_count > MOST_CELLS:
            raise Refused("too_heavy")

    def _finish_cell(self) -> None:
        if self._value is not None:
            text = self._text("".join(self._value))
        elif self._formula:
            text = "=" + "".join(self._formula)  # a formula that was never calculated
        else:
            return
        if text.strip():
            self._cells[self._column] = text[:LONGEST_TEXT].replace("\x00", "")

    def _finish_row(self) -> None:
        if not self._cells:
            return
        last = max(self._cells)
        if last > WIDEST:
            raise Refused("stray_cell", f"{column_letters(last)}{self._row}")
        row = [self._cells.get(place, "") for place in range(1, last + 1)]
        self._ready.append((self._row, row, self._is_hidden))
        self._cells = {}

    def _text(self, value: str) -> str:
        """A cell's value as it would be pasted."""
        if self._kind == "s":
            place = whole(value.strip())
            return self._strings[place] if place < len(self._strings) else ""
        if self._kind == "b":
            return BOOLEANS.get(value.strip(), value)
        if self._kind != "n":
            return value
        try:
            number = float(value)
        except ValueError:
            return value
        if self._style in self._date_styles and 0 <= number <= LAST_DAY:
            return self._date(number)
        return number_text(number)

    def _date(self, serial: float) -> str:
        moment = self._epoch + timedelta(seconds=round(serial * 86_400))
        return (
            f"{moment:%H:%M}" if serial < 1 else f"{moment.day:02}/{moment.month:02}/{moment.year}"
        )


def number_text(number: float) -> str:
    """Spreadsheets keep whole numbers as fractions; one that lost digits keeps its telling form."""
    if abs(number) >= EXACT:
        return repr(number)
    text = f"{number:.9f}"
    return text.rstrip("0").rstrip(".")


@lru_cache(maxsize=LAST_COLUMN)
def column_number(letters: str) -> int:
    """A is 1, XFD is 16384; what cannot be a column is 0."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z" or number > LAST_COLUMN:
            return 0
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
