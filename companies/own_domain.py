"""The reseller's own domain: claimed, proven by a record, then the door of its people.

The name servers are asked outside of a transaction by a page, and inside the event's by the worker.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from companies.models import OWN_SUBJECT
from tenants.actor import Actor
from tenants.kit.formats import day
from tenants.kit.outbox import Payload, handles
from tenants.office import audit
from tenants.office.hearing import Name, News, tell
from tenants.platform import domain_checks, domains
from tenants.platform.domains import LOST, ClaimChanged, DomainTaken, Outcome, OwnDomain


class CannotClaim(Exception):
    """The text says why."""


def claim(*, domain: str, by: Actor, at: datetime) -> None:
    """The head wants this host; nothing opens before it is proven. Raises CannotClaim."""
    with transaction.atomic():
        try:
            domains.claim_domain(domain=domain, token=domain_checks.fresh_token(), at=at)
        except DomainTaken as taken:
            raise CannotClaim(_("This domain is in use here already.")) from taken
        except ClaimChanged as twice:
            words = _("A domain is entered already. Remove it before you enter another one.")
            raise CannotClaim(words) from twice
        _record("own.domain_claim", domain, by, at)


def check(*, own: OwnDomain, by: Actor, at: datetime) -> OwnDomain:
    """Ask the name servers now; a proof opens the door. Raises ClaimChanged."""
    evidence = domain_checks.look(domain=own.domain, token=own.token)
    with transaction.atomic():
        checked = domains.note_evidence(of=own, evidence=evidence, at=at)
        is_opened = checked.is_open and not own.is_open
        action = "own.domain_open" if is_opened else "own.domain_check"
        _record(action, own.domain, by, at, outcome=checked.outcome)
        if _is_over(checked, at):
            domains.close_door(of=own)
            _record("own.domain_close", own.domain, by, at, outcome=checked.outcome)
    return checked


def remove(*, by: Actor, at: datetime) -> None:
    """The host no longer answers, and somebody else may claim it."""
    with transaction.atomic():
        was = domains.drop_domain()
        if was:
            _record("own.domain_remove", was.domain, by, at)


@handles("domain.due")
def look_again(payload: Payload, at: datetime) -> None:
    """The worker: the heads hear when the proof of an open door went away, and when it closes."""
    own = domains.own_domain()
    if own is None or not own.is_open:
        return
    evidence = domain_checks.look(domain=own.domain, token=own.token)
    try:
        checked = domains.note_evidence(of=own, evidence=evidence, at=at)
    except ClaimChanged:
        return
    if _is_over(checked, at):
        domains.close_door(of=own)
        _record("own.domain_close", own.domain, None, at, outcome=checked.outcome)
        _tell("domain.closed", checked, at)
    elif checked.missing_since and not own.missing_since:
        _record("own.domain_lost", own.domain, None, at, outcome=checked.outcome)
        _tell("domain.lost", checked, at)


def _is_over(own: OwnDomain, at: datetime) -> bool:
    """Whether the door closes now; servers that are away close none."""
    return bool(own.closes_at and own.closes_at <= at and own.outcome in LOST)


def _tell(event: str, own: OwnDomain, at: datetime) -> None:
    names: dict[str, Name] = {
        "domain": own.shown,
        "day": lambda: day(own.closes_at or at),
        "outcome": lambda: str(Outcome(own.outcome).label),
    }
    news = News(event, names, url=reverse("companies:own-domain"))
    tell(news, by=None, at=at)


def _record(
    action: str,
    domain: str,
    by: Actor | None,
    at: datetime,
    *,
    outcome: str = "",
) -> None:
    audit.record(
        action=action,
        subject=OWN_SUBJECT,
        title=domain,
        by=by,
        at=at,
        after={"domain": domain} | ({"outcome": outcome} if outcome else {}),
    )
