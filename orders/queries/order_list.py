"""The list of orders: filters, sort and one page of rows with its totals, in one SQL statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Cast, JSONObject, Round
from django.utils import timezone

from orders.access import (
    allowed_filters,
    allowed_sorts,
    hide_rates,
    with_seen_rates,
)
from orders.models import Order, Stage
from orders.queries import MARGIN, orders_of
from tenants.actor import Actor
from tenants.office.models import Member

PAGE = 50
MOST = 10_000  # rows of an export
COLUMNS = (
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
    "client_price",
    "currency",
    "carrier_rate",
    "carrier_currency",
    "margin_home",
    "carrier_name",
    "responsible_name",
)
SORTS = {
    "ref": "ref",
    "created": "created_at",
    "client": "client_name",
    "from": "place_from",
    "pickup": "pickup_on",
    "price": "client_price",
    "rate": "carrier_rate",
    "margin": "margin_home",
    "stage": "stage",
    "weight": "weight_kg",
}
FILTERS = ("client", "responsible", "carrier")  # "carrier": a search by the carrier's name
VIEWS = {
    "": Q(),
    "new": Q(stage__in=[Stage.DRAFT, Stage.REQUESTED, Stage.QUOTED]),
    "exchange": Q(stage=Stage.PUBLISHED),
    "active": Q(stage__in=[Stage.ASSIGNED, Stage.IN_TRANSIT]),
    "delivered": Q(stage=Stage.DELIVERED),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of the list asks for."""

    search: str = ""
    view: str = ""
    stages: tuple[str, ...] = ()
    client: UUID | None = None
    responsible: UUID | None = None
    date_from: date | None = None
    date_to: date | None = None
    completed_month: date | None = None  # first day
    sort: str = "-created"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Totals:
    count: int
    price: Decimal | None = None  # in the reseller's currency
    margin: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Board:
    rows: list[dict[str, Any]]
    totals: Totals
    more: bool


def board(actor: Actor, asked: Asked, *, size: int = PAGE) -> Board:
    """One page of the orders asked for, with the totals of all of them."""
    found = matching(actor, asked)
    start = (asked.page - 1) * size
    page = (
        _columns(found, _sort(actor, asked))
        .annotate(totals=_totals(found, actor))
        .values(*COLUMNS, "totals")
    )
    rows = list(page[start : start + size + 1])
    totals = _read(rows[0]["totals"]) if rows else Totals(0)
    return Board(
        hide_rates(actor, rows[:size]),
        totals,
        len(rows) > size,
    )


def everything(actor: Actor, asked: Asked) -> list[dict[str, Any]]:
    """The rows of an export, without pages."""
    found = _columns(matching(actor, asked), _sort(actor, asked)).values(*COLUMNS)[:MOST]
    return hide_rates(actor, found)


def matching(actor: Actor, asked: Asked) -> QuerySet[Order]:
    wanted = VIEWS.get(asked.view, Q())
    if asked.view == "mine":
        wanted = Q(responsible=actor.member_id)
    if asked.stages:
        wanted &= Q(stage__in=asked.stages)
    filters = allowed_filters(actor, FILTERS)
    if asked.client and "client" in filters:
        wanted &= Q(client_id=asked.client)
    if asked.responsible and "responsible" in filters:
        wanted &= Q(responsible=asked.responsible)
    for word in asked.search.split():
        wanted &= _has(word, with_carrier="carrier" in filters)
    return orders_of(actor).filter(wanted & _between(asked))


def _has(word: str, *, with_carrier: bool) -> Q:
    columns = [
        "ref",
        "place_from",
        "place_to",
        "cargo_name",
        "client__name",
    ]
    if with_carrier:
        columns.append("carrier_name")
    wanted = Q()
    for column in columns:
        wanted |= Q(**{f"{column}__icontains": word})
    return wanted


def _between(asked: Asked) -> Q:
    """Days in the reseller's time zone, both included."""
    wanted = Q()
    if asked.date_from:
        wanted &= Q(created_at__gte=_midnight(asked.date_from))
    if asked.date_to:
        wanted &= Q(created_at__lt=_midnight(asked.date_to + timedelta(days=1)))
    if month := asked.completed_month:
        later = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
        wanted &= Q(
            completed_at__gte=_midnight(month),
            completed_at__lt=_midnight(later),
        )
    return wanted


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _columns(found: QuerySet[Order], sort: str) -> QuerySet[Order]:
    person = Member.objects.filter(pk=OuterRef("responsible")).values("name")
    rows = found.annotate(
        client_name=F("client__name"),
        margin_home=MARGIN,
        responsible_name=Subquery(person, output_field=CharField()),
    )
    column = F(SORTS.get(sort.lstrip("-"), "created_at"))
    ordered = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return rows.order_by(ordered, "-id")


def _sort(actor: Actor, asked: Asked) -> str:
    """The sort asked for, if this person may sort by it."""
    is_allowed = asked.sort.lstrip("-") in allowed_sorts(actor, SORTS)
    return asked.sort if is_allowed else "-created"


def _totals(found: QuerySet[Order], actor: Actor) -> Subquery:
    """Count and sums of all that was found: one value beside every row, computed once."""
    price = Cast(Sum(Round(F("client_price") * F("client_fx"), 2)), TextField())
    summed = found.order_by().annotate(one=Value(1)).values("one")
    doc = JSONObject(
        count=Count("*"),
        price=price,
        margin=Cast(Sum(MARGIN, filter=with_seen_rates(actor)), TextField()),
    )
    return Subquery(summed.annotate(doc=doc).values("doc"))


def _read(doc: dict[str, Any]) -> Totals:
    price, margin = (
        Decimal(doc[name]) if doc[name] is not None else None for name in ("price", "margin")
    )
    return Totals(doc["count"], price, margin)


def counts(actor: Actor) -> dict[str, int]:
    """How many orders stand under each tab, in one statement."""
    named = {
        name or "all": Count("pk", filter=wanted) if wanted else Count("pk")
        for name, wanted in VIEWS.items()
    }
    named["mine"] = Count("pk", filter=Q(responsible=actor.member_id))
    return orders_of(actor).aggregate(**named)
