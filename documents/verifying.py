"""What a stranger with a paper in hand may learn of it: that it is genuine, and no contents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from documents.models import Document
from tenants.actor import ResellerInfo
from tenants.context import inside
from tenants.platform import paper_codes


class Standing(StrEnum):
    """Where a paper stands today."""

    GENUINE = "genuine"
    REPLACED = "replaced"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Replacement:
    """The correction that took a paper's place."""

    title: str
    issued_on: date
    code: str


@dataclass(frozen=True, slots=True)
class Verified:
    """A paper that was issued; `sha256` is empty while its file is being made."""

    standing: Standing
    title: str
    issued_on: date
    issuer: str
    sha256: str
    accent: str
    ended_on: date | None = None
    replacement: Replacement | None = None


Ending = Callable[[Document], datetime | None]
_endings: list[Ending] = []


def add_ending(ended_at: Ending) -> None:
    """Apps above say when what a paper stands for was taken back; None while it holds."""
    if ended_at not in _endings:
        _endings.append(ended_at)


def find(code: str) -> Verified | None:
    """The paper that carries this code; None when no reseller issued such a paper."""
    issuer = paper_codes.issuer_of(code)
    if issuer is None:
        return None
    with inside(issuer.scope):
        papers = Document.objects.filter(verify_code=code)
        paper = papers.first()
        return _verified(paper, issuer) if paper else None


def _verified(paper: Document, issuer: ResellerInfo) -> Verified:
    ended = next((at for ended_at in _endings if (at := ended_at(paper))), None)
    replacement = _replacement(paper)
    return Verified(
        standing=_standing(ended, replacement),
        title=paper.title,
        issued_on=paper.issued_on,
        issuer=paper.letterhead["own"]["name"],
        sha256=paper.sha256,
        accent=paper.letterhead["accent"],
        ended_on=issuer.day(ended) if ended else None,
        replacement=replacement,
    )


def _standing(ended: datetime | None, replacement: Replacement | None) -> Standing:
    """A paper that was taken back stays so, whatever corrected it."""
    if ended:
        return Standing.CANCELLED
    return Standing.REPLACED if replacement else Standing.GENUINE


def _replacement(paper: Document) -> Replacement | None:
    last = paper.corrections.order_by("-correction_index").first()
    return Replacement(last.title, last.issued_on, last.verify_code) if last else None
