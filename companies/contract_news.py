"""Who hears what of a contract's life."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from companies import contracts, links
from companies.models import Company, Contract, ContractCase, Side
from tenants.actor import Actor
from tenants.kit import formats
from tenants.office.hearing import Firm, Hearer, Name, News, tell


def next_signature(case: ContractCase, *, by: Actor, at: datetime) -> None:
    """The side whose turn it is hears that the contract waits for it."""
    side = contracts.next_side(case)
    if side == Side.COMPANY:
        tell(_news("contract.to_sign", case, with_company=True), by=by, at=at)
    elif side == Side.RESELLER:
        tell(_news("contract.to_countersign", case), by=by, at=at)


def in_force(case: ContractCase, *, at: datetime) -> None:
    """Both sides get the signed contract, whoever signed last."""
    news = _news("contract.in_force", case, with_company=True)
    tell(news, by=None, at=at)


def declined(case: ContractCase, *, by: Actor, at: datetime) -> None:
    tell(_news("contract.declined", case, with_company=True), by=by, at=at)


def withdrawn(case: ContractCase, *, by: Actor, at: datetime) -> None:
    tell(_news("contract.withdrawn", case, with_company=True), by=by, at=at)


def terminated(case: ContractCase, *, by: Actor, at: datetime) -> None:
    tell(_news("contract.terminated", case, with_company=True), by=by, at=at)


def _news(event: str, case: ContractCase, *, with_company: bool = False) -> News:
    company = case.company
    url = links.contract(company.pk) if company else links.own("terms")
    hears = company if with_company else None
    return News(
        event,
        _names(case),
        url=url,
        firms=_firms(case, hears) if hears else {},
    )


def _names(case: ContractCase) -> Mapping[str, Name]:
    ended_on = case.ended_on
    company = case.company
    return {
        "number": case.number,
        "company": company.name if company else _platform_name,
        "reason": case.end_reason,
        "day": lambda: formats.day(ended_on) if ended_on else "",
    }


def _platform_name() -> str:
    return contracts.platform_firm().full_name


def _firms(case: ContractCase, company: Company) -> dict[Hearer, Firm]:
    """The people of the side that the contract is with."""
    firm = Firm(company.pk, company.language)
    is_client = case.kind == Contract.Kind.CLIENT
    return {Hearer.CLIENT if is_client else Hearer.PARTNER: firm}
