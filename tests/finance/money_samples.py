"""Orders and invoices for the tests of the books, made plainly."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction

from companies.models import OwnFirm
from finance import invoices, locks, payments, recognition
from finance.models import Invoice, Method, Payment
from orders.models import Order
from tenants.office.models import ExchangeRate
from tests.world import Cast

_refs = itertools.count(1)
MARCH = date(2026, 3, 1)
APRIL = date(2026, 4, 1)
MAY = date(2026, 5, 1)


def noon(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T06:00:00+00:00").astimezone(UTC)


def own(**values: Any) -> None:
    OwnFirm.objects.update_or_create(pk=1, defaults={"name": "Own", "inn": "01", **values})


def rate(on: str, value: str, currency: str = "USD", off: str | None = None) -> None:
    """The office's exchange rate of a day."""
    ExchangeRate.objects.update_or_create(
        currency=currency,
        on=date.fromisoformat(on),
        defaults={
            "rate": Decimal(value),
            "off": Decimal(off) if off else None,
            "source": "typed",
            "entered_at": noon(on),
        },
    )


def order(
    cast: Cast,
    *,
    price: str = "100000.00",
    client: str = "client",
    **more: Any,
) -> Order:
    facts = {
        "ref": f"ORD-260313-{next(_refs):04d}",
        "client_id": cast.company_id(client),
        "stage": "delivered",
        "client_price": Decimal(price),
        "price_tax": "on_top",
        "currency": cast.info.currency,
        "carrier_currency": cast.info.currency,
        "created_at": noon("2026-03-01"),
        "place_from": "Бишкек",
        "place_to": "Ош",
    } | more
    return Order.objects.create(**facts)


def completed(cast: Cast, number: int, on: str) -> None:
    """So many more orders completed at noon of a day, without money."""
    Order.objects.bulk_create(
        Order(
            ref=f"ORD-{uuid4().hex[:12]}",
            client_id=cast.company_id("client"),
            stage="completed",
            currency=cast.info.currency,
            carrier_currency=cast.info.currency,
            created_at=noon(on),
            completed_at=noon(on),
        )
        for _ in range(number)
    )


def invoice(cast: Cast, gross: str, *, on: str = "2026-03-01", **more: Any) -> Invoice:
    """An invoice with its act, as both come with a completed order."""
    return accepted(cast, invoice_ahead(cast, gross, on=on, **more), on)


def invoice_ahead(cast: Cast, gross: str, *, on: str = "2026-03-01", **more: Any) -> Invoice:
    """An invoice before its act."""
    return invoices.issue_for_order(
        order=order(cast, price=gross, **more),
        by=cast.actor("accountant"),
        at=noon(on),
    )


def accepted(cast: Cast, bill: Invoice, on: str) -> Invoice:
    """The invoice with its act booked on a day."""
    with transaction.atomic():
        row = locks.invoice(bill.pk)
        recognition.accept(
            invoice=row,
            on=date.fromisoformat(on),
            by=cast.actor("accountant"),
            at=noon(on),
        )
    return row


def pay(cast: Cast, bill: Invoice, amount: str, on: str, **more: Any) -> Payment:
    facts = {
        "method": Method.BANK,
        "once": uuid4(),
        "by": cast.actor("accountant"),
        "at": noon(on),
    } | more
    return payments.receive(
        invoice=bill,
        amount=Decimal(amount),
        paid_on=date.fromisoformat(on),
        **facts,
    )


def give_back(cast: Cast, payment: Payment, amount: str, on: str, **more: Any) -> Payment:
    facts = {
        "once": uuid4(),
        "by": cast.actor("accountant"),
        "at": noon(on),
        "reason": "not carried",
    } | more
    return payments.refund(
        payment=payment,
        amount=Decimal(amount),
        on=date.fromisoformat(on),
        **facts,
    )
