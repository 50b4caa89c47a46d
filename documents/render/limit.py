"""A ceiling on the processor time of one paper, so that a monster does not hold a worker from the
next reseller.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooSlow(Exception):
    """The paper took more processor time than any honest one does."""


class _Expired(BaseException):
    """Not an Exception: the engine catches those around images and goes on."""


@contextmanager
def cpu_seconds(limit: float) -> Iterator[None]:
    """Raises TooSlow. Only the main thread can be interrupted, which is where workers run their
    tasks.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _expire)
    signal.setitimer(signal.ITIMER_PROF, limit)
    try:
        yield
    except _Expired as expired:
        raise TooSlow(f"more than {limit:g} s") from expired
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _expire(_signal: int, _frame: FrameType | None) -> None:
    raise _Expired
