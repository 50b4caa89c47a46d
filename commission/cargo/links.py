"""Addresses of the module's pages."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse


def shipments(**query: str) -> str:
    """The list of shipments, narrowed by the filters that are named."""
    return _with(reverse("cargo:shipment-list"), query)


def shipment(row_id: UUID) -> str:
    return reverse("cargo:shipment-card", args=[row_id])


def shipment_new() -> str:
    return reverse("cargo:shipment-new")


def customers() -> str:
    return reverse("cargo:customer-list")


def customer(row_id: UUID) -> str:
    return reverse("cargo:customer-card", args=[row_id])


def salespeople() -> str:
    return reverse("cargo:salesperson-list")


def salesperson(row_id: UUID) -> str:
    return reverse("cargo:salesperson-card", args=[row_id])


def rate_cards() -> str:
    return reverse("cargo:card-list")


def rate_card(row_id: UUID) -> str:
    return reverse("cargo:card-card", args=[row_id])


def recalculation() -> str:
    return reverse("cargo:recalculate")


def import_batch(row_id: UUID) -> str:
    return reverse("cargo:import-card", args=[row_id])


def lot(row_id: UUID) -> str:
    return reverse("cargo:lot-card", args=[row_id])


def users() -> str:
    return reverse("cargo:user-list")


def report(month: str = "") -> str:
    """The report of a month like 2026-01; without one, of the running month."""
    return _with(reverse("cargo:report-month"), {"month": month} if month else {})


def month_close(month: str) -> str:
    return reverse("cargo:month-close", args=[month])


def parcel_lookup(token: str) -> str:
    return reverse("cargo:parcel-find", args=[token])


def _with(
    url: str,
    query: dict[str, str],
) -> str:
    return f"{url}?{urlencode(query)}" if query else url
