"""Contracts: drawn up, read, signed by a code or entered from paper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from companies import contract_life, contracts, editing, signing
from companies.contract_life import CannotDo
from companies.contracts import CannotDraw
from companies.first_steps import first_steps
from companies.models import (
    Company,
    Contract,
    ContractCase,
    RulesAccepted,
    Side,
    Signature,
    SigningCode,
)
from companies.queries import own_details
from companies.signing import CannotSign, WrongCode
from tenants.accounts.models import User
from tenants.context import GATE, inside
from tenants.kit import clock
from tenants.office.models import AuditEvent
from tests.companies.conftest import code_of, letters, upload
from tests.companies.scans import SCAN, scan
from tests.companies.signing_samples import FIRM, HERE, accept_rules, draft, fill_in, sent, sign
from tests.page_forms import form_with
from tests.world import Cast


@pytest.fixture
def ready(in_alpha: Cast) -> Company:
    """Alpha's own details and its client's are filled in."""
    return fill_in(in_alpha)


@pytest.fixture
def waiting(in_alpha: Cast, ready: Company) -> ContractCase:
    """A contract that waits for the client's signature first."""
    return sent(in_alpha, ready, Side.COMPANY)


@pytest.mark.parametrize("language", contracts.LANGUAGES)
@pytest.mark.parametrize("name", ["client", "partner", None])
def test_texts_name_both_sides_and_never_the_platform_but_in_its_own(
    in_alpha: Cast, ready: Company, language: str, name: str | None
) -> None:
    company = Company.objects.get(pk=in_alpha.company_id(name)) if name else None
    if company:
        company = editing.change(
            company=company,
            values=FIRM,
            by=in_alpha.actor(),
            at=clock.now(),
        )
    contract = draft(in_alpha, company, language)
    assert (
        contract.number in contract.text
        and "ОсОО «Альфа»" in contract.text
        and ("Track" in contract.text) is (name is None)
    )
    assert (
        2000 < len(contract.text) < 6000
        and "{" not in contract.text
        and "&amp;" not in contract.text
        and "  \n" not in contract.text
    )
    if company:
        assert "ОсОО «Барс» & Ко" in contract.text
    assert (
        "13/03/2569" if language == "th" else "2026-03-13" if language == "en" else "13.03.2026"
    ) in contract.text


def test_incomplete_details_draw_no_contract(in_alpha: Cast) -> None:
    with pytest.raises(CannotDraw):
        draft(
            in_alpha,
            Company.objects.get(pk=in_alpha.company_id("client")),
        )


def test_a_code_signs_the_text_that_was_read(
    in_alpha: Cast, ready: Company, waiting: ContractCase
) -> None:
    client, now = in_alpha.actor("client"), clock.now()
    accept_rules(in_alpha, "client")
    row = signing.send_code(case=waiting, by=client, at=now)
    letter = letters()[-1]
    assert letter["to"] == client.email and letter["sender_name"] == "Alpha"
    assert code_of(letter) not in (letter["subject"], row.code_hash, row.text)
    editing.change(company=ready, values=FIRM | {"address": "Ош"}, by=client, at=now, own=True)
    code = code_of(letter)
    case = signing.sign_with_code(case=waiting, code=code, device=HERE, by=client, at=now)
    signature = Signature.objects.get()
    assert (case.stage, case.text, signature.side) == ("half_signed", row.text, "company")
    assert "Киевская" in case.text
    assert signature.evidence["shown_sha256"] == contracts.sha256(row.text) == case.sha256
    assert signature.evidence["address"] == "192.0.2.1"
    assert signature.evidence["rules_version"] == "1"
    assert not Contract.objects.exists()
    with pytest.raises(CannotDo):  # a code signs once
        signing.sign_with_code(case=case, code=code, device=HERE, by=client, at=now)


def test_both_signatures_put_it_in_force(
    in_alpha: Cast, ready: Company, waiting: ContractCase
) -> None:
    sign(in_alpha, waiting, "client")
    case = sign(in_alpha, waiting, "head")
    signed = contracts.current(ready, Contract.Kind.CLIENT)
    assert signed and case.contract == signed and case.stage == "in_force"
    assert (signed.how, signed.kind, signed.number) == ("code", "client", case.number)
    assert (signed.signed_name, signed.sha256) == (in_alpha.actor("client").name, case.sha256)
    assert AuditEvent.objects.filter(action="contract.sign", subject=ready.subject).count() == 1
    names = {letter["to"] for letter in letters() if "подписан обеими" in letter["subject"]}
    assert {in_alpha.actor(name).email for name in ("client", "head")} <= names


