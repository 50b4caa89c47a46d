"""Papers to test with: samples on a letterhead that has pictures."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from documents.kinds import KINDS, samples
from documents.kinds.letterhead import Letterhead
from documents.render.paper import Paper
from tests.documents.papers import MakePaper, png


@pytest.fixture
def letterhead() -> Letterhead:
    blue = (30, 60, 160, 120)
    return replace(
        samples.letterhead("ru"),
        logo=png(blue, (200, 80)),
        signature=png(blue),
        stamp=png(blue),
    )


@pytest.fixture
def make_paper(letterhead: Letterhead) -> MakePaper:
    def make(kind: str, language: str = "ru", **changes: Any) -> Paper:
        own = samples.letterhead(language)
        head = replace(
            letterhead,
            own=own.own,
            terms=own.terms,
            footer=own.footer,
            accent=own.accent,
        )
        paper = Paper(
            kind,
            "42",
            date(2026, 3, 13),
            language,
            KINDS[kind].sample(language),
            head,
            verify_code="7f3k9q2m",
        )
        return replace(paper, **changes)

    return make
