"""Invoices and what was paid on them; the list is one SQL statement, its totals included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    DecimalField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Round
from django.http import Http404

from documents.models import Document
from finance.models import Invoice, Payment, Status, WriteOff
from orders.models import Order
from tenants.actor import Actor
from tenants.kit import counting, keyset
from tenants.kit.counting import MOST_SUMMED, CappedCount, capped, counts_capped
from tenants.kit.edge.finding import Named, finds
from tenants.kit.keyset import Sort
from tenants.kit.money import ZERO
from tenants.permissions import Kind, Permission

SUM = DecimalField(max_digits=18, decimal_places=2)
OPEN = Q(status__in=[Status.ISSUED, Status.PART_PAID])
LEFT = F("gross") - F("credited") - F("written_off") - F("paid")
REST = ExpressionWrapper(LEFT, output_field=SUM)
AT_HOME = Round(F("gross") * F("fx"), 2)
REST_AT_HOME = Round(LEFT * F("fx"), 2)
LOADED = (
    "id",
    "number",
    "status",
    "issued_on",
    "due_on",
    "client_name",
    "company_id",
    "order_ref",
    "gross",
    "credited",
    "paid",
    "left",
    "currency",
    "document_id",
)
NEWEST = Sort("number", "issued_at", descending=True)
SORTS = {
    sort.key: sort
    for sort in (
        NEWEST,
        Sort("client", "client_name"),
        Sort("issued", "issued_on"),
        Sort("due", "due_on"),
        Sort("gross", "gross", descending=True),
        Sort("left", "left", descending=True),
    )
}


@dataclass(frozen=True, slots=True)
class InvoiceFilter:
    """What the address of the list asks for; `view` is a status, `open` or `overdue`."""

    search: str = ""
    view: str = ""
    company: UUID | None = None
    order: str = ""  # its reference
    issued_from: date | None = None
    issued_to: date | None = None


NOTHING = capped(0)


@dataclass(frozen=True, slots=True)
class Totals:
    """Of all that was found, in the reseller's currency at the rates of the invoices; cancelled
    ones left out. Of more rows than are added up there are no sums.
    """

    count: CappedCount = NOTHING
    gross: Decimal | None = ZERO
    rest: Decimal | None = ZERO


def invoices_of(actor: Actor) -> QuerySet[Invoice]:
    """The invoices this person may see: accountants and dispatchers all, a client its own, anybody
    else none.
    """
    if actor.can(Permission.FINANCE_VIEW):
        return Invoice.objects.all()
    if actor.kind is Kind.CLIENT and actor.company_id:
        return Invoice.objects.filter(company_id=actor.company_id)
    return Invoice.objects.none()


def invoice_for(actor: Actor, number: str) -> Invoice:
    """The invoice of this number, with its client and order. Raises Http404."""
    invoice = invoices_of(actor).select_related("company", "order").filter(number=number).first()
    if invoice is None:
        raise Http404
    return invoice


def payment_for(actor: Actor, payment_id: UUID) -> Payment:
    """A receipt on an invoice this person may see. Raises Http404."""
    rows = Payment.objects.filter(invoice__in=invoices_of(actor)).select_related("invoice")
    payment = rows.filter(pk=payment_id).first()
    if payment is None:
        raise Http404
    return payment


def write_off_for(actor: Actor, write_off_id: UUID) -> WriteOff:
    """A write-off of an invoice this person may see. Raises Http404."""
    rows = WriteOff.objects.filter(invoice__in=invoices_of(actor)).select_related("invoice")
    write_off = rows.filter(pk=write_off_id).first()
    if write_off is None:
        raise Http404
    return write_off


def write_offs_of(invoice: Invoice) -> list[WriteOff]:
    """Write-offs and reversals in the order they were entered; a write-off knows what was taken back
    of it (`back`).
    """
    back = (
        WriteOff.objects.filter(reverses=OuterRef("pk"))
        .values("reverses")
        .annotate(sum=Sum("amount"))
        .values("sum")
    )
    rows = WriteOff.objects.filter(invoice=invoice).annotate(back=Subquery(back))
    return list(rows.order_by("entered_at", "id"))


def payments_of(invoice: Invoice) -> list[Payment]:
    """Receipts and refunds in the order they were entered; a receipt knows what was given back of
    it (`back`).
    """
    back = (
        Payment.objects.filter(refund_of=OuterRef("pk"))
        .values("refund_of")
        .annotate(sum=Sum("amount"))
        .values("sum")
    )
    return list(
        Payment.objects.filter(invoice=invoice)
        .annotate(back=Subquery(back))
        .order_by("entered_at", "id")
    )


def without_invoice() -> QuerySet[Order]:
    """Completed orders that no invoice in force stands for."""
    done = Order.objects.filter(completed_at__isnull=False, is_invoiced=False)
    return done.select_related("client").order_by("-completed_at")


def rows(
    actor: Actor,
    filters: InvoiceFilter,
    *,
    today: date,
) -> QuerySet[Invoice, dict[str, Any]]:
    """The invoices asked for as the list shows them, each with the totals of all of them."""
    invoices = matching(actor, filters, today=today)
    with_totals = _loaded(invoices).annotate(totals=_totals(invoices))
    rows: QuerySet[Invoice, dict[str, Any]] = with_totals.values(*LOADED, "totals")
    return rows


def totals_of(rows: Sequence[dict[str, Any]]) -> Totals:
    """The totals that stand beside every row."""
    return _read(rows[0]["totals"]) if rows else Totals()


def everything(
    actor: Actor,
    filters: InvoiceFilter,
    sort: Sort,
    *,
    today: date,
) -> Iterator[dict[str, Any]]:
    """The rows of an export, all of them, read a piece at a time."""
    invoices = _loaded(matching(actor, filters, today=today)).values(*LOADED)
    return keyset.walk(invoices, sort=sort)


def matching(actor: Actor, filters: InvoiceFilter, *, today: date) -> QuerySet[Invoice]:
    condition = _view(filters.view, today)
    if filters.company:
        condition &= Q(company_id=filters.company)
    if filters.order:
        condition &= Q(order__ref=filters.order)
    if filters.issued_from:
        condition &= Q(issued_on__gte=filters.issued_from)
    if filters.issued_to:
        condition &= Q(issued_on__lte=filters.issued_to)
    condition &= finds(
        filters.search,
        "number",
        "client_name",
        through={"order_id": Named(Order.objects, "ref")},
    )
    return invoices_of(actor).filter(condition)


def counts(actor: Actor, *, today: date) -> dict[str, CappedCount]:
    """How many invoices wait under the tabs that ask for work."""
    mine = invoices_of(actor)
    return counts_capped(
        open=mine.filter(_view("open", today)),
        overdue=mine.filter(_view("overdue", today)),
    )


def _view(
    view: str,
    today: date,
) -> Q:
    if view == "overdue":
        return OPEN & Q(due_on__lt=today)
    if view == "open":
        return OPEN
    return Q(status=view) if view in Status.values else Q()


def _loaded(invoices: QuerySet[Invoice]) -> QuerySet[Invoice]:
    return invoices.annotate(left=REST, order_ref=F("order__ref"))


def _totals(invoices: QuerySet[Invoice]) -> Subquery:
    alive = ~Q(status=Status.CANCELLED)
    return counting.totals_of(
        invoices,
        gross=Case(When(alive, then=AT_HOME)),
        rest=Case(When(alive, then=REST_AT_HOME)),
    )


def _read(doc: dict[str, Any]) -> Totals:
    """The totals out of the query's JSON; beyond the cap there are no sums."""
    count = capped(doc["count"], MOST_SUMMED)
    if count.more:
        return Totals(count, None, None)
    return Totals(
        count,
        Decimal(doc["gross"] or 0),
        Decimal(doc["rest"] or 0),
    )


def paper_taken_back(paper: Document) -> datetime | None:
    """When the invoice of a paper was cancelled; None while it stands, and for other papers."""
    cancelled = Invoice.objects.filter(document_id=paper.pk, status=Status.CANCELLED)
    return cancelled.values_list("cancelled_at", flat=True).first()
