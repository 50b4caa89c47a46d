"""The module's papers under the reseller's brand: month summary, commission statement, ใบวางบิล,
labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from commission.cargo.models import Customer, Shipment
from commission.cargo.queries.report import Line, Summary
from commission.cargo.reports import promptpay
from companies.queries import letterhead
from documents.pictures import Picture
from documents.render.engine import render_html
from documents.render.qr import qr
from tenants.actor import Actor, ResellerInfo
from tenants.kit import formats
from tenants.kit.web import names_of
from tenants.kit.words import in_words
from tenants.office import audit
from tenants.office.refs import next_ref

MOST_LABELS = 500


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
    *,
    customer: Customer,
    rows: list[Shipment],
    first: date,
    last: date,
    by: Actor,
    at: datetime,
) -> HttpResponse:
    """ใบวางบิล of a customer's period, with a number of its own and the PromptPay code of its sum."""
    reseller = by.reseller
    assert reseller is not None
    total = sum((row.price for row in rows), Decimal("0.00"))
    today = at.astimezone(reseller.zone).date()
    with transaction.atomic():
        number = next_ref("BN", on=today)
        audit.record(
            action="cargo.bill",
            subject=customer.subject,
            title=customer.code,
            by=by,
            at=at,
            after={
                "number": number,
                "first": first,
                "last": last,
                "shipments": len(rows),
                "sum": total,
            },
        )
    own = letterhead().own
    paid_to = promptpay.target(own.tax_id, own.phone) if reseller.currency == "THB" else ""
    pictures = {"payment": qr(promptpay.payload(paid_to, total))} if paid_to and total else {}
    context = BillPaper(
        customer=customer,
        rows=rows,
        total=total,
        first=first,
        last=last,
        number=number,
        on=today,
        currency=reseller.currency,
        words=in_words(total, reseller.currency, get_language() or "en"),
        paid_to=promptpay.shown(paid_to),
    )
    return _answer(number, "cargo/papers/bill.html", context, pictures, reseller)


def labels(rows: list[Shipment], *, reseller: ResellerInfo) -> HttpResponse:
    """100 × 75 mm, one page a parcel."""
    rows = rows[:MOST_LABELS]
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
    html = render_to_string(
        template,
        names_of(context)
        | {
            "head": head,
            "reseller": reseller,
            "lang": get_language() or "en",
        },
        using="jinja2",
    )
    pdf = render_html(html, head.pictures() | pictures)
    answer = HttpResponse(pdf.content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
