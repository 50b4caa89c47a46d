"""The list of shipments: what may be asked of it, its page, and the totals of what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Collate, Reverse, Upper

from commission.cargo.models import Customer, Shipment
from commission.cargo.queries.scope import in_open_months, shipments_for
from tenants.actor import Actor
from tenants.kit import keyset
from tenants.kit.calendar import next_month
from tenants.kit.edge.finding import finds
from tenants.kit.keyset import Sort

CAP = 20_000  # totals are counted up to here: a million rows are never added up for a page
SHORTEST_END = 4  # figures of a number's end that are looked for
FEW = 1_000  # customers that are named one by one, so that their index is used
NEWEST = Sort("received", "received_on", descending=True)
SORTS = {
    sort.key: sort
    for sort in (
        NEWEST,
        Sort("price", "price", descending=True),
        Sort("cost", "cost", descending=True, nullable=True),
        Sort("commission", "commission", descending=True, nullable=True),
    )
}
FIELDS = (
    "id",
    "received_on",
    "tracking_number",
    "goods_type_id",
    "transport",
    "weight_kg",
    "volume_cbm",
    "price",
    "cost_mode",
    "cost",
    "cost_rule",
    "commission",
    "commission_method",
    "status",
    "salesperson_id",
    "card_id",
    "rate_cbm",
    "rate_kg",
    "batch_id",
    "customer_id",
)


@dataclass(frozen=True, slots=True)
class ShipmentFilter:
    """What a list of shipments is asked for; empty means everything. `salesperson` "none" asks for
    unstamped ones.
    """

    search: str = ""
    month: date | None = None
    date_from: date | None = None
    date_to: date | None = None
    status: str = ""
    salesperson: str = ""
    customer: str = ""
    goods_type: str = ""
    transport: str = ""
    open_months: bool = False
    lot: UUID | None = None
    batch: UUID | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """Totals of the filtered set. Beyond CAP rows only `count` is told, as "more than"."""

    count: int
    capped: bool
    sales: Decimal | None
    cost: Decimal | None
    commission: Decimal | None


def everything(actor: Actor, filters: ShipmentFilter, sort: Sort) -> Iterator[dict[str, Any]]:
    """For an export: all rows, read a piece at a time."""
    return keyset.walk(cells(filtered(actor, filters)), sort=sort)


def filtered(actor: Actor, filters: ShipmentFilter) -> QuerySet[Shipment]:
    rows = shipments_for(actor)
    if filters.open_months:
        rows = in_open_months(rows)
    if filters.month:
        rows = rows.filter(
            received_on__gte=filters.month,
            received_on__lt=next_month(filters.month),
        )
    plain = {
        "received_on__gte": filters.date_from,
        "received_on__lte": filters.date_to,
        "status": filters.status,
        "goods_type": filters.goods_type,
        "transport": filters.transport,
        "lot": filters.lot,
        "batch": filters.batch,
    }
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    if filters.salesperson:
        rows = (
            rows.filter(salesperson=None)
            if filters.salesperson == "none"
            else rows.filter(salesperson__code=filters.salesperson)
        )
    if filters.customer:
        rows = rows.filter(
            customer__in=Customer.objects.annotate(key=Upper("code"))
            .filter(key=filters.customer.upper())
            .values("pk")
        )
    return _searched(rows, filters.search)


def sums(rows: QuerySet[Shipment]) -> Sums:
    """Counted and added up to CAP rows, whatever the size of the table."""
    capped = rows.order_by().values("price", "cost", "commission")[: CAP + 1]
    totals = capped.aggregate(
        n=Count("*"),
        sales=Sum("price"),
        cost=Sum("cost"),
        commission=Sum("commission"),
    )
    if totals["n"] > CAP:
        return Sums(CAP, True, None, None, None)
    zero = Decimal("0.00")
    return Sums(
        totals["n"],
        False,
        totals["sales"] or zero,
        totals["cost"] or zero,
        totals["commission"] or zero,
    )


def _searched(rows: QuerySet[Shipment], text: str) -> QuerySet[Shipment]:
    """The beginning or the end of a tracking number, or a part of a customer's code or name."""
    if not text:
        return rows
    customers = Customer.objects.filter(finds(text, "code", "name", phones=("phone",)))
    few = list(customers.values_list("pk", flat=True)[: FEW + 1])
    theirs = few if len(few) <= FEW else customers.values("pk")
    rows = rows.annotate(key=Collate(Upper("tracking_number"), "C"))
    named = Q(key__startswith=text.upper()) | Q(customer__in=theirs)
    if len(text) >= SHORTEST_END:
        rows = rows.annotate(backwards=Collate(Reverse(Upper("tracking_number")), "C"))
        named |= Q(backwards__startswith=text.upper()[::-1])
    return rows.filter(named)


def cells(
    rows: QuerySet[Shipment],
) -> QuerySet[Shipment, dict[str, Any]]:
    """What the list and its export show of each shipment."""
    named: QuerySet[Shipment, dict[str, Any]] = rows.values(
        *FIELDS,
        customer_code=F("customer__code"),
        customer_name=F("customer__name"),
        salesperson_code=F("salesperson__code"),
    )
    return named
