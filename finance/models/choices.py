"""The words of the books: accounts, kinds of entries, states of an invoice, ways of paying."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Account(models.TextChoices):
    """The chart. A line moves its amount from the credit account to the debit account."""

    RECEIVABLE = "receivable", _("Receivables")
    ADVANCE = "advance", _("Advances of clients")
    BANK = "bank", _("Bank")
    CASH = "cash", _("Cash")
    REVENUE = "revenue", _("Revenue")
    TAX = "tax", _("Taxes to pay")
    COST = "cost", pgettext_lazy("ledger", "Carriers")
    PAYABLE = "payable", _("Payables")
    PLATFORM_FEE = "platform_fee", _("Platform commission")
    FEE_PAYABLE = "fee_payable", _("Owed to the platform")
    EXCHANGE = "exchange", _("Exchange differences")  # debit: a loss, credit: a gain
    # of accepted work not paid yet; the other way round of advances, where money is what counts
    UNDUE_REVENUE = "undue_revenue", _("Revenue until it is paid")
    UNDUE_TAX = "undue_tax", _("Taxes not due yet")
    ON_ACCOUNT = "on_account", _("Money of clients on no invoice")
    INPUT_TAX = "input_tax", _("Input tax")
    ADVANCES_PAID = "advances_paid", _("Advances paid to carriers")
    BAD_DEBTS = "bad_debts", _("Bad debts written off")
    EXPENSES = "expenses", _("Expenses")
    OPENING = "opening", _("Opening balances")


class EntryKind(models.TextChoices):
    """What happened, in one word."""

    INVOICE = "invoice", _("Invoice")
    RECEIPT = "receipt", _("Receipt")
    REFUND = "refund", _("Refund")
    COST = "cost", pgettext_lazy("ledger", "Carrier's rate")
    PAYOUT = "payout", _("Payout")
    PLATFORM_FEE = "platform_fee", _("Platform commission")
    CORRECTION = "correction", _("Correction")
    ACT = "act", pgettext_lazy("ledger", "Act")
    OFFSET = "offset", _("Advance taken off")
    CREDIT_NOTE = "credit_note", _("Credit note")
    ALLOCATION = "allocation", _("Allocated to an invoice")
    INPUT_TAX = "input_tax", _("Tax of a carrier's invoice")
    ADVANCE_PAID = "advance_paid", _("Advance to a carrier")
    ADVANCE_RETURNED = "advance_returned", _("Advance of a carrier came back")
    WRITE_OFF = "write_off", _("Bad debt written off")
    WRITE_OFF_BACK = "write_off_back", _("Write-off reversed")
    EXPENSE = "expense", _("Expense")
    EXPENSE_BACK = "expense_back", _("Expense taken back")
    OPENING = "opening", _("Opening balance")


class Status(models.TextChoices):
    """How far an invoice is paid; an issued one changes in nothing else."""

    ISSUED = "issued", _("Issued")
    PART_PAID = "part_paid", _("Partly paid")
    PAID = "paid", pgettext_lazy("invoice", "Paid")
    CANCELLED = "cancelled", pgettext_lazy("invoice", "Cancelled")
    WRITTEN_OFF = "written_off", pgettext_lazy("invoice", "Written off")


class Moment(models.TextChoices):
    """When revenue or a tax is booked."""

    ACT = "act", _("with the act")
    MONEY = "money", _("with the money")
    EARLIER = "earlier", _("with the earlier of the act and the money")


class Method(models.TextChoices):
    """Where money came in or went out."""

    BANK = "bank", _("Bank transfer")
    CASH = "cash", _("Cash")

    @property
    def account(self) -> Account:
        return Account.CASH if self is Method.CASH else Account.BANK
