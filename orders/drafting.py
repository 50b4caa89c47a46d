"""Entering and changing an order's data: create, edit, copy, hand over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from companies.own_taxes import Sellers
from companies.standing import check_standing
from orders import carrier_view, notifications
from orders.access import UNQUOTED
from orders.bounds import (
    check_amount,
    check_counts,
    check_days,
    check_firms,
    check_temperatures,
    check_weights,
)
from orders.client_standing import ask_about_credit, check_client
from orders.drafts import (
    ONE,
    PLAIN,
    OrderData,
    data_of,
    fields_of,
)
from orders.errors import BadValue, CannotEdit, Stale
from orders.history import write_event
from orders.models import CargoLine, Order, Stage, Stop, StopKind
from orders.price_doubts import ask_about_loss, ask_about_tax
from orders.price_split import Splitter
from orders.pricing import CannotPrice, Margin, Sides, settle
from orders.stages import EDITABLE, NEEDS, Need
from tenants.actor import Actor
from tenants.kit.doubts import Answers
from tenants.kit.money import CURRENCIES, MOST_FX
from tenants.office.models import Member
from tenants.office.refs import next_ref

# What carriers see on the exchange: while a listing stands, an edit may not touch it.
LISTED = (
    "body",
    "adr",
    "temperature_from",
    "temperature_to",
    "loading_types",
    "carrier_terms",
    "carrier_rate",
    "carrier_currency",
    "carrier_tax",
    "carrier_payment",
    "stops",
    "cargo",
)
# What a carrier agreed to when it took the order.
RATE = ("carrier_rate", "carrier_currency", "carrier_tax", "carrier_payment")
# What an invoice in force stands on: an edit may not slip away from it.
INVOICED = ("client_id", "client_price", "currency", "price_tax", "seller_firm")
AGREED = (Stage.ASSIGNED, Stage.IN_TRANSIT, Stage.DELIVERED)


@transaction.atomic
def create(
    *,
    data: OrderData,
    by: Actor,
    at: datetime,
    copied_from: UUID | None = None,
    sure: Answers = None,
    responsible_as_given: bool = False,
) -> Order:
    """A new draft with its stops and cargo. The responsible person is the one who enters it, unless
    named. Raises Doubt until `sure` answers its question.
    """
    assert by.reseller is not None
    check_standing(by)
    order = Order(
        ref=next_ref("ORD", on=by.reseller.day(at)),
        created_at=at,
        created_by=by.member_id,
        copied_from=copied_from,
    )
    check_days(data.stops)
    check_counts(data)
    responsible = data.responsible
    if responsible is None and not responsible_as_given and by.company_id is None:
        responsible = by.member_id
    today = by.reseller.day(at)
    sellers = Sellers(by)
    _fill(
        order,
        replace(data, responsible=responsible),
        home=by.reseller.currency,
        on=today,
        sellers=sellers,
    )
    check_client(order, by)
    ask_about_tax(order, sellers, today, sure)
    ask_about_loss(order, Splitter(by, sellers), sure)
    ask_about_credit(order, sure)
    order.save(force_insert=True)
    _lines(order, data)
    write_event(
        order=order,
        old="",
        act="create",
        by=by,
        at=at,
        facts={"client_price": order.client_price},
    )
    return order


@transaction.atomic
def edit(
    *,
    order: Order,
    data: OrderData,
    by: Actor,
    at: datetime,
    version: int | None = None,
    sure: Answers = None,
) -> Order:
    """Write the order's data anew; the same data leave no trace. `version` is that of the form;
    raises Stale when somebody saved in between, Doubt as `create`.
    """
    assert by.reseller is not None
    row = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    if row.stage not in EDITABLE:
        raise CannotEdit(_("%(ref)s is “%(stage)s”: it can no longer be changed.") % _named(row))
    if version is not None and version != row.version:
        raise Stale(
            _("Somebody has changed %(ref)s meanwhile. Reload it and enter your change again.")
            % _named(row)
        )
    before = data_of(row)
    today = by.reseller.day(at)
    sellers = Sellers(by)
    splitter = Splitter(by, sellers)
    margin = splitter.margin_net(row)
    if data.stops != before.stops:
        check_days(data.stops)
    check_counts(data)
    _keep_quoted(row, data)
    _fill(row, data, home=by.reseller.currency, on=today, sellers=sellers)
    if row.stage in AGREED and not data.carrier_tax:
        row.carrier_tax = before.carrier_tax  # nothing is said of it: what was agreed on stands
    after = replace(data_of(row), stops=data.stops, cargo=data.cargo)
    if after == before:
        return row
    _allowed(row, before, after)
    if _price_of(after) != _price_of(before):
        row.agreed_at = None  # the client said yes to another price
        ask_about_tax(row, sellers, today, sure)
    if row.client_id != before.client_id:
        check_client(row, by)
    if splitter.margin_net(row) != margin:
        ask_about_loss(row, splitter, sure)
    if (row.client_id, row.client_price) != (before.client_id, before.client_price):
        ask_about_credit(row, sure)
    row.version += 1
    row.save()
    if (before.stops, before.cargo) != (data.stops, data.cargo):
        row.stops.all().delete()
        row.cargo.all().delete()
        _lines(row, data)
        carrier_view.rewrite_job(row, at=at)
    write_event(
        order=row,
        old=row.stage,
        act="edit",
        by=by,
        at=at,
        facts=_changes(before, after),
    )
    _tell_of_edit(row, before, data, by=by, at=at)
    return row


def _price_of(data: OrderData) -> tuple[Decimal | None, str, str, int | None]:
    """What the client says yes to: the sum, and what it means with the firm that sells."""
    return data.client_price, data.currency, data.price_tax, data.seller_firm


def _tell_of_edit(
    row: Order, before: OrderData, data: OrderData, *, by: Actor, at: datetime
) -> None:
    """The client hears of another price, the carrier who drives of another route or cargo."""
    is_repriced = _price_of(data_of(row)) != _price_of(before)
    if is_repriced and is_quoted(row):
        notifications.of_new_price(row, by=by, at=at)
    if (before.stops, before.cargo) != (data.stops, data.cargo):
        notifications.of_new_conditions(row, by=by, at=at)


def is_quoted(order: Order) -> bool:
    """Whether the client sees, or has seen, a price of this order."""
    was_quoted = order.quoted_at is not None or order.stage not in UNQUOTED
    return was_quoted and order.client_price is not None


def _keep_quoted(order: Order, data: OrderData) -> None:
    """A price that the client knows is never counted from the other sums. Raises BadValue."""
    if is_quoted(order) and data.client_price is None:
        raise BadValue("client_price", str(NEEDS[Need.PRICE]))


def _named(order: Order) -> dict[str, str]:
    return {"ref": order.ref, "stage": order.stage_label}


def _allowed(row: Order, before: OrderData, after: OrderData) -> None:
    """Carriers bid on what they see: while a listing stands its conditions do; an agreed rate stays
    agreed, and an invoice what was invoiced.
    """
    if row.is_invoiced and _differ(before, after, INVOICED):
        raise CannotEdit(
            _(
                "The client was invoiced: client, price, taxes and the selling firm stand. "
                "Cancel the invoice first."
            )
        )
    if row.stage == Stage.PUBLISHED and _differ(before, after, LISTED):
        raise CannotEdit(
            _("Carriers are bidding on these conditions. Take the order off the exchange first.")
        )
    if row.stage in AGREED and _differ(before, after, RATE):
        raise CannotEdit(
            _(
                "The rate was agreed with the carrier. Replace the carrier or enter an incident's cost."
            )
        )


def _differ(before: OrderData, after: OrderData, names: Iterable[str]) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in names)


def _fill(order: Order, data: OrderData, *, home: str, on: date, sellers: Sellers) -> None:
    """Put plain values, both prices and the copies that lists show onto the row."""
    order.client_id = data.client_id
    order.responsible = data.responsible
    order.loading_types = list(data.loading_types)
    for name in PLAIN:
        setattr(order, name, getattr(data, name))
    order.price_tax = data.price_tax or sellers.usual_tax(data.seller_firm, on)
    _price(order, data, home=home, on=on)
    for name, value in _copies(data).items():
        setattr(order, name, value)
    check_temperatures(order)
    check_weights(order)
    check_firms(data)


def _price(order: Order, data: OrderData, *, home: str, on: date) -> None:
    order.currency = data.currency or home
    order.carrier_currency = data.carrier_currency or data.currency or home
    client_fx = _fx(
        data.client_fx,
        order.currency,
        home,
        field="client_fx",
        currency_field="currency",
    )
    carrier_fx = _fx(
        data.carrier_fx,
        order.carrier_currency,
        home,
        field="carrier_fx",
        currency_field="carrier_currency",
    )
    entered = Sides(data.client_price, client_fx, data.carrier_rate, carrier_fx)
    try:
        sides = settle(entered, Margin(data.margin, data.margin_percent))
    except CannotPrice as problem:
        field = "margin" if data.margin is not None else "margin_percent"
        raise BadValue(field, _("This margin leaves no price above zero.")) from problem
    check_amount("client_price", sides.client_price)
    check_amount("carrier_rate", sides.carrier_rate)
    order.client_price = sides.client_price
    order.client_fx = sides.client_fx
    order.carrier_rate = sides.carrier_rate
    order.carrier_fx = sides.carrier_fx
    foreign = {order.currency, order.carrier_currency} != {home}
    order.rate_date = (data.rate_date or on) if foreign else None


def _fx(
    rate: Decimal | None,
    currency: str,
    home: str,
    *,
    field: str,
    currency_field: str,
) -> Decimal:
    """How much of the reseller's currency one unit is worth; its own is worth one. Raises BadValue
    at the form's own field.
    """
    if currency not in CURRENCIES:
        raise BadValue(currency_field, _("This currency is not in use here."))
    if currency == home:
        return ONE
    if rate is not None and rate > MOST_FX:
        raise BadValue(field, _("The number is too large."))
    if rate is None or rate <= 0:
        raise BadValue(
            field,
            _("Enter the rate of %(currency)s to %(home)s.") % {"currency": currency, "home": home},
        )
    return rate


def _copies(data: OrderData) -> dict[str, object]:
    """First loading, last unloading, first cargo, the sums and the way: what a row of the list shows."""
    loads = [stop for stop in data.stops if stop.kind == StopKind.LOADING]
    ends = [stop for stop in data.stops if stop.kind == StopKind.UNLOADING]
    way = carrier_view.way_over(data.stops)
    return {
        "place_from": loads[0].place if loads else "",
        "place_to": ends[-1].place if ends else "",
        "pickup_on": loads[0].on if loads else None,
        "cargo_name": data.cargo[0].name if data.cargo else "",
        "weight_kg": _sum(line.weight_kg for line in data.cargo),
        "volume_m3": _sum(line.volume_m3 for line in data.cargo),
        "distance_km": way.km if way else None,
        "distance_how": str(way.how) if way else "",
    }


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None while nothing is."""
    numbers = [value for value in values if value is not None]
    return sum(numbers, Decimal(0)) if numbers else None


