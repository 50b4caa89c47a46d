"""The child process that reads a file: `python -m tenants.kit.sheets.child`.

The file is its standard input, the question its argument. It answers in lines of JSON: the head,
rows, and the end. Whatever a file asks for, the limits end this process and no other.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import IO

from tenants.kit.sheets import encodings, texts
from tenants.kit.sheets.cells import Row, SheetRows
from tenants.kit.sheets.refusals import Refused
from tenants.kit.sheets.workbook import Sheet, Workbook

ZIP = b"PK"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and workbooks with a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SAMPLE = 120  # signs of a doubtful text that are shown to the person
LINES_SENT = 500


@dataclass(frozen=True, slots=True)
class Question:
    """What is read: an empty sheet or encoding is chosen by the child."""

    memory: int  # bytes
    seconds: int  # of processor
    sheet: str = ""
    encoding: str = ""
    with_hidden: bool = False
    is_workbook: bool = False  # as its name says


@dataclass(slots=True)
class Head:
    """What was found before the first row. Several `choices` are asked about: no rows follow."""

    kind: str  # "sheet" or "encoding": what the choices are
    sheet: str = ""
    encoding: str = ""
    choices: list[tuple[str, str]] = field(default_factory=list)  # name and a sample of its text


@dataclass(slots=True)
class End:
    """What is said below the rows."""

    hidden: int = 0
    merged: int = 0


def main() -> int:
    question = Question(**json.loads(sys.argv[1]))
    limit(memory=question.memory, seconds=question.seconds)
    try:
        _answer(question, sys.stdin.buffer)
    except Refused as refused:
        _say({"refused": refused.code, "place": refused.place})
    except MemoryError:
        _say({"refused": "too_heavy", "place": ""})
    except BrokenPipeError:
        return 1
    return 0


def limit(*, memory: int, seconds: int) -> None:
    """Bytes of memory and seconds of processor that this process may take."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _answer(question: Question, file: IO[bytes]) -> None:
    start = file.read(encodings.LOOKED_AT)
    if start.startswith(COMPOUND):
        is_locked = ENCRYPTED in start or any(ENCRYPTED in piece for piece in _pieces(file))
        raise Refused("password" if is_locked else "old_format")
    if start.startswith(ZIP):
        file.seek(0)
        _answer_workbook(question, file)
        return
    if not start.strip(b"\x00 \t\r\n"):
        raise Refused("empty")
    _answer_text(question, file, start)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    kept = b""
    while piece := file.read(encodings.LOOKED_AT):
        yield kept + piece
        kept = piece[-len(ENCRYPTED) :]


def _answer_workbook(question: Question, file: IO[bytes]) -> None:
    book = Workbook(file)
    visible = [sheet for sheet in book.sheets if not sheet.is_hidden]
    if question.sheet:
        chosen = [sheet for sheet in visible if sheet.name == question.sheet]
        if not chosen:
            raise Refused("no_such_sheet")
    else:
        chosen = [sheet for sheet in visible if _sample(book, sheet)]
    if not chosen:
        raise Refused("empty")
    if len(chosen) > 1:
        _say(
            asdict(Head("sheet", choices=[(sheet.name, _sample(book, sheet)) for sheet in chosen]))
        )
        return
    end = End()
    sheet_rows = SheetRows(book, chosen[0])
    _say(asdict(Head("sheet", sheet=chosen[0].name)))
    _say_rows(_visible(sheet_rows, end, with_hidden=question.with_hidden))
    end.merged = sheet_rows.merged
    _say(asdict(end))


def _sample(book: Workbook, sheet: Sheet) -> str:
    """The first row of a sheet; empty for an empty sheet."""
    for _number, row, _is_hidden in SheetRows(book, sheet):
        return " · ".join(cell for cell in row if cell)[:SAMPLE]
    return ""


def _visible(rows: Iterable[Row], end: End, *, with_hidden: bool) -> Iterator[texts.TextRow]:
    """Rows without those that a filter or a person has hidden; they are counted."""
    for number, row, is_hidden in rows:
        if is_hidden:
            end.hidden += 1
        if is_hidden and not with_hidden:
            continue
        yield number, row


def _answer_text(question: Question, file: IO[bytes], start: bytes) -> None:
    if question.is_workbook or start.lstrip()[:1] == b"<" or start.startswith((b"%PDF", b"{\\rtf")):
        raise Refused("not_a_workbook")
    likely = encodings.encodings_of(start)
    if question.encoding:
        readable = {*encodings.CODE_PAGES, "utf-8", "utf-16", *likely}
        if question.encoding not in readable:
            raise Refused("no_such_encoding")
        likely = [question.encoding]
    if not likely:
        raise Refused("not_a_table")
    if len(likely) > 1:
        _say(
            asdict(
                Head("encoding", choices=[(name, _decoded_sample(start, name)) for name in likely])
            )
        )
        return
    encoding = likely[0]
    file.seek(0)
    source = io.TextIOWrapper(file, encoding=encoding, errors="strict", newline="")
    separator = texts.separator_of(start.decode(encoding, errors="ignore"))
    _say(asdict(Head("encoding", encoding=encoding)))
    try:
        _say_rows(texts.rows(source, separator))
    except UnicodeError as problem:
        raise Refused("mixed_encodings") from problem
    _say(asdict(End()))


def _decoded_sample(start: bytes, encoding: str) -> str:
    """A piece of the text around its first sign beyond ASCII."""
    lines = start.splitlines()
    telling = next((line for line in lines if not line.isascii()), b"")
    return telling.decode(encoding, errors="replace")[:SAMPLE]


def _say_rows(rows: Iterable[texts.TextRow]) -> None:
    waiting: list[str] = []
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for row in rows:
        waiting.append(encode(row))
        if len(waiting) == LINES_SENT:
            _write(waiting)
            waiting.clear()
    _write(waiting)


def _write(lines: list[str]) -> None:
    if lines:
        text = "\n".join(lines) + "\n"
        sys.stdout.buffer.write(text.encode("utf-8", errors="replace"))
        sys.stdout.buffer.flush()


def _say(answer: dict[str, object]) -> None:
    _write([json.dumps(answer, ensure_ascii=False)])


if __name__ == "__main__":
    sys.exit(main())
