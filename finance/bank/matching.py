"""What a line of a statement may be: invoices and debts that fit it, each with its reasons, and
payments that were entered before. Several that fit alike are offered, and none is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from django.db.models import F, Q, QuerySet

from companies.models import Company, Contract
from companies.name_key import LEGAL_FORMS, THAI_FORMS, name_key
from finance.bank.entered import Entered, entered_before
from finance.models import Invoice, Payable, StatementLine
from finance.queries.invoices import OPEN, REST

TOKENS = re.compile(r"[0-9A-ZА-ЯЁ]+(?:[-/][0-9A-ZА-ЯЁ]+)*")
ORDER = re.compile(r"[A-Z]{2,6}-\d{6}-\d{4}")
WORDS = re.compile(r"[^\W_]+")
MOST_OFFERED = 5
AT_ONCE = 1000
SURE = 5
Value = TypeVar("Value", str, UUID, Decimal)


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
    """An invoice that a line may pay, or a debt to a carrier; `amount` is the part it would take."""

    kind: str  # "invoice" or "payout"
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """An invoice or a debt as it is compared with lines."""

    kind: str
    pk: UUID
    title: str
    order: str
    who: str
    tax_number: str
    company: UUID | None
    rest: Decimal
    currency: str
    firm_id: int | None


@dataclass(frozen=True, slots=True)
class Traits:
    """What a line says that a candidate may be found by."""

    tokens: frozenset[str]
    orders: frozenset[str]
    name: str


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
    traits = {line.pk: _traits(line) for line in lines}
    contracts = _contracts(traits.values())
    load = _invoices if is_in else _debts
    pool = _Pool(load(lines, traits.values(), contracts))
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


def _traits(
    line: StatementLine,
) -> Traits:
    text = line.purpose.upper()
    tokens = frozenset(token for token in TOKENS.findall(text) if any(map(str.isdigit, token)))
    return Traits(
        tokens,
        frozenset(ORDER.findall(text)),
        own_words(line.counterparty),
    )


@lru_cache(maxsize=8192)
def own_words(
    name: str,
) -> str:
    """A firm's own words without its legal form, as companies/name_key.py has them in SQL."""
    text = name.lower().replace("ё", "е")
    for form in THAI_FORMS:
        text = text.replace(form, " ")
    return "".join(word for word in WORDS.findall(text) if word not in LEGAL_FORMS)


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
    contracts: Mapping[str, set[UUID]],
) -> list[Suggestion]:
    companies = {pk for token in traits.tokens for pk in contracts.get(token, ())}
    rows = []
    for one in pool.of(line, traits).values():
        if one.currency != line.currency or one.firm_id not in (None, line.firm_id):
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
    return rows[:MOST_OFFERED]


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


def _contracts(
    traits: Iterable[Traits],
) -> dict[str, set[UUID]]:
    """Companies by the number of their contract."""
    tokens = {token for one in traits for token in one.tokens}
    result: dict[str, set[UUID]] = {}
    for piece in _pieces(tokens):
        rows = Contract.objects.filter(number__in=piece, company__isnull=False)
        for number, company in rows.values_list("number", "company_id"):
            if company:
                result.setdefault(number, set()).add(company)
    return result


def _companies(
    lines: Sequence[StatementLine],
    traits: Iterable[Traits],
) -> set[UUID]:
    """Companies by tax number and by name."""
    result: set[UUID] = set()
    for piece in _pieces({line.tax_number for line in lines if line.tax_number}):
        result.update(
            Company.objects.filter(inn__in=piece).values_list(
                "pk",
                flat=True,
            )
        )
    for piece in _pieces({one.name for one in traits if one.name}):
        by_name = Company.objects.annotate(words=name_key("name")).filter(words__in=piece)
        result.update(by_name.values_list("pk", flat=True))
    return result


def _invoices(
    lines: Sequence[StatementLine],
    traits: Collection[Traits],
    contracts: Mapping[str, set[UUID]],
) -> list[Candidate]:
    """Open invoices that any of the lines may pay."""
    companies = _companies(lines, traits).union(*contracts.values())
    conditions = [
        *(Q(company_id__in=piece) for piece in _pieces(companies)),
        *(Q(number__in=piece) for piece in _pieces(_all(one.tokens for one in traits))),
        *(Q(order__ref__in=piece) for piece in _pieces(_all(one.orders for one in traits))),
        *(Q(left__in=piece) for piece in _pieces({line.rest for line in lines})),
    ]
    currencies = {line.currency for line in lines}
    rows: QuerySet[Invoice] = Invoice.objects.annotate(left=REST)
    rows = rows.filter(OPEN, currency__in=currencies).select_related("company", "order")
    invoices = {row.pk: row for part in conditions for row in rows.filter(part)}
    return [
        Candidate(
            "invoice",
            row.pk,
            row.number,
            row.order.ref if row.order else "",
            row.client_name,
            row.company.inn,
            row.company_id,
            row.rest,
            row.currency,
            row.firm_id,
        )
        for row in invoices.values()
    ]


def _debts(
    lines: Sequence[StatementLine],
    traits: Collection[Traits],
    contracts: Mapping[str, set[UUID]],
) -> list[Candidate]:
    """What is owed to carriers that any of the lines may have paid."""
    companies = _companies(lines, traits).union(*contracts.values())
    conditions = [
        *(Q(company_id__in=piece) for piece in _pieces(companies)),
        *(Q(order__ref__in=piece) for piece in _pieces(_all(one.orders for one in traits))),
        *(Q(left__in=piece) for piece in _pieces({line.rest for line in lines})),
    ]
    currencies = {line.currency for line in lines}
    rows: QuerySet[Payable] = Payable.objects.annotate(left=F("amount") - F("paid"))
    rows = rows.filter(paid__lt=F("amount"), currency__in=currencies)
    rows = rows.select_related("company", "order")
    debts = {row.pk: row for part in conditions for row in rows.filter(part)}
    return [
        Candidate(
            "payout",
            row.pk,
            row.order.ref,
            row.order.ref,
            row.payee,
            row.company.inn if row.company else "",
            row.company_id,
            row.rest,
            row.currency,
            None,
        )
        for row in debts.values()
    ]


def _all(
    parts: Iterable[Collection[str]],
) -> set[str]:
    return {one for part in parts for one in part}


def _pieces(
    values: Collection[Value],
) -> Iterable[list[Value]]:
    rows = list(values)
    return (
        rows[at : at + AT_ONCE]
        for at in range(
            0,
            len(rows),
            AT_ONCE,
        )
    )
