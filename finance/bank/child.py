"""The child process that reads a statement: `python -m finance.bank.child`.

The file is its standard input, the question its argument; it answers with one JSON document. What
a hostile file asks for ends this process and no other.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, field

from finance.bank import reading
from finance.bank.statement import Unreadable
from finance.bank.tables import HeadingIsUnclear, Wish
from tenants.kit.sheets.child import limit

MOST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Question:
    """How the file is read, and what the child may take for it."""

    memory: int  # bytes
    seconds: int  # of processor
    columns: dict[str, str] = field(default_factory=dict)  # heading → field
    month_first: bool | None = None


def main() -> int:
    """Read the file that the argument names and write the answer as JSON."""
    question = Question(**json.loads(sys.argv[1]))
    limit(memory=question.memory, seconds=question.seconds)
    try:
        answer = _answer(question)
    except MemoryError:
        answer = {"refused": "too_heavy"}
    text = json.dumps(answer, ensure_ascii=False, default=str)
    sys.stdout.buffer.write(text.encode("utf-8", errors="replace"))
    return 0


def _answer(question: Question) -> dict[str, object]:
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        return {"refused": "too_heavy"}
    try:
        wish = Wish(question.columns, question.month_first)
        return {"reading": asdict(reading.read(data, wish))}
    except HeadingIsUnclear as unclear:
        return {"heading": unclear.heading}
    except Unreadable as unreadable:
        return {"refused": unreadable.code, "place": unreadable.place}


if __name__ == "__main__":
    sys.exit(main())
