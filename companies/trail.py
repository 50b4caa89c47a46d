"""The audit row of what was done to a company, to an own firm or to something of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from tenants.actor import Actor
from tenants.office import audit


class OnCard(Protocol):
    """What has a history of its own, or belongs to the history of a card."""

    @property
    def subject(self) -> str: ...


def write(
    action: str,
    of: OnCard,
    by: Actor | None,
    at: datetime,
    *,
    title: str | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Add a row to the history of `of`; its title is the name of the card, unless another is given."""
    audit.record(
        action=action,
        subject=of.subject,
        title=str(of) if title is None else title,
        by=by,
        at=at,
        before=before,
        after=after,
        reason=reason,
    )
