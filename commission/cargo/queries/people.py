"""Searching customers, and what a salesperson's or customer's page shows."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

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


def salespeople(text: str = "") -> QuerySet[Salesperson]:
    """Salespeople by a part of the code, name, phone or e-mail, each with the number of its
    customers and the person who signs in as this code.
    """
    logins = Member.objects.filter(role="cargo_sale", pk=OuterRef("member")).values("name")
    rows = Salesperson.objects.annotate(
        customer_count=Count("customers"),
        login=Coalesce(Subquery(logins), Value("")),
    )
    for word in text.split():
        rows = rows.filter(
            Q(code__icontains=word)
            | Q(name__icontains=word)
            | Q(phone__icontains=word)
            | Q(email__icontains=word)
        )
    return rows


def sale_logins() -> list[Member]:
    """Logins of role SALE that may be tied to a code."""
    return list(Member.objects.filter(role="cargo_sale").order_by("name"))
