"""Who may see which papers."""

from django.db.models import Q

from documents.models import Audience
from tenants.actor import Actor
from tenants.permissions import Kind, Permission

AUDIENCES = {
    Kind.CLIENT: (Audience.CLIENT, Audience.BOTH),
    Kind.PARTNER: (Audience.PARTNER, Audience.BOTH),
}
OFFICES = (Kind.OFFICE, Kind.CARGO)


def visible_to(actor: Actor) -> Q:
    """The office sees all, a cabinet what is meant for its own company, everybody else nothing."""
    if actor.kind in OFFICES and actor.can(Permission.DOCUMENT_VIEW):
        return Q()
    if actor.kind in AUDIENCES and actor.company_id:
        return Q(
            company_id=actor.company_id,
            audience__in=AUDIENCES[actor.kind],
        )
    return Q(pk__in=[])
