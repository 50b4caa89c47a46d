"""Statements of the bank over the API: a file becomes a preview, confirm brings it into the books."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from finance.api.frame import EDIT, KEY, SEE, MoneyView
from finance.bank import confirming, queries, staging, words
from finance.bank.booking import PARTS, Part
from finance.bank.confirming import CannotConfirm, Confirmed, Match
from finance.bank.own_accounts import plain
from finance.bank.serializers import (
    BankStatementCard,
    BankStatementOut,
    ConfirmedOut,
    ConfirmIn,
    StatementFile,
)
from finance.bank.statement import Unreadable
from finance.bank.tables import HeadingIsUnclear
from finance.models import BankStatement
from tenants.kit import clock
from tenants.kit.api import ApiView, listed, refusal
from tenants.kit.edge.json_body import JSONParser
from tenants.kit.problems import Problem, invalid
from tenants.kit.serializers import Values


def _unreadable(
    refused: Unreadable,
) -> Problem:
    text = words.refusal(refused.code)
    return Problem(422, refused.code, text, {"file": [text]})


def _unclear(
    _question: HeadingIsUnclear,
) -> Problem:
    text = words.refusal("columns")
    return Problem(422, "columns", text, {"file": [text]})


class StatementView(MoneyView):
    def card(
        self,
        kind: type[BankStatementCard],
        row: BankStatement,
        *,
        status: int = 200,
        confirmed: Confirmed | None = None,
    ) -> Response:
        """A statement with its lines, and what is offered for each."""
        lines = list(queries.lines_of(row))
        offers = queries.offers_for(lines)
        return self.answer(
            kind,
            row,
            status=status,
            lines=lines,
            offers=offers,
            confirmed=confirmed,
        )


class Statements(StatementView):
    permissions = {"GET": SEE, "POST": EDIT}
    parser_classes = (JSONParser, MultiPartParser)
    refusals = {Unreadable: _unreadable, HeadingIsUnclear: _unclear}

    @listed(BankStatementOut)
    def get(
        self,
        request: Request,
    ) -> Response:
        return self.page(queries.statements_of(self.actor), BankStatementOut, sort=queries.NEWEST)

    @extend_schema(
        request={"multipart/form-data": StatementFile},
        responses={201: BankStatementCard},
    )
    def post(self, request: Request) -> Response:
        """Nothing comes into the books: it is a preview until it is confirmed."""
        values = ApiView.body(self, StatementFile)  # a preview moves no money: it needs no key
        upload = values["file"]
        row = staging.upload(
            name=upload.name,
            file=upload,
            account=_account(values),
            by=self.actor,
            at=clock.now(),
        )
        return self.card(BankStatementCard, row, status=201)


class OneStatement(StatementView):
    permissions = SEE

    @extend_schema(responses=BankStatementCard)
    def get(
        self,
        request: Request,
        statement_id: UUID,
    ) -> Response:
        row = queries.statement_for(self.actor, statement_id)
        return self.card(BankStatementCard, row)


class StatementConfirm(StatementView):
    permissions = EDIT
    refusals = {CannotConfirm: refusal(409, "cannot_confirm")}

    @extend_schema(parameters=[KEY], request=ConfirmIn, responses=ConfirmedOut)
    def post(
        self,
        request: Request,
        statement_id: UUID,
    ) -> Response:
        """New lines come in; each match is booked or refused by itself and says so in `outcomes`."""
        row = queries.statement_for(self.actor, statement_id)
        values = self.body(ConfirmIn)
        now = clock.now()
        matches = [_match(at, one) for at, one in enumerate(values.get("matches", []))]
        if account := _account(values):
            confirming.choose_account(
                statement=row,
                account=account,
                by=self.actor,
                at=now,
            )
        done = confirming.confirm(statement=row, matches=matches, by=self.actor, at=now)
        return self.card(ConfirmedOut, done.statement, confirmed=done)


def _account(values: Values) -> str:
    """The number that was sent. Raises a 422 where the text holds none."""
    text = values.get("account", "")
    number = plain(text)
    if text.strip() and not number:
        refusal_text = _("Choose one of the accounts of your own firms.")
        raise invalid({"account": [refusal_text]})
    return number


def _match(
    at: int,
    values: Values,
) -> Match:
    """Raises a 422 that names the part that says nothing, or more than one thing."""
    parts = []
    for number, part in enumerate(values["parts"]):
        kinds = [kind for kind in PARTS if part.get(kind)]
        if len(kinds) != 1:
            text = _(
                "Say one thing: an invoice, a payout, an advance, or a payment that was entered."
            )
            raise invalid({f"matches.{at}.parts.{number}": [text]})
        parts.append(Part(kinds[0], part[kinds[0]], part["amount"]))
    return Match(
        values["line"],
        tuple(parts),
        is_sure=values["sure"],
    )


routes = [
    ("finance/statements", Statements),
    ("finance/statements/<uuid:statement_id>", OneStatement),
    ("finance/statements/<uuid:statement_id>/confirm", StatementConfirm),
]
