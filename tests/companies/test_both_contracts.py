"""A company that is client and partner has a contract each way, and people of each side."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from companies import contract_life, contracts, sides
from companies.models import Company, Contract, ContractCase, Side
from tenants.accounts.models import Invitation
from tenants.context import GATE, inside
from tenants.kit import clock
from tests.companies import signing_samples
from tests.companies.scans import SCAN
from tests.page_forms import form_with
from tests.world import Cast

PERSON = {"name": "Бакыт", "phone": "+996555123123", "language": "ru"}


def both(cast: Cast) -> Company:
    company = signing_samples.fill_in(cast)
    return sides.make_both(company=company, by=cast.actor("head"), at=clock.now())


def send(cast: Cast, company: Company, kind: Contract.Kind) -> ContractCase:
    draft = contracts.draft(
        company=company,
        reseller=cast.info,
        on=cast.info.day(clock.now()),
        language="ru",
        kind=kind,
    )
    by = cast.actor("dispatcher")
    return contract_life.send(draft=draft, first=Side.COMPANY, by=by, at=clock.now())


def test_two_texts_wait_side_by_side(in_alpha: Cast) -> None:
    company = both(in_alpha)
    ours = send(in_alpha, company, Contract.Kind.CLIENT)
    theirs = send(in_alpha, company, Contract.Kind.PARTNER)
    assert ours.text != theirs.text
    assert contracts.open_case(company, Contract.Kind.CLIENT) == ours
    assert contracts.open_case(company, Contract.Kind.PARTNER) == theirs


def test_the_client_reads_its_own_contract_and_not_the_carriers(
    in_alpha: Cast, browse: Any
) -> None:
    company = both(in_alpha)
    theirs = send(in_alpha, company, Contract.Kind.PARTNER)
    browser = browse(in_alpha, "client")
    assert theirs.text.split("\n")[0] not in browser.get("/cabinet/contract/").content.decode()
    assert browser.get(f"/cabinet/contract/?case={theirs.pk}").status_code == 404


def test_the_office_sends_the_one_it_looks_at(in_alpha: Cast, browse: Any) -> None:
    company = both(in_alpha)
    browser = browse(in_alpha, "dispatcher")
    page = f"/companies/{company.pk}/contract/?kind=partner"
    address = f"/companies/{company.pk}/contract/send/"
    form = form_with(browser.get(page).content, address, "shown")
    sent = browser.post(address, form.fields)
    assert sent.headers["Location"] == page
    case = ContractCase.objects.get(company=company)
    assert case.kind == Contract.Kind.PARTNER


def test_the_paper_is_of_the_contract_that_is_open(in_alpha: Cast, browse: Any) -> None:
    """The carrier's text waits: its button enters the carrier's paper, not the client's."""
    company = both(in_alpha)
    case = send(in_alpha, company, Contract.Kind.PARTNER)
    browser = browse(in_alpha, "dispatcher")
    page = browser.get(f"/companies/{company.pk}/contract/?case={case.pk}").content.decode()
    (address,) = re.findall(
        rf'href="(/companies/{company.pk}/contract/paper/[^"]*)"[^>]*plain', page
    )
    paper = browser.get(address).content.decode()
    assert f"№ {case.number}" in paper
    scan = SimpleUploadedFile("scan.pdf", SCAN, content_type="application/pdf")
    sent = browser.post(
        address, {"signed_on": f"{in_alpha.info.day(clock.now()):%d.%m.%Y}", "scan": scan}
    )
    assert sent.status_code == 302
    contract = Contract.objects.get(company=company)
    assert (contract.kind, contract.number) == (Contract.Kind.PARTNER, case.number)


def test_the_office_invites_a_person_of_the_partners_side(in_alpha: Cast, browse: Any) -> None:
    company = both(in_alpha)
    browser = browse(in_alpha, "dispatcher")
    new = f"/companies/{company.pk}/people/new/"
    form = form_with(browser.get(f"{new}?side=partner").content, f"{new}?side=partner", "phone")
    answer = browser.post(f"{new}?side=partner", form.fields | PERSON)
    assert answer.status_code == 302
    with inside(GATE):
        roles = Invitation.objects.filter(company_id=company.pk).values_list("role", flat=True)
        assert list(roles) == ["partner"]
