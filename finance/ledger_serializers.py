"""How the ledger and its reports look over the API."""

from __future__ import annotations

from rest_framework import serializers

from finance.queries.account_lines import CardLine
from finance.queries.company_statement import CompanyStatement
from finance.queries.pnl_by import SLICES
from tenants.kit.edge.body_fields import DayIn, Text
from tenants.kit.edge.days import BUSINESS
from tenants.kit.money import CURRENCIES
from tenants.kit.serializers import Answer, Filters, Moment, Money


class PeriodFilters(Filters):
    """The days of a report, both included."""

    to = DayIn(window=BUSINESS, required=False)


# `from` cannot be a name in Python
PeriodFilters._declared_fields["from"] = DayIn(window=BUSINESS, required=False)


class TrialBalanceFilters(PeriodFilters):
    """`on` is the last day, as `to` is."""

    on = DayIn(window=BUSINESS, required=False)


class AccountFilters(PeriodFilters):
    currency = serializers.ChoiceField(choices=list(CURRENCIES), required=False)
    limit = serializers.IntegerField(min_value=1, required=False)
    cursor = Text(required=False)


class TurnoverOut(Answer):
    """A balance above zero is one of debit."""

    opening = Money()
    debit = Money()
    credit = Money()
    closing = Money()


class AccountRowOut(TurnoverOut):
    account = serializers.CharField()
    name = serializers.CharField(source="account.label")
    opening = Money(source="turnover.opening")
    debit = Money(source="turnover.debit")
    credit = Money(source="turnover.credit")
    closing = Money(source="turnover.closing")


class SumsOut(Answer):
    """The columns of a trial balance, added up."""

    opening_debit = Money()
    opening_credit = Money()
    debit = Money()
    credit = Money()
    closing_debit = Money()
    closing_credit = Money()


class SheetOut(Answer):
    currency = serializers.CharField()
    accounts = AccountRowOut(source="rows", many=True)
    totals = SumsOut()
    difference = Money()


class TrialBalanceOut(Answer):
    on = serializers.DateField(source="last")
    at_home = SheetOut()
    currencies = SheetOut(source="by_currency", many=True)


TrialBalanceOut._declared_fields["from"] = serializers.DateField(source="first")


class LedgerLineOut(Answer):
    """A line of an account; amounts are those of its side, balances stand after it."""

    id = serializers.IntegerField()
    entry = serializers.UUIDField(source="entry_id")
    on = serializers.DateField()
    at = Moment(source="line.entry.at")
    kind = serializers.CharField(source="line.entry.kind")
    memo = serializers.CharField()
    debit = serializers.CharField(source="line.debit")
    credit = serializers.CharField(source="line.credit")
    amount = Money(source="line.amount")
    currency = serializers.CharField()
    home_amount = Money(source="worth.home")
    company = serializers.UUIDField(source="line.company_id", allow_null=True)
    order = serializers.SerializerMethodField()
    invoice = serializers.SerializerMethodField()
    balance = Money(source="balance.amount")
    home_balance = Money(source="balance.home")

    def get_order(self, row: CardLine) -> str | None:
        """Its reference."""
        return row.order or None

    def get_invoice(self, row: CardLine) -> str | None:
        """Its number."""
        return row.invoice or None


class AccountBalanceOut(TurnoverOut):
    currency = serializers.CharField()
    opening = Money(source="turnover.opening")
    debit = Money(source="turnover.debit")
    credit = Money(source="turnover.credit")
    closing = Money(source="turnover.closing")


class AccountCardOut(Answer):
    """The account over the period at home and in each currency, and a page of its lines."""

    account = serializers.CharField()
    name = serializers.CharField(source="account.label")
    to = serializers.DateField(source="period.last")
    at_home = AccountBalanceOut()
    currencies = AccountBalanceOut(many=True)
    results = LedgerLineOut(source="lines", many=True)
    next = serializers.URLField(allow_null=True)


AccountCardOut._declared_fields["from"] = serializers.DateField(source="period.first")


class StatementLineOut(Answer):
    """What an entry changed: above zero the company owes more, below it owes less."""

    entry = serializers.UUIDField(source="entry_id")
    on = serializers.DateField()
    kind = serializers.CharField(source="code")
    invoice = serializers.CharField()
    order = serializers.CharField()
    amount = Money(source="change.amount")
    home_amount = Money(source="change.home")
    balance = Money(source="balance.amount")
    home_balance = Money(source="balance.home")


class StatementPartOut(Answer):
    currency = serializers.CharField()
    opening = Money(source="opening.amount")
    debit = Money(source="debit.amount")
    credit = Money(source="credit.amount")
    closing = Money(source="closing.amount")
    home_opening = Money(source="opening.home")
    home_closing = Money(source="closing.home")
    lines = StatementLineOut(source="rows", many=True)


class CompanyStatementOut(Answer):
    """A company's account by currency; what it owes is above zero."""

    company = serializers.UUIDField(source="company.pk")
    to = serializers.DateField(source="last")
    home_currency = serializers.SerializerMethodField()
    currencies = StatementPartOut(many=True)

    def get_home_currency(self, _statement: CompanyStatement) -> str:
        """The reseller's own."""
        return str(self.context["currency"])


CompanyStatementOut._declared_fields["from"] = serializers.DateField(source="first")


class PnlByFilters(PeriodFilters):
    by = serializers.ChoiceField(choices=list(SLICES), default="client")


class ProfitOut(Answer):
    revenue = Money()
    cost = Money()
    platform_fee = Money(source="fee")
    expenses = Money()
    exchange_difference = Money(source="exchange")
    bad_debts = Money()
    profit = Money()


class PnlPartOut(ProfitOut):
    """`key` is an id, or the direction itself; empty where the order has none or there is no order."""

    key = serializers.CharField()
    name = serializers.CharField()
    of_order = serializers.BooleanField(source="is_of_order")


class PnlByOut(Answer):
    to = serializers.DateField(source="period.last")
    currency = serializers.CharField()
    rows = PnlPartOut(many=True)
    total = ProfitOut()


PnlByOut._declared_fields["from"] = serializers.DateField(source="period.first")


class TaxBookFilters(PeriodFilters):
    """`firm` is the number of an own firm; all of them when not given."""

    firm = serializers.IntegerField(min_value=1, max_value=32767, required=False)


class TaxBookRowOut(Answer):
    """A document; one that makes less is below zero."""

    number = serializers.CharField()
    on = serializers.DateField()
    booked_on = serializers.DateField()
    kind = serializers.CharField()
    company = serializers.UUIDField(source="company_id", allow_null=True)
    name = serializers.CharField()
    tax_number = serializers.CharField()
    currency = serializers.CharField()
    net = Money(source="net.amount")
    tax = Money(source="tax.amount")
    gross = Money(source="gross.amount")
    rate = serializers.DecimalField(18, 4, allow_null=True)
    home_net = Money(source="net.home")
    home_tax = Money(source="tax.home")
    home_gross = Money(source="gross.home")


class TaxBookSumsOut(Answer):
    net = Money()
    tax = Money()
    gross = Money()


class TaxBookOut(Answer):
    """The documents as they were booked, and their sums in the reseller's currency."""

    to = serializers.DateField(source="period.last")
    currency = serializers.CharField()
    rows = TaxBookRowOut(many=True)
    total = TaxBookSumsOut()


TaxBookOut._declared_fields["from"] = serializers.DateField(source="period.first")
