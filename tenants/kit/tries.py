"""Acts that are tried again when two of them stood in each other's way.

PostgreSQL ends one of two transactions that wait for one another. What that one did is undone, its
locks are free, and it can begin anew: nobody needs to hear of it. Rows that are always locked in
one order make this rare; the order of the books is in finance/locks.py.

Outside any transaction the whole transaction is tried again. Inside one (a call with an
Idempotency-Key, a form with a key of its own, a handler of the outbox) it is the savepoint: what the
act locked is given up with it. What is announced or done on commit belongs to the try that lasts.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, SerializationFailure

TRIES = 3
PAUSE = 0.05  # seconds, at most, before the second try
P = ParamSpec("P")
R = TypeVar("R")
log = logging.getLogger(__name__)
_is_trying: ContextVar[bool] = ContextVar("is_trying", default=False)


class StartOver(Exception):
    """The act found that it must lock more than it has, and that in front: it begins anew."""


def tried_again(act: Callable[P, R]) -> Callable[P, R]:
    """The act is one transaction, done up to three times when another stood in its way.

    An act inside of another one leaves that to the outer: only that one can give up all its locks.
    """

    @wraps(act)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _is_trying.get():
            with transaction.atomic():
                return act(*args, **kwargs)
        token = _is_trying.set(True)
        try:
            return _tried(lambda: act(*args, **kwargs), act.__qualname__)
        finally:
            _is_trying.reset(token)

    return run


def _tried(act: Callable[[], R], name: str) -> R:
    """The answer of the first try that nobody stood in the way of."""
    number = 1
    while True:
        try:
            with transaction.atomic():
                return act()
        except StartOver:
            log.info("started over: %s", name)
        except OperationalError as problem:
            if number == TRIES or not _may_pass(problem):
                raise
            log.warning("tried again: %s after %s", name, type(problem.__cause__).__name__)
            time.sleep(random.uniform(0, PAUSE * number))  # noqa: S311 - not both at once again
            number += 1


def _may_pass(problem: OperationalError) -> bool:
    """Whether another try may go: the other one was in the way, and its undoing went well."""
    is_crossing = isinstance(problem.__cause__, DeadlockDetected | SerializationFailure)
    is_lost = connection.in_atomic_block and connection.needs_rollback
    return is_crossing and not is_lost
