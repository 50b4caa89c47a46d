"""Who may, in terms that several views share."""

from __future__ import annotations

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


def may_bargain(actor: Actor) -> bool:
    """Open bargaining is for those who answer it, not for the accountant."""
    return actor.can(P.BARGAIN)


def sees_carrier_side(actor: Actor) -> bool:
    """Rate, margin, carrier: the office alone."""
    return actor.kind is Kind.OFFICE
