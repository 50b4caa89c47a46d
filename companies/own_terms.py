"""The reseller's own terms of contracts: written for a kind and a language, kept by version."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companies import own, trail
from companies.models import Contract, OwnTerms
from tenants.actor import Actor

LONGEST = 8000  # characters
MOST_LINES = 80


class TermsChanged(Exception):
    """Somebody has saved another text since the page was opened."""

    def __str__(self) -> str:
        return _(
            "Somebody has saved other terms meanwhile. Open the page anew and read them first."
        )


def newest(kind: Contract.Kind, language: str) -> OwnTerms | None:
    """The version in use; its text may be empty."""
    rows = versions(kind, language)
    return rows[0] if rows else None


def versions(kind: Contract.Kind, language: str) -> list[OwnTerms]:
    """All versions, the newest first."""
    rows = OwnTerms.objects.filter(
        kind=kind,
        language=language,
    )
    return list(rows.order_by("-version"))


def terms_for(
    kind: Contract.Kind,
    language: str,
    fallback: str,
) -> OwnTerms | None:
    """What a contract of this language prints: its own text, else that of the reseller's language."""
    for one in (language, fallback):
        row = newest(kind, one)
        if row and row.text:
            return row
    return None


def save_terms(
    *,
    kind: Contract.Kind,
    language: str,
    text: str,
    shown: int,
    by: Actor,
    at: datetime,
) -> OwnTerms | None:
    """One version more, for contracts drawn up from now on; the same text leaves no trace. `shown` is
    the version that the page showed. Raises TermsChanged.
    """
    with transaction.atomic():
        own.locked()
        before = newest(kind, language)
        version = before.version if before else 0
        if version != shown:
            raise TermsChanged
        if text == (before.text if before else ""):
            return before
        row = OwnTerms.objects.create(
            kind=kind,
            language=language,
            version=version + 1,
            text=text,
            saved_at=at,
            saved_by=by.member_id,
        )
        trail.write(
            "own.terms",
            row,
            by,
            at,
            before={"terms": before.text if before else ""},
            after={"terms": text},
        )
    return row
