"""The one door to shipments: what this person may see of them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from commission.cargo.access import is_salesperson
from commission.cargo.models import Customer, MonthLock, Salesperson, Shipment
from tenants.actor import Actor
from tenants.kit.calendar import next_month


def own_salesperson(actor: Actor) -> Salesperson | None:
    """Whom a SALE login stands for."""
    return Salesperson.objects.filter(member=actor.member_id).first() if actor.member_id else None


def only_salesperson(actor: Actor) -> UUID | bool | None:
    """The id a SALE login is bound to; False when it is tied to no code and sees nothing; None for
    everyone else.
    """
    if not is_salesperson(actor):
        return None
    own = own_salesperson(actor)
    return own.pk if own else False


def shipments_for(actor: Actor) -> QuerySet[Shipment]:
    """All shipments of the shop; for a SALE login those stamped with the own code."""
    own = only_salesperson(actor)
    if own is None:
        return Shipment.objects.all()
    return Shipment.objects.filter(salesperson_id=own) if own else Shipment.objects.none()


def in_open_months(rows: QuerySet[Shipment]) -> QuerySet[Shipment]:
    """Without those of closed months; closed months that follow each other are one stretch."""
    stretches: list[tuple[date, date]] = []
    for month in MonthLock.objects.order_by("month").values_list("month", flat=True):
        if stretches and stretches[-1][1] == month:
            stretches[-1] = (stretches[-1][0], next_month(month))
        else:
            stretches.append((month, next_month(month)))
    for first, after in stretches:
        rows = rows.exclude(received_on__gte=first, received_on__lt=after)
    return rows


def shipment_for(actor: Actor, shipment_id: UUID) -> Shipment:
    """Raises 404 for what this person may not see."""
    shipment = (
        shipments_for(actor)
        .select_related("customer", "salesperson", "card", "lot")
        .filter(pk=shipment_id)
        .first()
    )
    if shipment is None:
        raise Http404
    return shipment


def salespeople_for(actor: Actor) -> QuerySet[Salesperson]:
    own = only_salesperson(actor)
    rows = Salesperson.objects.order_by("code")
    return rows if own is None else rows.filter(pk=own) if own else rows.none()


def customers_for(actor: Actor) -> QuerySet[Customer]:
    """For a SALE login, customers of whom it has a stamped shipment."""
    own = only_salesperson(actor)
    rows = Customer.objects.order_by("code")
    if own is None:
        return rows
    return (
        rows.filter(pk__in=Shipment.objects.filter(salesperson_id=own).values("customer"))
        if own
        else rows.none()
    )


def scope_sql(actor: Actor, column: str = "salesperson_id") -> tuple[str, list[UUID]]:
    """The same as a condition for hand-written statements."""
    own = only_salesperson(actor)
    if own is None:
        return "true", []
    return (f"{column} = %s", [own]) if isinstance(own, UUID) else ("false", [])
