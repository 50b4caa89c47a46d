"""Acts on customers: add, change, give to a salesperson, take away again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from commission.cargo import links, locks
from commission.cargo.codes import unique_code
from commission.cargo.models import (
    Customer,
    CustomerSalesperson,
    Salesperson,
    Shipment,
)
from tenants.actor import Actor
from tenants.office import audit
from tenants.office.hearing import News, tell


@dataclass(frozen=True, slots=True)
class Handover:
    """What giving customers to a salesperson did, or would do."""

    customers: int
    new_codes: tuple[str, ...]  # codes that were unknown
    moved: tuple[str, ...]  # codes that had another salesperson
    stamped: int


class Details(TypedDict, total=False):
    """What is known of a customer; what is left out stays as it is."""

    name: str
    phone: str
    line: str
    company_id: UUID | None


class Changes(Details, total=False):
    """Details and the code, which may be corrected."""

    code: str


def add(*, code: str, by: Actor | None, at: datetime, **details: Unpack[Details]) -> Customer:
    """Add a customer. Raises CodeTaken."""
    customer = Customer(code=code, created_at=at, **details)
    with transaction.atomic():
        with unique_code():
            customer.save(force_insert=True)
        audit.record(
            action="cargo.customer_add",
            subject=customer.subject,
            title=code,
            by=by,
            at=at,
            after=_snapshot(customer),
        )
    return customer


def change(
    *,
    customer: Customer,
    by: Actor,
    at: datetime,
    **changes: Unpack[Changes],
) -> Customer:
    """Change what is named, keep the rest. Raises CodeTaken."""
    with transaction.atomic():
        row = Customer.objects.select_for_update().get(pk=customer.pk)
        before = _snapshot(row)
        for field, value in changes.items():
            setattr(row, field, value)
        with unique_code():
            row.save(update_fields=list(changes))
        audit.record(
            action="cargo.customer_change",
            subject=row.subject,
            title=row.code,
            by=by,
            at=at,
            before=before,
            after=_snapshot(row),
        )
    return row


def plan_giving(*, salesperson: Salesperson, codes: Sequence[str]) -> Handover:
    """Say what `give` would do, before it is done."""
    customers = by_code(codes)
    moved = tuple(
        customer.code
        for customer in customers.values()
        if customer.salesperson_id not in (None, salesperson.pk)
    )
    new_codes = tuple(code for key, code in unique(codes).items() if key not in customers)
    unstamped = _unstamped([customer.pk for customer in customers.values()])
    return Handover(len(unique(codes)), new_codes, moved, unstamped.count())


def give(
    *,
    salesperson: Salesperson,
    codes: Sequence[str],
    by: Actor,
    at: datetime,
) -> Handover:
    """Give customers to a salesperson from today; unknown codes become customers.

    Their shipments without a salesperson are stamped, those of locked months are not; what is
    stamped never moves.
    """
    with transaction.atomic():
        locks.open_months()
        plan = plan_giving(salesperson=salesperson, codes=codes)
        for code in plan.new_codes:
            add(code=code, by=by, at=at)
        rows = list(
            Customer.objects.select_for_update()
            .filter(pk__in=[customer.pk for customer in by_code(codes).values()])
            .order_by("pk")
        )
        today = _day(by, at)
        for row in rows:
            _hand_over(row, salesperson, today, by)
        stamped = _unstamped([row.pk for row in rows]).update(salesperson=salesperson)
        audit.record(
            action="cargo.customers_give",
            subject=salesperson.subject,
            title=salesperson.code,
            by=by,
            at=at,
            after={
                "codes": sorted(row.code for row in rows),
                "moved": sorted(plan.moved),
                "stamped": stamped,
            },
        )
        _tell(salesperson, [row.code for row in rows], by, at)
    return Handover(len(rows), plan.new_codes, plan.moved, stamped)


def _tell(salesperson: Salesperson, codes: Sequence[str], by: Actor, at: datetime) -> None:
    news = News(
        "cargo.customers_given",
        {"codes": ", ".join(sorted(codes))},
        url=links.shipments(),
        person=salesperson.member,
    )
    tell(news, by=by, at=at)


def take_away(*, customer: Customer, by: Actor, at: datetime) -> None:
    """Take the customer from its salesperson from today; shipments keep their stamps."""
    with transaction.atomic():
        row = Customer.objects.select_for_update().get(pk=customer.pk)
        before = row.salesperson_id
        _end(row, _day(by, at))
        row.salesperson = None
        row.save(update_fields=["salesperson"])
        audit.record(
            action="cargo.customer_take_away",
            subject=row.subject,
            title=row.code,
            by=by,
            at=at,
            before={"salesperson": before},
            after={"salesperson": None},
        )


def unique(codes: Sequence[str]) -> dict[str, str]:
    """Codes without repetition, by their upper-case form."""
    return {code.upper(): code for code in reversed([code.strip() for code in codes]) if code}


def by_code(codes: Sequence[str]) -> dict[str, Customer]:
    """The customers of these codes, by their upper-case form."""
    keys = list(unique(codes))
    customers = Customer.objects.extra(where=["upper(code) = ANY(%s)"], params=[keys])
    return {customer.code.upper(): customer for customer in customers}


def _unstamped(customers: Sequence[UUID]) -> QuerySet[Shipment]:
    open_month = "NOT EXISTS (SELECT FROM cargo_monthlock l WHERE l.month = date_trunc('month', received_on)::date)"
    return Shipment.objects.filter(customer__in=customers, salesperson=None).extra(  # noqa: S610
        where=[open_month]
    )


def _hand_over(customer: Customer, salesperson: Salesperson, today: date, by: Actor) -> None:
    if customer.salesperson_id == salesperson.pk:
        return
    _end(customer, today)
    CustomerSalesperson.objects.create(
        customer=customer,
        salesperson=salesperson,
        since=today,
        given_by=by.member_id,
    )
    customer.salesperson = salesperson
    customer.save(update_fields=["salesperson"])


def _end(customer: Customer, today: date) -> None:
    customer.history.filter(until=None).update(until=today)


def _day(
    by: Actor,
    at: datetime,
) -> date:
    return at.astimezone(by.reseller.zone).date() if by.reseller else at.date()


def _snapshot(row: Customer) -> dict[str, object]:
    """A customer for the audit trail."""
    return {
        "code": row.code,
        "name": row.name,
        "phone": row.phone,
        "line": row.line,
        "company": row.company_id,
    }
