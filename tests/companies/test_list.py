from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companies import editing
from companies.models import Company
from companies.queries import SORTS, CompanyFilter, companies, counts
from tenants.context import inside
from tenants.kit import clock
from tenants.kit.keyset import sort_named, walk
from tenants.office.models import AuditEvent
from tests.world import Cast

LIST_QUERIES = 2  # the tabs' counts, one page of rows


def add(cast: Cast, name: str, **more: Any) -> Company:
    values = {"name": name, "country": "KG", "language": "ru"} | more
    return editing.create(
        kind=more.pop("kind", "client"),
        values=values,
        by=cast.actor(),
        at=clock.now(),
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_one_row_and_three(
    in_alpha: Cast, browse: Any, rows: int
) -> None:
    for number in range(rows):
        add(in_alpha, f"Zebra {number}")
    browser = browse(in_alpha)
    browser.get("/companies/?q=Zebra")  # the brand is read once in a while
    with CaptureQueriesContext(connection) as seen:
        page = browser.get("/companies/?q=Zebra").content.decode()
    mine = [query["sql"] for query in seen if "companies_company" in query["sql"]]
    assert len(mine) == LIST_QUERIES and page.count("<tr data-href") == rows


def test_search_filters_sort_and_tabs(in_alpha: Cast) -> None:
    add(in_alpha, "Bars", inn="02705201910356", country="RU")
    add(in_alpha, "Ak Bars", kind="partner")
    archived = add(in_alpha, "Old Bars")
    editing.archive(company=archived, by=in_alpha.actor(), at=clock.now())

    def names(sort: str = "name", **filters: str) -> list[str]:
        named = sort_named(SORTS, sort)
        assert named
        return [company.name for company in walk(companies(CompanyFilter(**filters)), sort=named)]

    assert names(search="bars") == ["Ak Bars", "Bars"]
    assert names(search="bars", sort="-name") == ["Bars", "Ak Bars"]
    assert names(search="bars", kind="partner") == ["Ak Bars"]
    assert names(search="bars", country="RU") == names(search="02705201910356") == ["Bars"]
    assert names(search="bars", status="archived") == ["Old Bars"]
    assert names(search="bars", contract="yes") == []
    assert names(search="bars old") == []
    assert counts(CompanyFilter(search="bars", kind="client")) == {
        "all": (2, False),
        "client": (1, False),
        "partner": (1, False),
    }


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=x",
        "page=99999999999",
        "sort=drop",
        "status=no",
        "kind=no",
        "q='",
        "q=" + "я" * 3000,
        "country=ZZ",
        "page=②",
    ],
)
def test_rubbish_in_the_address_is_no_error(alpha: Cast, browse: Any, query: str) -> None:
    assert browse(alpha).get(f"/companies/?{query}").status_code == 200


def test_html_in_fields_is_text(in_alpha: Cast, browse: Any) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    values = {
        "contact_person": evil,
        "address": evil,
        "note": evil,
        "director": evil,
        "full_name": evil,
        "inn": "<b>1",
    }
    company = add(in_alpha, evil, **values)
    editing.add_contact(
        company=company,
        values={"name": evil, "phone": "1"},
        by=in_alpha.actor(),
        at=clock.now(),
    )
    browser = browse(in_alpha)
    card = f"/companies/{company.pk}/"
    paths = [
        "/companies/",
        card,
        f"{card}edit/",
        f"{card}contacts/",
        f"{card}history/",
        f"{card}contract/",
    ]
    for path in paths:
        page = browser.get(path).content.decode()
        assert "alert(1)" in page and "<script>alert" not in page and "<img src=x" not in page, path


def test_export_has_no_live_formula(in_alpha: Cast, browse: Any) -> None:
    add(in_alpha, '=HYPERLINK("http://evil")')
    text = browse(in_alpha).get("/companies/export/?format=csv&q=HYPERLINK").content.decode()
    assert "'=HYPERLINK" in text
    assert browse(in_alpha).get("/companies/export/").content.startswith(b"PK")


