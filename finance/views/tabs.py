"""Tabs of the books."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from tenants.kit.pieces import Tab


def books_tabs(active: str) -> list[Tab]:
    """The pages of the books; `active` is the name of the address of this one."""
    named = [
        ("invoice-list", _("Invoices")),
        ("receipt-list", _("Receipts")),
        ("advance-list", _("Advances")),
        ("payable-list", _("Carriers")),
        ("expense-list", _("Expenses")),
        ("bank-list", _("Bank")),
        ("ageing", _("Ageing")),
        ("calendar", _("Payment calendar")),
        ("pnl", _("P&L")),
        ("trial-balance", _("Trial balance")),
        ("tax-book", _("Sales and purchases")),
        ("fee", _("Platform commission")),
        ("close", _("Month close")),
        ("opening-list", _("Opening balances")),
        ("taxes", _("Taxes")),
        ("rates", _("Exchange rates")),
    ]
    return [Tab(label, reverse(f"finance:{name}"), name == active) for name, label in named]
