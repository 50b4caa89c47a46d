"""The public check of a paper: what a stranger learns, and what only the reseller knows."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
import segno
from django.db import transaction
from django.test import Client

from documents.models import Document
from documents.render.paper import pictures
from documents.rendering import on_render, paper_of
from tenants.context import inside
from tenants.platform.models import PaperCode
from tests.documents.papers import ISSUED_AT, issued
from tests.world import Cast

pytestmark = pytest.mark.django_db
STRANGER = "192.0.2.77"


@pytest.fixture(autouse=True)
def _fresh(settings: Any, tmp_path: Any) -> None:
    from django.core.cache import cache

    cache.clear()
    settings.STORAGE_DIR = tmp_path


def checked(document: Document, language: str = "en", code: str = "") -> tuple[int, str]:
    browser = Client(REMOTE_ADDR=STRANGER)
    browser.cookies["language"] = language
    answer = browser.get(f"/verify/{code or document.verify_code}/")
    return answer.status_code, answer.content.decode()


def test_a_paper_is_genuine_and_only_its_seal_is_told(alpha: Cast) -> None:
    with inside(alpha.scope):
        document = issued(alpha)
        on_render({"document": str(document.id)}, ISSUED_AT)
        document.refresh_from_db()
    status, page = checked(document)
    assert status == 200 and "The document is genuine" in page
    for words in (document.title, document.sha256, document.letterhead["own"]["name"]):
        assert words in page, words
    buyer = document.context["buyer"]["name"]
    assert buyer not in page and "Track" not in page


def test_an_unknown_code_says_so_in_each_language(alpha: Cast) -> None:
    with inside(alpha.scope):
        document = issued(alpha)
    words = {"ru": "Такого документа нет", "th": "ไม่พบเอกสารนี้", "en": "There is no such document"}
    for language, word in words.items():
        status, page = checked(document, language, code="A" * 22)
        assert (status, word in page, "Track" in page) == (404, True, False), language
    assert checked(document, code="x" * 300)[0] == 404


def test_a_code_is_typed_by_itself_or_with_its_address(alpha: Cast) -> None:
    with inside(alpha.scope):
        document = issued(alpha)
    empty = Client().get("/verify/")
    assert empty.status_code == 200 and b'name="code"' in empty.content
    code = document.verify_code
    for typed in (code, f" {code} ", f"https://papers.example/verify/{code}/"):
        answer = Client().get("/verify/", {"code": typed})
        assert (answer.status_code, answer["Location"]) == (302, f"/verify/{code}/"), typed
    for typed in ("", " / ", "//evil.example/"):
        assert Client().get("/verify/", {"code": typed}).get("Location", "").count("//") == 0
    assert b'name="code"' in Client().get(f"/verify/{'A' * 22}/").content


def test_a_corrected_paper_names_its_correction(alpha: Cast) -> None:
    with inside(alpha.scope):
        first = issued(alpha)
        second = issued(alpha, corrects=first)
    page = checked(first)[1]
    assert "There is a correction" in page and second.title in page
    assert f"/verify/{second.verify_code}/" in page
    assert "The document is genuine" in checked(second)[1]


def test_a_paper_of_a_suspended_reseller_is_still_checked_and_the_code_is_in_no_clear_text(
    alpha: Cast,
) -> None:
    with inside(alpha.scope):
        document = issued(alpha)
        kept = PaperCode.objects.get()
    assert document.verify_code not in (kept.code_hash, kept.role)
    assert kept.reseller_id == alpha.info.id


def test_a_reseller_neither_reads_nor_enters_codes_of_another(alpha: Cast, beta: Cast) -> None:
    with inside(alpha.scope):
        issued(alpha)
    with inside(beta.scope):
        assert not PaperCode.objects.exists()
        with pytest.raises(psycopg.errors.InsufficientPrivilege), transaction.atomic():
            _enter(role=alpha.scope.role, reseller_id=alpha.info.id)
        with pytest.raises(psycopg.errors.InsufficientPrivilege), transaction.atomic():
            _enter(role=beta.scope.role, reseller_id=alpha.info.id)


def _enter(**values: Any) -> None:
    try:
        PaperCode.objects.create(code_hash="f" * 64, **values)
    except Exception as error:
        raise error.__cause__ or error from None


def test_who_asks_too_often_waits(alpha: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with inside(alpha.scope):
        document = issued(alpha)
    monkeypatch.setattr("documents.views.verify.MOST_OF_A_NETWORK", 2)
    assert [checked(document)[0] for _ in range(3)] == [200, 200, 429]


def test_the_code_on_the_page_is_the_address(in_alpha: Cast, settings: Any) -> None:
    from companies.queries import letterhead

    settings.VERIFY_URL = "https://docs.example"
    document = issued(in_alpha, letterhead=letterhead())
    paper = paper_of(document)
    assert paper.address == f"https://docs.example/verify/{document.verify_code}/"
    drawn = segno.make(paper.address, error="m", micro=False)
    assert pictures(paper)["genuine"].content == _png(drawn)


def _png(code: Any) -> bytes:
    from io import BytesIO

    drawn = BytesIO()
    code.save(drawn, kind="png", scale=4, border=0)
    return drawn.getvalue()
