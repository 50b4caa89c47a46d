"""What is owed to carriers, and what was paid."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import Http404

from finance.models import Payable, Payout
from orders.models import Order
from tenants.actor import Actor
from tenants.kit.edge.finding import Named, finds
from tenants.kit.keyset import Sort
from tenants.permissions import Kind, Permission

LEFT = F("amount") - F("paid")
DUE = Sort("due", "due_on")
SORTS = {
    sort.key: sort
    for sort in (
        DUE,
        Sort("payee", "payee"),
        Sort("amount", "amount", descending=True),
        Sort("left", "left", descending=True),
    )
}


def payables_of(actor: Actor) -> QuerySet[Payable]:
    """The office sees all debts to carriers, a partner its own."""
    if actor.can(Permission.FINANCE_VIEW):
        return Payable.objects.all()
    if actor.kind is Kind.PARTNER and actor.company_id:
        return Payable.objects.filter(company_id=actor.company_id)
    return Payable.objects.none()


def payable_for(actor: Actor, payable_id: UUID) -> Payable:
    """One debt with its order. Raises Http404."""
    payable = payables_of(actor).select_related("order").filter(pk=payable_id).first()
    if payable is None:
        raise Http404
    return payable


def payables(actor: Actor, *, search: str = "", view: str = "open") -> QuerySet[Payable]:
    """Debts to carriers with what is left of them; `view` is open, paid, without_invoice (of tax) or
    empty for all.
    """
    condition = {
        "open": Q(paid__lt=F("amount")),
        "paid": ~Q(paid__lt=F("amount")),
        "without_invoice": Q(is_deductible=True, tax_invoice=""),
    }.get(view, Q())
    condition &= finds(search, "payee", through={"order_id": Named(Order.objects, "ref")})
    debts = payables_of(actor).filter(condition).prefetch_related("order")
    return debts.annotate(left=LEFT).order_by("due_on", "id")


def payouts_of(actor: Actor) -> QuerySet[Payout]:
    """Payouts on the debts this person may see, newest first."""
    rows = Payout.objects.filter(payable__in=payables_of(actor)).select_related("payable__order")
    return rows.order_by("-paid_on", "-entered_at", "-id")
