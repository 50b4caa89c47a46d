"""A search folds quotes, apostrophes, dashes, е and ё; a phone is found by its digits (FAULTS C3,
C4).
"""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from commission.cargo.models import Customer, Salesperson
from commission.cargo.queries import people
from companies import queries
from companies.models import Company
from companies.queries import CompanyFilter
from finance.models import Invoice
from finance.queries.payouts import payables
from finance.queries.receipts import receipts
from orders.queries.order_list import OrderFilter, matching
from tenants.drivers import queries as pool
from tenants.kit import clock
from tenants.kit.lookups import folded
from tenants.office import audit_log
from tests.finance import money_samples
from tests.orders import order_samples
from tests.world import Cast

NAME = "ОсОО «Зелёный О’Нил-Трейд»"


@pytest.mark.parametrize(
    "typed",
    [
        "зеленый",
        "зелёный",
        'осоо "зеленый',
        "ОсОО Зелёный",
        "О'Нил",
        "О`Нил",
        "о нил трейд",
        "Нил-Трейд",
        "онил",
        "ОНИЛТРЕЙД",
        "о.н.и.л",
        "\u200bзелёный\u202a",
        "« зеленый »",
    ],
)
def test_signs_and_yo_do_not_matter(in_alpha: Cast, typed: str) -> None:
    company_id = in_alpha.company_id("client")
    Company.objects.filter(pk=company_id).update(name=NAME)
    order = order_samples.order(in_alpha)
    who = in_alpha.actor("head")
    assert queries.companies(CompanyFilter(search=typed)).filter(pk=company_id).exists()
    assert order in matching(who, OrderFilter(search=typed))
    assert not payables(who, search=typed).exists()
    order_samples.own_driver(NAME, "+996555100200")
    assert pool.drivers(text=typed).count() == 1
    Customer.objects.create(created_at=clock.now(), code="PR-777", name=NAME)
    assert people.search(Customer.objects.all(), typed).count() == 1
    assert audit_log.events_for(who, search=typed).count() == 1


ALIKE = {
    "latin": [
        "O'Neil",
        "O’Neil",
        "O`Neil",
        "O Neil",
        "Oneil",
        "ONEIL",
        "o-neil",
        "«O'Neil»",
        "O.Neil",
    ],
    "cyrillic": ["Д'Артаньян и К°", "Дартаньян и К", "д артаньян-и-к", "«ДʼАртаньян» и К."],
    "uzbek": ["Oʻzbekiston Gʻalaba", "O‘zbekiston G’alaba", "ozbekiston galaba"],
    "yo": ["Ёлочка", "елочка", "Е-лочка", "Ё.Л.О.Ч.К.А."],
    "thai": ["บริษัท น้ำใจ จำกัด", "บริษัทน้ำใจจำกัด", "บริษัท “น้ำใจ” จำกัด"],
    "plate": ["01 KG 123 ABC", "01KG123ABC", "01-kg-123-abc"],
}


@pytest.mark.parametrize("names", ALIKE.values(), ids=ALIKE)
def test_each_spelling_finds_every_other(in_alpha: Cast, names: list[str]) -> None:
    driver = order_samples.own_driver("Свой", "+996555100200")
    customer = Customer.objects.create(created_at=clock.now(), code="PR-777", name="Q")
    company = Company.objects.get(pk=in_alpha.company_id("client"))
    for stored, typed in product(names, names):
        for row in (driver, customer, company):
            row.name = stored
            row.save(update_fields=["name"])
        assert list(pool.drivers(text=typed)) == [driver], (stored, typed)
        assert list(people.search(Customer.objects.all(), typed)) == [customer], (stored, typed)
        companies = queries.companies(CompanyFilter(search=typed))
        assert list(companies) == [company], (stored, typed)


@pytest.mark.parametrize("typed", ["онил", "О'Нил", "о.нил трейд", "пп77", "ПП-77"])
def test_a_receipt_is_found_by_client_and_reference(in_alpha: Cast, typed: str) -> None:
    money_samples.own()
    bill = money_samples.invoice(in_alpha, "1000.00")
    payment = money_samples.pay(in_alpha, bill, "10.00", "2026-03-02", reference="п/п 77")
    Invoice.objects.update(client_name=NAME)
    who = in_alpha.actor("head")
    assert list(receipts(who, search=typed)) == [payment]
    assert not receipts(who, search=f"{typed}ъъ").exists()


def test_a_search_of_signs_alone_looks_for_the_signs(in_alpha: Cast) -> None:
    company_id = in_alpha.company_id("client")
    Company.objects.filter(pk=company_id).update(name=NAME)
    assert queries.companies(CompanyFilter(search="«")).get().pk == company_id
    assert not queries.companies(CompanyFilter(search="¤")).exists()


def test_words_of_the_code_fold_as_the_database_folds() -> None:
    assert folded("Отчёт «О'Нил», №\u00a07") == "отчетонил7"


@pytest.mark.parametrize("typed", ["зеленка", "нилтрейдзел", "О'Нилл"])
def test_other_letters_do(in_alpha: Cast, typed: str) -> None:
    Company.objects.update(name=NAME)
    assert not queries.companies(CompanyFilter(search=typed)).exists()


@pytest.mark.parametrize(
    "typed", ["0555 100 200", "+996 (555) 10-02-00", "555100200", "100-200", "996555100200"]
)
def test_a_phone_is_found_by_its_digits(in_alpha: Cast, typed: str) -> None:
    company_id = in_alpha.company_id("client")
    Company.objects.filter(pk=company_id).update(phone="+996555100200")
    Customer.objects.create(created_at=clock.now(), code="PR-777", phone="+996555100200")
    Salesperson.objects.create(
        created_at=clock.now(), code="S-77", name="А", phone="+996555100200x12"
    )
    driver = order_samples.own_driver("Свой", "+996555100200")
    assert queries.companies(CompanyFilter(search=typed)).get().pk == company_id
    assert people.search(Customer.objects.all(), typed).count() == 1
    assert people.salespeople(typed).count() == 1
    assert list(pool.drivers(text=typed)) == [driver]


def test_the_list_of_orders_finds_past_invisible_signs(in_alpha: Cast, browse: Any) -> None:
    order = order_samples.order(in_alpha)
    page = browse(in_alpha).get("/orders/", {"q": "\u200bБишкек\x07"}).content.decode()
    assert order.ref in page
