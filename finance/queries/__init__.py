"""Reading the books. A loader is the check: what a person may not see is not there."""

from finance.queries.ageing import BUCKETS, Ageing, Debtor, Side, ageing
from finance.queries.dashboard import Figure, Figures, figures
from finance.queries.due import Due, due_between
from finance.queries.fee import (
    Meter,
    Statement,
    meter,
    statement,
)
from finance.queries.invoices import (
    InvoiceFilter,
    counts,
    everything,
    invoice_for,
    invoices_of,
    payment_for,
    payments_of,
    rows,
    totals_of,
    without_invoice,
    write_off_for,
    write_offs_of,
)
from finance.queries.payouts import (
    payable_for,
    payables,
    payables_of,
    payouts_of,
)
from finance.queries.pnl import MonthResult, pnl
from finance.queries.receipts import receipts

__all__ = [
    "BUCKETS",
    "Ageing",
    "Debtor",
    "Due",
    "Figure",
    "Figures",
    "InvoiceFilter",
    "Meter",
    "MonthResult",
    "Side",
    "Statement",
    "ageing",
    "counts",
    "due_between",
    "everything",
    "figures",
    "invoice_for",
    "invoices_of",
    "meter",
    "payable_for",
    "payables",
    "payables_of",
    "payment_for",
    "payments_of",
    "payouts_of",
    "pnl",
    "receipts",
    "rows",
    "statement",
    "totals_of",
    "without_invoice",
    "write_off_for",
    "write_offs_of",
]
