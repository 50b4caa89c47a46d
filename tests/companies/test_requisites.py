"""Details by country: in the office, in the cabinet, in the own firm, over the API, on papers."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils.html import escape
from django.utils.translation import gettext

from companies.models import BankAccount, Company, OwnFirm
from companies.queries import own_details, party
from tests.companies.test_own import DETAILS
from tests.orders.order_samples import NOW
from tests.world import Cast

RUSSIAN = {
    "name": "Барс",
    "full_name": "ООО «Барс»",
    "country": "RU",
    "legal_form": "ООО",
    "inn": "7707083893",
    "kpp": "773601001",
    "ogrn": "1027700132195",
    "bank": "Банк",
    "bik": "044525225",
    "correspondent": "30101810400000000225",
    "register_number": "ГЛ-17",
    "register_on": "2026-03-01",
    "register_status": "действует",
    "address": "Москва",
    "director": "Иванов Иван",
    "director_post": "генеральный директор",
    "acts_under": "attorney",
    "basis_number": "5",
    "basis_on": "2026-02-01",
    "language": "ru",
}
WITHOUT_REGISTER = "A Russian forwarder must stand in the «ГосЛог» register: its number is missing."
WRONG = {"inn": "7707083894", "ogrn": "1027700132196", "bik": "12", "correspondent": "30"}


def _company(cast: Cast, kind: str = "client") -> Company:
    return Company.objects.get(pk=cast.company_id(kind))


def test_office_keeps_what_the_country_has(in_alpha: Cast, browse: Any) -> None:
    path = f"/companies/{in_alpha.company_id('client')}/edit/"
    assert browse(in_alpha).post(path, RUSSIAN).status_code == 302
    company = _company(in_alpha)
    kept = {name: getattr(company, name) for name in RUSSIAN}
    kept |= {name: getattr(company, name).isoformat() for name in ("register_on", "basis_on")}
    assert kept == RUSSIAN
    page = browse(in_alpha).get(f"/companies/{company.pk}/").content.decode()
    assert "773601001" in page and "ГЛ-17" in page and "01.03.2026" in page


def test_a_broken_check_digit_is_said_at_its_field_and_nothing_is_lost(
    in_alpha: Cast, browse: Any
) -> None:
    path = f"/companies/{in_alpha.company_id('client')}/edit/"
    answer = browse(in_alpha).post(path, RUSSIAN | WRONG)
    page = answer.content.decode()
    assert answer.status_code == 422 and _company(in_alpha).country != "RU"
    for name, typed in WRONG.items():
        assert f'id="id_{name}-error"' in page and f'value="{typed}"' in page
    assert 'id="id_kpp-error"' not in page and 'value="773601001"' in page


@pytest.mark.parametrize("missing", ["basis_number", "basis_on"])
def test_a_power_of_attorney_needs_number_and_day(
    in_alpha: Cast, browse: Any, missing: str
) -> None:
    path = f"/companies/{in_alpha.company_id('client')}/edit/"
    answer = browse(in_alpha).post(path, RUSSIAN | {missing: ""})
    assert answer.status_code == 422
    assert answer.content.decode().count('-error"><') == 1
    assert f'id="id_{missing}-error"' in answer.content.decode()
    without = {"acts_under": "charter", "basis_number": "", "basis_on": ""}
    assert browse(in_alpha).post(path, RUSSIAN | without).status_code == 302


def test_a_doubt_is_saved_and_shown(in_alpha: Cast, browse: Any) -> None:
    path = f"/companies/{in_alpha.company_id('client')}/"
    doubtful = {"name": "Нур", "country": "KG", "inn": "1", "language": "ru"}
    assert browse(in_alpha).post(f"{path}edit/", doubtful).status_code == 302
    page = browse(in_alpha).get(path).content.decode()
    assert _company(in_alpha).inn == "1" and "notice-warn" in page


def test_what_stands_already_does_not_block_another_change(
    in_alpha: Cast, browse: Any, call: Any
) -> None:
    Company.objects.filter(pk=in_alpha.company_id("client")).update(country="TH", inn="123")
    form = {"name": "Сиам", "country": "TH", "inn": "123", "language": "th"}
    path = f"/companies/{in_alpha.company_id('client')}/edit/"
    assert browse(in_alpha).post(path, form).status_code == 302
    assert browse(in_alpha).post(path, form | {"inn": "124"}).status_code == 422
    api = call(in_alpha)
    address = f"companies/{in_alpha.company_id('client')}"
    assert api.send("patch", address, {"note": "x"}).status_code == 200
    assert api.send("patch", address, {"inn": "125"}).status_code == 422


def test_cabinet_and_own_firm_have_the_same_rules(in_alpha: Cast, browse: Any) -> None:
    for person, path in (("client", "/cabinet/company/"), ("head", "/my-company/")):
        more = {"invoice_terms_days": "5"} if person == "head" else {}
        browser = browse(in_alpha, person)
        wrong = browser.post(path, RUSSIAN | more | {"inn": "7707083894"})
        assert wrong.status_code == 422 and 'id="id_inn-error"' in wrong.content.decode()
        assert browser.post(path, RUSSIAN | more).status_code == 302
    assert (own_details().kpp, _company(in_alpha).kpp) == ("773601001", "773601001")


@pytest.mark.parametrize(
    ("country", "shown", "away"),
    [
        ("KG", {"inn", "okpo", "tax_office"}, {"kpp", "ogrn", "branch_code", "register_number"}),
        ("RU", {"inn", "kpp", "ogrn", "register_number"}, {"tax_office", "branch_code"}),
        ("KZ", {"inn", "account", "bik"}, {"okpo", "kpp", "correspondent"}),
        ("TH", {"inn", "branch_code"}, {"okpo", "kpp", "correspondent"}),
        ("CN", {"inn", "okpo", "correspondent"}, {"kpp", "branch_code"}),
    ],
)
def test_form_shows_the_fields_of_the_country(
    in_alpha: Cast, browse: Any, country: str, shown: set[str], away: set[str]
) -> None:
    Company.objects.filter(pk=in_alpha.company_id("client")).update(country=country)
    path = f"/companies/{in_alpha.company_id('client')}/edit/"
    page = browse(in_alpha).get(path).content.decode()
    for name in shown:
        assert f'<div data-number="{name}">' in page
    for name in away:
        assert f'<div data-number="{name}" data-away>' in page


def test_api_reads_and_writes_the_same_fields(in_alpha: Cast, call: Any) -> None:
    address = f"companies/{in_alpha.company_id('client')}"
    sent = {name: value for name, value in RUSSIAN.items() if name != "full_name"}
    answer = call(in_alpha).send("patch", address, sent)
    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in sent} == sent
    refused = call(in_alpha).send("patch", address, WRONG | {"basis_on": None})
    assert refused.status_code == 422
    assert set(refused.json()["errors"]) == {*WRONG, "basis_on"}
    assert call(in_alpha).send("get", address).json()["inn"] == RUSSIAN["inn"]


def test_papers_print_the_numbers_of_the_country_alone(in_alpha: Cast, browse: Any) -> None:
    path = f"/companies/{in_alpha.company_id('client')}/edit/"
    browse(in_alpha).post(path, RUSSIAN)
    paper = party(_company(in_alpha))
    numbers = (paper.kpp, paper.ogrn, paper.correspondent, paper.forwarders_register)
    assert numbers == (
        "773601001",
        "1027700132195",
        "30101810400000000225",
        "ГЛ-17, действует",
    )
    assert (paper.director_post, paper.acts_under, paper.basis_number) == (
        "генеральный директор",
        "attorney",
        "5",
    )
    Company.objects.filter(pk=in_alpha.company_id("client")).update(country="KG")
    paper = party(_company(in_alpha))
    assert (paper.kpp, paper.ogrn, paper.forwarders_register) == ("", "", "")


def test_contract_prints_them_too(in_alpha: Cast, browse: Any) -> None:
    from companies.contracts import draft
    from tests.orders.order_samples import NOW

    head = browse(in_alpha)
    head.post("/my-company/", DETAILS)
    head.post(f"/companies/{in_alpha.company_id('client')}/edit/", RUSSIAN)
    reseller = in_alpha.actor().reseller
    assert reseller is not None
    text = draft(company=_company(in_alpha), reseller=reseller, on=NOW.date(), language="ru").text
    assert "КПП: 773601001\nОГРН: 1027700132195" in text
    assert "генеральный директор: Иванов Иван" in text
    assert "(действует на основании доверенности № 5 от 01.02.2026)" in text


def test_russian_forwarder_without_a_register_number_is_warned(in_alpha: Cast, browse: Any) -> None:
    without = RUSSIAN | {"register_number": ""}
    browse(in_alpha).post("/my-company/", without | {"invoice_terms_days": "5"})
    browse(in_alpha, "partner").post("/partner/company/", without)
    pages = [
        browse(in_alpha).get("/my-company/"),
        browse(in_alpha, "partner").get("/partner/company/"),
        browse(in_alpha).get(f"/companies/{in_alpha.company_id('partner')}/"),
    ]
    words = escape(gettext(WITHOUT_REGISTER))
    assert [words in page.content.decode() for page in pages] == [True] * 3
    with_number = RUSSIAN | {"invoice_terms_days": "5"}
    browse(in_alpha).post("/my-company/", with_number)
    assert words not in browse(in_alpha).get("/my-company/").content.decode()


def test_command_counts_numbers_by_rule(in_alpha: Cast) -> None:
    """Those of companies and of their further accounts: by country and field."""
    for model in (Company, OwnFirm):
        model.objects.update(country="")
    client, partner = in_alpha.company_id("client"), in_alpha.company_id("partner")
    Company.objects.filter(pk=client).update(country="TH", inn="123")
    Company.objects.filter(pk=partner).update(country="KG", inn="1")
    for account in ("1091820182530113", "1091820182530114"):
        BankAccount.objects.create(
            company_id=partner, currency="USD", bank="Оптима", account=account, added_at=NOW
        )
    out = StringIO()
    call_command("check_details", "alpha", stdout=out)
    assert out.getvalue().splitlines() == [
        "KG account: 1 pass, 1 doubted, 0 wrong",
        "KG inn: 0 pass, 1 doubted, 0 wrong",
        "TH inn: 0 pass, 0 doubted, 1 wrong",
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("inn", 1.5),
        ("account", 1.5),
        ("account", "счёт ๆ ﷺ"),
        ("correspondent", "👨‍👩‍👧"),
    ],
)
def test_what_no_number_looks_like_is_refused(
    in_alpha: Cast, call: Any, field: str, value: object
) -> None:
    """A number of the body is no text: 1.5 would stand as 15."""
    address = f"companies/{in_alpha.company_id('client')}"
    answer = call(in_alpha, "head").send("patch", address, {field: value})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