def test_changing_writes_what_changed_and_says_so(in_alpha: Cast, browse: Any) -> None:
    company = add(in_alpha, "Bars")
    browser = browse(in_alpha)
    form = {
        "name": "Bars 2",
        "country": "KG",
        "language": "ru",
        "inn": "0270 5201 910356",
        "account": "1240020001066400",
        "bik": "124001",
        "phone": "0555 000 001",
    }
    assert browser.post(f"/companies/{company.pk}/edit/", form).status_code == 302
    company.refresh_from_db()
    assert (company.name, company.inn, str(company.phone)) == (
        "Bars 2",
        "02705201910356",
        "+996555000001",
    )
    page = browser.get(f"/companies/{company.pk}/").content.decode()
    assert page.count("notice-warn") == 1  # the account's check digits; it was saved all the same
    assert "Bars → Bars 2" in browser.get(f"/companies/{company.pk}/history/").content.decode()


@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""},
        {"name": "\u200b\n\u202e"},
        {"phone": "abc"},
        {"email": "x"},
        {"country": "ZZ"},
    ],
)
def test_bad_details_are_refused_at_the_field(
    in_alpha: Cast, browse: Any, bad: dict[str, str]
) -> None:
    company = add(in_alpha, "Bars")
    form = {"name": "Bars 2", "country": "KG", "language": "ru"} | bad
    answer = browse(in_alpha).post(f"/companies/{company.pk}/edit/", form)
    company.refresh_from_db()
    assert (
        answer.status_code == 422
        and "field-error" in answer.content.decode()
        and company.name == "Bars"
    )


def test_contacts_come_and_go(in_alpha: Cast, browse: Any) -> None:
    company = add(in_alpha, "Bars")
    browser = browse(in_alpha)
    path = f"/companies/{company.pk}/contacts/"
    assert browser.post(path, {"name": "Nobody"}).status_code == 422
    assert browser.post(path, {"name": "Ainura", "email": "ainura@bars.test"}).status_code == 302
    contact = company.contacts.get()
    assert "Ainura" in browser.get(path).content.decode()
    assert browser.post(f"{path}{contact.pk}/remove/").status_code == 302
    assert browser.post(f"{path}{contact.pk}/remove/").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "0555 000 111"), ("email", "AINURA@bars.test")],
)
def test_a_contact_is_added_once(in_alpha: Cast, browse: Any, field: str, value: str) -> None:
    company = add(in_alpha, "Bars")
    browser = browse(in_alpha)
    path = f"/companies/{company.pk}/contacts/"
    first = {"name": "Ainura", "phone": "+996555000111", "email": "ainura@bars.test"}
    assert browser.post(path, first).status_code == 302
    answer = browser.post(path, {"name": "Бакыт", field: value})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="Бакыт"' in page
    assert f'id="id_{field}-error"' in page and "у контакта «Ainura»" in page
    assert [one.name for one in company.contacts.all()] == ["Ainura"]
    assert AuditEvent.objects.filter(action="company.contact_add").count() == 1


def test_people_of_two_companies_may_share_a_phone(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha)
    for name in ("Bars", "Ala"):
        path = f"/companies/{add(in_alpha, name).pk}/contacts/"
        assert browser.post(path, {"name": name, "phone": "+996555000111"}).status_code == 302


def test_two_companies_of_a_day_have_running_numbers(
    in_alpha: Cast,
) -> None:
    first = add(in_alpha, "A")
    second = add(in_alpha, "B")
    assert int(second.ref[-4:]) == int(first.ref[-4:]) + 1 and first.ref.startswith("CMP-")


def test_archive_twice_is_refused(in_alpha: Cast) -> None:
    company = add(in_alpha, "Bars")
    editing.archive(company=company, by=in_alpha.actor(), at=clock.now())
    with pytest.raises(editing.CannotArchive):
        editing.archive(company=company, by=in_alpha.actor(), at=clock.now())


def test_beta_counts_nothing_of_alpha(alpha: Cast, beta: Cast) -> None:
    with inside(alpha.scope):
        add(alpha, "Zebra")
    with inside(beta.scope):
        assert counts(CompanyFilter(search="Zebra"))["all"].number == 0
