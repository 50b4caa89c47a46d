"""Who may do what with shipments, beyond the permission that a view names. SPEC.md's table of
people is the source.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from commission.cargo.models import Shipment
from tenants.actor import Actor
from tenants.permissions import Permission, Role

# Opening a closed month again is the head's.
REOPEN = Permission.PLATFORM_CONTRACT_SIGN


def is_salesperson(actor: Actor) -> bool:
    return actor.role is Role.CARGO_SALE


def manages(actor: Actor) -> bool:
    return actor.can(Permission.CARGO_MANAGE)


def may_edit(actor: Actor) -> bool:
    """STAFF edits what is not locked; the act itself guards locked money."""
    return actor.can(Permission.CARGO_ENTER)


def may_delete(actor: Actor, shipment: Shipment, today: date) -> bool:
    """Managers anything that is open; STAFF what they entered themselves on the same day."""
    if manages(actor):
        return True
    mine = shipment.entered_by is not None and shipment.entered_by == actor.member_id
    return (
        actor.can(Permission.CARGO_ENTER)
        and mine
        and shipment.entered_at.astimezone(_zone(actor)).date() == today
    )


def may_delete_all(actor: Actor, shipments: QuerySet[Shipment], today: date) -> bool:
    """May delete each of them: the same rule, asked of the database."""
    if manages(actor):
        return True
    zone = _zone(actor)
    begin = datetime.combine(today, time(), zone)
    own = Q(
        entered_by=actor.member_id,
        entered_at__gte=begin,
        entered_at__lt=begin + timedelta(days=1),
    )
    has_others = shipments.exclude(own).exists()
    return actor.can(Permission.CARGO_ENTER) and not has_others


def _zone(actor: Actor) -> ZoneInfo:
    return actor.reseller.zone if actor.reseller else ZoneInfo("UTC")
