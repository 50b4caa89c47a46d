"""Reading the pool: everyone sees names and masked phones, the home reseller the rest."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q, QuerySet

from tenants.drivers import home
from tenants.drivers.models import Carrier, Driver, DriverPrivate, Vehicle
from tenants.kit.counting import CappedCount, counts_capped
from tenants.kit.edge import phones
from tenants.kit.edge.text import one_line
from tenants.kit.lookups import Among

Row = TypeVar("Row", Driver, Vehicle)
TAIL = 4  # digits of a phone that all may see


class TooManyLookups(Exception):
    """Too many exact searches by phone, ИНН or licence within a minute."""


def drivers(
    *,
    text: str = "",
    own: bool | None = None,
    status: str = "",
    adr: bool | None = None,
) -> QuerySet[Driver]:
    """The pool, the newest first; `own` True for this reseller's, False for the rest
    (Привлечённый).

    `text` finds a part of name, company or Reg.№; of phone, ИНН and licence a part of the own
    drivers', and others' only when given whole. Raises TooManyLookups.
    """
    rows = Driver.objects.select_related("carrier").order_by("-registered_on", "-ref")
    rows = rows.exclude(status=Driver.Status.ARCHIVED) if not status else rows.filter(status=status)
    rows = _whose(rows, own)
    typed = one_line(text)
    if adr is not None:
        rows = rows.filter(adr=adr)
    return rows.filter(_about(typed)) if typed else rows


def _about(text: str) -> Q:
    public = Q(name__has=text) | Q(company__has=text) | Q(ref__has=text)
    digits = "".join(ch for ch in text if ch.isdigit())
    if len(digits) == TAIL and not text.strip("*0123456789 "):
        public |= Q(phone_tail=digits)  # ***5555 is what everybody sees
    own = Q(inn__has=text) | Q(licence__has=text)
    if len(digits) >= 3:
        own |= Q(phone__contains=phones.digits_within(text) or digits)
    ids: set[UUID] = set(DriverPrivate.objects.filter(own).values_list("driver_id", flat=True))
    if len(digits) >= 5:
        ids |= exactly(text)
    return public | Q(pk__in=ids)


def exactly(text: str) -> set[UUID]:
    """Drivers of any home with exactly this phone, ИНН or licence: ids alone, at most 60 asked a
    minute.
    """
    try:
        phone = phones.normal(text)
    except phones.BadPhone:
        phone = ""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT public.find_drivers(%s, %s)",
                [phone, text.strip().upper()],
            )
            return {row[0] for row in cursor.fetchall()}
    except DatabaseError as problem:
        if getattr(problem.__cause__, "sqlstate", "") == "TX429":
            raise TooManyLookups from problem
        raise


def vehicles(
    *,
    text: str = "",
    own: bool | None = None,
    status: str = "",
    body: str = "",
) -> QuerySet[Vehicle]:
    rows = Vehicle.objects.select_related("carrier").order_by("-registered_on", "-ref")
    rows = _whose(rows.filter(status=status or Vehicle.Status.ACTIVE), own)
    if body:
        rows = rows.filter(body=body)
    if words := one_line(text):
        carriers = Carrier.objects.filter(name__has=words).values("pk")
        named = Q(plate__has=words) | Q(model__has=words) | Q(ref__has=words)
        of_carrier = Q(Among(F("carrier_id"), ArraySubquery(carriers)))
        rows = rows.filter(named | of_carrier & _seen_carrier())
    return rows


def _seen_carrier() -> Q:
    """Carriers whose names may be read here: not another reseller's partners."""
    own = Q(carrier__home_role=home.owner_in_force().role)
    return own | ~Q(carrier__kind=Carrier.Kind.COMPANY)


def _whose(rows: QuerySet[Row], own: bool | None) -> QuerySet[Row]:
    if own is None:
        return rows
    partners = Q(carrier__kind=Carrier.Kind.COMPANY)  # theirs, though this home entered them
    mine = Q(home_role=home.owner_in_force().role) & ~partners
    return rows.filter(mine if own else ~mine)


def counts() -> dict[str, CappedCount]:
    """For the tabs: Водители (653), Транспорт (574)."""
    return counts_capped(drivers=drivers(), vehicles=vehicles())


def is_own(thing: Driver | Vehicle) -> bool:
    """Whether this reseller keeps the row: of its own fleet, or of a partner of its."""
    return thing.home_role == home.owner_in_force().role


def is_of_own_fleet(thing: Driver | Vehicle) -> bool:
    return is_own(thing) and thing.carrier.kind != Carrier.Kind.COMPANY


def private(driver_id: UUID) -> DriverPrivate | None:
    """Full phone, ИНН, licence; None for all but the home."""
    return DriverPrivate.objects.filter(pk=driver_id).first()
