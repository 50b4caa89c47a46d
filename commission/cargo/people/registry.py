"""Acts on salespeople and customers: who earns on whose parcels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from commission.cargo import locks
from commission.cargo.models import (
    Customer,
    CustomerSalesperson,
    Salesperson,
    Shipment,
)
from tenants.actor import Actor
from tenants.office import audit


class CodeTaken(Exception):
    """Another one has this code."""


class LoginTaken(Exception):
    """The login belongs to another salesperson."""


@dataclass(frozen=True, slots=True)
class Given:
    """What giving customers did, or would do."""

    customers: int
    made: tuple[str, ...]  # codes that were unknown
    moved: tuple[str, ...]  # codes that had another salesperson
    stamped: int


def salesperson_add(
    *,
    code: str,
    name: str,
    phone: str,
    email: str,
    by: Actor,
    at: datetime,
) -> Salesperson:
    """Raises CodeTaken."""
    with transaction.atomic():
        made = Salesperson(
            code=code,
            name=name,
            phone=phone,
            email=email,
            created_at=at,
        )
        _insert(made)
        audit.record(
            action="cargo.salesperson_add",
            subject=made.subject,
            title=code,
            by=by,
            at=at,
            after=_person(made),
        )
    return made


def salesperson_change(
    *,
    salesperson: Salesperson,
    name: str,
    phone: str,
    email: str,
    is_active: bool,
    by: Actor,
    at: datetime,
) -> Salesperson:
    """Everything but the code, which stands on shipments."""
    with transaction.atomic():
        row = Salesperson.objects.select_for_update().get(pk=salesperson.pk)
        before = _person(row)
        row.name = name
        row.phone = phone
        row.email = email
        row.is_active = is_active
        row.save(update_fields=["name", "phone", "email", "is_active"])
        audit.record(
            action="cargo.salesperson_change",
            subject=row.subject,
            title=row.code,
            by=by,
            at=at,
            before=before,
            after=_person(row),
        )
    return row


def tie_login(
    *,
    salesperson: Salesperson,
    member: UUID | None,
    by: Actor,
    at: datetime,
) -> None:
    """The SALE login that sees this code's shipments; None unties. Raises LoginTaken."""
    with transaction.atomic():
        row = Salesperson.objects.select_for_update().get(pk=salesperson.pk)
        before = row.member
        row.member = member
        try:
            with transaction.atomic():
                row.save(update_fields=["member"])
        except IntegrityError as known:
            raise LoginTaken from known
        audit.record(
            action="cargo.salesperson_login",
            subject=row.subject,
            title=row.code,
            by=by,
            at=at,
            before={"login": before},
            after={"login": member},
        )


def customer_add(*, code: str, by: Actor | None, at: datetime, **known: Any) -> Customer:
    """`known`: name, phone, line, company_id. Raises CodeTaken."""
    with transaction.atomic():
        made = Customer(code=code, created_at=at, **known)
        _insert(made)
        audit.record(
            action="cargo.customer_add",
            subject=made.subject,
            title=code,
            by=by,
            at=at,
            after=_customer(made),
        )
    return made


def customer_change(*, customer: Customer, by: Actor, at: datetime, **known: Any) -> Customer:
    """`known`: code, name, phone, line, company_id. Raises CodeTaken."""
    with transaction.atomic():
        row = Customer.objects.select_for_update().get(pk=customer.pk)
        before = _customer(row)
        for field, value in known.items():
            setattr(row, field, value)
        try:
            with transaction.atomic():
                row.save(update_fields=list(known))
        except IntegrityError as taken:
            raise CodeTaken from taken
        audit.record(
            action="cargo.customer_change",
            subject=row.subject,
            title=row.code,
            by=by,
            at=at,
            before=before,
            after=_customer(row),
        )
    return row


def giving(*, salesperson: Salesperson, codes: Sequence[str]) -> Given:
    """What `give` would do: shown before it is done."""
    known = _known(codes)
    moved = tuple(c.code for c in known.values() if c.salesperson_id not in (None, salesperson.pk))
    made = tuple(code for key, code in unique(codes).items() if key not in known)
    return Given(
        len(unique(codes)),
        made,
        moved,
        _unstamped([c.pk for c in known.values()]).count(),
    )


def give(
    *,
    salesperson: Salesperson,
    codes: Sequence[str],
    by: Actor,
    at: datetime,
) -> Given:
    """Give customers to a salesperson from today; unknown codes become customers.

    Their shipments without a salesperson are stamped, those of locked months are not; what is
    stamped never moves.
    """
    with transaction.atomic():
        locks.open_months()
        plan = giving(salesperson=salesperson, codes=codes)
        for code in plan.made:
            customer_add(code=code, by=by, at=at)
        rows = list(
            Customer.objects.select_for_update()
            .filter(pk__in=[c.pk for c in _known(codes).values()])
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
    return Given(len(rows), plan.made, plan.moved, stamped)


def take_away(*, customer: Customer, by: Actor, at: datetime) -> None:
    """From today the customer is nobody's; shipments keep their stamps."""
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


def _known(codes: Sequence[str]) -> dict[str, Customer]:
    keys = list(unique(codes))
    found = Customer.objects.extra(where=["upper(code) = ANY(%s)"], params=[keys])
    return {customer.code.upper(): customer for customer in found}


def _unstamped(customers: list[UUID]) -> Any:
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


def _day(by: Actor, at: datetime) -> date:
    return at.astimezone(by.reseller.zone).date() if by.reseller else at.date()


def _insert(row: Salesperson | Customer) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as known:
        raise CodeTaken from known


def _person(row: Salesperson) -> dict[str, Any]:
    return {
        "name": row.name,
        "phone": row.phone,
        "email": row.email,
        "is_active": row.is_active,
    }


def _customer(row: Customer) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "phone": row.phone,
        "line": row.line,
        "company": row.company_id,
    }
