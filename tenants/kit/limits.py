"""How often something may be tried; counted in the cache, which goes on counting in PostgreSQL when
Redis is away.
"""

from __future__ import annotations

import time
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import BoundedSemaphore

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

BLOCK_OF_IPV4 = 24
BLOCK_OF_IPV6 = 48
LONGEST_SLOWING = 2.0  # seconds
SLOWER_BY = 0.1  # seconds, for each try above the limit
# A request that waits holds a thread of the page server: one of a process, so that others are served.
_waiting = BoundedSemaphore(1)


def count(key: str, *, seconds: int) -> int:
    """Count one try of `key`. Returns how many there were within the window that the first opened."""
    name = f"limit:{key}"
    cache.add(name, 0, timeout=seconds)
    try:
        return int(cache.incr(name))
    except ValueError:  # the window closed between the two calls
        return 1


def counted(key: str) -> int:
    """How many tries of `key` were counted within its window."""
    return int(cache.get(f"limit:{key}") or 0)


def allowed(key: str, *, limit: int, seconds: int) -> bool:
    """Count one try of `key`; False when it is one too many."""
    return count(key, seconds=seconds) <= limit


def give_back(key: str) -> None:
    """Take one counted try back: it was a right one."""
    with suppress(ValueError):
        cache.decr(f"limit:{key}")


def hold(seconds: float) -> bool:
    """Make the caller wait. False, at once, when somebody waits in this process already."""
    if not _waiting.acquire(blocking=False):
        return False
    try:
        time.sleep(seconds)
    finally:
        _waiting.release()
    return True


def slow_down(key: str, *, limit: int, seconds: int) -> None:
    """Count one try of an address; from the limit on each waits longer, two seconds at most.

    An address is never shut out: phones of one operator and the desks of one shop share theirs
    (FAULTS D6).
    """
    too_many = count(key, seconds=seconds) - limit
    if too_many > 0:
        hold(min(LONGEST_SLOWING, SLOWER_BY * too_many))


def address_of(request: HttpRequest) -> str:
    """The caller's IP address: what the nearest of our own proxies saw, nothing that a caller wrote.

    With fewer entries in X-Forwarded-For than there are proxies, the call came past them.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXY_COUNT
    chain = request.headers.get("X-Forwarded-For", "").split(",")
    seen = chain[-proxies] if 0 < proxies <= len(chain) else peer
    address = _parsed(seen) or _parsed(peer)
    return str(address) if address else "unknown"


def address_block(address: str) -> str:
    """The network of an address that one person can hold: 256 of IPv4, a site of IPv6."""
    parsed = _parsed(address)
    if parsed is None:
        return address
    bits = BLOCK_OF_IPV4 if parsed.version == 4 else BLOCK_OF_IPV6
    return str(ip_network(f"{parsed}/{bits}", strict=False))


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it: bare, with a port, or in brackets."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
