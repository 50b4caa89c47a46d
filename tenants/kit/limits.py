"""How often something may be tried; counted in the cache, which goes on counting in PostgreSQL when
Redis is away.
"""

from __future__ import annotations

from contextlib import suppress

from django.core.cache import cache
from django.http import HttpRequest


def allowed(key: str, *, limit: int, seconds: int) -> bool:
    """Count one try of `key`; False when it is one too many within the window that the first try
    opened.
    """
    name = f"limit:{key}"
    cache.add(name, 0, timeout=seconds)
    try:
        return bool(cache.incr(name) <= limit)
    except ValueError:  # the window closed between the two calls
        return True


def give_back(key: str) -> None:
    """Take one counted try back: it was a right one."""
    with suppress(ValueError):
        cache.decr(f"limit:{key}")


def address_of(request: HttpRequest) -> str:
    """The caller's IP address, as far as the trusted proxies tell it."""
    from allauth.account.adapter import get_adapter

    return str(get_adapter(request).get_client_ip(request))
