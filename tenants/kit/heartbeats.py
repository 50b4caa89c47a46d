"""Signs of life that the product's processes leave in the cache, and how old they are."""

from __future__ import annotations

import time

from django.core.cache import cache

PROCESSES = ("worker", "beat", "relay", "provisioner")
BETWEEN = 10.0  # seconds
REMEMBERED = 7 * 24 * 3600
_last: dict[str, float] = {}


def leave(process: str) -> None:
    """Called as often as the process turns; a sign is left every ten seconds."""
    now = time.monotonic()
    if now - _last.get(process, -BETWEEN) >= BETWEEN:
        _last[process] = now
        cache.set(f"heartbeat:{process}", time.time(), timeout=REMEMBERED)


def ages() -> dict[str, int | None]:
    """Seconds since the last sign of each process; None when there was none within a week."""
    now = time.time()
    signs = cache.get_many([f"heartbeat:{process}" for process in PROCESSES])
    moments = {process: signs.get(f"heartbeat:{process}") for process in PROCESSES}
    return {process: int(now - at) if at else None for process, at in moments.items()}
