"""A warm one-page document against the bare WeasyPrint call on the same HTML, and its seal against
bare pyHanko.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.bench import paper
from checks.bench.report import Line


def lines() -> Iterator[Line]:
    ours, floor = paper.pdf()
    yield Line(
        "a warm one-page document / bare WeasyPrint",
        ours,
        floor,
        most=1.15,
        note="CPU",
    )
    ours, floor = paper.seal()
    yield Line(
        "sealing a paper of one page / bare pyHanko",
        ours,
        floor,
        most=1.15,
        within=30,
        note="CPU",
    )
