"""Whether a host is its claimer's: a record with the value we gave, and a way that leads here."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

from tenants.kit import name_service
from tenants.kit.name_service import NoRecord, ServersAway
from tenants.platform.models import DomainClaim

RECORD_NAME = "_cabinet-check"
LONGEST_SEEN = 120
Outcome = DomainClaim.Outcome


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the name servers say; `seen` is what stands there instead."""

    outcome: DomainClaim.Outcome
    seen: str = ""


def fresh_token() -> str:
    return f"check={secrets.token_hex(16)}"


def look(*, domain: str, token: str) -> Evidence:
    """Ask the name servers, which may take some seconds: outside of a transaction."""
    try:
        values = name_service.texts_of(f"{RECORD_NAME}.{domain}")
        if token not in [value.strip() for value in values]:
            return Evidence(Outcome.OTHER, _plain(values))
        return _where_it_leads(domain)
    except NoRecord:
        return Evidence(Outcome.ABSENT)
    except ServersAway:
        return Evidence(Outcome.AWAY)


def own_addresses() -> frozenset[str]:
    """Where the host of the installation leads. Raises ServersAway."""
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    try:
        return frozenset({str(ip_address(host))})
    except ValueError:
        return name_service.addresses_of(host)


def _where_it_leads(domain: str) -> Evidence:
    """Links of letters and papers will stand on this host: it must lead to us before."""
    addresses = name_service.addresses_of(domain)
    if addresses & own_addresses():
        return Evidence(Outcome.PROVEN)
    return Evidence(Outcome.ELSEWHERE, ", ".join(sorted(addresses))[:LONGEST_SEEN])


def _plain(values: list[str]) -> str:
    """What strangers wrote, to be shown: short, and without what cannot be seen."""
    text = ", ".join("".join(sign for sign in one if sign.isprintable()) for one in values)
    return text[:LONGEST_SEEN]
