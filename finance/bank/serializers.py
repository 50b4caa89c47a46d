"""How statements of the bank look over the API."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from finance.bank import words
from finance.bank.confirming import Outcome
from finance.bank.matching import Offer, Suggestion
from finance.bank.statement import Note
from finance.models import BankStatement, LineState, StatementLine
from tenants.kit.edge.body_fields import Text
from tenants.kit.serializers import Answer, ApiFields, Body, Moment, Money, MoneyIn


class SuggestionOut(Answer):
    invoice = serializers.SerializerMethodField()
    payout = serializers.SerializerMethodField()
    advance_of = serializers.SerializerMethodField()
    title = serializers.CharField(help_text="Number of the invoice, reference of the order, a name")
    who = serializers.CharField()
    amount = Money()
    why = serializers.SerializerMethodField()

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_invoice(
        self,
        one: Suggestion,
    ) -> str | None:
        return str(one.target) if one.kind == "invoice" else None

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_payout(
        self,
        one: Suggestion,
    ) -> str | None:
        return str(one.target) if one.kind == "payout" else None

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_advance_of(self, one: Suggestion) -> str | None:
        return str(one.target) if one.kind == "advance_of" else None

    def get_why(self, one: Suggestion) -> str:
        return words.why(one)


class EnteredOut(Answer):
    id = serializers.UUIDField(source="pk")
    title = serializers.CharField()
    who = serializers.CharField()
    on = serializers.DateField()
    number = serializers.CharField()


class BankLineOut(Answer):
    line = serializers.IntegerField(source="place")
    account = serializers.CharField(allow_null=True)
    on = serializers.DateField()
    amount = Money()
    currency = serializers.CharField()
    direction = serializers.SerializerMethodField()
    counterparty = serializers.CharField()
    tax_number = serializers.CharField()
    number = serializers.CharField()
    purpose = serializers.CharField()
    state = serializers.ChoiceField(choices=LineState.choices)
    matched = Money()
    suggestions = serializers.SerializerMethodField()
    chosen = serializers.SerializerMethodField()
    entered = serializers.SerializerMethodField()

    def _offer(
        self,
        line: StatementLine,
    ) -> Offer:
        offers: Mapping[UUID, Offer] = self.context["offers"]
        return offers[line.pk]

    @extend_schema_field(serializers.ChoiceField(choices=["in", "out"]))
    def get_direction(
        self,
        line: StatementLine,
    ) -> str:
        return "in" if line.is_in else "out"

    @extend_schema_field(SuggestionOut(many=True))
    def get_suggestions(
        self,
        line: StatementLine,
    ) -> object:
        return SuggestionOut(self._offer(line).suggestions, many=True).data

    @extend_schema_field(SuggestionOut(allow_null=True))
    def get_chosen(
        self,
        line: StatementLine,
    ) -> object:
        chosen = self._offer(line).chosen
        return SuggestionOut(chosen).data if chosen else None

    @extend_schema_field(EnteredOut(many=True))
    def get_entered(
        self,
        line: StatementLine,
    ) -> object:
        return EnteredOut(self._offer(line).entered, many=True).data


class BankAccountOut(Answer):
    account = serializers.CharField()
    currency = serializers.CharField()
    is_own = serializers.BooleanField()
    first = serializers.DateField(allow_null=True)
    last = serializers.DateField(allow_null=True)
    opening = Money(allow_null=True)
    closing = Money(allow_null=True)


class BankTotalsOut(Answer):
    """What came in and went out."""

    def get_fields(self) -> ApiFields:
        """ "in" cannot be a name in Python."""
        return {"in": Money(source="total_in"), "out": Money(source="total_out")}


class BankStatementOut(Answer):
    id = serializers.UUIDField()
    name = serializers.CharField()
    format = serializers.CharField()
    encoding = serializers.CharField()
    account = serializers.SerializerMethodField()
    currency = serializers.SerializerMethodField()
    accounts = BankAccountOut(many=True)
    whole = serializers.BooleanField(source="is_whole")
    totals = BankTotalsOut(source="*")
    warnings = serializers.SerializerMethodField()
    uploaded_at = Moment()
    confirmed_at = Moment(allow_null=True)

    def get_fields(self) -> ApiFields:
        """ "from" cannot be a name in Python."""
        days = {
            "from": serializers.DateField(source="first", allow_null=True),
            "to": serializers.DateField(source="last", allow_null=True),
        }
        return super().get_fields() | days

    def get_account(
        self,
        row: BankStatement,
    ) -> str | None:
        """Of a file with one account."""
        return row.accounts[0]["account"] or None if len(row.accounts) == 1 else None

    def get_currency(
        self,
        row: BankStatement,
    ) -> str | None:
        currencies = {one["currency"] for one in row.accounts}
        return currencies.pop() or None if len(currencies) == 1 else None

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_warnings(
        self,
        row: BankStatement,
    ) -> list[str]:
        return [words.note(Note(**document)) for document in row.notes]


class BankStatementCard(BankStatementOut):
    lines = serializers.SerializerMethodField()

    @extend_schema_field(BankLineOut(many=True))
    def get_lines(
        self,
        _row: BankStatement,
    ) -> object:
        lines: list[StatementLine] = self.context["lines"]
        return BankLineOut(lines, many=True, context=self.context).data


class OutcomeOut(Answer):
    line = serializers.IntegerField()
    booked = serializers.SerializerMethodField()
    error = serializers.CharField()
    field = serializers.CharField()

    def get_booked(self, outcome: Outcome) -> bool:
        return bool(outcome.matches)


class ConfirmedOut(BankStatementCard):
    came_in = serializers.SerializerMethodField()
    outcomes = serializers.SerializerMethodField()

    def get_came_in(self, _row: BankStatement) -> int:
        return int(self.context["confirmed"].came_in)

    @extend_schema_field(OutcomeOut(many=True))
    def get_outcomes(
        self,
        _row: BankStatement,
    ) -> object:
        return OutcomeOut(self.context["confirmed"].outcomes, many=True).data


class StatementFile(Body):
    file = serializers.FileField()
    account = Text(max_length=60, required=False, help_text="Of a file that names none")


class PartIn(Body):
    invoice = Text(max_length=40, required=False, help_text="id or number")
    payout = Text(max_length=40, required=False, help_text="id of the debt, or the order")
    entered = Text(max_length=40, required=False, help_text="A payment that stands in the books")
    advance_of = Text(
        max_length=40, required=False, help_text="The client, or the order whose carrier is paid"
    )
    expense = Text(max_length=40, required=False, help_text="A category of expenses")
    transfer_to = Text(max_length=60, required=False)
    amount = MoneyIn()


class MatchIn(Body):
    line = serializers.IntegerField(min_value=1)
    parts = serializers.ListField(child=PartIn(), allow_empty=False, max_length=50)
    sure = serializers.BooleanField(
        default=False, help_text="Book it although it was entered, or is above the rate"
    )


class ConfirmIn(Body):
    matches = serializers.ListField(child=MatchIn(), required=False, max_length=500)
    account = Text(max_length=60, required=False, help_text="Of a file that names none")
