"""Contracts: drawn up, read, signed by a code or entered from paper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from companies import contracts, editing, own, signing
from companies.contracts import CannotDraw, Draft
from companies.first_steps import first_steps
from companies.models import Company, Contract, SigningCode
from companies.queries import own_details
from companies.signing import CannotSign, Device, WrongCode
from tenants.context import inside
from tenants.kit import clock
from tenants.office.models import AuditEvent
from tests.companies.conftest import code_of, letters, upload
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


@pytest.fixture
def ready(in_alpha: Cast) -> Company:
    """Alpha's own details and its client's are filled in."""
    now = clock.now()
    head = in_alpha.actor()
    own.save_details(values=FIRM | {"full_name": "ОсОО «Альфа»"}, by=head, at=now)
    company = Company.objects.get(pk=in_alpha.company_id("client"))
    return editing.change(
        company=company,
        values=FIRM,
        by=in_alpha.actor("client"),
        at=now,
        own=True,
    )


def draft(cast: Cast, company: Company | None, language: str = "ru") -> Draft:
    return contracts.draft(
        company=company,
        reseller=cast.info,
        on=date(2026, 3, 13),
        language=language,
    )


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


def test_code_signs_the_text_that_was_read(in_alpha: Cast, ready: Company) -> None:
    client = in_alpha.actor("client")
    now = clock.now()
    row = signing.send_code(draft=draft(in_alpha, ready), by=client, at=now)
    letter = letters()[-1]
    assert (
        letter["to"] == client.email
        and letter["sender_name"] == "Alpha"
        and code_of(letter) not in letter["subject"]
    )
    assert code_of(letter) not in (row.code_hash, row.text)
    editing.change(
        company=ready,
        values=FIRM | {"address": "Ош"},
        by=client,
        at=now,
        own=True,
    )
    signed = signing.sign_with_code(
        company=ready,
        code=code_of(letter),
        device=HERE,
        by=client,
        at=now,
    )
    assert (
        signed.text == row.text
        and "Киевская" in signed.text
        and signed.sha256 == contracts.sha256(row.text)
    )
    assert (signed.how, signed.kind, signed.number) == (
        "code",
        "client",
        row.number,
    )
    assert (
        signed.evidence["address"] == "192.0.2.1" and signed.evidence["code_hash"] == row.code_hash
    )
    assert contracts.current(ready) == signed
    assert AuditEvent.objects.filter(action="contract.sign", subject=ready.subject).count() == 1
    with pytest.raises(CannotSign):  # a code signs once
        signing.sign_with_code(
            company=ready,
            code=code_of(letter),
            device=HERE,
            by=client,
            at=now,
        )


def test_fifth_wrong_code_ends_it(in_alpha: Cast, ready: Company) -> None:
    client = in_alpha.actor("client")
    now = clock.now()
    signing.send_code(draft=draft(in_alpha, ready), by=client, at=now)
    right = code_of(letters()[-1])
    wrong = "000000" if right != "000000" else "111111"
    for _try in range(5):
        with pytest.raises(WrongCode):
            signing.sign_with_code(
                company=ready,
                code=wrong,
                device=HERE,
                by=client,
                at=now,
            )
    with pytest.raises(CannotSign):
        signing.sign_with_code(company=ready, code=right, device=HERE, by=client, at=now)
    assert SigningCode.objects.get().tries == 5 and not Contract.objects.exists()


def test_code_ends_after_a_quarter_of_an_hour_and_with_the_next_one(
    in_alpha: Cast, ready: Company
) -> None:
    client = in_alpha.actor("client")
    now = clock.now()
    signing.send_code(draft=draft(in_alpha, ready), by=client, at=now)
    first = code_of(letters()[-1])
    with pytest.raises(CannotSign):
        signing.sign_with_code(
            company=ready,
            code=first,
            device=HERE,
            by=client,
            at=now + timedelta(minutes=16),
        )
    signing.send_code(
        draft=draft(in_alpha, ready),
        by=client,
        at=now + timedelta(minutes=1),
    )
    second = code_of(letters()[-1])
    if first != second:
        with pytest.raises(WrongCode):
            signing.sign_with_code(
                company=ready,
                code=first,
                device=HERE,
                by=client,
                at=now + timedelta(minutes=2),
            )
    signing.sign_with_code(
        company=ready,
        code=second,
        device=HERE,
        by=client,
        at=now + timedelta(minutes=2),
    )


def test_sixth_code_within_an_hour_is_refused(in_alpha: Cast, ready: Company) -> None:
    client = in_alpha.actor("client")
    now = clock.now()
    for _number in range(5):
        signing.send_code(draft=draft(in_alpha, ready), by=client, at=now)
    with pytest.raises(CannotSign):
        signing.send_code(draft=draft(in_alpha, ready), by=client, at=now)
    assert len(letters()) == 5


def test_code_of_one_person_is_not_another_s(in_alpha: Cast, ready: Company) -> None:
    now = clock.now()
    signing.send_code(
        draft=draft(in_alpha, ready),
        by=in_alpha.actor("client"),
        at=now,
    )
    with pytest.raises(CannotSign):
        signing.sign_with_code(
            company=ready,
            code=code_of(letters()[-1]),
            device=HERE,
            by=in_alpha.actor(),
            at=now,
        )


def test_client_signs_in_its_cabinet(in_alpha: Cast, ready: Company, browse: Any) -> None:
    browser = browse(in_alpha, "client")
    path = "/cabinet/contract/"
    assert "ОсОО «Альфа»" in browser.get(path).content.decode()
    assert "สัญญา" in browser.get(f"{path}?language=th").content.decode()
    assert browser.post(path, {"language": "ru"}).status_code == 302
    assert browser.post(path, {"code": "12"}).status_code == 422
    wrong = browser.post(path, {"code": "000000"})
    assert wrong.status_code == 422 and "field-error" in wrong.content.decode()
    assert browser.post(path, {"code": code_of(letters()[-1])}).status_code == 302
    page = browser.get(path).content.decode()
    assert Contract.objects.get().sha256 in page
    assert (
        Contract.objects.get().sha256
        in browse(in_alpha).get(f"/companies/{ready.pk}/contract/").content.decode()
    )


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
        {"signed_on": "29.02.2568"},
        {"signed_on": "x"},
    ):
        answer = head.post(
            path,
            {
                "signed_on": "13.03.2026",
                "scan": upload(b"%PDF-1.7 scan", "x.pdf"),
            }
            | bad,
        )
        assert answer.status_code == 422, bad
    assert not Contract.objects.exists()
    good = {
        "signed_on": "13/03/2569",
        "scan": upload(b"%PDF-1.7 scan", "../../etc/passwd.pdf"),
    }
    assert head.post(path, good).status_code == 302
    contract = Contract.objects.get()
    assert (contract.how, contract.signed_on) == (
        "paper",
        date(2026, 3, 13),
    )
    scan = f"/companies/{ready.pk}/contract/{contract.pk}/scan/"
    answer = browse(in_alpha, "client").get(scan)
    assert answer.content == b"%PDF-1.7 scan"
    assert answer["Content-Disposition"] == 'attachment; filename="contract.pdf"'
    assert browse(in_alpha, "client2").get(scan).status_code == 404


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
            "scan": upload(b"%PDF-1.7 scan", "x.pdf"),
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
    assert head.post(path, {"language": "ru"}).status_code == 302
    assert head.post(path, {"code": code_of(letters()[-1])}).status_code == 302
    assert own_details().platform_contract_signed_at is not None
    assert Contract.objects.get().kind == "platform"


def test_signed_contract_cannot_be_touched(in_alpha: Cast, ready: Company) -> None:
    from django.db import ProgrammingError, transaction

    client = in_alpha.actor("client")
    now = clock.now()
    signing.send_code(draft=draft(in_alpha, ready), by=client, at=now)
    signing.sign_with_code(
        company=ready,
        code=code_of(letters()[-1]),
        device=HERE,
        by=client,
        at=now,
    )
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        Contract.objects.update(text="forged")
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        Contract.objects.all().delete()
