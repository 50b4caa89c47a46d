"""The grid of an import's preview: one row a line, its cells, faults and lights in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString

from commission.cargo.imports.cells import FIELDS
from commission.cargo.imports.words import field_labels
from commission.cargo.models import Transport
from commission.cargo.queries.imports import PreviewLine
from commission.cargo.words import amounts, status_pill

Headings = list[tuple[str, str]]  # field and what it is called

# as the grid shows them: what tells a line apart stands in front and stays in sight
SHOWN = sorted(FIELDS, key=lambda name: name != "tracking_number")


class Cell(NamedTuple):
    """A field of a line, its text, and what is or looks wrong with it, in words."""

    name: str
    text: str
    error: str
    light: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A line of the preview; `error` is about the whole line."""

    line: int
    cells: list[Cell]
    error: str
    is_wrong: bool  # as a whole or in a cell
    rule: str
    cost: str
    commission: str
    is_double: bool
    is_allowed: bool
    is_new: bool
    pill: SafeString | None


def headings() -> Headings:
    """The ten columns in the order in which they are pasted."""
    return list(field_labels().items())


def shown_headings() -> Headings:
    """The ten columns in the order in which the grid shows them."""
    labels = field_labels()
    return [(name, labels[name]) for name in SHOWN]


def grid_of(lines: Iterable[PreviewLine]) -> list[GridRow]:
    """Rows of the grid; words, amounts and pills are made once per distinct value."""
    pills: dict[tuple[str, str | None], SafeString] = {}
    written = amounts()
    transports = {code: str(label) for code, label in Transport.choices}
    rows = []
    for line in lines:
        pill: SafeString | None = None
        if line.status:
            state = (line.status, line.commission_method)
            pill = pills.get(state) or status_pill(*state)
            pills[state] = pill
        rows.append(
            GridRow(
                line=line.line,
                cells=_cells(line, transports),
                error=line.errors.get("", ""),
                is_wrong=bool(line.errors),
                rule=line.cost_rule or "",
                cost=written(line.cost),
                commission=written(line.commission),
                is_double=line.is_double,
                is_allowed=line.is_allowed,
                is_new=line.is_new_customer,
                pill=pill,
            )
        )
    return rows


def _cells(line: PreviewLine, transports: dict[str, str]) -> list[Cell]:
    """The transport's code is put into words."""
    texts = dict(zip(FIELDS, line.cells, strict=True))
    texts["transport"] = transports.get(texts["transport"], texts["transport"])
    errors, lights = line.errors, line.lights
    return [Cell(name, texts[name], errors.get(name, ""), lights.get(name, "")) for name in SHOWN]
