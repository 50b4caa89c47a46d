"""What the API gives out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from commission.cargo.imports.cells import FIELDS
from commission.cargo.models import (
    Customer,
    ImportBatch,
    RateCard,
    Salesperson,
    Shipment,
)
from commission.cargo.queries import imports
from commission.cargo.queries.report import Line, Summary, Totals


def number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def money(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def shipment(row: Shipment, currency: str) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "received_on": row.received_on.isoformat(),
        "customer_code": row.customer.code,
        "tracking_number": row.tracking_number,
        "goods_type": row.goods_type_id,
        "transport": row.transport,
        "weight_kg": number(row.weight_kg),
        "volume_cbm": number(row.volume_cbm),
        "price": money(row.price),
        "cost_mode": row.cost_mode,
        "cost": money(row.cost),
        "cost_rule": row.cost_rule,
        "rate_cbm": number(row.rate_cbm),
        "rate_kg": number(row.rate_kg),
        "rate_card": str(row.card_id) if row.card_id else None,
        "rate_card_version": row.card_version,
        "commission": money(row.commission),
        "commission_method": row.commission_method,
        "status": row.status,
        "salesperson": row.salesperson.code if row.salesperson else None,
        "note": row.note,
        "currency": currency,
    }


def from_board(row: dict[str, Any], currency: str) -> dict[str, Any]:
    return {
        "id": str(row["id"]),
        "received_on": row["received_on"].isoformat(),
        "customer_code": row["customer_code"],
        "tracking_number": row["tracking_number"],
        "goods_type": row["goods_type_id"],
        "transport": row["transport"],
        "weight_kg": number(row["weight_kg"]),
        "volume_cbm": number(row["volume_cbm"]),
        "price": money(row["price"]),
        "cost_mode": row["cost_mode"],
        "cost": money(row["cost"]),
        "cost_rule": row["cost_rule"],
        "rate_cbm": number(row["rate_cbm"]),
        "rate_kg": number(row["rate_kg"]),
        "commission": money(row["commission"]),
        "commission_method": row["commission_method"],
        "status": row["status"],
        "salesperson": row["salesperson_code"],
        "currency": currency,
    }


def card(row: RateCard, currency: str) -> dict[str, Any]:
    from commission.cargo.rates.cards import grid_of

    prices: dict[str, dict[str, dict[str, str | None]]] = {}
    for (kind, way), rates in grid_of(row).items():
        prices.setdefault(kind, {})[way] = {
            "cbm": number(rates.per_cbm),
            "kg": number(rates.per_kg),
        }
    return {
        "id": str(row.pk),
        "name": row.name,
        "version": row.version,
        "active": row.is_active,
        "prices": prices,
        "currency": currency,
    }


def salesperson(row: Salesperson) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "phone": row.phone,
        "email": row.email,
        "active": row.is_active,
        "has_login": row.member is not None,
    }


def customer(row: Customer) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "phone": row.phone,
        "line": row.line,
        "salesperson": row.salesperson.code if row.salesperson else None,
        "company": str(row.company_id) if row.company_id else None,
    }


def batch(row: ImportBatch) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "state": row.state,
        "source": row.source,
        "ok": row.rows - row.bad,
        "bad": row.bad,
        "saved": row.saved,
        "heading": row.has_heading,
        "failed_reason": row.failed_reason or None,
    }


def line(seen: imports.PreviewLine) -> dict[str, Any]:
    """A row of a preview: its values as they were read, what it would come to, and its errors by
    field.
    """
    values: dict[str, Any] = dict(zip(FIELDS, seen.cells, strict=True))
    if seen.received_on:
        values["received_on"] = seen.received_on.isoformat()
    found = {
        "cost": money(seen.cost),
        "cost_rule": seen.cost_rule,
        "commission": money(seen.commission),
        "commission_method": seen.commission_method,
        "status": seen.status,
    }
    return {
        "line": seen.line,
        "values": values | found,
        **found,
        "new_customer": seen.is_new_customer,
        "errors": [{"field": field, "message": text} for field, text in seen.errors.items()],
    }


def totals(found: Totals) -> dict[str, Any]:
    return {
        "count": found.count,
        "sales": money(found.sales),
        "cost": money(found.cost),
        "commission": money(found.commission),
        "awaiting_rate": found.awaiting,
        "loss": found.loss,
    }


def _line(found: Line) -> dict[str, Any]:
    return {"code": found.code or None, "name": found.name} | totals(found.totals)


def summary(found: Summary, currency: str) -> dict[str, Any]:
    return {
        "month": f"{found.month:%Y-%m}",
        "currency": currency,
        "totals": totals(found.totals),
        "salespeople": [_line(row) for row in found.salespeople],
        "customers": [_line(row) for row in found.customers],
    }
