"""The one door to the audit trail."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from structlog.contextvars import get_contextvars

from tenants.actor import Actor
from tenants.office.models import AuditEvent


def record(
    *,
    action: str,
    subject: str,
    by: Actor | None,
    at: datetime,
    title: str = "",
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Add an event. Of `before` and `after` only what differs is kept when both are given."""
    if before is not None and after is not None:
        changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        before, after = (
            {k: v for k, v in side.items() if k in changed} for side in (before, after)
        )
    AuditEvent.objects.create(
        at=at,
        by=by.member_id if by else None,
        by_name=by.name if by else "",
        action=action,
        subject=subject,
        title=title,
        before=_plain(before),
        after=_plain(after),
        reason=reason,
        request_id=str(get_contextvars().get("request", "")),
    )


def _plain(values: Mapping[str, object] | None) -> dict[str, object] | None:
    """The values as JSON keeps them."""
    if values is None:
        return None
    plain: dict[str, object] = json.loads(json.dumps(dict(values), cls=DjangoJSONEncoder))
    return plain
