"""Confirming a statement: its new lines come in, and what a person matched is booked, each line by
itself: a refusal is said at its line, and nothing of that line is booked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from finance.bank import staging, words
from finance.bank.booking import LATER, Booking, CannotMatch, Part, book
from finance.bank.entered import entered_before
from finance.bank.own_accounts import own_accounts
from finance.models import (
    BankStatement,
    LineMatch,
    LineState,
    StatementLine,
)
from finance.typed_money import CannotBook
from tenants.actor import Actor
from tenants.kit import formats
from tenants.kit.money import rounded
from tenants.kit.tries import tried_again
from tenants.office import audit
from tenants.office.current import current_reseller


class CannotConfirm(Exception):
    """The statement does not come in; the text says why."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a person said of a line. `is_sure`: book it although it may stand in the books."""

    line: int  # its place in the statement
    parts: tuple[Part, ...]
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a line: what was matched, or why it was not."""

    line: int
    matches: tuple[LineMatch, ...] = ()
    error: str = ""
    field: str = ""


@dataclass(slots=True)
class Confirmed:
    """What came of a statement."""

    statement: BankStatement
    came_in: int = 0
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def booked(
        self,
    ) -> int:
        return sum(1 for one in self.outcomes if one.matches)

    @property
    def refused(
        self,
    ) -> list[Outcome]:
        return [one for one in self.outcomes if one.error]


def choose_account(*, statement: BankStatement, account: str, by: Actor, at: datetime) -> None:
    """The own account of a file that names none. Raises CannotConfirm."""
    chosen = own_accounts(current_reseller(by).currency).get(account)
    if chosen is None:
        raise CannotConfirm(_("Choose one of the accounts of your own firms."))
    with transaction.atomic():
        row = BankStatement.objects.select_for_update().get(pk=statement.pk)
        lines = list(row.lines.filter(firm_id=None, account="").order_by("place"))
        if row.confirmed_at or not lines:
            raise CannotConfirm(_("The account of this statement is settled already."))
        for line in lines:
            line.account = chosen.number
            line.firm_id = chosen.firm_id
            line.currency = line.currency or chosen.currency
            line.key = staging.key_of(chosen.number, line)
        staging.say_states(lines)
        fields = ["account", "firm_id", "currency", "key", "nth", "state"]
        StatementLine.objects.bulk_update(lines, fields, batch_size=staging.AT_ONCE)
        row.notes = [note for note in row.notes if note["code"] != "no_account"]
        for document in row.accounts:
            if not document["account"]:
                document["account"] = chosen.written
                document["currency"] = document["currency"] or chosen.currency
                document["is_own"] = True
        row.save(update_fields=["notes", "accounts"])
        audit.record(
            action="bank.account",
            subject=row.subject,
            title=row.name,
            by=by,
            at=at,
            after={"account": chosen.written},
        )
    statement.refresh_from_db()


@tried_again
def confirm(
    *,
    statement: BankStatement,
    matches: Sequence[Match],
    by: Actor,
    at: datetime,
) -> Confirmed:
    """The new lines come in, then each match is booked or refused by itself. May be called again
    with other matches. Two people whose lines cross are tried again. Raises CannotConfirm.
    """
    result = bring_in(statement=statement, by=by, at=at)
    for match in sorted(matches, key=lambda one: one.line):
        result.outcomes.append(settle(statement=statement, match=match, by=by, at=at))
    return result


def bring_in(*, statement: BankStatement, by: Actor, at: datetime) -> Confirmed:
    """Once. Lines that came in with another file since the preview stay out. Raises CannotConfirm."""
    try:
        with transaction.atomic():
            return _bring_in(statement, by, at)
    except IntegrityError as twice:
        text = _("The same lines came in with another file just now. Confirm once more.")
        raise CannotConfirm(text) from twice


def _bring_in(statement: BankStatement, by: Actor, at: datetime) -> Confirmed:
    row = BankStatement.objects.select_for_update().get(pk=statement.pk)
    if row.confirmed_at:
        return Confirmed(row)
    lines = list(row.lines.exclude(state=LineState.FOREIGN).order_by("place"))
    if any(line.firm_id is None for line in lines):
        raise CannotConfirm(_("The file names no account: choose it."))
    before = {line.pk: line.state for line in lines}
    staging.say_states(lines)
    changed = [line for line in lines if line.state != before[line.pk]]
    StatementLine.objects.bulk_update(changed, ["state"], batch_size=staging.AT_ONCE)
    came_in = row.lines.filter(state=LineState.NEW).update(came_in=True)
    row.confirmed_at = at
    row.confirmed_by = by.member_id
    row.confirmed_name = by.name
    row.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_name"])
    audit.record(
        action="bank.confirm",
        subject=row.subject,
        title=row.name,
        by=by,
        at=at,
        after={"lines": came_in},
    )
    return Confirmed(row, came_in)


def settle(*, statement: BankStatement, match: Match, by: Actor, at: datetime) -> Outcome:
    """Book all parts of a line, or none and say why."""
    try:
        with transaction.atomic():
            return Outcome(match.line, _settled(statement, match, by, at))
    except CannotMatch as refused:
        return Outcome(match.line, error=str(refused), field=refused.field)
    except CannotBook as refused:
        return Outcome(match.line, error=str(refused), field=refused.field)


def _settled(
    statement: BankStatement, match: Match, by: Actor, at: datetime
) -> tuple[LineMatch, ...]:
    """Raises CannotMatch, CannotBook."""
    lines = StatementLine.objects.select_for_update(no_key=True)
    line = lines.filter(statement=statement, place=match.line).first()
    if line is None:
        raise CannotMatch(_("The statement has no such line."), "line")
    _check(line, match)
    if not match.is_sure:
        _warn_of_entered(line, match.parts)
    count = line.matches.count()
    rows = tuple(
        book(
            Booking(line, part, _once(line, count + nth), match.is_sure),
            by=by,
            at=at,
        )
        for nth, part in enumerate(match.parts)
    )
    line.matched += sum(part.amount for part in match.parts)
    line.save(update_fields=["matched"])
    audit.record(
        action="bank.match",
        subject=statement.subject,
        title=statement.name,
        by=by,
        at=at,
        after={"line": line.place, "amount": line.matched, "currency": line.currency},
    )
    return rows


def _once(
    line: StatementLine,
    number: int,
) -> UUID:
    """The one-time key of a part: the same part of a line is booked once."""
    return uuid5(NAMESPACE_URL, f"bank:{line.pk}:{number}")


def _check(
    line: StatementLine,
    match: Match,
) -> None:
    """Raises CannotMatch."""
    if line.state == LineState.FOREIGN:
        raise CannotMatch(_("This line is not of an account of yours."), "line")
    if not line.came_in:
        raise CannotMatch(_("This line came in before, with another file."), "line")
    if not match.parts:
        raise CannotMatch(_("Say what this line is."))
    for part in match.parts:
        if part.kind == LATER:
            text = _("Transfers between accounts cannot be booked from a statement yet.")
            raise CannotMatch(text, LATER)
        if part.amount <= 0 or part.amount != rounded(part.amount):
            text = _("The amount must be above zero, with no more than two decimals.")
            raise CannotMatch(text, "amount")
    if sum(part.amount for part in match.parts) > line.rest:
        rest = formats.money(line.rest, line.currency)
        raise CannotMatch(_("More than is left of this line: %(rest)s.") % {"rest": rest}, "amount")


def _warn_of_entered(
    line: StatementLine,
    parts: Iterable[Part],
) -> None:
    """The same payment may stand in the books already: it is offered, not booked a second time.
    Raises CannotMatch.
    """
    if all(part.kind == "entered" for part in parts):
        return
    alike = entered_before([line], is_in=line.is_in)[line.pk]
    if alike:
        text = _("Already entered: %(amount)s on %(day)s, %(title)s, %(who)s.")
        raise CannotMatch(text % words.entered(alike[0]), "entered")
