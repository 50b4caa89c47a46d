"""What is measured of Python: sizes, density, lines of `Any`, exceptions to the checks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checks.house.sources import SourceFile

WIDTH = 100
SKIP = re.compile(r"#\s*fmt:\s*(skip|off)")
IGNORE = re.compile(r"#\s*type:\s*ignore")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, 95th (or 90th) percentile and largest of many values."""

    median: float
    high: float
    largest: float


@dataclass(frozen=True, slots=True)
class PythonMeasures:
    files: Spread  # lines a file: median, 95th percentile, largest
    functions: Spread  # lines a function: the same
    expressions: Spread  # expressions a line of a function: median, 90th percentile, largest
    line_length: float  # mean characters of a line that is neither blank nor a comment
    long_lines: float  # percent of these lines over 100 columns
    any_lines: int
    type_ignores: int
    formatter_skips: int
    lines: int


def spread(values: Iterable[float], high: float) -> Spread:
    ordered = sorted(values)
    last = len(ordered) - 1

    def at(part: float) -> float:
        return ordered[min(last, int(len(ordered) * part))]

    return Spread(at(0.5), at(high), ordered[last])


def measure(files: list[SourceFile]) -> PythonMeasures:
    """The measures of a set of Python files, all together."""
    functions = [function for file in files for function in functions_of(file)]
    lines = [line for file in files for line in file.lines]
    written = [line for line in lines if _counts(line)]
    long_lines = [line for line in written if len(line) > WIDTH]
    return PythonMeasures(
        files=spread((len(file.lines) for file in files), 0.95),
        functions=spread((lines_of(function) for function in functions), 0.95),
        expressions=spread((expressions_a_line(function) for function in functions), 0.90),
        line_length=sum(len(line.strip()) for line in written) / len(written),
        long_lines=100 * len(long_lines) / len(written),
        any_lines=sum(len(lines_with_any(file)) for file in files),
        type_ignores=sum(1 for line in lines if IGNORE.search(line)),
        formatter_skips=sum(1 for line in lines if SKIP.search(line)),
        lines=len(lines),
    )


def functions_of(file: SourceFile) -> Iterator[Function]:
    for node in ast.walk(ast.parse(file.text)):
        if isinstance(node, Function):
            yield node


def lines_with_any(file: SourceFile) -> set[int]:
    """The lines on which the type `Any` is used; importing it is not using it."""
    return {
        node.lineno
        for node in ast.walk(ast.parse(file.text))
        if isinstance(node, ast.Name) and node.id == "Any"
    }


def lines_of(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def expressions_a_line(function: Function) -> float:
    expressions = sum(isinstance(node, ast.expr) for node in ast.walk(function))
    return expressions / lines_of(function)


def _counts(line: str) -> bool:
    text = line.strip()
    return bool(text) and not text.startswith("#")
