"""The reseller's own terms of contracts: by kind and language, kept by version, printed in the text."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from companies import contract_life, contracts, own_terms
from companies.models import Company, Contract, OwnTerms, Side
from companies.own_terms import TermsChanged
from documents.models import Document
from tenants.kit import clock
from tenants.office.models import AuditEvent
from tests.companies.signing_samples import fill_in, sign
from tests.world import Cast

CLIENT = Contract.Kind.CLIENT
PAGE = "/my-company/contract-terms/?kind=client&language=ru"


@pytest.fixture
def ready(in_alpha: Cast) -> Company:
    return fill_in(in_alpha)


def write(cast: Cast, text: str, language: str = "ru", shown: int = 0) -> OwnTerms | None:
    return own_terms.save_terms(
        kind=CLIENT, language=language, text=text, shown=shown, by=cast.actor(), at=clock.now()
    )


def draft(cast: Cast, company: Company, language: str = "ru") -> contracts.Draft:
    return contracts.draft(
        company=company, reseller=cast.info, on=date(2026, 3, 13), language=language
    )


def test_the_terms_stand_in_the_contract_before_the_details(in_alpha: Cast, ready: Company) -> None:
    assert "Особые условия" not in draft(in_alpha, ready).text
    write(in_alpha, "Простой 5000 сом в сутки.\nСтрахование за счёт Клиента.")
    text = draft(in_alpha, ready).text
    assert "7. Особые условия\n7.1. Если" in text
    assert "Простой 5000 сом в сутки.\nСтрахование за счёт Клиента." in text
    assert text.index("Страхование") < text.index("\nЭкспедитор\n")


@pytest.mark.parametrize("language", ["ru", "th", "en", "ky"])
def test_without_terms_no_language_has_an_empty_heading(
    in_alpha: Cast, ready: Company, language: str
) -> None:
    without = draft(in_alpha, ready, language).text
    write(in_alpha, "ТЕКСТ", language)
    with_terms = draft(in_alpha, ready, language).text
    added = [line for line in with_terms.splitlines() if line not in without.splitlines()]
    assert len(added) == 3 and added[0].startswith("7. ") and added[-1] == "ТЕКСТ"
    assert "\n\n\n" not in with_terms


def test_a_language_without_terms_prints_those_of_the_reseller(
    in_alpha: Cast, ready: Company
) -> None:
    write(in_alpha, "По-русски.")
    thai = draft(in_alpha, ready, "th")
    assert "По-русски." in thai.text and thai.terms is not None and thai.terms.language == "ru"
    write(in_alpha, "ภาษาไทย", "th")
    thai = draft(in_alpha, ready, "th")
    assert "ภาษาไทย" in thai.text and "По-русски." not in thai.text
    write(in_alpha, "", "th", shown=1)
    assert "По-русски." in draft(in_alpha, ready, "th").text


def test_contracts_that_were_sent_keep_their_terms(in_alpha: Cast, ready: Company) -> None:
    write(in_alpha, "Первый текст.")
    case = contract_life.send(
        draft=draft(in_alpha, ready), first=Side.RESELLER, by=in_alpha.actor(), at=clock.now()
    )
    write(in_alpha, "Второй текст.", shown=1)
    sign(in_alpha, case, "head")
    case = sign(in_alpha, case, "client")
    assert case.own_terms is not None and case.own_terms.version == 1
    assert "Первый текст." in case.text and "Второй" not in case.text
    paper = Document.objects.get(pk=case.document_id)
    assert "Первый текст." in paper.context["lines"]
    assert paper.context["template"].endswith("· особые условия ru 1")
    assert "Второй текст." in draft(in_alpha, ready).text


def test_two_people_do_not_write_over_each_other(in_alpha: Cast) -> None:
    write(in_alpha, "Один.")
    with pytest.raises(TermsChanged):
        write(in_alpha, "Другой.", shown=0)
    assert [row.text for row in own_terms.versions(CLIENT, "ru")] == ["Один."]


def test_the_same_text_leaves_no_trace(in_alpha: Cast) -> None:
    write(in_alpha, "Один.")
    write(in_alpha, "Один.", shown=1)
    write(in_alpha, "", "th")
    assert OwnTerms.objects.count() == 1
    event = AuditEvent.objects.get(action="own.terms")
    assert (event.by, event.after) == (in_alpha.actor().member_id, {"terms": "Один."})


def test_the_platform_s_contract_takes_none(in_alpha: Cast) -> None:
    with pytest.raises(IntegrityError, match="own_terms_kind"), transaction.atomic():
        OwnTerms.objects.create(
            kind="platform", language="ru", version=1, text="x", saved_at=clock.now()
        )


def test_the_head_writes_them_on_the_page(in_alpha: Cast, browse: Any) -> None:
    head = browse(in_alpha)
    assert head.post(PAGE, {"text": "Раз\r\n\r\nДва  ", "shown": "0"}).status_code == 302
    row = OwnTerms.objects.get()
    assert (row.kind, row.language, row.version, row.text) == ("client", "ru", 1, "Раз\n\nДва")
    late = head.post(PAGE, {"text": "Другое", "shown": "0"})
    assert late.status_code == 422 and "Другое" in late.content.decode()
    shown = head.get("/my-company/contract-terms/?kind=client&language=th").content.decode()
    assert "«Русский»" in shown  # printed for lack of Thai ones


@pytest.mark.parametrize(
    ("text", "shown"),
    [("а" * 8001, "0"), ("а\n" * 80 + "б", "0"), ("а", "x"), ("а", "-1"), ("а", "")],
)
def test_what_is_too_long_or_torn_is_refused(
    in_alpha: Cast, browse: Any, text: str, shown: str
) -> None:
    assert browse(in_alpha).post(PAGE, {"text": text, "shown": shown}).status_code == 422
    assert not OwnTerms.objects.exists()


def test_a_template_s_words_in_the_text_are_only_words(in_alpha: Cast, ready: Company) -> None:
    write(in_alpha, "{{ own.director }} {% if %} <b>")
    assert "{{ own.director }} {% if %} <b>" in draft(in_alpha, ready).text


@pytest.mark.parametrize("query", ["kind=platform", "kind=x", "language=de"])
def test_a_kind_or_language_that_is_not_there_is_a_404(
    in_alpha: Cast, browse: Any, query: str
) -> None:
    assert browse(in_alpha).get(f"/my-company/contract-terms/?{query}").status_code == 404


def test_a_colleague_may_read_and_not_write(in_alpha: Cast, browse: Any) -> None:
    office = browse(in_alpha, "dispatcher")
    assert office.get(PAGE).status_code == 200
    assert office.post(PAGE, {"text": "x", "shown": "0"}).status_code == 403
    sample = "/my-company/contract-terms/sample/?kind=client&language=ru"
    assert office.post(sample, {"text": "x", "shown": "0"}).status_code == 403
    assert not OwnTerms.objects.exists()


@pytest.mark.parametrize("language", ["ru", "th", "en", "ky"])
def test_the_sample_is_a_contract_with_what_is_typed(
    in_alpha: Cast, ready: Company, browse: Any, language: str
) -> None:
    address = f"/my-company/contract-terms/sample/?kind=partner&language={language}"
    answer = browse(in_alpha).post(address, {"text": "Простой", "shown": "0"})
    assert answer.headers["Content-Type"] == "application/pdf" and answer.content[:5] == b"%PDF-"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "Простой" in text and "SHA-256" not in text  # a sample claims no signature
    assert not OwnTerms.objects.exists()
