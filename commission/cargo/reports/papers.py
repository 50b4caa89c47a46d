"""The module's papers under the reseller's brand: month summary, commission statement, ใบวางบิล,
labels.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

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
from tenants.kit.words import in_words
from tenants.office import audit
from tenants.office.refs import next_ref

MOST_LABELS = 500


def summary(found: Summary, *, reseller: ResellerInfo) -> HttpResponse:
    context = {
        "found": found,
        "currency": reseller.currency,
        "month": formats.month(found.month),
    }
    return _answer(
        f"cargo-{found.month:%Y-%m}",
        "cargo/papers/summary.html",
        context,
        {},
        reseller,
    )


def statement(who: Line, lines: list[Line], *, month: date, reseller: ResellerInfo) -> HttpResponse:
    """What a salesperson earned in a month, by customer."""
    context = {
        "who": who,
        "lines": lines,
        "month": formats.month(month),
        "currency": reseller.currency,
        "words": in_words(
            max(who.totals.commission, Decimal(0)),
            reseller.currency,
            get_language() or "en",
        ),
    }
    return _answer(
        f"commission-{who.code or 'none'}-{month:%Y-%m}",
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
    context = {
        "customer": customer,
        "rows": rows,
        "total": total,
        "first": first,
        "last": last,
        "number": number,
        "on": today,
        "currency": reseller.currency,
        "words": in_words(total, reseller.currency, get_language() or "en"),
        "paid_to": promptpay.shown(paid_to),
    }
    return _answer(number, "cargo/papers/bill.html", context, pictures, reseller)


def labels(rows: list[Shipment], *, reseller: ResellerInfo) -> HttpResponse:
    """100 × 75 mm, one page a parcel."""
    rows = rows[:MOST_LABELS]
    pictures = {f"parcel{place}": qr(row.tracking_number) for place, row in enumerate(rows)}
    return _answer(
        "labels",
        "cargo/papers/labels.html",
        {"rows": rows},
        pictures,
        reseller,
    )


def _answer(
    name: str,
    template: str,
    context: dict[str, Any],
    pictures: dict[str, Picture],
    reseller: ResellerInfo,
) -> HttpResponse:
    head = letterhead(with_signature=False)
    html = render_to_string(
        template,
        context
        | {
            "head": head,
            "reseller": reseller,
            "lang": get_language() or "en",
        },
        using="jinja2",
    )
    done = render_html(html, head.pictures() | pictures)
    answer = HttpResponse(done.content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
