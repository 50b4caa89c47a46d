"""What a client owes, for the card of the company and for its credit limit."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Min, OuterRef, Q, Subquery, Sum

from companies.credit import Books, Debt, ask_books
from finance.models import Invoice
from finance.queries.invoices import OPEN, REST_AT_HOME
from tenants.kit import clock
from tenants.kit.money import ZERO
from tenants.office.current import current_reseller


def _debt(company_id: UUID) -> Debt:
    is_late = Q(due_on__lt=current_reseller().day(clock.now()))
    sums = Invoice.objects.filter(OPEN, company_id=company_id).aggregate(
        owed=Sum(REST_AT_HOME, default=ZERO),
        overdue=Sum(REST_AT_HOME, filter=is_late, default=ZERO),
        since=Min("due_on", filter=is_late),
    )
    return Debt(sums["owed"], sums["overdue"], sums["since"])


def _missed() -> Subquery:
    """The oldest day on which a company of the list missed a payment."""
    today = current_reseller().day(clock.now())
    late = Invoice.objects.filter(OPEN, company_id=OuterRef("pk"), due_on__lt=today)
    return Subquery(late.order_by("due_on").values("due_on")[:1])


ask_books(Books(debt=_debt, missed=_missed))
