"""The names under which this installation answers; a request that names another host is refused."""

from __future__ import annotations

from urllib.parse import urlsplit

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104


def own_hosts(public_url: str) -> list[str]:
    """The host of PUBLIC_URL (SECURITY, FAULTS D1); on the own machine all its loopback names.

    >>> own_hosts("https://crm.example")
    ['crm.example']
    """
    host = urlsplit(public_url).hostname or ""
    is_local = host in EVERY_ADDRESS or host == "::1" or host in LOOPBACK
    if is_local:
        return LOOPBACK
    return [f"[{host}]" if ":" in host else host]


def source_of_tiles(template: str) -> str:
    """Where a map's tiles come from, as a content security policy names it: a template's
    placeholders mean nothing there.

    >>> source_of_tiles("https://{s}.tiles.example/{z}/{x}/{y}.png?key=1")
    'https://*.tiles.example'
    """
    parts = urlsplit(template)
    return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"
