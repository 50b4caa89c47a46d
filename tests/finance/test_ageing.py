"""Ageing as of any day: what the documents and payments of until then say, and what the trial
balance says, to the cent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companies.models import Company
from finance import invoices, payables
from finance.models import Account, Invoice, Method, Payable, Payment
from finance.queries import ageing
from finance.queries.balances import trial_balance
from tenants.context import inside
from tests.finance.money_samples import give_back, invoice, noon, order, own, pay, rate
from tests.tools import clocks_stand_at
from tests.world import Cast

PAGE = "/finance/ageing/"
FIRST = date(2026, 1, 5)
LAST = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _in_march() -> Iterator[None]:
    with clocks_stand_at(noon("2026-03-20")):
        yield


class Part(NamedTuple):
    """A payment so many days after the invoice, of so many per cent of what is left."""

    after: int
    percent: int


class Sale(NamedTuple):
    day: int
    cents: int
    currency: str
    parts: list[Part]
    is_cancelled: bool


SALES = st.lists(
    st.builds(
        Sale,
        st.integers(0, 30),
        st.integers(1, 10**7),
        st.sampled_from(["KGS", "USD"]),
        st.lists(st.builds(Part, st.integers(0, 40), st.integers(1, 100)), max_size=3),
        st.booleans(),
    ),
    max_size=4,
)


def _rates() -> None:
    for step in range(0, 76, 5):
        on = FIRST + timedelta(days=step)
        rate(on.isoformat(), f"{85 + step % 7}.{step:02d}")


def _sell(cast: Cast, sale: Sale) -> None:
    on = FIRST + timedelta(days=sale.day)
    gross = f"{sale.cents / 100:.2f}"
    fx = Decimal("87.53") if sale.currency == "USD" else Decimal(1)
    bill = invoice(cast, gross, on=on.isoformat(), currency=sale.currency, client_fx=fx)
    for part in sale.parts:
        bill.refresh_from_db()
        amount = round(bill.rest * part.percent / 100, 2)
        if amount:
            pay(cast, bill, str(amount), (on + timedelta(days=part.after)).isoformat())
    bill.refresh_from_db()
    if sale.is_cancelled and not bill.paid:
        later = noon((on + timedelta(days=3)).isoformat())
        invoices.cancel(invoice=bill, reason="twice", by=cast.actor("accountant"), at=later)


def _by_documents(day: date) -> dict[str, Decimal]:
    """By currency: invoices until a day less the payments until it."""
    owed: dict[str, Decimal] = defaultdict(Decimal)
    for bill in Invoice.objects.filter(issued_on__lte=day):
        if bill.cancelled_at and bill.cancelled_at.date() <= day:
            continue
        owed[bill.currency] += bill.gross
        for payment in Payment.objects.filter(invoice=bill, paid_on__lte=day):
            owed[bill.currency] -= -payment.amount if payment.refund_of_id else payment.amount
    return {currency: amount for currency, amount in owed.items() if amount}


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(sales=SALES, day=st.integers(0, 74))
def test_ageing_equals_documents_and_the_trial_balance(
    in_alpha: Cast, sales: list[Sale], day: int
) -> None:
    on = FIRST + timedelta(days=day)
    with transaction.atomic():
        own()
        _rates()
        for sale in sales:
            _sell(in_alpha, sale)
        for moment in (on, LAST):
            side = ageing(on=moment).receivable
            assert {one.currency: one.total for one in side.currencies} == _by_documents(moment)
            books = trial_balance(first=FIRST, last=moment, home="KGS")
            assert side.total == books.at_home.of(Account.RECEIVABLE).closing
            for sheet in books.by_currency:
                of_currency = [one for one in side.currencies if one.currency == sheet.currency]
                amount = sum(one.total for one in of_currency)
                assert amount == sheet.of(Account.RECEIVABLE).closing
            assert sum(row.total for row in side.rows) == side.total
            assert sum(one.home for one in side.by_currency) == side.total
        transaction.set_rollback(True)


def test_a_bucket_is_of_the_day_that_is_asked_for(in_alpha: Cast) -> None:
    """Due on 10 January: not late on that day, in the last bucket after ninety."""
    own()
    bill = invoice(in_alpha, "1000.00", on="2026-01-05", payment_days=5)
    pay(in_alpha, bill, "1000.00", "2026-03-15")
    places = {
        "2026-01-04": None,
        "2026-01-10": 0,
        "2026-01-11": 1,
        "2026-02-09": 1,
        "2026-02-10": 2,
        "2026-03-12": 3,
        "2026-03-15": None,
    }
    for day, place in places.items():
        buckets = ageing(on=date.fromisoformat(day)).receivable.buckets
        full = [number for number, amount in enumerate(buckets) if amount]
        assert full == ([] if place is None else [place]), day


def test_what_was_given_back_is_owed_again(in_alpha: Cast) -> None:
    own()
    bill = invoice(in_alpha, "1000.00", on="2026-01-05")
    paid = pay(in_alpha, bill, "1000.00", "2026-02-01")
    give_back(in_alpha, paid, "300.00", "2026-03-01")
    totals = [
        ageing(on=date.fromisoformat(day)).receivable.total
        for day in ("2026-01-31", "2026-02-15", "2026-03-02")
    ]
    assert totals == [Decimal("1000.00"), 0, Decimal("300.00")]


def test_a_debt_to_a_carrier_ages_until_it_is_paid(in_alpha: Cast) -> None:
    own()
    rate("2026-03-10", "85.00")
    row = order(
        in_alpha,
        carrier_rate=Decimal("800.00"),
        carrier_currency="USD",
        carrier_fx=Decimal("87.50"),
        carrier_name="Tulpar",
    )
    debt = payables.accrue(order=row, by=None, at=noon("2026-02-05"))
    assert debt is not None
    payables.pay_out(
        payable=debt,
        amount=Decimal("500.00"),
        paid_on=date(2026, 3, 10),
        method=Method.BANK,
        once=debt.pk,
        by=None,
        at=noon("2026-03-10"),
    )
    before = ageing(on=date(2026, 3, 9)).payable
    after = ageing(on=date(2026, 3, 10)).payable
    assert (before.total, after.total) == (Decimal("70000.00"), Decimal("26250.00"))
    assert [(one.currency, one.total) for one in after.currencies] == [("USD", Decimal("300.00"))]
    assert Payable.objects.get().rest == Decimal("300.00")


def test_the_page_shows_a_day_and_gives_a_file(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        own()
        invoice(
            alpha,
            "1000.00",
            on="2026-02-01",
            currency="USD",
            client_fx=Decimal("87.50"),
        )
        name = Company.objects.get(pk=alpha.company_id("client")).name
    browser = browse(alpha, "accountant")
    page = browser.get(PAGE).content.decode().replace("\xa0", " ").replace("\u202f", " ")
    assert "87 500,00" in page and "1 000,00 USD" in page
    assert "87 500,00" not in browser.get(f"{PAGE}?on=2026-01-31").content.decode()
    assert "is-invalid" in browser.get(f"{PAGE}?on=2126-01-31").content.decode()
    rows = browser.get(f"{PAGE}?format=csv").content.decode("utf-8-sig").splitlines()
    assert [row.split(";")[1] for row in rows[1:]] == [f'"{name}"', '"Всего"']
    assert all(row.endswith(";1000.00;87500.00") for row in rows[1:])


def test_ageing_asks_the_same_number_of_questions_however_long(alpha: Cast, browse: Any) -> None:
    browser = browse(alpha, "accountant")
    counts = []
    for _more in (1, 2):
        with inside(alpha.scope):
            own()
            invoice(alpha, "1000.00", on="2026-02-01")
        browser.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            browser.get(PAGE)
        counts.append(sum('"finance_' in query["sql"] for query in captured))
    assert counts == [4, 4]


def test_the_api_tells_the_ageing_of_a_day(alpha: Cast, call: Any) -> None:
    with inside(alpha.scope):
        own()
        bill = invoice(alpha, "1000.00", on="2026-02-01")
        pay(alpha, bill, "1000.00", "2026-03-01")
    api = call(alpha, "accountant")
    then = api.send("get", "finance/ageing?on=2026-02-28").json()
    assert (then["on"], then["receivables"]["total"]) == ("2026-02-28", "1000.00")
    assert then["receivables"]["currencies"][0]["home_total"] == "1000.00"
    assert api.send("get", "finance/ageing").json()["receivables"]["total"] == "0.00"
    assert api.send("get", "finance/ageing?on=x").status_code == 400
