"""The life of a contract: who signs first, declined, reminded of, ended; supplementary agreements."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from companies import contract_life, contract_templates, contracts, signing_rules
from companies.contract_life import CannotDo
from companies.contract_stages import TABLE, Act, is_allowed
from companies.contract_templates import KINDS, LANGUAGES, VERSIONS, hash_of
from companies.contracts import CannotDraw
from companies.models import Company, Contract, ContractCase, Side, Signature, Stage
from companies.queries import own_details
from documents import verifying
from documents.models import Document
from documents.rendering import on_render
from documents.verifying import Standing
from tenants.context import PLATFORM, inside
from tenants.kit import clock
from tenants.office import files
from tenants.office.models import File, Member, Notification
from tenants.platform.models import PlatformFirm
from tests.companies.conftest import letters
from tests.companies.signing_samples import draft, fill_in, sent, sign
from tests.world import Cast

RULES = {  # version: the hash of its text in each language
    1: {
        "ru": "0395c5e3dea59e02",
        "th": "d0b54333cdf68d0d",
        "en": "37a525d2006f163f",
        "ky": "68e8c63efeb81d75",
    },
}


@pytest.fixture
def ready(in_alpha: Cast) -> Company:
    return fill_in(in_alpha)


@pytest.fixture
def in_force(in_alpha: Cast, ready: Company) -> ContractCase:
    """Signed by both, the reseller first."""
    case = sent(in_alpha, ready)
    sign(in_alpha, case, "head")
    return sign(in_alpha, case, "client")


def heard(name: str, cast: Cast) -> list[str]:
    rows = Notification.objects.filter(member_id=cast.actor(name).member_id)
    return list(rows.order_by("created_at").values_list("text", flat=True))


def test_the_reseller_signs_first_then_the_company_hears(in_alpha: Cast, ready: Company) -> None:
    case = sent(in_alpha, ready)
    assert contracts.sides(case) == (Side.RESELLER, Side.COMPANY)
    assert any("ждёт вашей подписи" in text for text in heard("head", in_alpha))
    assert not heard("client", in_alpha)
    with pytest.raises(CannotDo):
        sign(in_alpha, case, "client")
    assert not Signature.objects.exists()
    case = sign(in_alpha, case, "head")
    assert (case.stage, contracts.next_side(case)) == (Stage.HALF_SIGNED, Side.COMPANY)
    assert any("ждёт вашей подписи" in text for text in heard("client", in_alpha))
    assert sign(in_alpha, case, "client").stage == Stage.IN_FORCE


def test_the_sealed_paper_is_the_text_with_the_evidence(
    in_alpha: Cast, in_force: ContractCase, settings: Any, tmp_path: Any
) -> None:
    paper = Document.objects.get(pk=in_force.document_id)
    assert (paper.kind, paper.code, paper.audience) == ("contract", in_force.number, "client")
    assert paper.title == f"Договор № {in_force.number}"
    assert paper.context["sha256"] == in_force.sha256
    lines = [line for line in in_force.text.splitlines() if line]
    assert paper.context["lines"] == lines
    ours, theirs = paper.context["signatures"]
    assert (ours["side"], theirs["side"]) == ("ОсОО «Альфа»", "ОсОО «Барс» & Ко")
    assert theirs["code"] == "c*****@alpha.test" and theirs["rules"].startswith("1 ")
    assert theirs["address"] == "192.0.2.1" and "+0600 (Asia/Bishkek)" in theirs["when"]
    on_render({"document": str(paper.pk)}, clock.now())
    paper.refresh_from_db()
    assert paper.is_ready, paper.failed_reason
    content = files.read(File.objects.get(pk=paper.file_id))
    assert b"ETSI.CAdES.detached" in content
    checked = verifying.find(paper.verify_code)
    assert checked and checked.standing == Standing.GENUINE


def test_a_company_declines_with_a_reason(in_alpha: Cast, ready: Company) -> None:
    case = sent(in_alpha, ready, Side.COMPANY)
    client, now = in_alpha.actor("client"), clock.now()
    with pytest.raises(CannotDo):
        contract_life.decline(case=case, reason="  ", by=client, at=now)
    with pytest.raises(CannotDo):
        contract_life.decline(case=case, reason="Нет", by=in_alpha.actor("client2"), at=now)
    contract_life.decline(case=case, reason="Пеня велика", by=client, at=now)
    case.refresh_from_db()
    assert (case.stage, case.end_reason) == (Stage.DECLINED, "Пеня велика")
    assert any("Пеня велика" in text for text in heard("dispatcher", in_alpha))
    with pytest.raises(CannotDo):
        sign(in_alpha, case, "client")
    again = sent(in_alpha, ready)
    assert again.number == case.number  # what came to nothing leaves its number


def test_two_texts_do_not_wait_at_once(in_alpha: Cast, ready: Company) -> None:
    case = sent(in_alpha, ready)
    with pytest.raises(CannotDo):
        sent(in_alpha, ready)
    twin = {field.attname: getattr(case, field.attname) for field in case._meta.fields}
    with pytest.raises(IntegrityError, match="contract_case"), transaction.atomic():
        ContractCase.objects.create(**twin | {"id": None, "number": "other"})


def test_a_reminder_goes_to_whose_turn_it_is_and_not_too_often(
    in_alpha: Cast, ready: Company
) -> None:
    case = sent(in_alpha, ready, Side.COMPANY)
    before, now = len(heard("client", in_alpha)), clock.now()
    contract_life.remind(case=case, by=in_alpha.actor("dispatcher"), at=now)
    assert len(heard("client", in_alpha)) == before + 1
    with pytest.raises(CannotDo, match="12"):
        contract_life.remind(case=case, by=in_alpha.actor(), at=now + timedelta(hours=1))
    contract_life.remind(case=case, by=in_alpha.actor(), at=now + timedelta(hours=13))


def test_a_terminated_contract_is_no_contract_any_more(
    in_alpha: Cast, in_force: ContractCase
) -> None:
    head, now = in_alpha.actor(), clock.now()
    today = in_alpha.info.day(now)
    with pytest.raises(CannotDo):
        contract_life.terminate(
            case=in_force, on=today, reason="x", by=in_alpha.actor("dispatcher"), at=now
        )
    with pytest.raises(CannotDo):
        contract_life.terminate(
            case=in_force, on=today - timedelta(days=9), reason="x", by=head, at=now
        )
    assert contracts.current(in_force.company, Contract.Kind.CLIENT) is not None
    contract_life.terminate(case=in_force, on=today, reason="Долг", by=head, at=now)
    assert contracts.current(in_force.company, Contract.Kind.CLIENT) is None
    paper = Document.objects.get(pk=in_force.document_id)
    checked = verifying.find(paper.verify_code)
    assert checked and checked.standing == Standing.CANCELLED
    assert any("Долг" in text for text in heard("client", in_alpha))
    after = sent(in_alpha, in_force.company)
    assert after.number.endswith("/2")


def test_agreements_are_numbered_under_their_contract(
    in_alpha: Cast, in_force: ContractCase
) -> None:
    today = in_alpha.info.day(clock.now())

    def agreement() -> ContractCase:
        text = contracts.addendum(
            parent=in_force, subject="Ставка 100 сом за кг", on=today, works_from=today
        )
        return contract_life.send(
            draft=text, first=Side.COMPANY, by=in_alpha.actor("dispatcher"), at=clock.now()
        )

    first = agreement()
    assert "Ставка 100 сом за кг" in first.text and f"№ {in_force.number}" in first.text
    assert (first.number, first.addendum_index) == (f"{in_force.number}-1", 1)
    client = in_alpha.actor("client")
    contract_life.decline(case=first, reason="Дорого", by=client, at=clock.now())
    second = agreement()
    assert second.addendum_index == 1
    sign(in_alpha, second, "client")
    second = sign(in_alpha, second, "head")
    assert second.stage == Stage.IN_FORCE and second.contract is None
    assert Document.objects.get(pk=second.document_id).title.startswith("Дополнительное соглашение")
    assert agreement().addendum_index == 2
    assert Contract.objects.count() == 1


def test_an_agreement_needs_a_contract_in_force(in_alpha: Cast, ready: Company) -> None:
    case = sent(in_alpha, ready)
    today = date(2026, 3, 13)
    with pytest.raises(CannotDraw):
        contracts.addendum(parent=case, subject="x", on=today, works_from=today)


def test_a_changed_template_needs_a_new_version() -> None:
    names = {f"{kind}.{language}" for kind in KINDS for language in LANGUAGES}
    assert VERSIONS.keys() == names
    changed = {
        name for name in names if not hash_of(*name.split(".")).startswith(VERSIONS[name][1])
    }
    assert changed == set(), "raise the version in contract_templates.VERSIONS"


def test_changed_rules_need_a_new_version() -> None:
    kept = RULES[signing_rules.VERSION]
    hashes = {name: signing_rules.rules(name).sha256[:16] for name in signing_rules.LANGUAGES}
    assert hashes == kept, "raise signing_rules.VERSION"


def test_a_new_version_leaves_signed_contracts_alone(
    in_alpha: Cast, in_force: ContractCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = {name: (version + 1, sign) for name, (version, sign) in VERSIONS.items()}
    monkeypatch.setattr(contract_templates, "VERSIONS", newer)
    contract_templates.template.cache_clear()
    in_force.refresh_from_db()
    assert (in_force.template, in_force.template_version) == ("client.ru", VERSIONS["client.ru"][0])
    assert hashlib.sha256(in_force.text.encode()).hexdigest() == in_force.sha256
    assert draft(in_alpha, in_force.company).template.version == in_force.template_version + 1
    contract_templates.template.cache_clear()


def test_the_platform_is_a_firm_of_the_installation(in_alpha: Cast, ready: Company) -> None:
    assert "Track.com LLC" in draft(in_alpha, None).text
    with inside(PLATFORM):
        PlatformFirm.objects.update(full_name="ОсОО «Другая платформа»", director="Иванов Иван")
    text = draft(in_alpha, None).text
    assert "Другая платформа" in text and "Иванов Иван" in text and "Track.com LLC" not in text


def test_terminating_the_platforms_contract_closes_publishing(
    in_alpha: Cast, ready: Company
) -> None:
    head, now = in_alpha.actor(), clock.now()
    case = contract_life.send(draft=draft(in_alpha, None), first=Side.PLATFORM, by=head, at=now)
    assert (case.stage, Signature.objects.get().how) == (Stage.HALF_SIGNED, "seal")
    case = sign(in_alpha, case, "head")
    assert own_details().platform_contract_signed_at is not None
    paper = Document.objects.get(pk=case.document_id)
    assert paper.context["by_platform"] and paper.audience == "office"
    assert paper.letterhead["own"]["name"] == "Track.com LLC"
    today = in_alpha.info.day(now)
    contract_life.terminate(case=case, on=today, reason="Уходим", by=head, at=now)
    assert own_details().platform_contract_signed_at is None


def test_who_may_not_sign_declines_nothing(in_alpha: Cast, ready: Company, browse: Any) -> None:
    """A decline cannot be undone: it is for those who could sign."""
    case = sent(in_alpha, ready, Side.COMPANY)
    member_id = in_alpha.actor("client").member_id
    Member.objects.filter(pk=member_id).update(may_sign_at=None, may_sign_by=None)
    browse(in_alpha, "client").post("/cabinet/contract/", {"reason": "Не хочу"})
    case.refresh_from_db()
    assert case.stage == Stage.SENT
    with pytest.raises(CannotDo):
        contract_life.decline(
            case=case, reason="Не хочу", by=in_alpha.actor("client"), at=clock.now()
        )


def test_the_table_says_who_may_do_what(in_alpha: Cast, ready: Company) -> None:
    case = sent(in_alpha, ready)
    people = ("head", "dispatcher", "accountant", "client", "client2", "partner")
    allowed = {
        act: {name for name in people if is_allowed(act, case, in_alpha.actor(name))} for act in Act
    }
    assert allowed == {
        Act.SIGN: {"head", "client"},
        Act.DECLINE: {"client"},
        Act.WITHDRAW: {"head", "dispatcher"},
        Act.REMIND: {"head", "dispatcher"},
        Act.ENTER_PAPER: {"head", "dispatcher"},
        Act.TERMINATE: set(),
    }
    assert {step.act for step in TABLE} == set(Act)


def test_the_office_sends_withdraws_and_adds_on_its_pages(
    in_alpha: Cast, ready: Company, browse: Any
) -> None:
    office = browse(in_alpha, "dispatcher")
    page = f"/companies/{ready.pk}/contract/"
    on = in_alpha.info.day(clock.now())
    shown = contracts.draft(company=ready, reseller=in_alpha.info, on=on, language="ru").sha256
    office.post(f"{page}send/", {"first": "company", "shown": "f" * 64, "language": "ru"})
    assert not ContractCase.objects.exists()
    office.post(f"{page}send/", {"first": "company", "shown": shown, "language": "ru"})
    case = ContractCase.objects.get()
    assert case.first_side == Side.COMPANY
    withdraw = f"{page}{case.pk}/withdraw/"
    assert office.get(withdraw).status_code == 200
    assert office.post(withdraw, {"reason": ""}).status_code == 422
    assert office.post(withdraw, {"reason": "Опечатка"}).status_code == 302
    case.refresh_from_db()
    assert case.stage == Stage.WITHDRAWN
    assert browse(in_alpha, "client").get(withdraw).status_code == 404
    assert office.get(f"{page}{case.pk}/zzz/").status_code == 404


def test_an_agreement_is_written_on_its_page(
    in_alpha: Cast, in_force: ContractCase, browse: Any
) -> None:
    office = browse(in_alpha, "dispatcher")
    path = f"/companies/{in_force.company_id}/contract/{in_force.pk}/addendum/"
    assert office.post(path, {"subject": "", "first": "company"}).status_code == 422
    good = {"subject": "1. Ставка", "works_from": "2026-12-01", "first": "company"}
    answer = office.post(path, good)
    assert answer.status_code == 302
    agreement = ContractCase.objects.get(parent=in_force)
    client = browse(in_alpha, "client")
    assert "1. Ставка" in client.get(f"/cabinet/contract/?case={agreement.pk}").content.decode()
    other = browse(in_alpha, "client2")
    assert other.get(f"/cabinet/contract/?case={agreement.pk}").status_code == 404
    answer = client.post(f"/cabinet/contract/?case={agreement.pk}", {"reason": "Дорого"})
    agreement.refresh_from_db()
    assert agreement.stage == Stage.DECLINED


def test_letters_of_a_contract_in_force_lead_to_its_page(
    in_alpha: Cast, in_force: ContractCase
) -> None:
    texts = {letter["to"]: letter["text"] for letter in letters() if "обеими" in letter["subject"]}
    client, head = in_alpha.actor("client"), in_alpha.actor("head")
    assert "/cabinet/contract/" in texts[client.email]
    assert f"/companies/{in_force.company_id}/contract/" in texts[head.email]


def test_contracts_signed_before_get_a_life(in_alpha: Cast, ready: Company) -> None:
    step = import_module("companies.migrations.0010_signed_contracts_have_a_life")
    now = clock.now()
    old = Contract.objects.create(
        company=ready,
        number="260101-0001/1",
        kind="client",
        language="ru",
        text="Договор",
        sha256=contracts.sha256("Договор"),
        how="code",
        signed_on=now.date(),
        signed_at=now,
        signed_by=in_alpha.actor("client").member_id,
        signed_name="Айжан",
    )
    for _again in range(2):
        with connection.cursor() as cursor:
            cursor.execute(step.CASES)
            cursor.execute(step.SIGNATURES)
    case = ContractCase.objects.get()
    assert (case.contract, case.stage, case.number) == (old, Stage.IN_FORCE, old.number)
    assert list(case.signatures.values_list("side", "name")) == [("company", "Айжан")]
    head = in_alpha.actor()
    contract_life.terminate(case=case, on=now.date(), reason="x", by=head, at=now)
    assert contracts.current(ready, Contract.Kind.CLIENT) is None
