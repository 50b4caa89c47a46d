"""Acts on one shipment: add, edit, delete. Each leaves what was before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models.functions import Collate, Upper

from commission.cargo import locks
from commission.cargo.models import Customer, Shipment
from commission.cargo.people import customers
from commission.cargo.rates import cards, defaults, pricing
from commission.cargo.rates.cards import Used
from commission.cargo.rates.pricing import Outcome, Parcel
from tenants.actor import Actor
from tenants.office import audit

MONEY = (
    "received_on",
    "goods_type",
    "transport",
    "weight_kg",
    "volume_cbm",
    "price",
    "cost_mode",
    "cost",
)


class UnknownGoodsType(Exception):
    """The shop has no such goods type."""


class DoubleTracking(Exception):
    """The tracking number stands already, and saving it again was not asked for."""


class MoneyIsLocked(Exception):
    """The month is closed: what money depends on is corrected by an adjustment."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person enters; kg, CBM and the reseller's currency. `cost` counts only in mode MANUAL."""

    received_on: date
    customer_code: str
    tracking_number: str
    goods_type: str
    transport: str
    weight_kg: Decimal
    volume_cbm: Decimal
    price: Decimal
    cost_mode: str = pricing.AUTO
    cost: Decimal | None = None
    note: str = ""
    allow_double: bool = False


def add(*, entry: Entry, by: Actor, at: datetime) -> Shipment:
    """Store and price it; an unknown customer is made. Raises DoubleTracking, MonthIsLocked."""
    with transaction.atomic():
        locks.open_months([entry.received_on])
        _refuse_double(entry, None)
        customer = _customer(entry, by, at)
        row = Shipment(
            customer=customer,
            salesperson_id=customer.salesperson_id,
            entered_at=at,
            entered_by=by.member_id,
        )
        _fill(row, entry, used_for(entry, zone_of(by)))
        row.save(force_insert=True)
        audit.record(
            action="cargo.shipment_add",
            subject=row.subject,
            title=row.tracking_number,
            by=by,
            at=at,
            after=snapshot(row),
        )
    return row


def edit(*, shipment: Shipment, entry: Entry, by: Actor, at: datetime) -> Shipment:
    """The card version that priced it stays. Raises DoubleTracking, MonthIsLocked, and
    MoneyIsLocked for its own month.
    """
    with transaction.atomic():
        locks.open_months()
        row = (
            Shipment.objects.select_for_update(of=("self",))
            .select_related("customer")
            .get(pk=shipment.pk)
        )
        before = snapshot(row)
        if locks.is_locked(row.received_on):
            _fill_without_money(row, entry)
        else:
            locks.open_months([entry.received_on])
            _refuse_double(entry, row)
            _move_to(row, _customer(entry, by, at))
            _fill(row, entry, used_for(entry, zone_of(by), row))
        row.save()
        audit.record(
            action="cargo.shipment_edit",
            subject=row.subject,
            title=row.tracking_number,
            by=by,
            at=at,
            before=before,
            after=snapshot(row),
        )
    return row


def delete(*, shipment: Shipment, by: Actor, at: datetime) -> None:
    """Raises MonthIsLocked."""
    with transaction.atomic():
        row = (
            Shipment.objects.select_for_update(of=("self",))
            .select_related("customer")
            .get(pk=shipment.pk)
        )
        locks.open_months([row.received_on])
        before = snapshot(row)
        subject = row.subject
        row.delete()
        audit.record(
            action="cargo.shipment_delete",
            subject=subject,
            title=row.tracking_number,
            by=by,
            at=at,
            before=before,
        )


def used_for(entry: Entry, zone: ZoneInfo, kept: Shipment | None = None) -> Used | None:
    """The version a shipment keeps, or the one of its day."""
    if entry.cost_mode == pricing.MANUAL and kept is None:
        return None
    if kept is not None and kept.card_id and kept.card_version:
        return cards.used_of(
            kept.card_id,
            kept.card_version,
            entry.goods_type,
            entry.transport,
        )
    if entry.cost_mode == pricing.MANUAL:
        return None
    return cards.used_on(
        day=entry.received_on,
        goods_type=entry.goods_type,
        transport=entry.transport,
        zone=zone,
    )


