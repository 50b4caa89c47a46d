"""Reading an answer: what it tells, and whether a stranger was let in."""

from __future__ import annotations

import io
import json
import traceback
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import cast

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from checks.isolation.arguments import Relation
from checks.isolation.words import Words

TURNED_AWAY = frozenset({401, 403, 404, 405, 409, 410, 415, 429})
INVALID = frozenset({400, 422})


@dataclass(frozen=True)
class Finding:
    """Something that must not be. `what` is leak, error or let in."""

    what: str
    person: str
    method: str
    url: str
    detail: str


@dataclass
class Tally:
    """What a walk counted; tallies of several workers add up."""

    calls: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    trees: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    relations: dict[str, int] = field(default_factory=dict)
    patterns: list[str] = field(default_factory=list)
    without_row: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def count(self, status: int, tree: str, person: str, relation: Relation) -> None:
        self.calls += 1
        self.statuses[status] = self.statuses.get(status, 0) + 1
        for key, counts in (
            (tree, self.trees),
            (person, self.people),
            (str(relation), self.relations),
        ):
            counts[key] = counts.get(key, 0) + 1

    def add(self, other: Tally) -> None:
        self.calls += other.calls
        for name in ("statuses", "trees", "people", "relations"):
            for key, count in getattr(other, name).items():
                mine = getattr(self, name)
                mine[key] = mine.get(key, 0) + count
        self.patterns = sorted({*self.patterns, *other.patterns})
        self.without_row = sorted({*self.without_row, *other.without_row})
        self.findings += other.findings

    def of(self, what: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.what == what]

    @property
    def is_clean(self) -> bool:
        return not self.findings and not self.without_row

    def as_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(
        cls,
        text: str,
    ) -> Tally:
        values = json.loads(text)
        values["findings"] = [Finding(**finding) for finding in values["findings"]]
        values["statuses"] = {int(status): count for status, count in values["statuses"].items()}
        return cls(**values)


def text_of(response: HttpResponseBase) -> str:
    """Headers and body as one text; a spreadsheet's parts are unpacked."""
    body = _body(response)
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    cookies = response.cookies.output()
    return f"{headers}\n{cookies}\n{_unpacked(body)}"


def _body(response: HttpResponseBase) -> bytes:
    if isinstance(response, StreamingHttpResponse):
        return b"".join(cast("Iterator[bytes]", response.streaming_content))
    return response.content if isinstance(response, HttpResponse) else b""


def _unpacked(body: bytes) -> str:
    if not body.startswith(b"PK\x03\x04"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "\n".join(book.read(part).decode("utf-8", "replace") for part in book.namelist())


def judge(
    response: HttpResponseBase,
    *,
    text: str,
    words: Words,
    person: str,
    relation: Relation,
    is_shared: bool,
    sent: str,
) -> list[tuple[str, str]]:
    """(what, detail) of everything wrong with one answer; what the caller sent itself tells it
    nothing.
    """
    faults = [
        ("leak", leak)
        for leak in words.leaks(text, person)
        if leak.split(" ")[0].lower() not in sent
    ]
    if response.status_code >= 500 and response.status_code != 503:
        faults.append(("error", f"{response.status_code} {_cause(response)}"))
    if relation is not Relation.OWN and not is_shared and not is_turned_away(response):
        faults.append(
            (
                "let in",
                f"{response.status_code} {response.get('Location', '')} ({relation})",
            )
        )
    return faults


def is_turned_away(response: HttpResponseBase) -> bool:
    status = response.status_code
    to = response.get("Location", "") or response.get("HX-Redirect", "")
    if status in INVALID and response.get("Content-Type", "").startswith("application/"):
        return True  # the API reads a body before it looks for the object
    return status in TURNED_AWAY or status >= 500 or "/login/" in to


def _cause(response: HttpResponseBase) -> str:
    """The exception and the line of ours that raised it."""
    info = getattr(response, "exc_info", None)
    if not info:
        return ""
    frames = [
        f
        for f in traceback.extract_tb(info[2])
        if "site-packages" not in f.filename and "/lib/python" not in f.filename
    ]
    at = f" at {frames[-1].filename.rsplit('/main/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    return f"{info[0].__name__}: {str(info[1])[:160]}{at}"
