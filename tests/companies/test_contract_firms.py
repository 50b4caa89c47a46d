"""A contract names the own firm that signs: its letterhead, details, signatory and numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from companies import contract_life, contracts, firms, signing
from companies.contract_life import CannotDo
from companies.firms import CannotChangeFirm
from companies.models import Company, Contract, ContractCase, OwnFirm, Side
from companies.queries import own_details
from companies.signing import Scan
from documents.models import Document
from orders import assignment
from orders import papers as order_papers
from orders.contract_firms import firm_doubts
from tenants.kit import clock
from tenants.office.audit_log import Teller
from tenants.office.models import AuditEvent
from tests.companies.signing_samples import FIRM, fill_in, sign
from tests.orders import order_samples
from tests.world import Cast

SECOND = FIRM | {
    "name": "ИП Вторая",
    "full_name": "ИП «Вторая»",
    "director": "Второв Второй",
    "inn": "01203201510412",
    "bank": "Второй банк",
    "number_prefix": "Б",
}
DAY = date(2026, 3, 13)


@pytest.fixture
def ready(in_alpha: Cast) -> Company:
    """A client whose details are complete, and two own firms."""
    company = fill_in(in_alpha)
    firms.add_firm(values=SECOND, by=in_alpha.actor(), at=clock.now())
    return company


def draft(cast: Cast, company: Company | None, firm: int | None = None) -> contracts.Draft:
    return contracts.draft(company=company, reseller=cast.info, on=DAY, language="ru", firm_id=firm)


def sent(cast: Cast, company: Company, firm: int | None = None) -> ContractCase:
    return contract_life.send(
        draft=draft(cast, company, firm),
        first=Side.RESELLER,
        by=cast.actor("dispatcher"),
        at=clock.now(),
    )


def on_paper(cast: Cast, company: Company, firm: int | None = None) -> Contract:
    contract = signing.sign_on_paper(
        draft=draft(cast, company, firm),
        signed_on=DAY,
        scan=Scan(b"%PDF-1.4", "application/pdf", "contract.pdf"),
        by=cast.actor("dispatcher"),
        at=clock.now(),
    )
    assert contract is not None
    return contract


def test_the_text_and_the_number_are_of_the_chosen_firm(in_alpha: Cast, ready: Company) -> None:
    main, second = draft(in_alpha, ready), draft(in_alpha, ready, 2)
    assert (main.firm_id, second.firm_id) == (1, 2)
    assert "ОсОО «Альфа»" in main.text and "ИП «Вторая»" not in main.text
    assert "ИП «Вторая»" in second.text and "ОсОО «Альфа»" not in second.text
    assert "Второй банк" in second.text and "Второв Второй" in second.text
    assert second.number == f"Б-{main.number}"


def test_the_paper_and_the_record_are_of_the_chosen_firm(in_alpha: Cast, ready: Company) -> None:
    case = sent(in_alpha, ready, 2)
    assert contract_life.firm_of(case, Side.RESELLER).name == "Второв Второй"
    sign(in_alpha, case, "head")
    case = sign(in_alpha, case, "client")
    assert case.contract is not None and (case.firm_id, case.contract.firm_id) == (2, 2)
    paper = Document.objects.get(pk=case.document_id)
    assert (paper.issuer, paper.letterhead["own"]["name"]) == (2, "ИП «Вторая»")
    assert paper.context["signatures"][0]["side"] == "ИП «Вторая»"
    assert contracts.current(ready, Contract.Kind.CLIENT, 1) is None
    assert contracts.current(ready, Contract.Kind.CLIENT, 2) == case.contract


def test_each_firm_counts_its_own_contracts(in_alpha: Cast, ready: Company) -> None:
    numbers = [on_paper(in_alpha, ready, firm).number for firm in (1, 2, 2, None)]
    stem = ready.ref.removeprefix("CMP-")
    assert numbers == [f"{stem}/1", f"Б-{stem}/1", f"Б-{stem}/2", f"{stem}/2"]


def test_a_supplementary_agreement_is_of_the_firm_of_its_contract(
    in_alpha: Cast, ready: Company
) -> None:
    on_paper(in_alpha, ready, 2)
    parent = ContractCase.objects.get()
    agreement = contracts.addendum(parent=parent, subject="Ставка", on=DAY, works_from=DAY)
    assert agreement.firm_id == 2 and "ИП «Вторая»" in agreement.text
    assert agreement.number == f"{parent.number}-1"


def test_a_contract_keeps_its_firm_when_another_becomes_the_main_one(
    in_alpha: Cast, ready: Company
) -> None:
    case = sent(in_alpha, ready)
    firms.make_main(firm=own_details(2), by=in_alpha.actor(), at=clock.now())
    assert contract_life.firm_of(case, Side.RESELLER).name == FIRM["director"]
    sign(in_alpha, case, "head")
    case = sign(in_alpha, case, "client")
    assert case.contract is not None and case.contract.firm_id == 1


def test_an_archived_firm_signs_nothing_new(in_alpha: Cast, ready: Company) -> None:
    text = draft(in_alpha, ready, 2)
    firms.archive_firm(firm=own_details(2), by=in_alpha.actor(), at=clock.now())
    with pytest.raises(CannotDo, match="архиве"):
        contract_life.send(draft=text, first=Side.RESELLER, by=in_alpha.actor(), at=clock.now())
    assert not ContractCase.objects.exists()


def test_a_firm_whose_contracts_wait_is_not_archived(in_alpha: Cast, ready: Company) -> None:
    case = sent(in_alpha, ready, 2)
    with pytest.raises(CannotChangeFirm, match=case.number):
        firms.archive_firm(firm=own_details(2), by=in_alpha.actor(), at=clock.now())
    assert own_details(2).archived_at is None


def test_the_office_chooses_the_firm_on_the_page(
    in_alpha: Cast, ready: Company, browse: Any
) -> None:
    office = browse(in_alpha, "dispatcher")
    page = f"/companies/{ready.pk}/contract/"
    shown = office.get(f"{page}?firm=2").content.decode()
    assert "Какая наша фирма подписывает" in shown and 'name="firm" value="2"' in shown
    second = draft(in_alpha, ready, 2)
    on = in_alpha.info.day(clock.now())
    today = contracts.draft(
        company=ready, reseller=in_alpha.info, on=on, language=ready.language, firm_id=2
    )
    answer = office.post(
        f"{page}send/",
        {"first": "reseller", "shown": today.sha256, "language": ready.language, "firm": "2"},
    )
    assert answer.status_code == 302
    case = ContractCase.objects.get()
    assert (case.firm_id, case.number) == (2, second.number)
    assert "ИП Вторая" in office.get(page).content.decode()


def test_a_firm_that_is_not_there_is_a_404(in_alpha: Cast, ready: Company, browse: Any) -> None:
    page = f"/companies/{ready.pk}/contract/"
    office = browse(in_alpha, "dispatcher")
    assert [office.get(f"{page}?firm={name}").status_code for name in ("9", "x", "-1")] == [404] * 3


def test_a_client_does_not_choose_the_firm(in_alpha: Cast, ready: Company, browse: Any) -> None:
    shown = browse(in_alpha, "client").get("/cabinet/contract/?firm=2").content.decode()
    assert "ОсОО «Альфа»" in shown and "ИП «Вторая»" not in shown


def test_the_audit_log_says_the_name_of_the_firm(in_alpha: Cast, ready: Company) -> None:
    sent(in_alpha, ready, 2)
    event = AuditEvent.objects.get(action="contract.send")
    firm = {change.label: change.after for change in Teller([event]).changes(event)}
    assert firm["Наша фирма"] == "ИП Вторая"


def test_with_one_firm_the_audit_log_names_none(in_alpha: Cast) -> None:
    sent(in_alpha, fill_in(in_alpha))
    event = AuditEvent.objects.get(action="contract.send")
    assert event.after is not None and "firm_id" not in event.after


def test_an_order_s_history_says_the_name_of_the_firm(
    in_alpha: Cast, ready: Company, call: Any
) -> None:
    sold = order_samples.order(in_alpha)
    assert call(in_alpha).send("patch", f"orders/{sold.ref}", {"seller_firm": 2}).status_code == 200
    event = AuditEvent.objects.get(action="order.edit")
    names = {change.label: change.after for change in Teller([event]).changes(event)}
    assert names["От какой нашей фирмы"] == "ИП Вторая"


def test_a_contract_with_another_firm_is_warned_about_and_blocks_nothing(
    in_alpha: Cast, ready: Company, browse: Any
) -> None:
    sold = order_samples.order(in_alpha, client_id=ready.pk, seller_firm=2)
    assert firm_doubts(sold) == []  # no contract at all stands on another page
    contract = on_paper(in_alpha, ready, 1)
    (doubt,) = firm_doubts(sold)
    assert "ИП Вторая" in doubt and contract.number in doubt
    office = browse(in_alpha, "dispatcher")
    assert contract.number in office.get(f"/orders/{sold.ref}/").content.decode()
    order_papers.request(order=sold, at=clock.now(), by=in_alpha.actor())
    paper = Document.objects.get(kind="request")
    assert paper.context["contract"] is None  # a contract of another firm is not cited
    on_paper(in_alpha, ready, 2)
    assert firm_doubts(sold) == []


def test_a_partner_s_contract_with_another_firm_is_warned_about(
    in_alpha: Cast, ready: Company
) -> None:
    sold = order_samples.order(in_alpha, client_id=ready.pk, hiring_firm=2)
    partner = fill_in(in_alpha, "partner")
    contract = on_paper(in_alpha, partner, 1)
    carrier = order_samples.partner_carrier(in_alpha)
    who = assignment.assignment_to(order=sold, rate=None, partner=carrier)
    assignment.assign_directly(order=sold, assignment=who, by=in_alpha.actor(), at=clock.now())
    sold.refresh_from_db()
    (doubt,) = firm_doubts(sold)
    assert contract.number in doubt


def test_with_one_firm_no_order_is_doubted(in_alpha: Cast) -> None:
    company = fill_in(in_alpha)
    on_paper(in_alpha, company)
    assert OwnFirm.objects.count() == 1
    assert firm_doubts(order_samples.order(in_alpha, client_id=company.pk)) == []


def test_the_api_names_the_own_firm_of_each_contract(
    in_alpha: Cast, ready: Company, call: Any
) -> None:
    signed = on_paper(in_alpha, ready)
    waits = sent(in_alpha, ready, 2)
    path = f"companies/{ready.pk}/contracts"
    answer = call(in_alpha, "dispatcher").send("get", path).json()
    rows = {row["id"]: row for row in answer["results"]}
    assert (len(rows), answer["next"]) == (2, None)
    waiting = rows[str(waits.pk)]
    assert waiting | {"sent_at": ""} == {
        "id": str(waits.pk),
        "kind": "client",
        "number": waits.number,
        "addendum_of": None,
        "own_firm": 2,
        "stage": "sent",
        "language": "ru",
        "sent_at": "",
        "signed_on": None,
        "ended_on": None,
    }
    in_force = rows[str(signed.case.pk)]
    facts = [in_force[name] for name in ("own_firm", "stage", "signed_on")]
    assert facts == [1, "in_force", "2026-03-13"]


def test_contracts_over_the_api_are_for_the_office_of_the_reseller(
    in_alpha: Cast, beta: Cast, ready: Company, call: Any
) -> None:
    path = f"companies/{ready.pk}/contracts"
    statuses = [
        call(cast, person).send("get", path).status_code
        for cast, person in ((in_alpha, "client"), (in_alpha, "partner"), (beta, "head"))
    ]
    assert statuses == [404, 404, 404]