def test_signing_proves_the_mail_address(in_alpha: Cast, waiting: ContractCase) -> None:
    client = in_alpha.actor("client")
    with inside(GATE):
        User.objects.filter(pk=client.user_id).update(proven_at=None)
    sign(in_alpha, waiting, "client")
    with inside(GATE):
        assert User.objects.get(pk=client.user_id).proven_at is not None


def test_rules_are_accepted_before_the_first_code(in_alpha: Cast, waiting: ContractCase) -> None:
    client = in_alpha.actor("client")
    with pytest.raises(CannotSign, match=r"[Пп]равил"):
        signing.send_code(case=waiting, by=client, at=clock.now())
    assert not SigningCode.objects.exists() and not letters_of_codes()
    accept_rules(in_alpha, "client")
    accept_rules(in_alpha, "client")
    kept = RulesAccepted.objects.get()
    assert (kept.member_id, kept.version, kept.language) == (client.member_id, 1, "ru")
    assert signing.send_code(case=waiting, by=client, at=clock.now())


def letters_of_codes() -> list[Any]:
    return [letter for letter in letters() if "Код" in letter["subject"]]


def test_who_has_no_right_or_no_turn_gets_no_code(
    in_alpha: Cast, ready: Company, waiting: ContractCase
) -> None:
    now = clock.now()
    for name in ("head", "dispatcher", "client", "client2"):
        accept_rules(in_alpha, name)
    refusals = {"head": "Первой подписывает", "dispatcher": "нет права", "client2": "нет права"}
    for name, words in refusals.items():
        with pytest.raises(CannotDo, match=words):
            signing.send_code(case=waiting, by=in_alpha.actor(name), at=now)
    assert not SigningCode.objects.exists()


def test_a_code_for_a_text_that_was_taken_back_signs_nothing(
    in_alpha: Cast, ready: Company, waiting: ContractCase
) -> None:
    client, now = in_alpha.actor("client"), clock.now()
    accept_rules(in_alpha, "client")
    signing.send_code(case=waiting, by=client, at=now)
    code = code_of(letters()[-1])
    contract_life.withdraw(case=waiting, reason="Ошибка в цене", by=in_alpha.actor(), at=now)
    again = sent(in_alpha, ready, Side.COMPANY)
    for case in (waiting, again):
        with pytest.raises(CannotDo, match=r"текст|этап|сделать"):
            signing.sign_with_code(case=case, code=code, device=HERE, by=client, at=now)
    assert not Signature.objects.exists() and not Contract.objects.exists()


def test_fifth_wrong_code_ends_it(in_alpha: Cast, waiting: ContractCase) -> None:
    client, now = in_alpha.actor("client"), clock.now()
    accept_rules(in_alpha, "client")
    signing.send_code(case=waiting, by=client, at=now)
    right = code_of(letters()[-1])
    wrong = "000000" if right != "000000" else "111111"
    for _try in range(5):
        with pytest.raises(WrongCode):
            signing.sign_with_code(case=waiting, code=wrong, device=HERE, by=client, at=now)
    with pytest.raises(CannotSign):
        signing.sign_with_code(case=waiting, code=right, device=HERE, by=client, at=now)
    assert SigningCode.objects.get().tries == 5 and not Signature.objects.exists()


def test_code_ends_after_a_quarter_of_an_hour_and_with_the_next_one(
    in_alpha: Cast, waiting: ContractCase
) -> None:
    client, now = in_alpha.actor("client"), clock.now()
    accept_rules(in_alpha, "client")

    def enter(code: str, minutes: int) -> None:
        at = now + timedelta(minutes=minutes)
        signing.sign_with_code(case=waiting, code=code, device=HERE, by=client, at=at)

    signing.send_code(case=waiting, by=client, at=now)
    first = code_of(letters()[-1])
    with pytest.raises(CannotSign):
        enter(first, 16)
    signing.send_code(case=waiting, by=client, at=now + timedelta(minutes=1))
    second = code_of(letters()[-1])
    if first != second:
        with pytest.raises(WrongCode):
            enter(first, 2)
    enter(second, 2)
    assert Signature.objects.count() == 1


def test_sixth_code_within_an_hour_is_refused(in_alpha: Cast, waiting: ContractCase) -> None:
    client, now = in_alpha.actor("client"), clock.now()
    accept_rules(in_alpha, "client")
    for _number in range(5):
        signing.send_code(case=waiting, by=client, at=now)
    with pytest.raises(CannotSign):
        signing.send_code(case=waiting, by=client, at=now)
    assert len(letters_of_codes()) == 5


