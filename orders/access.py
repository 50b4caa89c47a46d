"""Who may see and do what with orders. Pages, lists, exports, histories and the API ask here.

The carrier's rate is hidden while bargaining is open: from everybody but those who bargain. The
margin tells the rate, so one rule holds for both.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from orders.models import Stage
from tenants.actor import Actor
from tenants.permissions import Kind, Permission

P = Permission
PLACES = (
    P.ORDER_EDIT,
    P.EXCHANGE_VIEW,
    P.CLIENT_CABINET,
    P.PARTNER_CABINET,
    P.DRIVER_APP,
)
CARRIERS = (P.PARTNER_CABINET, P.DRIVER_APP)
OPEN_BARGAINING = frozenset({Stage.DRAFT, Stage.REQUESTED, Stage.QUOTED, Stage.PUBLISHED})
UNQUOTED = frozenset({Stage.DRAFT, Stage.REQUESTED})

RATE_SORTS = frozenset({"rate", "margin"})
OFFICE_SORTS = RATE_SORTS | {"price"}  # a client's price is hidden until it is quoted
OFFICE_FILTERS = frozenset({"client", "responsible", "carrier"})


def may_bargain(actor: Actor) -> bool:
    """Open bargaining is for those who answer it, not for the accountant."""
    return actor.can(P.BARGAIN)


def sees_rate(actor: Actor, stage: str) -> bool:
    """The office sees the carrier's rate: those who bargain always, others once it is agreed."""
    if actor.kind is not Kind.OFFICE:
        return False
    return may_bargain(actor) or stage not in OPEN_BARGAINING


def sees_margin(actor: Actor, stage: str) -> bool:
    """The margin and the client's price together tell the rate."""
    return sees_rate(actor, stage)


def sees_price(actor: Actor, stage: str) -> bool:
    """A client's person with the right to sums sees the price once the office has quoted it."""
    if actor.kind is Kind.OFFICE:
        return True
    return actor.can(P.CLIENT_SUMS) and stage not in UNQUOTED


def sees_job_rate(actor: Actor) -> bool:
    """What a trip pays is seen by whoever drives it; of a partner's people by those with the right."""
    return actor.kind is not Kind.PARTNER or actor.can(P.PARTNER_SUMS)


def may_drive(actor: Actor) -> bool:
    """Enter stages, name the crew, report incidents; of a partner's people those with the right."""
    return actor.kind is not Kind.PARTNER or actor.can(P.PARTNER_CREW)


def with_seen_rates(actor: Actor) -> Q:
    """Orders whose rate this person sees, as a condition for sums."""
    if actor.kind is not Kind.OFFICE:
        return Q(pk__in=[])
    return Q() if may_bargain(actor) else ~Q(stage__in=OPEN_BARGAINING)


def hide_rates(
    actor: Actor,
    rows: Iterable[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Rows of a list without the rates and margins that this person may not see."""
    return [_without_rate(row) if not sees_rate(actor, row["stage"]) else row for row in rows]


def _without_rate(row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "carrier_rate": None,
        "carrier_tax": "",
        "margin_home": None,
    }


def allowed_sorts(actor: Actor, sorts: Iterable[str]) -> frozenset[str]:
    """The sorts this person may ask for. An order of rows by a hidden value tells that value."""
    if actor.kind is not Kind.OFFICE:
        return frozenset(sorts) - OFFICE_SORTS
    return frozenset(sorts) if may_bargain(actor) else frozenset(sorts) - RATE_SORTS


def allowed_filters(
    actor: Actor,
    filters: Iterable[str],
) -> frozenset[str]:
    """The filters this person may use. A client may not ask about what it does not see."""
    return frozenset(filters) if actor.kind is Kind.OFFICE else frozenset(filters) - OFFICE_FILTERS
