"""Addresses where a company loads and unloads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from companies import trail
from companies.models import Address, Company
from tenants.actor import Actor
from tenants.kit import places
from tenants.kit.doubts import Answers, Doubt, is_answered
from tenants.kit.edge.finding import finds
from tenants.kit.form_changes import without_same
from tenants.kit.geo import Point, haversine_km
from tenants.office.current import current_reseller

FIELDS = (
    "name",
    "place",
    "street",
    "lat",
    "lon",
    "contact",
    "phone",
    "hours",
    "gate_notes",
)
WHERE = frozenset({"place", "lat", "lon"})
FAR_KM = 100  # a point beyond is asked about
OFFERED = 30  # in a box; typing narrows them
Value = str | float | None
Values = Mapping[str, Value]


def add_address(
    *, company: Company, values: Values, by: Actor, at: datetime, sure: Answers = None
) -> Address:
    """A new address; where its text names one place, the place is kept with it. Raises Doubt."""
    with transaction.atomic():
        address = Address(company=company, **_of_fields(values))
        _fill_place(address)
        _ask_about_far_point(address, sure)
        address.save(force_insert=True)
        trail.write(
            "company.address_add",
            company,
            by,
            at,
            after=values_of(address),
        )
    return address


def change_address(
    *, address: Address, values: Values, by: Actor, at: datetime, sure: Answers = None
) -> Address:
    """What stands already leaves no trace. Orders keep what they copied. Raises Doubt."""
    with transaction.atomic():
        row = Address.objects.select_for_update(of=("self",)).get(pk=address.pk)
        changes = without_same(_of_fields(values), row)
        if not changes:
            return row
        before = values_of(row)
        for name, value in changes.items():
            setattr(row, name, value)
        _fill_place(row)
        if WHERE & changes.keys():
            _ask_about_far_point(row, sure)
        row.save()
        after = values_of(row)
        trail.write("company.address_change", row.company, by, at, before=before, after=after)
    return row


def archive_address(*, address: Address, by: Actor, at: datetime) -> None:
    """Out of the list to choose from; orders that went there keep it. A second press does nothing."""
    with transaction.atomic():
        row = Address.objects.select_for_update(of=("self",)).get(pk=address.pk)
        if row.archived_at is not None:
            return
        row.archived_at = at
        row.save(update_fields=["archived_at"])
        trail.write("company.address_remove", row.company, by, at, before=values_of(row))


def addresses_of(company_id: UUID) -> QuerySet[Address]:
    """Those in use, by name."""
    mine = Address.objects.filter(company_id=company_id, archived_at=None)
    return mine.select_related("company").order_by("name", "id")


def address_for(company: Company, address_id: UUID) -> Address:
    """One address in use. Raises Http404."""
    address = addresses_of(company.pk).filter(pk=address_id).first()
    if address is None:
        raise Http404
    return address


def addresses_called(text: str) -> list[Address]:
    """Addresses to choose from, by a part of their name, town, street or company."""
    rows = Address.objects.filter(archived_at=None).exclude(company__status="archived")
    named = rows.filter(finds(text, "name", "place", "street", "company__name"))
    return list(named.select_related("company").order_by("company__name", "name")[:OFFERED])


def label(address: Address) -> str:
    """As a box shows it: the company and the name of the address."""
    return f"{address.company.name} · {address.name}"


def stop_values(address: Address) -> dict[str, Value]:
    """What a stop of an order takes over from the address, by the names of its fields."""
    return {
        "place": address.place,
        "address": address.street,
        "company": address.company.name,
        "contact": address.contact,
        "phone": address.phone,
    }


def of_form(cleaned: Mapping[str, Value | Point]) -> Values:
    """What an address form has read, the point as its two degrees."""
    values = {name: value for name, value in cleaned.items() if not isinstance(value, Point)}
    point = cleaned["point"]
    if not isinstance(point, Point):
        return values | {"lat": None, "lon": None}
    return values | {"lat": point.lat, "lon": point.lon}


def _of_fields(values: Values) -> dict[str, Value]:
    return {name: value for name, value in values.items() if name in FIELDS}


def _fill_place(address: Address) -> None:
    """Country and id of the place that the text names; both stay empty where it names none."""
    place = places.resolve(address.place, current_reseller().country).place
    address.place_id = place.id if place else None
    address.country = place.country if place else ""


def _ask_about_far_point(address: Address, sure: Answers) -> None:
    """Ask before a point far from the town of the address is kept. Raises Doubt."""
    place = places.by_id(address.place_id or "")
    if place is None or address.lat is None or address.lon is None:
        return
    km = round(haversine_km(place.point, Point(address.lat, address.lon)))
    key = f"far_point:{place.id}:{address.lat:.3f}:{address.lon:.3f}"
    if km <= FAR_KM or is_answered(sure, key):
        return
    text = _("The point lies %(km)s km from “%(place)s” in a straight line. Is it right?")
    raise Doubt(key, text % {"km": km, "place": address.place})


def values_of(address: Address) -> dict[str, object]:
    """An address by the names of its fields, for forms and the audit trail."""
    return {name: getattr(address, name) for name in FIELDS}
