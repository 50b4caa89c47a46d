"""Addresses of the books' pages."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

# One page under several addresses: the office's names, and those of others by their kind.
CORNERS: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = (
    (("finance:invoice-list", "finance:invoice-card"), {"client": "finance:cabinet-invoices"}),
    (("finance:payable-list", "finance:payable-card"), {"partner": "finance:partner-payouts"}),
)


def invoices(**filters: str | UUID) -> str:
    """The list of invoices, narrowed by what its address takes."""
    return _with(reverse("finance:invoice-list"), filters)


def invoice(number: str) -> str:
    return reverse("finance:invoice-card", args=[number])


def client_advance(advance_id: UUID) -> str:
    return reverse("finance:advance-card", args=[advance_id])


def carrier_advances(ref: str) -> str:
    """What the carrier of an order was paid ahead."""
    return reverse("finance:carrier-advances", args=[ref])


def expense(expense_id: UUID) -> str:
    return reverse("finance:expense-card", args=[expense_id])


def opening(opening_id: UUID) -> str:
    return reverse("finance:opening-card", args=[opening_id])


def payables(**filters: str) -> str:
    """What is owed to carriers, narrowed by what its address takes."""
    return _with(reverse("finance:payable-list"), filters)


def trial_balance(**period: str) -> str:
    return _with(reverse("finance:trial-balance"), period)


def account(code: str, **period: str) -> str:
    """The card of an account over a period."""
    return _with(reverse("finance:account-card", args=[code]), period)


def entry(entry_id: UUID) -> str:
    return reverse("finance:entry", args=[entry_id])


def statement(company_id: UUID, **period: str) -> str:
    """The account of a company over a period."""
    return _with(reverse("finance:statement", args=[company_id]), period)


def reconciliation(company_id: UUID) -> str:
    return reverse("finance:reconciliation", args=[company_id])


def bank_statement(statement_id: UUID) -> str:
    return reverse("finance:bank-statement", args=[statement_id])


def close(**filters: str) -> str:
    """The months of the books, and the checklist of the next one to be closed."""
    return _with(reverse("finance:close"), filters)


def taxes() -> str:
    return reverse("finance:taxes")


def _with(
    url: str,
    query: dict[str, str] | dict[str, str | UUID],
) -> str:
    return f"{url}?{urlencode(query)}" if query else url
