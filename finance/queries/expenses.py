"""Expenses as lists and cards show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from finance.models import Expense
from orders.models import Order
from tenants.actor import Actor
from tenants.kit.edge.finding import Named, finds
from tenants.kit.keyset import Sort
from tenants.permissions import Permission

NEWEST = Sort("on", "paid_on", descending=True)


def expenses_of(
    actor: Actor,
) -> QuerySet[Expense]:
    """Those of the books are seen by whoever sees the books."""
    if actor.can(Permission.FINANCE_VIEW):
        return Expense.objects.select_related("order")
    return Expense.objects.none()


def expense_for(
    actor: Actor,
    expense_id: UUID,
) -> Expense:
    """One of them. Raises Http404."""
    expense = expenses_of(actor).filter(pk=expense_id).first()
    if expense is None:
        raise Http404
    return expense


@dataclass(frozen=True, slots=True)
class ExpenseFilter:
    """What a list of expenses is asked for."""

    search: str = ""
    category: str = ""
    first: date | None = None
    last: date | None = None


def expenses(actor: Actor, filters: ExpenseFilter) -> QuerySet[Expense]:
    """Expenses, and what was taken back of them."""
    condition = Q(category=filters.category) if filters.category else Q()
    if filters.first:
        condition &= Q(paid_on__gte=filters.first)
    if filters.last:
        condition &= Q(paid_on__lte=filters.last)
    named = Named(Order.objects, "ref")
    condition &= finds(filters.search, "payee", "text", "reference", through={"order_id": named})
    return expenses_of(actor).filter(condition)
