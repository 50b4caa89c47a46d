"""Reading statements of the bank. A loader is the check: what a person may not see is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from finance.bank.matching import Offer, offers
from finance.models import BankStatement, LineMatch, LineState, StatementLine
from tenants.actor import Actor
from tenants.kit.edge.finding import finds
from tenants.kit.keyset import Sort
from tenants.permissions import Permission

NEWEST = Sort("uploaded", "uploaded_at", descending=True)
OPEN = Q(came_in=True, matched__lt=F("amount"))


@dataclass(frozen=True, slots=True)
class LineCounts:
    """How many lines of a statement stand how."""

    every: int
    new: int
    earlier: int
    foreign: int
    open: int


def statements_of(actor: Actor, *, search: str = "") -> QuerySet[BankStatement]:
    """For those who see the books; nobody else has any."""
    if not actor.can(Permission.FINANCE_VIEW):
        return BankStatement.objects.none()
    return BankStatement.objects.filter(finds(search, "name"))


def statement_for(actor: Actor, statement_id: UUID) -> BankStatement:
    """Raises Http404."""
    statement = statements_of(actor).filter(pk=statement_id).first()
    if statement is None:
        raise Http404
    return statement


def lines_of(
    statement: BankStatement,
) -> QuerySet[StatementLine]:
    return StatementLine.objects.filter(statement=statement).order_by("place")


def page_of_lines(
    statement: BankStatement,
    *,
    view: str,
    after: int,
    size: int,
) -> list[StatementLine]:
    """The lines behind a place; `view` is a state, or open for those that nothing stands behind."""
    rows = lines_of(statement).filter(place__gt=after)
    if view == "open":
        rows = rows.filter(OPEN)
    elif view:
        rows = rows.filter(state=view)
    return list(rows[:size])


def counts_of(statement: BankStatement) -> LineCounts:
    """Lines of a statement by their state."""
    row = lines_of(statement).aggregate(
        every=Count("pk"),
        new=Count("pk", filter=Q(state=LineState.NEW)),
        earlier=Count("pk", filter=Q(state=LineState.KNOWN)),
        foreign=Count("pk", filter=Q(state=LineState.FOREIGN)),
        open=Count("pk", filter=OPEN),
    )
    return LineCounts(**row)


def offers_for(
    lines: Sequence[StatementLine],
) -> dict[UUID, Offer]:
    """What is offered for new lines; the others have their answer."""
    new = [line for line in lines if line.state == LineState.NEW]
    return {line.pk: Offer() for line in lines} | offers(new)


def matches_of(
    lines: Sequence[StatementLine],
) -> dict[UUID, list[LineMatch]]:
    """What stands behind each line, with its invoice, order or client."""
    rows = LineMatch.objects.filter(line__in=[line.pk for line in lines if line.matched])
    related = (
        "payment__invoice",
        "payout__payable__order",
        "client_advance__company",
        "carrier_advance__order",
        "expense",
    )
    result: dict[UUID, list[LineMatch]] = {}
    for row in rows.select_related(*related).order_by(
        "matched_at",
        "pk",
    ):
        result.setdefault(row.line_id, []).append(row)
    return result