def test_client_signs_in_its_cabinet(in_alpha: Cast, ready: Company, browse: Any) -> None:
    browser = browse(in_alpha, "client")
    path = "/cabinet/contract/"
    assert "ОсОО «Альфа»" in browser.get(path).content.decode()
    assert "สัญญา" in browser.get(f"{path}?language=th").content.decode()
    assert "Правила простой электронной подписи" in browser.get(path).content.decode()
    shown = {"language": "ru", "shown": draft_of_today(in_alpha, ready)}
    browser.post(path, shown)
    assert not ContractCase.objects.exists()  # the rules come first
    assert browser.post(path, {"accept": "ru"}).status_code == 302
    browser.post(path, shown | {"shown": "f" * 64})
    assert not ContractCase.objects.exists()  # another text than the page showed
    assert browser.post(path, shown).status_code == 302
    assert browser.post(path, {"code": "12"}).status_code == 422
    wrong = browser.post(path, {"code": "000000"})
    assert wrong.status_code == 422 and "field-error" in wrong.content.decode()
    assert browser.post(path, {"code": code_of(letters_of_codes()[-1])}).status_code == 302
    case = ContractCase.objects.get()
    assert case.stage == "half_signed"
    office = browse(in_alpha)
    page = f"/companies/{ready.pk}/contract/"
    assert "Подписан одной стороной" in office.get(page).content.decode()
    office.post(page, {"accept": "ru"})
    office.post(page, {"language": "ru"})
    office.post(page, {"code": code_of(letters_of_codes()[-1])})
    case.refresh_from_db()
    assert case.stage == "in_force" and case.document_id
    for reader, address in ((browser, path), (office, page)):
        html = reader.get(address).content.decode()
        assert case.sha256 in html and f"/documents/{case.document_id}/pdf/" in html


def draft_of_today(cast: Cast, company: Company) -> str:
    on = cast.info.day(clock.now())
    return contracts.draft(company=company, reseller=cast.info, on=on, language="ru").sha256


def test_details_come_before_the_contract(alpha: Cast, browse: Any) -> None:
    browser = browse(alpha, "client")
    assert "/cabinet/company/" in browser.get("/cabinet/contract/").content.decode()
    assert browser.post("/cabinet/company/", {"name": "Bars"}).status_code == 422
    answer = browser.post(
        "/cabinet/company/",
        FIRM | {"note": "forged", "kind": "partner", "status": "archived"},
    )
    assert answer["Location"] == "/cabinet/contract/"
    with inside(alpha.scope):
        company = Company.objects.get(pk=alpha.company_id("client"))
    assert (
        company.inn,
        company.note,
        company.kind,
        company.status,
    ) == (FIRM["inn"], "", "client", "active")


def test_paper_contract_is_entered_with_its_scan(
    in_alpha: Cast, ready: Company, browse: Any
) -> None:
    head = browse(in_alpha)
    path = f"/companies/{ready.pk}/contract/paper/"
    for bad in (
        {"signed_on": "13.03.2999"},
        {"scan": upload(b"<svg/>", "x.svg")},
        {"scan": upload(b"MZ", "x.pdf")},
        {"scan": upload(b"%PDF-", "x.pdf")},
        {"scan": upload(SCAN[:40], "x.pdf")},
        {"scan": upload(scan(pages=0), "x.pdf")},
        {"scan": upload(scan(password="1"), "x.pdf")},
        {"signed_on": "29.02.2568"},
        {"signed_on": "x"},
    ):
        answer = head.post(
            path,
            {
                "signed_on": "13.03.2026",
                "scan": upload(SCAN, "x.pdf"),
            }
            | bad,
        )
        assert answer.status_code == 422, bad
    assert not Contract.objects.exists()
    good = {
        "signed_on": "13/03/2569",
        "scan": upload(SCAN, "../../etc/passwd.pdf"),
    }
    assert head.post(path, good).status_code == 302
    contract = Contract.objects.get()
    assert (contract.how, contract.signed_on) == (
        "paper",
        date(2026, 3, 13),
    )
    address = f"/companies/{ready.pk}/contract/{contract.pk}/scan/"
    answer = browse(in_alpha, "client").get(address)
    assert answer.content == SCAN
    assert answer["Content-Disposition"] == 'attachment; filename="contract.pdf"'
    assert browse(in_alpha, "client2").get(address).status_code == 404


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("scan.pdf", SCAN, content_type="application/pdf")


