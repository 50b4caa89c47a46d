"""The one door for uploaded workbooks and csv files.

A child process of its own reads the file, with a limit of memory and of time, and sends rows as
they come: a hostile file ends the child and nothing else, and this process never holds the file.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from tempfile import TemporaryFile
from threading import BoundedSemaphore, Timer
from typing import IO, Any

from django.conf import settings

from tenants.kit.sheets.child import Question
from tenants.kit.sheets.refusals import Refused

MEMORY = 280 * 1024**2
LONGEST_ANSWER = 16 * 1024**2  # bytes of one line of the child
ON_THE_WALL = 2  # seconds a child may take for one second of processor time
SLOTS = BoundedSemaphore(2)  # children of this process at a time; others wait their few seconds
COPIED = 256 * 1024
Program = tuple[str, ...]  # arguments of the interpreter
CHILD: Program = ("-m", "tenants.kit.sheets.child")
WORKBOOKS = (".xlsx", ".xlsm", ".xls")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person chose: a sheet, an encoding, rows that the sheet hides."""

    sheet: str = ""
    encoding: str = ""
    with_hidden: bool = False


class MustChoose(Exception):
    """The file may be read in several ways: several sheets, or several encodings."""

    def __init__(self, kind: str, choices: list[tuple[str, str]]) -> None:
        super().__init__(kind)
        self.kind = kind  # "sheet" or "encoding"
        self.choices = choices  # name and a sample of its text


@dataclass(slots=True)
class Table:
    """An opened table. `hidden` and `merged` are counted once the rows have been read."""

    sheet: str
    encoding: str
    rows: Iterator[tuple[int, list[str]]]
    hidden: int = 0
    merged: int = 0


@contextmanager
def opened(
    file: IO[bytes], *, name: str, seconds: int, wish: Wish | None = None
) -> Iterator[Table]:
    """The table in the file. Raises Refused and MustChoose; Refused also while rows are read."""
    chosen = asdict(wish or Wish())
    is_workbook = name.lower().endswith(WORKBOOKS)
    question = Question(memory=MEMORY, seconds=seconds, is_workbook=is_workbook, **chosen)
    with reading_child(CHILD, json.dumps(asdict(question)), file, seconds=seconds) as child:
        yield _table(child)


@contextmanager
def reading_child(
    program: Program, argument: str, file: IO[bytes], *, seconds: int
) -> Iterator[subprocess.Popen[bytes]]:
    """A program of ours that reads the file as its standard input, for so long and no longer."""
    with SLOTS, _on_disk(file) as on_disk, _child(program, argument, on_disk) as child:
        clock = Timer(seconds * ON_THE_WALL, child.kill)
        clock.daemon = True
        clock.start()
        try:
            yield child
        finally:
            clock.cancel()
            child.kill()


@contextmanager
def _on_disk(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """The file itself where it lies on the disk, else a copy that is gone afterwards."""
    file.seek(0)
    try:
        file.fileno()
    except (OSError, AttributeError):
        with TemporaryFile() as copy:
            while piece := file.read(COPIED):
                copy.write(piece)
            copy.seek(0)
            yield copy
    else:
        yield file


@contextmanager
def _child(program: Program, question: str, file: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """It gets neither the settings nor the secrets of this process."""
    environment = {"PYTHONPATH": str(settings.BASE_DIR), "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    command = [sys.executable, *program, question]
    child = subprocess.Popen(  # noqa: S603 the command is ours, the question is JSON
        command,
        stdin=file.fileno(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=settings.BASE_DIR,
        env=environment,
    )
    with child:
        yield child


def _table(child: subprocess.Popen[bytes]) -> Table:
    head = _answer(child)
    choices = [(str(name), str(sample)) for name, sample in head["choices"]]
    if choices:
        raise MustChoose(head["kind"], choices)
    table = Table(head["sheet"], head["encoding"], iter(()))
    table.rows = _rows(child, table)
    return table


def _rows(
    child: subprocess.Popen[bytes],
    table: Table,
) -> Iterator[tuple[int, list[str]]]:
    while True:
        answer = _answer(child)
        is_end = isinstance(answer, dict)
        if is_end:
            table.hidden = answer["hidden"]
            table.merged = answer["merged"]
            return
        number, cells = answer
        yield number, cells


def _answer(child: subprocess.Popen[bytes]) -> Any:
    """One line of the child. One that ended without a word was ended by its limits."""
    assert child.stdout is not None
    line = child.stdout.readline(LONGEST_ANSWER)
    if not line.endswith(b"\n"):
        raise Refused("too_heavy")
    answer = json.loads(line)
    if isinstance(answer, dict) and "refused" in answer:
        raise Refused(answer["refused"], answer["place"])
    return answer
