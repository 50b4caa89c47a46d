"""Searching customers, and what a salesperson's or customer's page shows."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from commission.cargo.models import Customer, Salesperson
from tenants.office.models import Member


def search(rows: QuerySet[Customer], text: str) -> QuerySet[Customer]:
    """A part of the code, name, phone or LINE."""
    for word in text.replace("\x00", "").split():
        rows = rows.filter(
            Q(code__icontains=word)
            | Q(name__icontains=word)
            | Q(phone__icontains=word)
            | Q(line__icontains=word)
        )
    return rows


def salespeople() -> list[tuple[Salesperson, int]]:
    """All salespeople, each with the number of its customers."""
    rows = Salesperson.objects.annotate(customer_count=Count("customers"))
    return [(row, row.customer_count) for row in rows.order_by("-is_active", "code")]


def sale_logins() -> list[Member]:
    """Logins of role SALE that may be tied to a code."""
    return list(Member.objects.filter(role="cargo_sale").order_by("name"))
