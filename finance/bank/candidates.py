"""What lines of a statement could be: invoices, debts to carriers, clients who pay ahead, orders whose
carrier is paid ahead. A load asks once for all lines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from companies.models import CLIENTS, Company, Contract
from companies.name_key import LEGAL_FORMS, THAI_FORMS, name_key
from finance.carrier_advances import STAGES
from finance.models import Invoice, Payable, StatementLine
from finance.queries.invoices import OPEN, REST
from orders.models import Trip

TOKENS = re.compile(r"[0-9A-ZА-ЯЁ]+(?:[-/][0-9A-ZА-ЯЁ]+)*")
ORDER = re.compile(r"[A-Z]{2,6}-\d{6}-\d{4}")
WORDS = re.compile(r"[^\W_]+")
AT_ONCE = 1000
NO_END = Decimal("Infinity")  # an advance takes whatever is left of a line
Value = TypeVar("Value", str, UUID, Decimal)
Contracts = Mapping[str, set[UUID]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is compared with lines. One without a currency takes any."""

    kind: str  # of finance/bank/booking.py PARTS
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


@dataclass(frozen=True, slots=True)
class Search:
    """Lines of one direction, what they say, and companies by the numbers of their contracts."""

    lines: Sequence[StatementLine]
    traits: Collection[Traits]
    contracts: Contracts

    @property
    def orders(self) -> set[str]:
        return {ref for one in self.traits for ref in one.orders}

    @property
    def currencies(self) -> set[str]:
        return {line.currency for line in self.lines}

    @property
    def sums(self) -> set[Decimal]:
        return {line.rest for line in self.lines}


def traits_of(line: StatementLine) -> Traits:
    text = line.purpose.upper()
    tokens = frozenset(token for token in TOKENS.findall(text) if any(map(str.isdigit, token)))
    return Traits(tokens, frozenset(ORDER.findall(text)), own_words(line.counterparty))


@lru_cache(maxsize=8192)
def own_words(name: str) -> str:
    """A firm's own words without its legal form, as companies/name_key.py has them in SQL."""
    text = name.lower().replace("ё", "е")
    for form in THAI_FORMS:
        text = text.replace(form, " ")
    return "".join(word for word in WORDS.findall(text) if word not in LEGAL_FORMS)


def contracts_of(traits: Iterable[Traits]) -> dict[str, set[UUID]]:
    """Companies by the number of their contract."""
    tokens = {token for one in traits for token in one.tokens}
    result: dict[str, set[UUID]] = {}
    for piece in _pieces(tokens):
        rows = Contract.objects.filter(number__in=piece, company__isnull=False)
        for number, company in rows.values_list("number", "company_id"):
            if company:
                result.setdefault(number, set()).add(company)
    return result


def candidates(search: Search, *, is_in: bool) -> list[Candidate]:
    """All that any of the lines may be, of money that came in or of money that left."""
    companies = _companies(search).union(*search.contracts.values())
    if is_in:
        return [*_invoices(search, companies), *_clients(companies)]
    return [*_debts(search, companies), *_hired(search, companies)]


def _companies(search: Search) -> set[UUID]:
    """Companies by tax number and by name."""
    result: set[UUID] = set()
    for numbers in _pieces({line.tax_number for line in search.lines if line.tax_number}):
        by_number = Company.objects.filter(inn__in=numbers)
        result.update(by_number.values_list("pk", flat=True))
    for names in _pieces({one.name for one in search.traits if one.name}):
        by_name = Company.objects.annotate(words=name_key("name")).filter(words__in=names)
        result.update(by_name.values_list("pk", flat=True))
    return result


def _invoices(
    search: Search,
    companies: set[UUID],
) -> list[Candidate]:
    """Open invoices that any of the lines may pay."""
    tokens = {token for one in search.traits for token in one.tokens}
    conditions = [
        *(Q(company_id__in=piece) for piece in _pieces(companies)),
        *(Q(number__in=piece) for piece in _pieces(tokens)),
        *(Q(order__ref__in=piece) for piece in _pieces(search.orders)),
        *(Q(left__in=piece) for piece in _pieces(search.sums)),
    ]
    rows: QuerySet[Invoice] = Invoice.objects.annotate(left=REST)
    rows = rows.filter(OPEN, currency__in=search.currencies).select_related("company", "order")
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


def _clients(
    companies: set[UUID],
) -> list[Candidate]:
    """Clients who may have paid ahead."""
    clients = Company.objects.filter(CLIENTS)
    return [
        Candidate(
            "advance_of",
            row.pk,
            _("Advance of the client"),
            "",
            row.name,
            row.inn,
            row.pk,
            NO_END,
            "",
            None,
        )
        for piece in _pieces(companies)
        for row in clients.filter(pk__in=piece)
    ]


def _debts(
    search: Search,
    companies: set[UUID],
) -> list[Candidate]:
    """What is owed to carriers that any of the lines may have paid."""
    conditions = [
        *(Q(company_id__in=piece) for piece in _pieces(companies)),
        *(Q(order__ref__in=piece) for piece in _pieces(search.orders)),
        *(Q(left__in=piece) for piece in _pieces(search.sums)),
    ]
    rows: QuerySet[Payable] = Payable.objects.annotate(left=F("amount") - F("paid"))
    rows = rows.filter(paid__lt=F("amount"), currency__in=search.currencies)
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


def _hired(search: Search, companies: set[UUID]) -> list[Candidate]:
    """Orders under way whose carrier may have been paid ahead."""
    conditions = [
        *(Q(partner_id__in=piece) for piece in _pieces(companies)),
        *(Q(order__ref__in=piece) for piece in _pieces(search.orders)),
    ]
    rows = Trip.objects.filter(
        replaced_at=None,
        order__stage__in=STAGES,
        order__payables=None,
        order__carrier_rate__gt=0,
        order__carrier_currency__in=search.currencies,
    )
    rows = rows.select_related("partner", "order")
    trips = {row.pk: row for part in conditions for row in rows.filter(part)}
    return [
        Candidate(
            "advance_of",
            row.order_id,
            _("Advance, %(order)s") % {"order": row.order.ref},
            row.order.ref,
            row.carrier_name or row.order.carrier_name,
            row.partner.inn if row.partner else "",
            row.partner_id,
            NO_END,
            row.order.carrier_currency,
            None,
        )
        for row in trips.values()
    ]


def _pieces(values: Collection[Value]) -> Iterable[list[Value]]:
    """Values for one IN each."""
    rows = list(values)
    return (rows[at : at + AT_ONCE] for at in range(0, len(rows), AT_ONCE))
