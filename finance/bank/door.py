"""The one door for uploaded statements: read by a child process with limits of memory and time."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import IO, NotRequired, TypedDict, cast

from finance.bank.child import MOST_BYTES, Question
from finance.bank.statement import Line, Note, Reading, Statement, Unreadable
from finance.bank.tables import HeadingIsUnclear, Wish
from tenants.kit.sheets.reader import MEMORY, reading_child

CHILD = ("-m", "finance.bank.child")
SECONDS = 20
LONGEST_ANSWER = 96 * 1024 * 1024
ENDINGS = (".txt", ".csv", ".tsv", ".xlsx", ".xlsm", ".sta", ".mt940", ".940", ".swi", ".1c")


class LineDoc(TypedDict):
    """A line as the child sends it."""

    place: int
    on: str
    amount: str
    is_in: bool
    counterparty: str
    tax_number: str
    other_account: str
    number: str
    purpose: str
    balance: str | None


class NoteDoc(TypedDict):
    code: str
    place: int
    facts: dict[str, str]


class StatementDoc(TypedDict):
    lines: list[LineDoc]
    account: str
    currency: str
    first: str | None
    last: str | None
    opening: str | None
    closing: str | None
    notes: list[NoteDoc]
    is_whole: bool


class ReadingDoc(TypedDict):
    format: str
    encoding: str
    statements: list[StatementDoc]


class AnswerDoc(TypedDict):
    """What the child answers: one of the three."""

    reading: NotRequired[ReadingDoc]
    heading: NotRequired[list[str]]
    refused: NotRequired[str]
    place: NotRequired[str]


def statements_in(file: IO[bytes], *, name: str, wish: Wish | None = None) -> Reading:
    """Raises Unreadable, HeadingIsUnclear."""
    if not name.lower().endswith(ENDINGS):
        raise Unreadable("file_kind")
    if file.seek(0, 2) > MOST_BYTES:
        raise Unreadable("too_big")
    chosen = wish or Wish()
    question = Question(
        memory=MEMORY,
        seconds=SECONDS,
        columns=dict(chosen.columns),
        month_first=chosen.month_first,
    )
    argument = json.dumps(asdict(question))
    with reading_child(CHILD, argument, file, seconds=SECONDS) as child:
        assert child.stdout is not None
        text = child.stdout.read(LONGEST_ANSWER)
    if not text.endswith(b"}"):
        raise Unreadable("too_heavy")  # its limits ended it
    answer = cast(AnswerDoc, json.loads(text))
    if "heading" in answer:
        raise HeadingIsUnclear(answer["heading"])
    if "reading" not in answer:
        raise Unreadable(answer.get("refused", "broken"), answer.get("place", ""))
    return _reading(answer["reading"])


def _reading(
    doc: ReadingDoc,
) -> Reading:
    """What the child answered, as values again."""
    statements = tuple(_statement(one) for one in doc["statements"])
    return Reading(doc["format"], doc["encoding"], statements)


def _statement(doc: StatementDoc) -> Statement:
    return Statement(
        tuple(_line(one) for one in doc["lines"]),
        account=doc["account"],
        currency=doc["currency"],
        first=_day(doc["first"]),
        last=_day(doc["last"]),
        opening=_sum(doc["opening"]),
        closing=_sum(doc["closing"]),
        notes=tuple(Note(**note) for note in doc["notes"]),
        is_whole=doc["is_whole"],
    )


def _line(doc: LineDoc) -> Line:
    return Line(
        doc["place"],
        date.fromisoformat(doc["on"]),
        Decimal(doc["amount"]),
        doc["is_in"],
        counterparty=doc["counterparty"],
        tax_number=doc["tax_number"],
        other_account=doc["other_account"],
        number=doc["number"],
        purpose=doc["purpose"],
        balance=_sum(doc["balance"]),
    )


def _day(
    text: str | None,
) -> date | None:
    return date.fromisoformat(text) if text else None


def _sum(
    text: str | None,
) -> Decimal | None:
    return None if text is None else Decimal(text)
