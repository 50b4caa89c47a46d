"""A contract that can be signed, and a person who signs it."""

from __future__ import annotations

from datetime import date, datetime

from companies import contract_life, contracts, editing, own, signing, signing_rules
from companies.contracts import Draft
from companies.models import Company, ContractCase, Side
from companies.signing import Device
from tenants.kit import clock
from tests.companies.conftest import code_of, letters
from tests.world import Cast

FIRM = {
    "name": "Bars",
    "full_name": "ОсОО «Барс» & Ко",
    "director": "Асанов Азамат",
    "address": "Бишкек, Киевская 1",
    "inn": "02705201910356",
    "country": "KG",
}
HERE = Device("192.0.2.1", "Firefox")


def fill_in(cast: Cast, name: str = "client") -> Company:
    """The reseller's own details and its company's are complete."""
    now = clock.now()
    own.save_details(values=FIRM | {"full_name": "ОсОО «Альфа»"}, by=cast.actor(), at=now)
    company = Company.objects.get(pk=cast.company_id(name))
    return editing.change(company=company, values=FIRM, by=cast.actor(name), at=now, own=True)


def draft(cast: Cast, company: Company | None, language: str = "ru") -> Draft:
    return contracts.draft(
        company=company, reseller=cast.info, on=date(2026, 3, 13), language=language
    )


def sent(cast: Cast, company: Company | None, first: Side = Side.RESELLER) -> ContractCase:
    return contract_life.send(
        draft=draft(cast, company), first=first, by=cast.actor("dispatcher"), at=clock.now()
    )


def accept_rules(cast: Cast, name: str) -> None:
    signing_rules.accept(language="ru", address="192.0.2.1", by=cast.actor(name), at=clock.now())


def sign(cast: Cast, case: ContractCase, name: str, at: datetime | None = None) -> ContractCase:
    """One person signs by the code from the letter."""
    now = at or clock.now()
    who = cast.actor(name)
    accept_rules(cast, name)
    signing.send_code(case=case, by=who, at=now)
    return signing.sign_with_code(
        case=case, code=code_of(letters()[-1]), device=HERE, by=who, at=now
    )
