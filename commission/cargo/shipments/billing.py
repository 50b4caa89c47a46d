"""ใบวางบิล: which parcels a customer's period has, and marking them with the bill's number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from commission.cargo.models import Bill, Customer, Shipment
from tenants.actor import Actor
from tenants.kit.shown import mark
from tenants.office import audit
from tenants.office.refs import next_ref

MOST = 10_000  # parcels of one bill: a longer paper is refused in words
ALL = "all"
ONLY_NEW = "only_new"
NO_CHOICE = ""


class NothingToBill(Exception):
    """The customer has no parcel in the period, or none that is not billed."""


class TooMany(Exception):
    """The period has more parcels than a bill may have."""


@dataclass(frozen=True)
class BilledAlready(Exception):
    """Some parcels stand on earlier bills: say whether they are billed again."""

    count: int
    numbers: tuple[str, ...]
    shown: str = ""


def make(
    *,
    parcels: QuerySet[Shipment],
    customer: Customer,
    first: date,
    last: date,
    billed: str = NO_CHOICE,
    shown: str = "",
    by: Actor,
    at: datetime,
) -> Bill:
    """Bill the parcels of the period, all of them, and mark them. `shown` is the mark of the
    question that `billed` answers: another question is asked anew. Raises NothingToBill, TooMany,
    BilledAlready.
    """
    assert by.reseller is not None
    with transaction.atomic():
        chosen = parcels.filter(customer=customer, received_on__gte=first, received_on__lte=last)
        if billed and shown and shown != question_about(chosen, customer, first, last):
            billed = NO_CHOICE
        if billed == ONLY_NEW:
            chosen = chosen.filter(bill="")
        ordered = chosen.select_for_update(of=("self",)).order_by("received_on", "pk")
        rows = list(ordered[: MOST + 1])
        _refuse(rows, billed, question_about(chosen, customer, first, last))
        total = sum((row.price for row in rows), Decimal("0.00"))
        today = by.reseller.day(at)
        bill = Bill.objects.create(
            number=next_ref("BN", on=today),
            customer=customer,
            first=first,
            last=last,
            billed_on=today,
            shipments=[row.pk for row in rows],
            total=total,
            made_at=at,
            made_by=by.member_id,
        )
        Shipment.objects.filter(pk__in=bill.shipments).update(bill=bill.number)
        audit.record(
            action="cargo.bill",
            subject=customer.subject,
            title=customer.code,
            by=by,
            at=at,
            after={
                "number": bill.number,
                "first": first,
                "last": last,
                "shipments": len(rows),
                "sum": total,
            },
        )
    return bill


def question_about(parcels: QuerySet[Shipment], customer: Customer, first: date, last: date) -> str:
    """The mark of the question about parcels of a period that stand on earlier bills."""
    numbers = parcels.exclude(bill="").order_by("bill").values_list("bill", flat=True).distinct()
    return mark(customer.pk, first, last, list(numbers))


def _refuse(rows: Sequence[Shipment], billed: str, question: str) -> None:
    """Raises NothingToBill, TooMany, BilledAlready."""
    if not rows:
        raise NothingToBill
    if len(rows) > MOST:
        raise TooMany
    if billed != NO_CHOICE:
        return
    before = [row.bill for row in rows if row.bill]
    if before:
        numbers = tuple(sorted(set(before)))
        raise BilledAlready(len(before), numbers, question)
