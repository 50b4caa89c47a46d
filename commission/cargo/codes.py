"""Codes that stand on papers: of customers, salespeople and lots."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction


class CodeTaken(Exception):
    """Another one of its kind has this code."""


@contextmanager
def unique_code() -> Iterator[None]:
    """Save a row whose code the database holds unique. Raises CodeTaken; what was written before in
    the same transaction stays.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as taken:
        raise CodeTaken from taken
