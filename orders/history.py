"""The one place that writes what happened to an order: event row, audit trail, outbox."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from orders.models import Order, OrderEvent, Stage
from tenants.actor import Actor
from tenants.context import current_reseller_id
from tenants.kit.outbox import announce
from tenants.office import audit

ANNOUNCED = frozenset({Stage.PUBLISHED, Stage.ASSIGNED, Stage.COMPLETED})


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them: money and moments as text."""
    return json.loads(json.dumps(dict(facts), cls=DjangoJSONEncoder))  # type: ignore[no-any-return]


def author_of(by: Actor | None) -> tuple[UUID | None, str]:
    """Who to write down: a member of this reseller by id, anyone else (a driver, another's partner)
    by name.
    """
    if by is None:
        return None, ""
    ours = by.reseller is not None and by.reseller.id == current_reseller_id()
    return (by.member_id if ours else None), by.name


def write_event(
    *,
    order: Order,
    old: str,
    act: str,
    by: Actor | None,
    at: datetime,
    facts: Mapping[str, Any],
) -> OrderEvent:
    """Write down an act on an order whose row the caller holds; followers hear of a stage that
    changed.
    """
    person, name = author_of(by)
    event = OrderEvent.objects.create(
        order=order,
        old=old,
        new=order.stage,
        act=act,
        by=person,
        by_name=name,
        at=at,
        facts=plain(facts),
    )
    audit.record(
        action=f"order.{act}",
        subject=f"order:{order.pk}",
        by=by,
        at=at,
        title=order.ref,
        before={"stage": old} if old else None,
        after={"stage": order.stage, **facts},
        reason=str(facts.get("reason", "")),
    )
    if old != order.stage or act == "replace":
        _announce_stage(order, event)
    return event


def _announce_stage(
    order: Order,
    event: OrderEvent,
) -> None:
    """What must follow from the new stage follows by the outbox."""
    if order.stage in ANNOUNCED and event.act != "rectify":
        announce(f"order.{order.stage}", {"order": str(order.pk)})
