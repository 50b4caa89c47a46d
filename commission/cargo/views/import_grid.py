"""The grid of an import's preview: one row a line, its cells, faults and lights in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from commission.cargo.imports.cells import FIELDS
from commission.cargo.imports.words import field_labels
from commission.cargo.models import Transport
from commission.cargo.queries.imports import PreviewLine
from commission.cargo.words import amounts, status_pill

Headings = list[tuple[str, str]]  # field and what it is called


@dataclass(frozen=True, slots=True)
class GridRow:
    """A line of the preview; `cells` are field and text, `errors` field → message."""

    line: int
    cells: list[tuple[str, str]]
    errors: dict[str, str]
    lights: dict[str, str]
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


def tracking_first(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """As the grid shows them: what tells a line apart stands in front and stays in sight."""
    return sorted(pairs, key=lambda pair: pair[0] != "tracking_number")


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
                cells=tracking_first(_cells(line.cells, transports)),
                errors=line.errors,
                lights=line.lights,
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


def _cells(cells: list[str], transports: dict[str, str]) -> list[tuple[str, str]]:
    """Field and text; the transport's code is put into words."""
    return [
        (name, transports.get(text, text) if name == "transport" else text)
        for name, text in zip(FIELDS, cells, strict=True)
    ]
