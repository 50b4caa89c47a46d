"""Searching customers, and what a salesperson's or customer's page shows."""

from __future__ import annotations

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from commission.cargo.models import Customer, Salesperson
from tenants.kit.edge.finding import finds
from tenants.office.models import Member


def search(rows: QuerySet[Customer], text: str) -> QuerySet[Customer]:
    """A part of the code, name, phone or LINE."""
    return rows.filter(finds(text, "code", "name", "line", phones=("phone",)))


def salespeople(text: str = "") -> QuerySet[Salesperson]:
    """Salespeople by a part of the code, name, phone or e-mail, each with the number of its
    customers and the person who signs in as this code.
    """
    logins = Member.objects.filter(role="cargo_sale", pk=OuterRef("member")).values("name")
    rows = Salesperson.objects.annotate(
        customer_count=Count("customers"),
        login=Coalesce(Subquery(logins), Value("")),
    )
    return rows.filter(finds(text, "code", "name", "email", phones=("phone",)))


def sale_logins() -> list[Member]:
    """Logins of role SALE that may be tied to a code."""
    return list(Member.objects.filter(role="cargo_sale").order_by("name"))
