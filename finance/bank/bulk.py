"""Booking everything that fits: asked for on the page, done by the worker, a piece at a time, with
progress.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance import links
from finance.bank import confirming, queries
from finance.bank.booking import Part
from finance.bank.confirming import Match
from finance.bank.matching import Suggestion
from finance.models import BankStatement, StatementLine
from tenants.accounts.identify import member
from tenants.accounts.models import Membership
from tenants.actor import Actor
from tenants.context import GATE, inside
from tenants.kit import events
from tenants.kit.outbox import announce
from tenants.office.hearing import News, tell
from tenants.permissions import Permission

TOPIC = "finance.bank_book"
PIECE = 100  # lines of one transaction


class IsBeingBooked(Exception):
    """The worker is at it."""


def book_all(
    *,
    statement: BankStatement,
    by: Actor,
    at: datetime,
) -> None:
    """The new lines come in; the worker books those that one invoice or debt fits. Raises
    CannotConfirm, IsBeingBooked.
    """
    confirming.bring_in(statement=statement, by=by, at=at)
    with transaction.atomic():
        row = BankStatement.objects.select_for_update().get(pk=statement.pk)
        if row.booking_at:
            raise IsBeingBooked
        row.booking_at = at
        row.booked_to = 0
        row.booked = 0
        row.save(update_fields=["booking_at", "booked_to", "booked"])
        announce(TOPIC, {"statement": str(row.pk), "by": str(by.member_id)})


def topic_of(statement: BankStatement) -> str:
    return f"bank-statement:{statement.pk}"


def work(payload: Mapping[str, str], at: datetime) -> None:
    """The worker's part: a piece, and the rest is announced anew."""
    row = BankStatement.objects.select_for_update().get(pk=payload["statement"])
    who = _person(payload)
    if row.booking_at is None:
        return
    if who is None or not who.can(Permission.FINANCE_EDIT):
        give_up(payload, at)
        return
    lines = queries.page_of_lines(row, view="open", after=row.booked_to, size=PIECE)
    row.booked += _book(row, lines, who, at)
    if len(lines) < PIECE:
        row.booking_at = None
        _tell(row, payload, at)
    else:
        row.booked_to = lines[-1].place
        announce(TOPIC, dict(payload))
    row.save(update_fields=["booking_at", "booked_to", "booked"])
    _publish(row, at=lines[-1].place if lines else row.booked_to)


def _book(
    statement: BankStatement,
    lines: list[StatementLine],
    by: Actor,
    at: datetime,
) -> int:
    """How many lines are booked; one that is refused waits for a person."""
    offers = queries.offers_for(lines)
    booked = 0
    for line in lines:
        chosen = offers[line.pk].chosen
        if chosen is None:
            continue
        outcome = confirming.settle(
            statement=statement,
            match=_match(line, chosen),
            by=by,
            at=at,
        )
        booked += 1 if outcome.matches else 0
    return booked


def _match(
    line: StatementLine,
    chosen: Suggestion,
) -> Match:
    part = Part(
        chosen.kind,
        str(chosen.target),
        chosen.amount,
    )
    return Match(line.place, (part,))


def give_up(
    payload: Mapping[str, str],
    at: datetime,
) -> None:
    """It can be asked for again: what is booked stays."""
    waiting = BankStatement.objects.filter(
        pk=payload["statement"],
        booking_at__isnull=False,
    )
    if waiting.update(booking_at=None):
        row = BankStatement.objects.get(pk=payload["statement"])
        _tell(row, payload, at)
        _publish(row, at=row.booked_to)


def _person(
    payload: Mapping[str, str],
) -> Actor | None:
    with inside(GATE):
        rows = Membership.objects.select_related("user", "reseller")
        membership = rows.filter(pk=payload["by"]).first()
        return member(membership) if membership else None


def _tell(
    row: BankStatement,
    payload: Mapping[str, str],
    at: datetime,
) -> None:
    """Whoever left the page finds what came of it among the notifications."""
    news = News(
        "bank.booked",
        {"file": row.name, "outcome": partial(_outcome, row.booked)},
        url=links.bank_statement(row.pk),
        person=UUID(payload["by"]),
    )
    tell(news, by=None, at=at)


def _outcome(count: int) -> str:
    """What the worker did, for the progress."""
    return _("lines booked: %(count)s") % {"count": count}


def _publish(
    row: BankStatement,
    *,
    at: int,
) -> None:
    news = {
        "state": "running" if row.booking_at else "done",
        "done": at,
        "total": row.lines.count(),
        "text": "",
        "url": links.bank_statement(row.pk),
    }
    events.publish(topic_of(row), news)
