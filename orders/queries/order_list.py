"""The list of orders: filters, sort and one page of rows with its totals, in one SQL statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Round
from django.utils import timezone

from companies.models import Company
from orders.access import (
    allowed_filters,
    hide_rates,
    with_seen_rates,
)
from orders.models import Order, Stage
from orders.queries import MARGIN, orders_of
from tenants.actor import Actor
from tenants.kit import counting, keyset
from tenants.kit.counting import MOST_SUMMED, CappedCount, capped
from tenants.kit.edge.finding import Named, finds
from tenants.kit.keyset import Column, Sort
from tenants.office.models import Member

LOADED = (
    "id",
    "ref",
    "stage",
    "created_at",
    "client_name",
    "place_from",
    "place_to",
    "pickup_on",
    "cargo_name",
    "weight_kg",
    "volume_m3",
    "adr",
    "client_price",
    "currency",
    "carrier_rate",
    "carrier_currency",
    "carrier_tax",
    "margin_home",
    "carrier_name",
    "responsible_name",
)
NEWEST = Sort("created", "created_at", descending=True)
COLUMNS = ("ref", "place_from", "place_to", "cargo_name")  # of the search
SORTS = {
    sort.key: sort
    for sort in (
        NEWEST,
        Sort("ref", "ref", tie="ref"),
        Sort("stage", "stage", then=(Column("created_at", descending=True),)),
        Sort("from", "place_from"),
        Sort("pickup", "pickup_on", nullable=True),
        Sort("weight", "weight_kg", descending=True, nullable=True),
        Sort("price", "client_price", descending=True, nullable=True),
        Sort("rate", "carrier_rate", descending=True, nullable=True),
        Sort("margin", "margin_home", descending=True, nullable=True),
    )
}
FILTERS = (
    "client",
    "responsible",
    "carrier",
)  # "carrier": a search by the carrier's name
VIEWS = {
    "": Q(),
    "new": Q(stage__in=[Stage.DRAFT, Stage.REQUESTED, Stage.QUOTED]),
    "exchange": Q(stage=Stage.PUBLISHED),
    "active": Q(stage__in=[Stage.ASSIGNED, Stage.IN_TRANSIT]),
    "delivered": Q(stage=Stage.DELIVERED),
}


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """What the address of the list asks for."""

    search: str = ""
    view: str = ""
    stages: tuple[str, ...] = ()
    client: UUID | None = None
    responsible: UUID | None = None
    date_from: date | None = None
    date_to: date | None = None
    completed_month: date | None = None  # first day


@dataclass(frozen=True, slots=True)
class Totals:
    count: CappedCount
    price: Decimal | None = None  # in the reseller's currency
    margin: Decimal | None = None


def rows(
    actor: Actor,
    filters: OrderFilter,
) -> QuerySet[Order, dict[str, Any]]:
    """The orders asked for as the list shows them, each with the totals of all of them."""
    orders = matching(actor, filters)
    with_totals = _loaded(orders).annotate(totals=_totals(orders, actor))
    rows: QuerySet[Order, dict[str, Any]] = with_totals.values(*LOADED, "totals")
    return rows


def totals_of(rows: Sequence[dict[str, Any]]) -> Totals:
    """The totals that stand beside every row."""
    return _read(rows[0]["totals"]) if rows else Totals(capped(0))


def everything(
    actor: Actor,
    filters: OrderFilter,
    sort: Sort,
) -> Iterator[dict[str, Any]]:
    """The rows of an export, all of them, read a piece at a time."""
    orders = _loaded(matching(actor, filters)).values(*LOADED)
    for row in keyset.walk(orders, sort=sort):
        yield from hide_rates(actor, [row])


def matching(actor: Actor, filters: OrderFilter) -> QuerySet[Order]:
    condition = VIEWS.get(filters.view, Q())
    if filters.view == "mine":
        condition = Q(responsible=actor.member_id)
    if filters.stages:
        condition &= Q(stage__in=filters.stages)
    allowed = allowed_filters(actor, FILTERS)
    if filters.client and "client" in allowed:
        condition &= Q(client_id=filters.client)
    if filters.responsible and "responsible" in allowed:
        condition &= Q(responsible=filters.responsible)
    columns = COLUMNS + (("carrier_name",) if "carrier" in allowed else ())
    clients = {"client_id": Named(Company.objects, "name")}
    condition &= finds(filters.search, *columns, through=clients)
    return orders_of(actor).filter(condition & _between(filters))


def _between(filters: OrderFilter) -> Q:
    """Days in the reseller's time zone, both included."""
    condition = Q()
    if filters.date_from:
        condition &= Q(created_at__gte=_midnight(filters.date_from))
    if filters.date_to:
        condition &= Q(created_at__lt=_midnight(filters.date_to + timedelta(days=1)))
    if month := filters.completed_month:
        later = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
        condition &= Q(
            completed_at__gte=_midnight(month),
            completed_at__lt=_midnight(later),
        )
    return condition


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _loaded(orders: QuerySet[Order]) -> QuerySet[Order]:
    """With what the columns of a page show."""
    person = Member.objects.filter(pk=OuterRef("responsible")).values("name")
    return orders.annotate(
        client_name=F("client__name"),
        margin_home=MARGIN,
        responsible_name=Subquery(person, output_field=CharField()),
    )


def _totals(orders: QuerySet[Order], actor: Actor) -> Subquery:
    seen = with_seen_rates(actor)
    return counting.totals_of(
        orders,
        price=Round(F("client_price") * F("client_fx"), 2),
        margin=Case(When(seen, then=MARGIN)) if seen else MARGIN,
    )


def _read(doc: dict[str, Any]) -> Totals:
    count = capped(doc["count"], MOST_SUMMED)
    if count.more:
        return Totals(count)
    price, margin = (
        Decimal(doc[name]) if doc[name] is not None else None for name in ("price", "margin")
    )
    return Totals(count, price, margin)
