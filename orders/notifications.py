"""Notifications about bargaining and jobs: to the person responsible, else to every dispatcher; to
a partner's people.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from orders import links
from orders.models import Order
from tenants.drivers.models import Carrier
from tenants.exchange.models import Job, Listing
from tenants.kit import events
from tenants.kit.outbox import Payload
from tenants.office.current import current_reseller
from tenants.office.models import Member, Notification
from tenants.permissions import ROLES, Permission


def of_offer(what: str, payload: Payload, *, at: datetime) -> None:
    """What the other side did with an offer."""
    listing = Listing.objects.filter(pk=payload["listing"]).first()
    if listing is None:
        return
    order = (
        Order.objects.filter(listing_id=listing.pk).first() if payload["side"] == "owner" else None
    )
    carrier = Carrier.objects.filter(pk=payload.get("carrier")).first()
    url = links.offers(order.ref) if order else reverse("orders:offer-list")
    if what == "closed" and listing.status != Listing.Status.AWARDED:
        what = "taken_off"
    with translation.override(current_reseller().language):
        text = _offer_words(what, payload["side"]) % {
            "route": f"{listing.from_city} → {listing.to_city}",
            "carrier": carrier.name if carrier else "",
        }
    _tell(_people(order, carrier, payload["side"]), text, url, at)
    events.publish("offers", {"what": what, "listing": str(listing.pk)})


def _offer_words(what: str, side: str) -> str:
    if side == "owner":
        return {
            "offer": _("New offer from %(carrier)s: %(route)s"),
            "countered": _("%(carrier)s names another price: %(route)s"),
            "awarded": _("%(carrier)s accepts your price: %(route)s"),
            "rejected": _("%(carrier)s turns your price down: %(route)s"),
            "withdrawn": _("%(carrier)s takes the offer back: %(route)s"),
            "expired": _("The time on the exchange is over: %(route)s"),
        }.get(what, _("News of bargaining: %(route)s"))
    return {
        "countered": _("Another price was named: %(route)s"),
        "awarded": _("Your offer is accepted: %(route)s"),
        "rejected": _("Your offer is turned down: %(route)s"),
        "closed": _("The cargo went to another carrier: %(route)s"),
        "taken_off": _("The owner has taken the cargo off the exchange: %(route)s"),
        "expired": _("The time on the exchange is over: %(route)s"),
    }.get(what, _("News of bargaining: %(route)s"))


def of_job(what: str, payload: Payload, *, at: datetime) -> None:
    """A job that one of this reseller's carriers got or lost."""
    job = Job.objects.select_related("carrier").filter(pk=payload["job"]).first()
    if job is None:
        return
    words = {
        "opened": _("New trip %(ref)s for %(owner)s"),
        "cancelled": _("The trip %(ref)s for %(owner)s is cancelled"),
    }
    with translation.override(current_reseller().language):
        text = words[what] % {
            "ref": job.order_ref,
            "owner": job.owner_name,
        }
    _tell(
        _people(None, job.carrier, "carrier"),
        text,
        reverse("orders:job", args=[job.pk]),
        at,
    )


def _people(
    order: Order | None,
    carrier: Carrier | None,
    side: str,
) -> list[UUID]:
    """The one who answers for the order; a partner's own people; else all who may bargain."""
    members = Member.objects.filter(is_active=True)
    if side == "carrier" and carrier and carrier.company_id:
        return list(
            members.filter(company_id=carrier.company_id).values_list(
                "pk",
                flat=True,
            )
        )
    if order and order.responsible and members.filter(pk=order.responsible).exists():
        return [order.responsible]
    roles = [role for role, rights in ROLES.items() if Permission.BARGAIN in rights]
    return list(members.filter(role__in=roles).values_list("pk", flat=True))


def _tell(people: list[UUID], text: str, url: str, at: datetime) -> None:
    Notification.objects.bulk_create(
        Notification(member_id=person, text=text, url=url, created_at=at) for person in people
    )