def _lines(order: Order, data: OrderData) -> None:
    Stop.objects.bulk_create(
        Stop(order=order, position=place, **fields_of(stop))
        for place, stop in enumerate(data.stops, start=1)
    )
    CargoLine.objects.bulk_create(
        CargoLine(order=order, position=place, **fields_of(line))
        for place, line in enumerate(data.cargo, start=1)
    )


def _changes(before: OrderData, after: OrderData) -> dict[str, object]:
    """What an edit changed, for the history: old and new of plain values, the word "changed" for
    stops and cargo.
    """
    old = fields_of(before)
    new = fields_of(after)
    names = [name for name, value in new.items() if old[name] != value]
    return {
        name: "changed" if name in ("stops", "cargo") else [old[name], new[name]] for name in names
    }


def copy(*, order: Order, by: Actor, at: datetime) -> Order:
    """As yesterday: a new draft with the same client, route, cargo and prices, without dates."""
    data = data_of(order)
    stops = tuple(replace(stop, on=None, time_from=None, time_to=None) for stop in data.stops)
    return create(
        data=replace(data, stops=stops, responsible=by.member_id),
        by=by,
        at=at,
        copied_from=order.pk,
    )


@transaction.atomic
def hand_over(*, orders: Iterable[Order], to: Member, by: Actor, at: datetime) -> int:
    """Give orders to another person, as at the end of a shift. Returns how many changed hands."""
    ids = [order.pk for order in orders]
    rows = list(
        Order.objects.select_for_update(of=("self",)).filter(pk__in=ids).exclude(responsible=to.pk)
    )
    for row in rows:
        before = row.responsible
        row.responsible = to.pk
        row.save(update_fields=["responsible"])
        write_event(
            order=row,
            old=row.stage,
            act="hand_over",
            by=by,
            at=at,
            facts={"before": before, "to": to.name},
        )
    notifications.of_handing_over(rows, to, by=by, at=at)
    return len(rows)
