"""What a line of a statement may be: invoices, debts and advances that fit it, each with its reasons,
and payments that were entered before. Several that fit alike are offered, and none is chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from finance.bank.candidates import (
    Candidate,
    Contracts,
    Search,
    Traits,
    candidates,
    contracts_of,
    own_words,
    traits_of,
)
from finance.bank.entered import Entered, entered_before
from finance.models import StatementLine

MOST_OFFERED = 5
MOST_ADVANCES = 3  # beside invoices and debts
SURE = 5


class Why(StrEnum):
    """A reason for a match."""

    NUMBER = "number"
    ORDER = "order"
    PAYER = "payer"
    NAME = "name"
    SUM = "sum"
    CONTRACT = "contract"


WEIGHTS = {Why.NUMBER: 4, Why.ORDER: 4, Why.PAYER: 3, Why.NAME: 3, Why.SUM: 2, Why.CONTRACT: 1}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a line may be; `amount` is the part of the line it would take."""

    kind: str  # of finance/bank/booking.py PARTS
    target: UUID
    title: str
    who: str
    rest: Decimal
    amount: Decimal
    why: tuple[Why, ...]

    @property
    def weight(
        self,
    ) -> int:
        return sum(WEIGHTS[one] for one in self.why)


@dataclass(slots=True)
class Offer:
    """What is offered for a line."""

    suggestions: list[Suggestion] = field(default_factory=list)
    chosen: Suggestion | None = None
    entered: list[Entered] = field(default_factory=list)


def offers(
    lines: Sequence[StatementLine],
) -> dict[UUID, Offer]:
    """By line. Lines that are settled or foreign get no suggestions."""
    open_lines = [line for line in lines if line.rest and line.currency and line.firm_id]
    result = {line.pk: Offer() for line in lines}
    for is_in in (True, False):
        side = [line for line in open_lines if line.is_in is is_in]
        if side:
            _offer(side, result, is_in=is_in)
    return result


def _offer(
    lines: Sequence[StatementLine],
    result: Mapping[UUID, Offer],
    *,
    is_in: bool,
) -> None:
    traits = {line.pk: traits_of(line) for line in lines}
    contracts = contracts_of(traits.values())
    pool = _Pool(candidates(Search(lines, traits.values(), contracts), is_in=is_in))
    entered = entered_before(lines, is_in=is_in)
    taken: dict[UUID, Decimal] = {}
    for line in lines:
        offer = result[line.pk]
        offer.suggestions = _suggestions(line, traits[line.pk], pool, contracts)
        offer.entered = entered.get(line.pk, [])
        offer.chosen = _chosen(offer, taken)


def _chosen(offer: Offer, taken: dict[UUID, Decimal]) -> Suggestion | None:
    """The one that fits best and well enough, unless another fits as well, it was entered before,
    or other lines have taken what is left of it.
    """
    if not offer.suggestions or offer.entered:
        return None
    best = offer.suggestions[0]
    rivals = [one for one in offer.suggestions[1:] if one.weight == best.weight]
    used = taken.get(best.target, Decimal(0)) + best.amount
    if best.weight < SURE or rivals or used > best.rest:
        return None
    taken[best.target] = used
    return best


class _Pool:
    """Candidates by what they are found by."""

    def __init__(
        self,
        candidates: Iterable[Candidate],
    ) -> None:
        self.by_title: dict[str, list[Candidate]] = {}
        self.by_order: dict[str, list[Candidate]] = {}
        self.by_tax_number: dict[str, list[Candidate]] = {}
        self.by_name: dict[str, list[Candidate]] = {}
        self.by_rest: dict[Decimal, list[Candidate]] = {}
        for one in candidates:
            self.by_title.setdefault(
                one.title.upper(),
                [],
            ).append(one)
            self.by_order.setdefault(one.order, []).append(one)
            self.by_tax_number.setdefault(
                one.tax_number,
                [],
            ).append(one)
            self.by_name.setdefault(
                own_words(one.who),
                [],
            ).append(one)
            self.by_rest.setdefault(one.rest, []).append(one)

    def of(
        self,
        line: StatementLine,
        traits: Traits,
    ) -> dict[UUID, Candidate]:
        """What could be meant by a line, by the id of the invoice or debt."""
        lists = [self.by_title.get(token, []) for token in traits.tokens]
        lists += [self.by_order.get(ref, []) for ref in traits.orders]
        lists.append(self.by_rest.get(line.rest, [])[: 2 * MOST_OFFERED])
        if line.tax_number:
            lists.append(
                self.by_tax_number.get(
                    line.tax_number,
                    [],
                )
            )
        if traits.name:
            lists.append(self.by_name.get(traits.name, []))
        return {one.pk: one for part in lists for one in part}


def _suggestions(
    line: StatementLine,
    traits: Traits,
    pool: _Pool,
    contracts: Contracts,
) -> list[Suggestion]:
    companies = {pk for token in traits.tokens for pk in contracts.get(token, ())}
    rows = []
    for one in pool.of(line, traits).values():
        if one.currency not in ("", line.currency) or one.firm_id not in (None, line.firm_id):
            continue
        why = _reasons(line, traits, one, companies)
        if why:
            amount = min(line.rest, one.rest)
            rows.append(
                Suggestion(
                    one.kind,
                    one.pk,
                    one.title,
                    one.who,
                    one.rest,
                    amount,
                    why,
                )
            )
    rows.sort(key=lambda row: (-row.weight, row.title))
    advances = [row for row in rows if row.kind == "advance_of"]
    others = [row for row in rows if row.kind != "advance_of"]
    return others[:MOST_OFFERED] + advances[:MOST_ADVANCES]


def _reasons(
    line: StatementLine, traits: Traits, one: Candidate, companies: Collection[UUID]
) -> tuple[Why, ...]:
    """Why a candidate fits; nothing where another payer contradicts a mere sum."""
    why = []
    if one.kind == "invoice" and one.title.upper() in traits.tokens:
        why.append(Why.NUMBER)
    if one.order in traits.orders:
        why.append(Why.ORDER)
    if line.tax_number and line.tax_number == one.tax_number:
        why.append(Why.PAYER)
    elif traits.name and traits.name == own_words(one.who):
        why.append(Why.NAME)
    if one.rest == line.rest:
        why.append(Why.SUM)
    if one.company in companies:
        why.append(Why.CONTRACT)
    is_of_another = bool(line.tax_number and one.tax_number) and line.tax_number != one.tax_number
    if is_of_another and why == [Why.SUM]:
        return ()
    return tuple(why)