def test_a_second_press_enters_no_second_paper(in_alpha: Cast, ready: Company, browse: Any) -> None:
    """Another tab, or the way back: the page knows which contract was in force when it was opened."""
    browser = browse(in_alpha, "dispatcher")
    address = f"/companies/{ready.pk}/contract/paper/"
    first, second = (form_with(browser.get(address).content, address, "signed_on") for _tab in "12")
    assert browser.post(address, first.fields | {"scan": pdf()}).status_code == 302
    assert browser.post(address, second.fields | {"scan": pdf()}).status_code == 422
    assert Contract.objects.filter(company=ready).count() == 1
    again = form_with(browser.get(address).content, address, "signed_on")
    assert browser.post(address, again.fields | {"scan": pdf()}).status_code == 302


@pytest.mark.parametrize(("language", "mark"), [("ru", "."), ("th", "/")])
def test_the_day_of_a_paper_is_written_as_the_language_writes_days(
    in_alpha: Cast, ready: Company, browse: Any, language: str, mark: str
) -> None:
    browser = browse(in_alpha, "dispatcher")
    browser.cookies["language"] = language
    address = f"/companies/{ready.pk}/contract/paper/"
    form = form_with(browser.get(address).content, address, "signed_on").fields
    assert form["signed_on"] == f"{in_alpha.info.day(clock.now()):%d{mark}%m{mark}%Y}"
    assert browser.post(address, form | {"scan": pdf()}).status_code == 302


def test_a_paper_of_tomorrow_is_refused_at_its_field(
    in_alpha: Cast, ready: Company, browse: Any
) -> None:
    browser = browse(in_alpha, "dispatcher")
    address = f"/companies/{ready.pk}/contract/paper/"
    tomorrow = in_alpha.info.day(clock.now()) + timedelta(days=1)
    answer = browser.post(address, {"signed_on": f"{tomorrow:%d.%m.%Y}", "scan": pdf()})
    assert answer.status_code == 422 and "id_signed_on-error" in answer.content.decode()
    assert not Contract.objects.filter(company=ready).exists()


def test_steps_end_with_the_contract_whoever_typed_the_details(
    in_alpha: Cast, ready: Company, browse: Any
) -> None:
    Company.objects.filter(pk=ready.pk).update(details_at=None)
    client = browse(in_alpha, "client")
    path = f"/companies/{ready.pk}/contract/paper/"
    assert 'class="stages"' in client.get("/cabinet/contract/").content.decode()
    browse(in_alpha).post(
        path,
        {
            "signed_on": "13.03.2026",
            "scan": upload(SCAN, "x.pdf"),
        },
    )
    assert 'class="stages"' not in client.get("/cabinet/contract/").content.decode()


def test_scan_of_another_reseller_is_not_found(
    in_alpha: Cast, beta: Cast, ready: Company, browse: Any
) -> None:
    form = {"signed_on": "13.03.2026", "scan": upload()}
    browse(in_alpha).post(f"/companies/{ready.pk}/contract/paper/", form)
    scan = f"/companies/{ready.pk}/contract/{Contract.objects.get().pk}/scan/"
    assert browse(in_alpha).get(scan)["Content-Type"] == "image/png"
    assert browse(beta).get(scan).status_code == 404


def test_head_signs_with_the_platform_and_may_publish(
    in_alpha: Cast, ready: Company, browse: Any
) -> None:
    assert own_details().platform_contract_signed_at is None
    assert [step.done for step in first_steps()] == [
        True,
        False,
        False,
        False,
    ]
    head = browse(in_alpha)
    path = "/my-company/terms/"
    assert "TC-ALPHA/1" in head.get(path).content.decode()
    assert browse(in_alpha, "dispatcher").get(path).status_code == 200
    assert browse(in_alpha, "dispatcher").post(path, {"language": "ru"}).status_code == 403
    on = in_alpha.info.day(clock.now())
    shown = contracts.draft(company=None, reseller=in_alpha.info, on=on, language="ru").sha256
    assert head.post(path, {"accept": "ru"}).status_code == 302
    assert head.post(path, {"language": "ru", "shown": shown}).status_code == 302
    assert head.post(path, {"code": code_of(letters_of_codes()[-1])}).status_code == 302
    assert own_details().platform_contract_signed_at is not None
    assert Contract.objects.get().kind == "platform"


def test_signed_contract_cannot_be_touched(in_alpha: Cast, ready: Company) -> None:
    from django.db import ProgrammingError, transaction

    waiting = sent(in_alpha, ready)
    sign(in_alpha, waiting, "head")
    sign(in_alpha, waiting, "client")
    for rows in (Contract.objects.all(), Signature.objects.all(), RulesAccepted.objects.all()):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
        ):
            rows.update(id=waiting.pk)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        Contract.objects.all()._raw_delete("default")
