"""Reading orders and trips. A loader is the check: what a person may not see is not there."""

from __future__ import annotations

from uuid import UUID

from django.db.models import (
    DecimalField,
    Q,
    QuerySet,
    Sum,
)
from django.http import Http404

from companies.models import CLIENTS, PARTNERS, Company
from orders.models import Incident, Order, OrderEvent, Stage, Trip
from orders.models.order import HOME_MARGIN
from tenants.actor import Actor
from tenants.office.models import Member
from tenants.permissions import KIND_OF, Kind, Permission, Role

# A client does not see what was never asked for or offered: the office's own drafts.
OWN_DRAFT = Q(
    stage__in=[Stage.DRAFT, Stage.CANCELLED],
    requested_at=None,
    quoted_at=None,
    published_at=None,
    assigned_at=None,
)
MARGIN = HOME_MARGIN
SUM = DecimalField(max_digits=18, decimal_places=2)


def client_sees(order: Order) -> bool:
    """Whether the order is more than the office's own draft, as OWN_DRAFT says it of rows."""
    moments = (order.requested_at, order.quoted_at, order.published_at, order.assigned_at)
    return order.stage not in (Stage.DRAFT, Stage.CANCELLED) or any(moments)


def orders_of(actor: Actor) -> QuerySet[Order]:
    """The orders this person may see: the office all, a client its own, anybody else none."""
    if actor.can(Permission.ORDER_VIEW):
        return Order.objects.all()
    if actor.kind is Kind.CLIENT and actor.company_id:
        return Order.objects.filter(client_id=actor.company_id).exclude(OWN_DRAFT)
    return Order.objects.none()


def order_for(actor: Actor, ref: str) -> Order:
    """The order of this reference with its client. Raises Http404."""
    order = orders_of(actor).select_related("client").filter(ref=ref).first()
    if order is None:
        raise Http404
    return order


def order_by_id(order_id: UUID) -> Order:
    """For the machinery inside the reseller: receivers, finance. Raises Order.DoesNotExist."""
    return Order.objects.select_related("client").get(pk=order_id)


def current_trip(order: Order) -> Trip | None:
    """The trip of the carrier in force, not of those who were replaced."""
    return Trip.objects.filter(order=order, replaced_at=None).select_related("partner").first()


def incident_cost(order: Order) -> object:
    """What incidents of all the order's trips cost, in the reseller's currency."""
    cost = Incident.objects.filter(trip__order=order).aggregate(
        total=Sum("cost_home", default=0, output_field=SUM)
    )
    return cost["total"]


def history(order: Order) -> QuerySet[OrderEvent]:
    return OrderEvent.objects.filter(order=order).order_by("-at", "-id")


def is_client(company_id: UUID, *, in_force: UUID | None) -> bool:
    """Whether an order may be for this company, as its form offers it."""
    shown = ~Q(status=Company.Status.ARCHIVED) | Q(pk=in_force)
    return Company.objects.filter(CLIENTS, shown, pk=company_id).exists()


def partners() -> list[Company]:
    """Carrier companies an order may be given to directly."""
    active = Company.objects.filter(PARTNERS, blocked_at=None).exclude(
        status=Company.Status.ARCHIVED
    )
    return list(active.filter(carrier_id__isnull=False).order_by("name"))


def people(*, in_force: UUID | None = None) -> list[tuple[str, str]]:
    """Who may be responsible for an order. Who is so now stays among them, gone or not."""
    staff = [role for role in Role if KIND_OF[role] is Kind.OFFICE and role is not Role.ACCOUNTANT]
    may = Q(is_active=True, role__in=staff) | Q(pk=in_force)
    rows = Member.objects.filter(may).order_by("name").values_list("id", "name")
    return [(str(pk), name) for pk, name in rows]
