"""The rules of the simple electronic signature: a versioned text, accepted once by each signer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.conf import settings
from django.db import transaction

from companies.models import RulesAccepted
from tenants.actor import Actor
from tenants.office import audit

# A changed text is a new version, which everybody accepts anew; a test holds the hashes.
VERSION = 1
LANGUAGES = ("ru", "th", "en", "ky")


@dataclass(frozen=True, slots=True)
class Rules:
    """The text of a version in one language."""

    version: int
    language: str
    text: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


@cache
def rules(language: str) -> Rules:
    """The rules in force; English for whoever reads none of our languages."""
    written = language if language in LANGUAGES else "en"
    path = settings.BASE_DIR / "templates" / "companies" / "signing_rules" / f"{written}.txt"
    return Rules(VERSION, written, path.read_text(encoding="utf-8"))


def has_accepted(actor: Actor) -> bool:
    mine = RulesAccepted.objects.filter(
        member_id=actor.member_id,
        version=VERSION,
    )
    return mine.exists()


def accepted(actor: Actor) -> RulesAccepted:
    """What this person accepted, and when."""
    return RulesAccepted.objects.get(member_id=actor.member_id, version=VERSION)


def accept(*, language: str, address: str, by: Actor, at: datetime) -> None:
    """This person accepts the rules as they were shown. A second time changes nothing."""
    assert by.member_id is not None
    shown = rules(language)
    row = RulesAccepted(
        member_id=by.member_id,
        version=shown.version,
        language=shown.language,
        sha256=shown.sha256,
        accepted_at=at,
        address=address,
    )
    with transaction.atomic():
        if has_accepted(by):
            return
        RulesAccepted.objects.bulk_create([row], ignore_conflicts=True)
        audit.record(
            action="signing.rules",
            subject=f"member:{by.member_id}",
            title=by.name,
            by=by,
            at=at,
            after={"version": shown.version, "sha256": shown.sha256},
        )
