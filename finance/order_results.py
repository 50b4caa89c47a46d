"""What the books say an order brought: its row of the P&L, from its act on."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Case, DecimalField, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce

from finance.models import Invoice, Line, Status
from finance.platform_fee import rate_for
from finance.queries.pnl import SHOWN
from orders.results import Books, ask_books
from tenants.actor import ResellerInfo
from tenants.kit import clock
from tenants.kit.calendar import first_of
from tenants.kit.money import ZERO
from tenants.kit.subqueries import has_row

SUM = DecimalField(max_digits=18, decimal_places=2)


def _result() -> Case:
    """For a list of orders; nothing before the act."""
    lines = Line.objects.filter(order_id=OuterRef("pk")).order_by()
    gains = Sum("home_amount", filter=Q(credit__in=SHOWN), default=ZERO)
    losses = Sum("home_amount", filter=Q(debit__in=SHOWN), default=ZERO)
    profit = lines.values("order_id").annotate(profit=gains - losses).values("profit")
    accepted = Invoice.objects.filter(order=OuterRef("pk"), earned_on__isnull=False)
    return Case(
        When(
            has_row(accepted.exclude(status=Status.CANCELLED)),
            then=Coalesce(Subquery(profit), ZERO, output_field=SUM),
        ),
        default=None,
        output_field=SUM,
    )


def _fee_percent(home: ResellerInfo) -> Decimal:
    """The step of the ladder that this month has reached."""
    return rate_for(first_of(home.day(clock.now())), home)


ask_books(Books(result=_result, fee_percent=_fee_percent))
