"""The module's papers under the reseller's brand: month summary, commission statement, ใบวางบิล,
labels.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import get_language

from commission.cargo.models import Bill, Customer, Shipment
from commission.cargo.queries.report import Line, Summary
from commission.cargo.reports import promptpay
from companies.queries import letterhead
from documents.pictures import Picture
from documents.render import report
from documents.render.qr import qr
from tenants.actor import ResellerInfo
from tenants.kit import formats, later
from tenants.kit.web import names_of
from tenants.kit.words import in_words

LABELLED_AT_ONCE = 100  # parcels of a paper that is made while the person waits
BILLED_AT_ONCE = 300
MOST_LABELS = 5_000  # more are refused in words


class BillIsOld(Exception):
    """Parcels of the bill were changed since: it is made anew."""


@dataclass(frozen=True, slots=True)
class SummaryPaper:
    """A month by salesperson and by customer."""

    summary: Summary
    currency: str
    month: str


@dataclass(frozen=True, slots=True)
class StatementPaper:
    """A salesperson's month by customer, and the commission in words."""

    salesperson: Line
    lines: list[Line]
    month: str
    currency: str
    words: str


@dataclass(frozen=True, slots=True)
class BillPaper:
    """ใบวางบิล; `paid_to` is the PromptPay number in the shop's way of writing."""

    customer: Customer
    rows: list[Shipment]
    total: Decimal
    first: date
    last: date
    number: str
    on: date
    currency: str
    words: str
    paid_to: str


@dataclass(frozen=True, slots=True)
class LabelsPaper:
    rows: list[Shipment]


def summary(month: Summary, *, reseller: ResellerInfo) -> HttpResponse:
    context = SummaryPaper(month, reseller.currency, formats.month(month.month))
    return _answer(
        f"cargo-{month.month:%Y-%m}",
        "cargo/papers/summary.html",
        context,
        {},
        reseller,
    )


def statement(
    salesperson: Line,
    lines: list[Line],
    *,
    month: date,
    reseller: ResellerInfo,
) -> HttpResponse:
    """What a salesperson earned in a month, by customer."""
    earned = max(salesperson.totals.commission, Decimal(0))
    context = StatementPaper(
        salesperson=salesperson,
        lines=lines,
        month=formats.month(month),
        currency=reseller.currency,
        words=in_words(earned, reseller.currency, get_language() or "en"),
    )
    return _answer(
        f"commission-{salesperson.code or 'none'}-{month:%Y-%m}",
        "cargo/papers/statement.html",
        context,
        {},
        reseller,
    )


def bill(
    made_out: Bill,
    *,
    parcels: QuerySet[Shipment],
    reseller: ResellerInfo,
) -> HttpResponse:
    """The paper of a bill, with the PromptPay code of its sum. Raises BillIsOld, LongWork."""
    rows = list(
        later.rows_of(
            parcels.filter(pk__in=made_out.shipments).order_by(
                "received_on",
                "tracking_number",
            ),
            at_once=BILLED_AT_ONCE,
        )
    )
    total = sum((row.price for row in rows), Decimal("0.00"))
    if total != made_out.total or len(rows) != len(made_out.shipments):
        raise BillIsOld
    own = letterhead().own
    paid_to = promptpay.target(own.tax_id, own.phone) if reseller.currency == "THB" else ""
    pictures = {"payment": qr(promptpay.payload(paid_to, total))} if paid_to and total else {}
    context = BillPaper(
        customer=made_out.customer,
        rows=rows,
        total=total,
        first=made_out.first,
        last=made_out.last,
        number=made_out.number,
        on=made_out.billed_on,
        currency=reseller.currency,
        words=in_words(total, reseller.currency, get_language() or "en"),
        paid_to=promptpay.shown(paid_to),
    )
    return _answer(made_out.number, "cargo/papers/bill.html", context, pictures, reseller)


def labels(parcels: Iterable[Shipment], *, reseller: ResellerInfo) -> HttpResponse:
    """100 × 75 mm, one page a parcel. Raises LongWork."""
    rows = list(later.rows_of(parcels, at_once=LABELLED_AT_ONCE))
    pictures = {f"parcel{place}": qr(row.tracking_number) for place, row in enumerate(rows)}
    return _answer(
        "labels",
        "cargo/papers/labels.html",
        LabelsPaper(rows),
        pictures,
        reseller,
    )


def _answer(
    name: str,
    template: str,
    context: SummaryPaper | StatementPaper | BillPaper | LabelsPaper,
    pictures: dict[str, Picture],
    reseller: ResellerInfo,
) -> HttpResponse:
    head = letterhead(with_signature=False)
    names = names_of(context) | {"reseller": reseller}
    return report.answer(name, template, names, head=head, pictures=pictures)
