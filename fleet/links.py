"""Addresses of the fleet's pages."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse


def driver(driver_id: UUID) -> str:
    return reverse("fleet:driver-card", args=[driver_id])


def access_issued(driver_id: UUID) -> str:
    """Where the secrets of an access are shown once."""
    return reverse("fleet:access-issued", args=[driver_id])


def vehicle(vehicle_id: UUID) -> str:
    return reverse("fleet:vehicle-card", args=[vehicle_id])
