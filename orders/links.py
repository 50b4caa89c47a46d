"""Addresses of the orders' pages."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

# One page under several addresses: the office's names, and those of others by their kind.
CORNERS: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = (
    (
        (
            "orders:order-card",
            "orders:order-offers",
            "orders:order-trip",
            "orders:order-documents",
            "orders:order-history",
        ),
        {"client": "orders:cabinet-order"},
    ),
    (("orders:order-list",), {"client": "orders:cabinet"}),
    (("orders:job",), {"partner": "orders:partner-job", "driver": "orders:driver-job"}),
    (("orders:job-list",), {"partner": "orders:partner", "driver": "orders:driver"}),
    (
        ("orders:offer-list",),
        {"partner": "orders:partner-offers", "driver": "orders:driver-offers"},
    ),
    (
        ("orders:exchange",),
        {"partner": "orders:partner-exchange", "driver": "orders:driver-exchange"},
    ),
    (
        ("orders:listing",),
        {"partner": "orders:partner-listing", "driver": "orders:driver-listing"},
    ),
)


def orders(**filters: str | UUID) -> str:
    """The list of orders, narrowed by what its address takes."""
    url = reverse("orders:order-list")
    return f"{url}?{urlencode(filters)}" if filters else url


def order(ref: str) -> str:
    return reverse("orders:order-card", args=[ref])


def offers(ref: str) -> str:
    """The tab of an order with its offers."""
    return reverse("orders:order-offers", args=[ref])


def trip(ref: str) -> str:
    """The tab of an order with its trip."""
    return reverse("orders:order-trip", args=[ref])


def documents(ref: str) -> str:
    """The tab of an order with its papers."""
    return reverse("orders:order-documents", args=[ref])


def history(ref: str) -> str:
    """The tab of an order with its history."""
    return reverse("orders:order-history", args=[ref])


def edit(ref: str) -> str:
    return reverse("orders:order-edit", args=[ref])


def copy(ref: str) -> str:
    return reverse("orders:order-copy", args=[ref])


def assign(ref: str) -> str:
    return reverse("orders:order-assign", args=[ref])


def act(ref: str, act: str) -> str:
    """Where the button of an act is pressed."""
    return reverse("orders:order-act", args=[ref, act])


def cabinet_order(ref: str) -> str:
    """An order as its client sees it."""
    return reverse("orders:cabinet-order", args=[ref])
