"""Questions that an act asks before it harms the one who presses it, of people and programs alike.

An act raises Doubt and has done nothing. It is done when it is called again with the question's key
among its answers.
"""

from __future__ import annotations

from collections.abc import Collection

ANSWERS_APART = "|"
Answers = Collection[str] | None  # None: nobody is there to answer, so nobody is asked


class Doubt(Exception):
    """An act that waits for the answer to one question; `key` also holds what the yes is said to."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__(text)
        self.key = key
        self.text = text

    def __str__(self) -> str:
        return self.text


def is_answered(sure: Answers, key: str) -> bool:
    """Whether this question was answered with yes, or nobody is there to answer it."""
    return sure is None or key in sure


def answers_in(text: str) -> frozenset[str]:
    """The answers that a page sends back in one field: an act may ask more than once."""
    return frozenset(filter(None, text.split(ANSWERS_APART)))


def written(answers: Collection[str]) -> str:
    """The answers as a page carries them."""
    return ANSWERS_APART.join(sorted(answers))
