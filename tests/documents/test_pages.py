"""Who sees which papers, on pages and over the API."""

from typing import Any

import pytest

from documents.models import Audience, Document
from documents.rendering import fulfil
from tenants.context import inside
from tests.documents.test_issue import NOW, issued
from tests.world import Cast

pytestmark = pytest.mark.django_db
STATEMENTS = 4  # person with memberships, counts of the tabs, rows, saved views


@pytest.fixture
def papers(alpha: Cast) -> dict[str, Document]:
    """A ready invoice of the first client, an instruction to the first partner, and a paper of the
    office.
    """
    with inside(alpha.scope):
        by_reader = {
            "client": issued(alpha, company_id=alpha.company_id("client")),
            "partner": issued(
                alpha,
                company_id=alpha.company_id("partner"),
                audience=Audience.PARTNER,
            ),
            "office": issued(
                alpha,
                company_id=alpha.company_id("client"),
                audience=Audience.OFFICE,
            ),
        }
        for document in by_reader.values():
            fulfil(document=document, at=NOW)
    return by_reader


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("head", {"client", "partner", "office"}),
        ("dispatcher", {"client", "partner", "office"}),
        ("accountant", {"client", "partner", "office"}),
        ("client", {"client"}),
        ("client2", set()),
        ("partner", {"partner"}),
        ("partner2", set()),
        ("cargo_sale", set()),
    ],
)
def test_each_sees_his_own(
    alpha: Cast,
    papers: dict[str, Document],
    browse: Any,
    call: Any,
    who: str,
    sees: set[str],
) -> None:
    browser = browse(alpha, who)
    api = call(alpha, who)
    for name, document in papers.items():
        expected = {200} if name in sees else {403, 404}
        assert browser.get(f"/documents/{document.id}/pdf/").status_code in expected, name
        assert api.send("get", f"documents/{document.id}/pdf").status_code in expected, name


def test_the_other_reseller_sees_nothing(
    beta: Cast, papers: dict[str, Document], browse: Any, call: Any
) -> None:
    for document in papers.values():
        for address in (
            f"/documents/{document.id}/",
            f"/documents/{document.id}/pdf/",
        ):
            assert browse(beta).get(address).status_code == 404
        assert call(beta).send("get", f"documents/{document.id}").status_code == 404
    assert call(beta).send("get", "documents").json() == {
        "results": [],
        "next": None,
    }


def test_the_pdf_is_the_stored_one_under_its_own_name(
    alpha: Cast, papers: dict[str, Document], browse: Any
) -> None:
    answer = browse(alpha).get(f"/documents/{papers['client'].id}/pdf/?download=1")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert answer["ETag"] == f'"{papers["client"].sha256}"' and answer[
        "Content-Disposition"
    ].startswith("attachment")
    assert "filename*=utf-8''%D0%A1%D1%87" in answer["Content-Disposition"]


def test_a_paper_in_the_making_has_no_pdf_yet(alpha: Cast, browse: Any, call: Any) -> None:
    with inside(alpha.scope):
        document = issued(alpha)
    answer = browse(alpha).get(f"/documents/{document.id}/pdf/")
    assert (answer.status_code, answer["Content-Type"]) == (
        202,
        "text/html; charset=utf-8",
    )
    assert call(alpha).send("get", f"documents/{document.id}/pdf").status_code == 409
    assert browse(alpha).get(f"/documents/{document.id}/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_statements_for_any_length(
    alpha: Cast, browse: Any, rows: int, django_assert_num_queries: Any
) -> None:
    with inside(alpha.scope):
        for _ in range(rows):
            issued(alpha)
    browser = browse(alpha)
    browser.get("/documents/")
    with django_assert_num_queries(STATEMENTS):
        answer = browser.get("/documents/?kind=invoice&q=ORD-260313")
    assert answer.content.decode().count("data-href") == rows


def test_the_api_filters_by_order_and_pages(alpha: Cast, call: Any) -> None:
    with inside(alpha.scope):
        for subject in ("order:1", "order:2", "order:1"):
            issued(alpha, subject=subject)
    api = call(alpha)
    assert len(api.send("get", "documents?order=1").json()["results"]) == 2
    assert len(api.send("get", "documents?order=ORD-260313-0003").json()["results"]) == 3
    first = api.send("get", "documents?limit=2").json()
    rest = api.get(first["next"]).json()
    assert (
        len(first["results"]),
        len(rest["results"]),
        rest["next"],
    ) == (2, 1, None)
    assert "context" not in first["results"][0] and "company" not in str(first)
