"""The months of the books, and what still stands open in one that is about to be closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from finance import beginning, links, months
from finance.close import waiting_until
from finance.models import Invoice, MonthClose, MonthSum, Payable, Payment, Status
from finance.queries.invoices import OPEN, without_invoice
from finance.queries.receipts import UNNUMBERED
from orders import links as order_links
from orders.models import Order, Trip, TripStage
from tenants.actor import ResellerInfo
from tenants.kit.calendar import first_of, last_of, moments_of, month_before, next_month
from tenants.kit.counting import CappedCount, capped, counts_capped
from tenants.kit.months import month_label
from tenants.office import rates

UNPAID = Q(paid__lt=F("amount"))
LATE = timedelta(days=60)
MOST = 24  # months that the page shows


@dataclass(frozen=True, slots=True)
class BooksMonth:
    """A month with what was closed of it; the books of a month close all before it too."""

    first: date
    fee: MonthClose | None
    books: MonthClose | None
    is_fee_closed: bool
    is_closed: bool
    is_over: bool
    may_reopen: bool

    @property
    def value(self) -> str:
        """As addresses name it."""
        return f"{self.first:%Y-%m}"

    @property
    def label(self) -> str:
        return month_label(self.first)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the checklist: how much of it is left, and where it is put right. The books wait
    for those that are `needed`.
    """

    text: str
    left: CappedCount
    url: str
    needed: bool = False

    @property
    def met(self) -> bool:
        return self.left.number == 0


def books_months(home: ResellerInfo, today: date) -> list[BooksMonth]:
    """The months from the day on which the books begin to the running one, the newest first."""
    first = first_of(beginning.first_day(home, today))
    rows = MonthClose.objects.filter(month__gte=first, month__lte=today)
    by_kind = {(row.kind, row.month): row for row in rows}
    fee = months.last_closed()
    books = months.last_closed(months.BOOKS)
    shown: list[BooksMonth] = []
    month = first_of(today)
    while month >= first and len(shown) < MOST:
        shown.append(
            BooksMonth(
                first=month,
                fee=by_kind.get((months.FEE, month)),
                books=by_kind.get((months.BOOKS, month)),
                is_fee_closed=fee is not None and month <= fee,
                is_closed=books is not None and month <= books,
                is_over=last_of(month) < today,
                may_reopen=month == books,
            )
        )
        month = month_before(month)
    return shown


def next_to_close(home: ResellerInfo, today: date) -> date:
    """The first month whose books are open."""
    closed = months.last_closed(months.BOOKS)
    return next_month(closed) if closed else first_of(beginning.first_day(home, today))


def is_closed(month: date) -> bool:
    """Whether nothing is dated into the month any more."""
    closed = months.last_closed(months.BOOKS)
    return closed is not None and month <= closed


def points(month: date, home: ResellerInfo, today: date) -> list[Point]:
    """The checklist of a month, what must be done first."""
    end = last_of(month)
    before = moments_of(month, home.zone)[1]
    counts = counts_capped(
        not_invoiced=without_invoice().filter(completed_at__lt=before),
        acts=_without_act(_done_in(month, home)),
        originals=_without_originals(_done_in(month, home)),
        late=Invoice.objects.filter(OPEN, due_on__lt=end - LATE),
        unnumbered=Payment.objects.filter(UNNUMBERED, paid_on__range=(month, end)),
        owed=Payable.objects.filter(UNPAID, due_on__lte=end),
    )
    value = f"{month:%Y-%m}"
    receipts = reverse("finance:receipt-list")
    fee_waits = waiting_until(next_month(month))
    fee_month = f"{fee_waits or month:%Y-%m}"
    return [
        Point(_("The month is over"), capped(int(end >= today)), "", needed=True),
        Point(
            _("The platform commission is closed"),
            capped(int(fee_waits is not None)),
            f"{reverse('finance:fee')}?month={fee_month}",
            needed=True,
        ),
        Point(_("Completed orders have an invoice"), counts["not_invoiced"], links.invoices()),
        Point(
            _("Acts are made for completed orders"),
            counts["acts"],
            order_links.orders(completed=value),
        ),
        Point(
            _("Original papers have come in"),
            counts["originals"],
            order_links.orders(completed=value),
        ),
        Point(
            _("No invoice is overdue by more than 60 days"),
            counts["late"],
            links.invoices(view="overdue"),
        ),
        Point(
            _("Receipts carry the number of their paper"),
            counts["unnumbered"],
            f"{receipts}?view=unnumbered",
        ),
        Point(_("Carriers are paid when they are due"), counts["owed"], links.payables()),
        Point(
            _("Currencies have a rate at the end of the month"),
            capped(len(currencies_without_rate(month, home))),
            f"{reverse('finance:rates')}?month={value}",
        ),
    ]


def currencies_without_rate(month: date, home: ResellerInfo) -> list[str]:
    """The currencies that moved in a month and have no rate at its end."""
    moved = MonthSum.objects.filter(month=month).exclude(currency=home.currency)
    currencies = moved.order_by("currency").values_list("currency", flat=True).distinct()
    end = last_of(month)
    return [currency for currency in currencies if rates.rate_on(currency, end) is None]


def _done_in(month: date, home: ResellerInfo) -> QuerySet[Order]:
    """The orders completed in a month."""
    start, end = moments_of(month, home.zone)
    return Order.objects.filter(completed_at__gte=start, completed_at__lt=end)


def _without_originals(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Those whose trip's papers have not been handed in. Each order looks its trip up: a join
    would read all trips there ever were.
    """
    trips = Trip.objects.filter(order=OuterRef("pk"), replaced_at=None)
    with_trip = orders.annotate(trip_stage=Subquery(trips.values("stage")[:1]))
    return with_trip.filter(trip_stage__isnull=False).exclude(trip_stage=TripStage.PAPERS_IN)


def _without_act(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Those with an invoice in force on which the client was given no act."""
    invoices = Invoice.objects.filter(order=OuterRef("pk"), act_id=None)
    in_force = invoices.exclude(status=Status.CANCELLED)
    with_invoice = orders.annotate(invoice_id=Subquery(in_force.values("pk")[:1]))
    return with_invoice.filter(invoice_id__isnull=False)
