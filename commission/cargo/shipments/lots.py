"""Lots: making one, filling it with parcels, moving the whole of it from stage to stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models.functions import Collate, Upper

from commission.cargo.codes import unique_code
from commission.cargo.models import Lot, Shipment, Stage
from tenants.actor import Actor
from tenants.office import audit


class WrongOrder(Exception):
    """A stage cannot be reached before the day of the one in front of it."""


@dataclass(frozen=True, slots=True)
class Filled:
    put: int
    unknown: tuple[str, ...]


def create(*, code: str, transport: str, by: Actor, at: datetime) -> Lot:
    """An empty lot in the China warehouse. Raises CodeTaken."""
    lot = Lot(code=code, transport=transport, created_at=at)
    with transaction.atomic():
        with unique_code():
            lot.save(force_insert=True)
        audit.record(
            action="cargo.lot_create",
            subject=lot.subject,
            title=code,
            by=by,
            at=at,
            after={"transport": transport},
        )
    return lot


def fill(
    *,
    lot: Lot,
    tracking_numbers: Sequence[str],
    by: Actor,
    at: datetime,
) -> Filled:
    """Put parcels into the lot; from another lot they move. Unknown numbers are told."""
    numbers = {number.upper(): number for number in tracking_numbers}
    with transaction.atomic():
        rows = Shipment.objects.annotate(key=Collate(Upper("tracking_number"), "C")).filter(
            key__in=list(numbers)
        )
        keys = dict(rows.values_list("pk", "key"))
        Shipment.objects.filter(pk__in=list(keys)).update(lot=lot)
        unknown = tuple(number for key, number in numbers.items() if key not in set(keys.values()))
        audit.record(
            action="cargo.lot_fill",
            subject=lot.subject,
            title=lot.code,
            by=by,
            at=at,
            after={"put": len(keys), "unknown": list(unknown)},
        )
    return Filled(len(keys), unknown)


def put(*, lot: Lot, shipments: Sequence[Shipment], by: Actor, at: datetime) -> int:
    """These very parcels; from another lot they move. Returns how many."""
    with transaction.atomic():
        moved = Shipment.objects.filter(pk__in=[row.pk for row in shipments]).update(lot=lot)
        audit.record(
            action="cargo.lot_fill",
            subject=lot.subject,
            title=lot.code,
            by=by,
            at=at,
            after={"put": moved},
        )
    return moved


def take_out(*, lot: Lot, shipment: Shipment, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        Shipment.objects.filter(pk=shipment.pk, lot=lot).update(lot=None)
        audit.record(
            action="cargo.lot_take_out",
            subject=lot.subject,
            title=lot.code,
            by=by,
            at=at,
            before={"tracking_number": shipment.tracking_number},
        )


def move(
    *,
    lot: Lot,
    stage: Stage,
    on: date,
    by: Actor,
    at: datetime,
) -> Lot:
    """The whole lot reached a stage on a day; later stages lose their days. Raises WrongOrder."""
    with transaction.atomic():
        row = Lot.objects.select_for_update().get(pk=lot.pk)
        before = {"stage": row.stage}
        order = list(Stage)
        place = order.index(stage)
        if any(day is not None and day > on for _stage, day in row.reached()[:place]):
            raise WrongOrder
        setattr(row, f"{stage.value}_on", on)
        for later in order[place + 1 :]:
            setattr(row, f"{later.value}_on", None)
        row.stage = stage
        row.save()
        audit.record(
            action="cargo.lot_move",
            subject=row.subject,
            title=row.code,
            by=by,
            at=at,
            before=before,
            after={
                "stage": stage.value,
                "on": on,
            },
        )
    return row
