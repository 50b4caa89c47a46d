"""Answers that take long: made by the worker instead of in a thread of the pages.

A view that meets more rows than a page's time allows raises LongWork through `rows_of`. `@needs`
turns that into a page with the progress; the worker asks the same address again, with the same
rights, and keeps the answer as a file. So an answer is whole, however long it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain, islice
from typing import TypeVar

from django.http import HttpRequest, HttpResponse

AT_ONCE = 3_000  # rows of a table that a page's thread writes: about half a second
STEP = 2_000  # rows between two reports of progress

Row = TypeVar("Row")
Report = Callable[[int], None]
PutOff = Callable[[HttpRequest], HttpResponse]

_report: ContextVar[Report | None] = ContextVar("report_of_the_worker", default=None)
_put_off: list[PutOff] = []


class LongWork(Exception):
    """The answer is too long for a page; the worker makes it."""


def when_long(put_off: PutOff) -> None:
    """What answers instead of a long one; the office registers it when it starts."""
    _put_off[:] = [put_off]


def put_off(request: HttpRequest) -> HttpResponse:
    return _put_off[0](request)


@contextmanager
def in_the_worker(report: Report) -> Iterator[None]:
    """Inside, nothing is too long."""
    before = _report.set(report)
    try:
        yield
    finally:
        _report.reset(before)


def rows_of(
    rows: Iterable[Row],
    *,
    at_once: int = AT_ONCE,
) -> Iterator[Row]:
    """All of the rows. Raises LongWork for more than `at_once` of them outside of the worker."""
    waiting = iter(rows)
    report = _report.get()
    if report is not None:
        return _reported(waiting, report)
    most = at_once + 1
    first = list(islice(waiting, most))
    if len(first) > at_once:
        raise LongWork
    return chain(first, waiting)


def _reported(rows: Iterator[Row], report: Report) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        if number % STEP == 0:
            report(number)
        yield row
