"""Opening balances as lists and cards show them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Sum, When
from django.http import Http404

from finance.models import OpeningBalance, OpeningKind
from tenants.actor import Actor
from tenants.kit.edge.finding import finds
from tenants.kit.keyset import Sort
from tenants.permissions import Permission

NEWEST = Sort("entered", "entered_at", descending=True)


@dataclass(frozen=True, slots=True)
class KindSum:
    """What stands of a kind in a currency, and what it is worth at home."""

    kind: OpeningKind
    currency: str
    amount: Decimal
    home: Decimal


def openings_of(actor: Actor) -> QuerySet[OpeningBalance]:
    """Those of the books are seen by whoever sees the books."""
    if actor.can(Permission.FINANCE_VIEW):
        return OpeningBalance.objects.select_related("invoice", "advance")
    return OpeningBalance.objects.none()


def opening_for(actor: Actor, opening_id: UUID) -> OpeningBalance:
    """One of them. Raises Http404."""
    opening = openings_of(actor).filter(pk=opening_id).first()
    if opening is None:
        raise Http404
    return opening


def openings(actor: Actor, *, search: str = "", kind: str = "") -> QuerySet[OpeningBalance]:
    """Balances, and what was taken back of them."""
    condition = Q(kind=kind) if kind else Q()
    condition &= finds(search, "party", "text", "reference", through={})
    return openings_of(actor).filter(condition)


def sums() -> list[KindSum]:
    """What stands, by kind and currency, in the order of the kinds."""
    rows = OpeningBalance.objects.order_by().values("kind", "currency")
    summed = rows.annotate(sum=_standing("amount"), home=_standing("home_amount"))
    stands = [
        KindSum(OpeningKind(row["kind"]), row["currency"], row["sum"], row["home"])
        for row in summed
        if row["sum"] or row["home"]
    ]
    order = list(OpeningKind)
    return sorted(stands, key=lambda one: (order.index(one.kind), one.currency))


def _standing(field: str) -> Sum:
    """The sum of a column, with what was taken back off it."""
    return Sum(Case(When(reverses=None, then=F(field)), default=-F(field)))
