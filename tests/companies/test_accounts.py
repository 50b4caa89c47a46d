"""Several bank accounts of a firm: entered, checked, told of, printed by currency."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from companies import banking
from companies.banking import CannotAdd
from companies.models import BankAccount, Company
from companies.queries import letterhead, party
from tenants.office.models import AuditEvent, Notification
from tests.companies.test_own import DETAILS
from tests.orders.order_samples import NOW
from tests.world import Cast

DOLLARS = {
    "currency": "USD",
    "bank": "ОАО «Оптима Банк»",
    "account": "1091820182530113",
    "bik": "109018",
    "correspondent": "",
}


def _client(cast: Cast) -> Company:
    return Company.objects.get(pk=cast.company_id("client"))


@pytest.mark.parametrize(
    ("person", "path"),
    [
        ("head", "/companies/{}/accounts/"),
        ("client", "/cabinet/company/accounts/"),
    ],
)
def test_account_comes_and_goes(in_alpha: Cast, browse: Any, person: str, path: str) -> None:
    address = path.format(in_alpha.company_id("client"))
    browser = browse(in_alpha, person)
    assert browser.post(address, DOLLARS).status_code == 302
    row = BankAccount.objects.get(company=_client(in_alpha))
    assert {name: getattr(row, name) for name in DOLLARS} == DOLLARS
    event = AuditEvent.objects.get(action="company.account_add")
    assert event.after == DOLLARS
    assert DOLLARS["account"] in browser.get(address).content.decode()
    assert browser.post(address, {"remove": str(row.pk)}).status_code == 302
    assert not BankAccount.objects.exists()
    assert AuditEvent.objects.get(action="company.account_remove").before == DOLLARS
    assert browser.post(address, {"remove": str(row.pk)}).status_code == 404


def test_own_firm_has_accounts_too(in_alpha: Cast, browse: Any) -> None:
    head = browse(in_alpha)
    head.post("/my-company/", DETAILS)
    assert head.post("/my-company/accounts/", DOLLARS).status_code == 302
    assert letterhead(currency="USD").own.account == DOLLARS["account"]
    assert letterhead(currency="KGS").own.account == DETAILS["account"]
    assert letterhead().own.account == DETAILS["account"]


def test_papers_print_the_first_account_in_their_currency(in_alpha: Cast) -> None:
    Company.objects.filter(pk=in_alpha.company_id("client")).update(
        country="KG", account="1240020001066497", account_currency="KGS"
    )
    client = _client(in_alpha)
    for number in ("1091820182530113", "1091820182530210"):
        banking.add(
            owner=client,
            values=DOLLARS | {"account": number},
            by=in_alpha.actor("head"),
            at=NOW,
        )
    paper = party(client, "USD")
    assert (paper.account, paper.bank, paper.bank_code) == (
        "1091820182530113",
        DOLLARS["bank"],
        "109018",
    )
    assert party(client, "KGS").account == party(client, "EUR").account == client.account


@pytest.mark.parametrize(
    ("country", "changed", "field"),
    [
        ("RU", {"account": "123"}, "account"),
        ("RU", {"account": "40702810900000001234", "bik": "12"}, "bik"),
        ("TH", {"account": ""}, "account"),
        ("KG", {"currency": "XXX"}, "currency"),
    ],
)
def test_the_country_s_rules_hold_and_nothing_is_lost(
    in_alpha: Cast, browse: Any, country: str, changed: dict[str, str], field: str
) -> None:
    Company.objects.filter(pk=in_alpha.company_id("client")).update(country=country)
    path = f"/companies/{in_alpha.company_id('client')}/accounts/"
    answer = browse(in_alpha).post(path, DOLLARS | changed)
    page = answer.content.decode()
    assert answer.status_code == 422 and f'id="id_{field}-error"' in page
    assert "Оптима" in page and not BankAccount.objects.exists()


def test_an_account_abroad_is_taken(in_alpha: Cast, browse: Any) -> None:
    """A Russian firm with an account in Kazakhstan: its bank has no Russian БИК."""
    Company.objects.filter(pk=in_alpha.company_id("client")).update(country="RU")
    path = f"/companies/{in_alpha.company_id('client')}/accounts/"
    abroad = DOLLARS | {"account": "KZ86 125K ZT50 0410 0100", "bik": "CASPKZKA"}
    assert browse(in_alpha).post(path, abroad).status_code == 302
    assert BankAccount.objects.get().account == "KZ86125KZT5004100100"


def test_the_same_account_is_not_taken_twice(in_alpha: Cast) -> None:
    client = _client(in_alpha)
    head = in_alpha.actor("head")
    banking.add(owner=client, values=DOLLARS, by=head, at=NOW)
    with pytest.raises(CannotAdd):
        banking.add(owner=client, values=DOLLARS, by=head, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        BankAccount.objects.create(company=client, **DOLLARS, added_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        BankAccount.objects.create(**DOLLARS, added_at=NOW)
    assert BankAccount.objects.count() == 1


def test_who_pays_hears_of_the_company_s_own_change_alone(in_alpha: Cast, browse: Any) -> None:
    path = f"/companies/{in_alpha.company_id('client')}/accounts/"
    browse(in_alpha).post(path, DOLLARS | {"account": "1091820182530210"})
    assert not Notification.objects.exists()
    browse(in_alpha, "client").post("/cabinet/company/accounts/", DOLLARS)
    news = Notification.objects.get(member_id=in_alpha.actor("accountant").member_id)
    assert news.url == f"/companies/{in_alpha.company_id('client')}/"


def test_strangers_and_colleagues_without_the_right(alpha: Cast, beta: Cast, browse: Any) -> None:
    path = f"/companies/{alpha.company_id('client')}/accounts/"
    assert browse(beta).get(path).status_code == 404
    assert browse(beta).post(path, DOLLARS).status_code == 404
    assert browse(alpha, "accountant").get(path).status_code == 200
    assert browse(alpha, "dispatcher").post("/my-company/accounts/", DOLLARS).status_code == 403
    assert browse(alpha, "client").get(path).status_code == 404


def test_a_firm_without_details_has_no_accounts_yet(in_alpha: Cast, browse: Any) -> None:
    answer = browse(in_alpha).post("/my-company/accounts/", DOLLARS)
    assert (answer.status_code, answer["Location"]) == (302, "/my-company/")
    assert not BankAccount.objects.exists()


def test_an_archived_company_adds_no_account(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha, "client")
    banking.add(owner=_client(in_alpha), values=DOLLARS, by=in_alpha.actor(), at=NOW)
    row = BankAccount.objects.get()
    Company.objects.filter(pk=in_alpha.company_id("client")).update(status="archived")
    other = DOLLARS | {"account": "1091820182530210"}
    assert browser.post("/cabinet/company/accounts/", other).status_code == 403
    remove = {"remove": str(row.pk)}
    assert browser.post("/cabinet/company/accounts/", remove).status_code == 403
    assert BankAccount.objects.get() == row
