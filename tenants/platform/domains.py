"""The hosts of resellers: claimed by anybody, opened as a door once by whoever proved it first.

What the reseller whose scope is open does here touches its own row and no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from tenants.context import GATE, PLATFORM, current, current_reseller_id, inside
from tenants.kit import domain_names
from tenants.kit.doors import Door
from tenants.kit.outbox import announce
from tenants.kit.public_url import public_url
from tenants.platform.domain_checks import RECORD_NAME, Evidence
from tenants.platform.models import Domain, DomainClaim
from tenants.platform.resellers import scope_of

Outcome = DomainClaim.Outcome
GRACE = timedelta(days=7)  # an open door whose record went away stays open so long
CHECKED_EVERY = timedelta(hours=6)
LOST = (Outcome.ABSENT, Outcome.OTHER, Outcome.ELSEWHERE)
FOREIGN = (Outcome.OTHER, Outcome.ELSEWHERE)  # somebody else has the name, or answers at it


class DomainTaken(Exception):
    """Somebody proved this host already; whose it is nobody is told."""


class ClaimChanged(Exception):
    """Meanwhile the reseller claimed another host, or none."""


@dataclass(frozen=True, slots=True)
class OwnDomain:
    """The host that the open reseller claims; `is_open` says that it answers as its door."""

    domain: str
    token: str
    is_open: bool
    outcome: str
    seen: str
    checked_at: datetime | None
    missing_since: datetime | None

    @property
    def shown(self) -> str:
        """The name in its own letters."""
        return domain_names.shown(self.domain)

    @property
    def shown_site(self) -> str:
        """The address in the name's own letters."""
        return site_of(self.shown)

    @property
    def record_name(self) -> str:
        return f"{RECORD_NAME}.{self.domain}"

    @property
    def closes_at(self) -> datetime | None:
        """When the door closes if the record does not come back: at once where links would lead
        somebody's people to another.
        """
        if not self.is_open or self.missing_since is None:
            return None
        return self.missing_since + (timedelta(0) if self.outcome in FOREIGN else GRACE)


def own_domain() -> OwnDomain | None:
    """The claim of the reseller whose scope is open."""
    reseller_id = current_reseller_id()
    with inside(PLATFORM):
        claim = DomainClaim.objects.filter(pk=reseller_id).first()
        return _shown(claim) if claim else None


def claim_domain(*, domain: str, token: str, at: datetime) -> None:
    """Nothing opens yet. Raises DomainTaken, ClaimChanged where there is a claim already."""
    reseller_id = current_reseller_id()
    with inside(PLATFORM):
        if Domain.objects.filter(domain=domain).exists():
            raise DomainTaken
        try:
            with transaction.atomic():
                DomainClaim.objects.create(
                    reseller_id=reseller_id,
                    domain=domain,
                    token=token,
                    claimed_at=at,
                )
        except IntegrityError as twice:
            raise ClaimChanged from twice


def drop_domain() -> OwnDomain | None:
    """The claim goes, and the door closes. Gives what was there."""
    reseller_id = current_reseller_id()
    with inside(PLATFORM), transaction.atomic():
        claim = DomainClaim.objects.select_for_update().filter(pk=reseller_id).first()
        if claim is None:
            return None
        was = _shown(claim)
        _door_of(claim).delete()
        claim.delete()
    return was


def note_evidence(*, of: OwnDomain, evidence: Evidence, at: datetime) -> OwnDomain:
    """Write down what a check saw, and open the door where it is a proof. Raises ClaimChanged."""
    reseller_id = current_reseller_id()
    with inside(PLATFORM), transaction.atomic():
        rows = DomainClaim.objects.select_for_update()
        claim = rows.filter(pk=reseller_id, token=of.token).first()
        if claim is None:
            raise ClaimChanged
        claim.outcome = evidence.outcome
        claim.seen = evidence.seen
        claim.checked_at = at
        is_proof = evidence.outcome == Outcome.PROVEN
        if is_proof and not _door_of(claim).exists() and not _is_first(claim):
            claim.outcome = Outcome.TAKEN
        claim.missing_since = _missing_since(claim, at)
        claim.save()
        return _shown(claim)


def close_door(*, of: OwnDomain) -> None:
    """The host no longer answers; the claim stays and can be proven again."""
    reseller_id = current_reseller_id()
    with inside(PLATFORM), transaction.atomic():
        Domain.objects.filter(domain=of.domain, tenant_id=reseller_id).delete()
        claims = DomainClaim.objects.filter(pk=reseller_id, token=of.token)
        claims.update(missing_since=None)


def open_door(host: str) -> Door | None:
    """Whose door a host is; nobody's unless it was proven and its reseller works."""
    with inside(GATE):
        doors = Domain.objects.filter(domain=host, tenant__suspended_at=None)
        reseller_id = doors.values_list("tenant_id", flat=True).first()
    return Door(reseller_id, site_of(host)) if reseller_id else None


def own_site() -> str:
    """The own address of the reseller whose scope is open; empty while it has none."""
    reseller_id = current().reseller_id
    if reseller_id is None:
        return ""
    with inside(GATE):
        doors = Domain.objects.filter(tenant_id=reseller_id)
        host = doors.values_list("domain", flat=True).first()
    return site_of(host) if host else ""


def own_url(path: str) -> str:
    """The whole address of a path for people of the open reseller, under its own domain if it has
    one.
    """
    site = own_site()
    return f"{site}{path}" if site else public_url(path)


def site_of(host: str) -> str:
    """A host's address, by the scheme and the port of the installation."""
    parts = urlsplit(settings.PUBLIC_URL)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}"


def announce_due(at: datetime) -> None:
    """Each open door is looked at again a few times a day, by the worker in its reseller's scope."""
    with inside(PLATFORM):
        doors = Domain.objects.values("tenant_id")
        due = DomainClaim.objects.filter(pk__in=doors, checked_at__lt=at - CHECKED_EVERY)
        reseller_ids: list[UUID] = list(due.order_by("pk").values_list("pk", flat=True))
    for reseller_id in reseller_ids:
        with inside(scope_of(reseller_id)):
            announce("domain.due", {})


def _shown(claim: DomainClaim) -> OwnDomain:
    return OwnDomain(
        domain=claim.domain,
        token=claim.token,
        is_open=_door_of(claim).exists(),
        outcome=claim.outcome,
        seen=claim.seen,
        checked_at=claim.checked_at,
        missing_since=claim.missing_since,
    )


def _is_first(claim: DomainClaim) -> bool:
    """Open the door, which can be one reseller's alone: of two proofs the first wins."""
    try:
        with transaction.atomic():
            Domain.objects.create(domain=claim.domain, tenant_id=claim.pk)
    except IntegrityError:
        return False
    return True


def _door_of(claim: DomainClaim) -> QuerySet[Domain]:
    doors: QuerySet[Domain] = Domain.objects.filter(domain=claim.domain, tenant_id=claim.pk)
    return doors


def _missing_since(claim: DomainClaim, at: datetime) -> datetime | None:
    """Servers that are away say nothing: what was missing before is missing still."""
    if claim.outcome in LOST and _door_of(claim).exists():
        return claim.missing_since or at
    return claim.missing_since if claim.outcome == Outcome.AWAY else None
