"""What is said of a statement: why it is not read, what is left out, what does not add up."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from finance.bank.entered import Entered
from finance.bank.matching import Suggestion, Why
from finance.bank.statement import Note
from tenants.kit import formats
from tenants.kit.sheets.words import refusal_words

MOST_FILES = 20  # megabytes


def refusal(code: str) -> str:
    """Why a file is not read."""
    own = {
        "wrong_encoding": _(
            "The letters of the file are spoilt: it was saved in a wrong encoding. "
            "Take it from the bank once more."
        ),
        "not_a_statement": _("This is not a bank statement that can be read."),
        "file_kind": _("Statements are read from 1C (.txt), .csv, .xlsx and MT940 files."),
        "too_big": _("The file is larger than %(most)s MB.") % {"most": MOST_FILES},
        "too_many_lines": _("The file has too many lines. Take a shorter period."),
        "columns": _("No heading names a day and an amount: say which column is which."),
    }
    return own.get(code) or refusal_words().get(code) or own["not_a_statement"]


def reason(code: str) -> str:
    """Why a row or a document is no movement."""
    reasons = {
        "not_executed": _("not executed by the bank"),
        "foreign_document": _("it is between other accounts"),
        "bad_day": _("its day cannot be read"),
        "bad_amount": _("its amount cannot be read"),
        "bad_line": _("it cannot be read"),
        "zero": _("its amount is zero"),
        "heading": _("it is a heading"),
        "total": _("it is a total"),
        "balance": _("it is a balance"),
        "text": _("it has no day and no amount"),
    }
    return reasons.get(code, code)


def note(one: Note) -> str:
    """A note in the language of the page."""
    facts = one.facts
    if one.code == "left_out":
        values = {"line": one.place, "why": reason(facts.get("why", ""))}
        return _("Line %(line)s is left out: %(why)s.") % values
    if one.code in ("unbalanced", "gap"):
        return _balance(one.code, facts)
    texts = {
        "cut": _("The file breaks off: it is not whole."),
        "letters_lost": _("Some letters of the file are lost."),
        "day_first": _("Days are read as day, month, year."),
        "bad_balance": _("Line %(line)s: the balance cannot be read.") % {"line": one.place},
        "balance_breaks": _("Line %(line)s: the balance does not follow from the one before.")
        % {"line": one.place},
        "outside": _("Line %(line)s is of a day outside the period of the statement.")
        % {"line": one.place},
        "encoding_differs": _("The file names another encoding than the one it is written in."),
        "total_in": _("What came in is not the total that the file names."),
        "total_out": _("What went out is not the total that the file names."),
        "foreign": _("The account %(account)s is not one of your own firms.") % _account(facts),
        "no_account": _("The file names no account: choose it."),
        "other_currency": _("The account %(account)s is kept in another currency.")
        % _account(facts),
    }
    return texts.get(one.code, one.code)


def _account(
    facts: Mapping[str, str],
) -> dict[str, str]:
    return {"account": facts.get("account", "")}


def _balance(code: str, facts: Mapping[str, str]) -> str:
    values = {
        "reached": formats.number(Decimal(facts["reached"])),
        "closing": formats.number(Decimal(facts["closing"])),
    }
    if code == "gap":
        return _("A page ends with %(reached)s, the next begins with %(closing)s.") % values
    return (
        _("The opening balance and the lines give %(reached)s, the closing balance is %(closing)s.")
        % values
    )


def why(suggestion: Suggestion) -> str:
    """The reasons of a suggestion."""
    reasons = {
        Why.NUMBER: _("number of the invoice in the purpose"),
        Why.ORDER: _("number of the order in the purpose"),
        Why.PAYER: _("tax number"),
        Why.NAME: _("name"),
        Why.SUM: _("the sum is what is left"),
        Why.CONTRACT: _("number of the contract in the purpose"),
    }
    return ", ".join(reasons[one] for one in suggestion.why)


def entered(before: Entered) -> dict[str, str]:
    """What is said of a payment that was entered."""
    return {
        "title": before.title,
        "who": before.who,
        "amount": formats.money(before.amount, before.currency),
        "day": formats.day(before.on),
    }


def once_more() -> str:
    return _("Then choose the file once more.")


def fields() -> dict[str, str]:
    """What a column may hold."""
    return {
        "on": _("Day"),
        "amount": _("Amount with its sign"),
        "amount_in": _("Came in"),
        "amount_out": _("Went out"),
        "direction": _("Direction"),
        "balance": _("Balance"),
        "currency": _("Currency"),
        "account": _("Our account"),
        "counterparty": _("Payer or payee"),
        "payer": _("Payer"),
        "payee": _("Payee"),
        "tax_number": _("Tax number"),
        "payer_tax": _("Tax number of the payer"),
        "payee_tax": _("Tax number of the payee"),
        "other_account": _("Account of the other side"),
        "number": _("Number"),
        "purpose": _("Purpose"),
    }
