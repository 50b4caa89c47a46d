"""The house's figures beside their goals, and whether each is met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.house import cycles
from checks.house.python_code import PythonMeasures, Spread, measure
from checks.house.sources import SourceFile, product_files

WIDEST = 120


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what, how much there may be, how much there is."""

    name: str
    value: float
    most: float

    @property
    def holds(self) -> bool:
        return self.value <= self.most

    def line(self) -> str:
        mark = "" if self.holds else "  over"
        return f"{self.name:<52}{self.value:10.1f}{self.most:10.1f}{mark}"


def figures() -> list[Figure]:
    python = product_files(".py")
    return [
        *_of_python(measure(python)),
        *_of_imports(python),
        *_of_text("JavaScript", product_files(".js"), mean=32),
        *_of_text("CSS", product_files(".css"), mean=30),
        *_of_templates(product_files(".html")),
    ]


def _of_python(code: PythonMeasures) -> Iterator[Figure]:
    yield from _spread(
        "Python: lines a file",
        code.files,
        ("p95", 90, 320, 400),
    )
    yield Figure(
        "Python: lines a function, median",
        code.functions.median,
        9,
    )
    yield Figure(
        "Python: lines a function, p95",
        code.functions.high,
        35,
    )
    yield Figure(
        "Python: expressions a line, median",
        code.expressions.median,
        4,
    )
    yield Figure(
        "Python: expressions a line, p90",
        code.expressions.high,
        6.5,
    )
    yield Figure(
        "Python: characters a line, mean",
        code.line_length,
        35,
    )
    yield Figure(
        "Python: lines over 100 columns, percent",
        code.long_lines,
        1,
    )
    yield Figure("Python: lines with Any", code.any_lines, 149)
    yield Figure("Python: type: ignore", code.type_ignores, 29)
    yield Figure("Python: fmt: skip", code.formatter_skips, 0)


def _spread(
    name: str,
    values: Spread,
    goal: tuple[str, float, float, float],
) -> Iterator[Figure]:
    high, median_goal, high_goal, largest_goal = goal
    yield Figure(f"{name}, median", values.median, median_goal)
    yield Figure(f"{name}, {high}", values.high, high_goal)
    yield Figure(f"{name}, largest", values.largest, largest_goal)


def _of_imports(python: list[SourceFile]) -> Iterator[Figure]:
    files = cycles.file_graph(python)
    yield Figure("Import cycles between files", len(cycles.cycles(files)), 0)
    yield Figure(
        "Import cycles between apps",
        len(cycles.cycles(cycles.app_graph(files))),
        0,
    )
    inside = cycles.app_graph(files, inside="tenants")
    yield Figure("Import cycles inside tenants", len(cycles.cycles(inside)), 0)


def _of_text(name: str, files: list[SourceFile], *, mean: float) -> Iterator[Figure]:
    lines = [line.strip() for file in files for line in file.lines if is_code(line)]
    yield Figure(
        f"{name}: characters a line, mean",
        sum(map(len, lines)) / len(lines),
        mean,
    )
    yield Figure(
        f"{name}: longest line",
        max(len(line) for file in files for line in file.lines),
        WIDEST,
    )


def is_code(line: str) -> bool:
    text = line.strip()
    return bool(text) and not text.startswith(("//", "/*", "*"))


def _of_templates(files: list[SourceFile]) -> Iterator[Figure]:
    lines = [line for file in files for line in file.lines]
    yield Figure(
        "Templates: lines over 120 columns",
        sum(len(line) > WIDEST for line in lines),
        0,
    )
