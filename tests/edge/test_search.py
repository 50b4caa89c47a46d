"""A search folds quotes, apostrophes, dashes, е and ё; a phone is found by its digits (FAULTS C3,
C4).
"""

from __future__ import annotations

from typing import Any

import pytest

from commission.cargo.models import Customer, Salesperson
from commission.cargo.queries import people
from companies import queries
from companies.models import Company
from companies.queries import CompanyFilter
from finance.queries.payouts import payables
from orders.queries.order_list import OrderFilter, matching
from tenants.drivers import queries as pool
from tenants.kit import clock
from tenants.office import audit_log
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
