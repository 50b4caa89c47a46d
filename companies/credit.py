"""How much a client may owe, and what it owes: the books above tell the debts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import DateField, Subquery, Value
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from companies import trail
from companies.models import Company
from tenants.actor import Actor
from tenants.kit import formats
from tenants.kit.doubts import Answers, Doubt, is_answered
from tenants.kit.money import ZERO


@dataclass(frozen=True, slots=True)
class Debt:
    """Open invoices of a client in the reseller's currency; `since` is the oldest missed day."""

    owed: Decimal = ZERO
    overdue: Decimal = ZERO
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Books:
    """What the books tell: a client's debt, and for lists the oldest day it missed."""

    debt: Callable[[UUID], Debt]
    missed: Callable[[], Subquery]


_books: list[Books] = []


def ask_books(books: Books) -> None:
    """The app above that keeps the books says here how they are asked."""
    _books[:] = [books]


def debt_of(company: Company) -> Debt:
    return _books[0].debt(company.pk) if _books else Debt()


def missed_since() -> Combinable:
    """For a list of companies: the oldest day on which each missed a payment."""
    return _books[0].missed() if _books else Value(None, output_field=DateField())


def set_limit(*, company: Company, limit: Decimal | None, by: Actor, at: datetime) -> Company:
    """What the client may owe, orders under way included; None is without a limit."""
    with transaction.atomic():
        row = Company.objects.select_for_update().get(pk=company.pk)
        if row.credit_limit == limit:
            return row
        before = {"credit_limit": row.credit_limit}
        row.credit_limit = limit
        row.save(update_fields=["credit_limit"])
        trail.write(
            "company.limit",
            row,
            by,
            at,
            before=before,
            after={"credit_limit": limit},
        )
    return row


def ask_about_limit(company: Company, more: Decimal, sure: Answers, *, currency: str) -> None:
    """Ask before a client owes more than its limit; `more` is what its orders under way will add,
    in the reseller's currency. Raises Doubt.
    """
    if company.credit_limit is None or sure is None:
        return
    total = debt_of(company).owed + more
    key = f"limit {company.pk} {total}"
    if total <= company.credit_limit or is_answered(sure, key):
        return
    text = _("%(company)s would owe %(total)s, its credit limit is %(limit)s.")
    sums = {
        "company": company.name,
        "total": formats.money(total, currency),
        "limit": formats.money(company.credit_limit, currency),
    }
    raise Doubt(key, text % sums)
