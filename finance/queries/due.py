"""The payment calendar: what should come in and go out, day by day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Sum
from django.db.models.functions import Round

from finance.models import Invoice, Payable
from finance.queries.invoices import OPEN, REST_AT_HOME
from tenants.kit.money import ZERO


@dataclass(slots=True)
class Due:
    """A day's open sums in the reseller's currency."""

    incoming: Decimal = ZERO
    outgoing: Decimal = ZERO


def due_between(
    first: date,
    last: date,
) -> dict[date, Due]:
    """Days with anything open that falls due on them."""
    days: dict[date, Due] = defaultdict(Due)
    invoices = Invoice.objects.filter(OPEN, due_on__range=(first, last)).values("due_on")
    for row in invoices.annotate(sum=Sum(REST_AT_HOME)):
        days[row["due_on"]].incoming = row["sum"]
    payables = Payable.objects.filter(
        paid__lt=F("amount"),
        due_on__range=(first, last),
    ).values("due_on")
    for row in payables.annotate(sum=Sum(Round((F("amount") - F("paid")) * F("fx"), 2))):
        days[row["due_on"]].outgoing = row["sum"]
    return dict(days)
