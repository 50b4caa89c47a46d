"""How the text of an import is read: what the person chose, what is asked, what was found.

It is kept with the import (ImportBatch.reading), so that the worker reads as the person chose and
the page says what was left out.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from commission.cargo.models import ImportBatch, ImportWord, ImportWordKind
from tenants.kit.sheets.reader import Wish


@dataclass(slots=True)
class Reading:
    """One reading. `asks` is "", "sheet", "encoding" or "columns"; then `choices` are offered."""

    zone: str = "UTC"  # of the shop: moments in a table are its days
    # chosen by the person
    sheet: str = ""
    encoding: str = ""
    with_hidden: bool = False
    # asked
    asks: str = ""
    choices: list[tuple[str, str]] = field(default_factory=list)  # name and a sample
    # found
    read_sheet: str = ""
    read_encoding: str = ""
    heading: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)  # field of each heading; "" is left out
    hidden: int = 0
    merged: int = 0
    left_out: int = 0  # titles, headings that stand again, rows of totals

    @property
    def wish(self) -> Wish:
        return Wish(self.sheet, self.encoding, self.with_hidden)


def of(batch: ImportBatch) -> Reading:
    """What is kept with the import; fields of another release are left out."""
    kept: dict[str, Any] = batch.reading or {}
    names = {one.name for one in fields(Reading)}
    return Reading(**{name: value for name, value in kept.items() if name in names})


def keep(batch: ImportBatch, reading: Reading) -> None:
    values = asdict(reading)
    batch.reading = values
    batch.save(update_fields=["reading"])


def own_words(kind: ImportWordKind) -> dict[str, str]:
    """The shop's own words of a kind → what they mean."""
    words = ImportWord.objects.filter(kind=kind)
    return dict(words.values_list("word", "meaning"))
