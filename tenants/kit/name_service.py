"""What the name servers of the internet say: the one door to DNS, with a limit of time."""

from __future__ import annotations

from django.conf import settings
from dns.exception import DNSException
from dns.rdtypes.txtbase import TXTBase
from dns.resolver import NXDOMAIN, Answer, NoAnswer, Resolver

SECONDS_A_TRY = 2.0
SECONDS = 4.0  # of a whole question, however many servers are tried


class NoRecord(Exception):
    """There is no such name, or it has no record of this kind."""


class ServersAway(Exception):
    """No name server answered in time, or what answered was an error."""


def texts_of(name: str) -> list[str]:
    """The values of the TXT records of a name; the pieces of a long value are joined.

    Raises NoRecord, ServersAway.
    """
    rows = [row for row in _answer(name, "TXT") if isinstance(row, TXTBase)]
    return [b"".join(row.strings).decode(errors="replace") for row in rows]


def addresses_of(host: str) -> frozenset[str]:
    """Where a host leads, by IPv4 and IPv6; empty where it leads nowhere. Raises ServersAway."""
    addresses: set[str] = set()
    for kind in ("A", "AAAA"):
        try:
            rows = _answer(host, kind)
        except NoRecord:
            continue
        addresses |= {row.to_text() for row in rows}
    return frozenset(addresses)


def _answer(name: str, kind: str) -> Answer:
    try:
        return _resolver().resolve(f"{name}.", kind, search=False, lifetime=SECONDS)
    except (NXDOMAIN, NoAnswer) as nothing:
        raise NoRecord(name) from nothing
    except (DNSException, OSError) as problem:
        raise ServersAway(name) from problem


def _resolver() -> Resolver:
    """The servers of this machine. Each question is asked anew: nobody waits for a cache of ours."""
    host, _colon, port = settings.DNS_SERVER.rpartition(":")
    resolver = Resolver(configure=not host)
    if host:
        resolver.nameservers = [host]
        resolver.port = int(port)
    resolver.timeout = SECONDS_A_TRY
    return resolver
