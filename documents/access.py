"""Who may see which papers."""

from django.db.models import Q

from documents.models import Audience
from tenants.actor import Actor
from tenants.permissions import SUMS_OF, Kind, Permission

AUDIENCES = {
    Kind.CLIENT: (Audience.CLIENT, Audience.BOTH),
    Kind.PARTNER: (Audience.PARTNER, Audience.BOTH),
}
WITH_SUMS = ("act", "credit_note", "invoice", "reconciliation", "request")
# an instruction names a price, or leaves it to the contract
WITHOUT_SUMS = ~Q(kind__in=WITH_SUMS) & (~Q(kind="instruction") | Q(context__price=None))
OFFICES = (Kind.OFFICE, Kind.CARGO)


def visible_to(actor: Actor) -> Q:
    """The office sees all, a cabinet what is meant for its own company, everybody else nothing."""
    if actor.kind in OFFICES and actor.can(Permission.DOCUMENT_VIEW):
        return Q()
    if actor.kind in AUDIENCES and actor.company_id:
        own = Q(company_id=actor.company_id, audience__in=AUDIENCES[actor.kind])
        return own if actor.can(SUMS_OF[actor.role]) else own & WITHOUT_SUMS
    return Q(pk__in=[])
