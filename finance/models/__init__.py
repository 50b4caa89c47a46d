from finance.models.bank import BankStatement, LineMatch, LineState, StatementLine
from finance.models.carrier_advance import CarrierAdvance, Occasion
from finance.models.choices import Account, EntryKind, Method, Moment, Status
from finance.models.client_advance import ClientAdvance
from finance.models.credit_note import CreditNote
from finance.models.expense import Category, Expense
from finance.models.invoice import Invoice, InvoiceLine
from finance.models.ledger import Entry, Line, MonthSum
from finance.models.months import BooksBeginning, FeeCharge, MonthClose
from finance.models.opening import OpeningBalance, OpeningKind
from finance.models.payment import Payment
from finance.models.payout import Payable, Payout
from finance.models.write_off import WriteOff

__all__ = [
    "Account",
    "BankStatement",
    "BooksBeginning",
    "CarrierAdvance",
    "Category",
    "ClientAdvance",
    "CreditNote",
    "Entry",
    "EntryKind",
    "Expense",
    "FeeCharge",
    "Invoice",
    "InvoiceLine",
    "Line",
    "LineMatch",
    "LineState",
    "Method",
    "Moment",
    "MonthClose",
    "MonthSum",
    "Occasion",
    "OpeningBalance",
    "OpeningKind",
    "Payable",
    "Payment",
    "Payout",
    "StatementLine",
    "Status",
    "WriteOff",
]