def priced(entry: Entry, used: Used | None) -> Outcome:
    parcel = Parcel(
        entry.weight_kg,
        entry.volume_cbm,
        entry.price,
        entry.cost_mode,
        entry.cost,
    )
    return pricing.price(parcel, used.rates if used else None)


def is_double(
    tracking_number: str,
    but: Shipment | None = None,
) -> bool:
    rows = Shipment.objects.annotate(key=Collate(Upper("tracking_number"), "C"))
    doubles = rows.filter(key=tracking_number.upper())
    return (doubles.exclude(pk=but.pk) if but else doubles).exists()


def snapshot(row: Shipment) -> dict[str, object]:
    """A shipment for the audit trail."""
    return {
        "received_on": row.received_on,
        "tracking_number": row.tracking_number,
        "customer": row.customer.code,
        "goods_type": row.goods_type_id,
        "transport": row.transport,
        "weight_kg": f"{row.weight_kg.normalize():f}",
        "volume_cbm": f"{row.volume_cbm.normalize():f}",
        "price": _money(row.price),
        "cost_mode": row.cost_mode,
        "cost": _money(row.cost),
        "cost_rule": row.cost_rule,
        "commission": _money(row.commission),
        "commission_method": row.commission_method,
        "status": row.status,
        "salesperson": row.salesperson_id,
        "card_version": row.card_version,
        "note": row.note,
    }


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def zone_of(by: Actor) -> ZoneInfo:
    return by.reseller.zone if by.reseller else ZoneInfo("UTC")


def _refuse_double(
    entry: Entry,
    row: Shipment | None,
) -> None:
    unchanged = row is not None and row.tracking_number.upper() == entry.tracking_number.upper()
    if not (entry.allow_double or unchanged) and is_double(entry.tracking_number, row):
        raise DoubleTracking(entry.tracking_number)


def _customer(
    entry: Entry,
    by: Actor,
    at: datetime,
) -> Customer:
    customer = next(
        iter(customers.by_code([entry.customer_code]).values()),
        None,
    )
    return customer or customers.add(code=entry.customer_code, by=by, at=at)


def _move_to(row: Shipment, customer: Customer) -> None:
    """Another customer brings the salesperson only where there was none: what is stamped stays."""
    row.customer = customer
    if row.salesperson_id is None:
        row.salesperson_id = customer.salesperson_id


def _fill(row: Shipment, entry: Entry, used: Used | None) -> None:
    if all(kind.code != entry.goods_type for kind in defaults.goods_types()):
        raise UnknownGoodsType(entry.goods_type)
    outcome = priced(entry, used)
    row.received_on = entry.received_on
    row.tracking_number = entry.tracking_number
    row.note = entry.note
    row.goods_type_id = entry.goods_type
    row.transport = entry.transport
    row.weight_kg = entry.weight_kg
    row.volume_cbm = entry.volume_cbm
    row.price = entry.price
    row.cost_mode = entry.cost_mode
    row.cost = outcome.cost
    row.cost_rule = outcome.rule
    row.commission = outcome.commission
    row.commission_method = outcome.method
    row.status = outcome.status
    row.card_id, row.card_version = (used.card_id, used.version) if used else (None, None)
    row.rate_cbm, row.rate_kg = (used.rates.per_cbm, used.rates.per_kg) if used else (None, None)


def _fill_without_money(row: Shipment, entry: Entry) -> None:
    manual = entry.cost if entry.cost_mode == pricing.MANUAL else row.cost
    entered = (
        entry.received_on,
        entry.goods_type,
        entry.transport,
        entry.weight_kg,
        entry.volume_cbm,
        entry.price,
        entry.cost_mode,
        manual,
    )
    kept = tuple(getattr(row, "goods_type_id" if name == "goods_type" else name) for name in MONEY)
    if entered != kept or entry.customer_code.upper() != row.customer.code.upper():
        raise MoneyIsLocked
    row.tracking_number = entry.tracking_number
    row.note = entry.note
