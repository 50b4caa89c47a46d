"""The reseller whose scope is open, for acts that somebody of another reseller or nobody may do."""

from __future__ import annotations

from tenants.actor import Actor, ResellerInfo
from tenants.context import GATE, current_reseller_id, inside
from tenants.platform.models import Reseller
from tenants.platform.resellers import info_of


def current_reseller(by: Actor | None = None) -> ResellerInfo:
    """The reseller in force: the actor's own without a query, else read once under `gate`."""
    reseller_id = current_reseller_id()
    if by and by.reseller and by.reseller.id == reseller_id:
        return by.reseller
    with inside(GATE):
        return info_of(Reseller.objects.get(pk=reseller_id))
