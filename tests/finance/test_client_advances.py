"""Money of a client that stands on no invoice: received, put on invoices, given back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companies.models import Company
from finance import client_advances
from finance.client_advances import CannotAllocate, Part
from finance.models import ClientAdvance, FeeCharge, Invoice, Method, Payment
from finance.payments import CannotPay
from finance.queries import figures
from finance.verify import differences
from tenants.context import inside
from tenants.kit import clock
from tests.finance.money_samples import (
    accepted,
    give_back,
    invoice,
    invoice_ahead,
    noon,
    own,
    pay,
    rate,
)
from tests.finance.test_exchange import balances
from tests.world import Cast

DAY = "2026-03-20"


@pytest.fixture
def cast(in_alpha: Cast) -> Cast:
    own(country="KG")
    return in_alpha


def received(cast: Cast, amount: str, **more: Any) -> ClientAdvance:
    facts = {
        "currency": "KGS",
        "paid_on": date(2026, 3, 5),
        "method": Method.BANK,
        "once": uuid4(),
        "by": cast.actor("head"),
        "at": noon(DAY),
    } | more
    company = Company.objects.get(pk=cast.company_id("client"))
    return client_advances.receive(company=company, amount=Decimal(amount), **facts)


def allocate(cast: Cast, advance: ClientAdvance, *parts: tuple[Invoice, str]) -> list[Payment]:
    return client_advances.allocate(
        advance=advance,
        parts=[Part(bill, Decimal(amount)) for bill, amount in parts],
        once=uuid4(),
        by=cast.actor("accountant"),
        at=noon(DAY),
    )


def returned(cast: Cast, advance: ClientAdvance, amount: str) -> ClientAdvance:
    return client_advances.give_back(
        advance=advance,
        amount=Decimal(amount),
        on=date(2026, 3, 20),
        once=uuid4(),
        by=cast.actor("accountant"),
        at=noon(DAY),
        reason="не понадобилось",
    )


def test_the_commission_comes_with_the_allocation_and_not_before(cast: Cast) -> None:
    advance = received(cast, "1000.00")
    assert not FeeCharge.objects.exists()
    assert balances()["on_account"][1] == Decimal("-1000.00")
    bill = invoice(cast, "600.00", price_tax="none")
    (payment,) = allocate(cast, advance, (bill, "600.00"))
    advance.refresh_from_db()
    bill.refresh_from_db()
    assert (advance.allocated, advance.left, bill.rest) == (600, 400, 0)
    assert (payment.paid_on, payment.advance_id) == (date(2026, 3, 20), advance.pk)
    assert FeeCharge.objects.get().fee == Decimal("60.00")
    left = balances()
    assert left["on_account"][1] == Decimal("-400.00")
    assert left["receivable"] == (0, 0)
    assert left["bank"][1] == Decimal("1000.00")
    assert list(differences()) == []


def test_several_invoices_are_paid_at_once_or_none(cast: Cast) -> None:
    advance = received(cast, "1000.00")
    bills = [invoice(cast, "400.00", price_tax="none") for _ in range(2)]
    with pytest.raises(CannotAllocate) as refused:
        allocate(cast, advance, (bills[0], "400.00"), (bills[1], "400.01"))
    assert refused.value.invoice == bills[1]
    assert not Payment.objects.exists()
    with pytest.raises(CannotAllocate):
        allocate(cast, received(cast, "500.00"), *((bill, "400.00") for bill in bills))
    allocate(cast, advance, *((bill, "400.00") for bill in bills))
    advance.refresh_from_db()
    assert advance.left == Decimal("200.00")


def test_an_advance_keeps_the_worth_of_its_own_day(cast: Cast) -> None:
    """Golden 2 by way of an advance: 400 at 87.50, the act at 86.00, the rest paid at 85.00."""
    for day, value in (("2026-03-05", "87.50"), ("2026-03-10", "86.00"), (DAY, "85.00")):
        rate(day, value)
    advance = received(cast, "400.00", currency="USD", fx=Decimal("87.50"))
    facts = {"currency": "USD", "price_tax": "none", "client_fx": Decimal("87.50")}
    bill = invoice_ahead(cast, "1000.00", on="2026-03-05", **facts)
    allocate(cast, advance, (bill, "400.00"))
    bill = accepted(cast, bill, "2026-03-10")
    pay(cast, bill, "600.00", DAY)
    left = balances()
    assert left["revenue"][1] == Decimal("-86600.00")
    assert left["exchange"][1] == Decimal("600.00")
    assert left["receivable"] == left["advance"] == left["on_account"] == (0, 0)
    assert list(differences()) == []


def test_what_stands_on_no_invoice_goes_back_and_no_more(cast: Cast) -> None:
    advance = received(cast, "1000.00")
    allocate(cast, advance, (invoice(cast, "600.00", price_tax="none"), "600.00"))
    with pytest.raises(CannotPay):
        returned(cast, advance, "400.01")
    returned(cast, advance, "400.00")
    assert balances()["on_account"] == (0, 0)
    assert balances()["bank"][1] == Decimal("600.00")
    assert list(differences()) == []


def test_a_refund_that_stays_is_money_for_other_invoices(cast: Cast) -> None:
    bill = invoice(cast, "600.00", price_tax="none")
    payment = pay(cast, bill, "600.00", "2026-03-05")
    give_back(cast, payment, "600.00", DAY, keep=True)
    kept = ClientAdvance.objects.get()
    assert (kept.amount, kept.left) == (Decimal("600.00"), Decimal("600.00"))
    assert balances()["bank"][1] == Decimal("600.00")
    assert sum(charge.fee for charge in FeeCharge.objects.all()) == 0
    other = invoice(cast, "700.00", price_tax="none")
    allocate(cast, kept, (other, "600.00"))
    other.refresh_from_db()
    assert other.rest == Decimal("100.00")
    assert list(differences()) == []


def test_money_that_came_once_is_received_once_on_the_dashboard(cast: Cast) -> None:
    advance = received(cast, "1000.00")
    bill = invoice(cast, "600.00", price_tax="none")
    allocate(cast, advance, (bill, "600.00"))
    give_back(cast, Payment.objects.get(), "100.00", DAY, keep=True)
    returned(cast, advance, "50.00")
    assert figures(today=date(2026, 3, 20)).receipts.amount == Decimal("950.00")


def test_invoices_of_others_are_refused(cast: Cast) -> None:
    advance = received(cast, "1000.00")
    stranger = invoice(cast, "100.00", client="client2")
    with pytest.raises(CannotAllocate):
        allocate(cast, advance, (stranger, "10.00"))
    foreign = invoice(cast, "100.00", currency="USD", client_fx=Decimal("87.50"))
    with pytest.raises(CannotAllocate):
        allocate(cast, advance, (foreign, "10.00"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "0"),
        ("amount", "-1"),
        ("amount", "1.005"),
        ("paid_on", date(2026, 3, 30)),
        ("currency", "XXX"),
        ("fx", Decimal(2)),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(cast: Cast, field: str, value: Any) -> None:
    facts = {"amount": "10.00"} | {field: value}
    with pytest.raises(CannotPay) as refused:
        received(cast, **facts)
    assert refused.value.field == field
    assert not ClientAdvance.objects.exists()


def test_the_pages_take_it_and_put_it_on_invoices(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        own(country="KG")
        bill = invoice(alpha, "600.00", price_tax="none")
        client = alpha.company_id("client")
    browser = browse(alpha, "accountant")
    typed = {
        "company": str(client),
        "amount": "1000",
        "currency": "KGS",
        "paid_on": clock.now().date().isoformat(),
        "method": "bank",
        "once": str(uuid4()),
    }
    wrong = browser.post("/finance/advances/new/", typed | {"amount": "0"})
    assert wrong.status_code == 422
    added = browser.post("/finance/advances/new/", typed)
    assert added.status_code == 302
    card = browser.get(added["Location"]).content.decode()
    assert f'name="part-{bill.pk}"' in card and "600" in card
    sent = {"once": str(uuid4()), f"part-{bill.pk}": "600.01"}
    assert browser.post(added["Location"], sent).status_code == 422
    assert browser.post(added["Location"], sent | {f"part-{bill.pk}": "600"}).status_code == 302
    with inside(alpha.scope):
        bill.refresh_from_db()
        assert bill.rest == 0
    assert browser.get("/finance/advances/?view=open").status_code == 200
    assert browse(alpha, "client").get(added["Location"]).status_code in (302, 403, 404)


def test_the_api_receives_allocates_and_returns(alpha: Cast, call: Any) -> None:
    with inside(alpha.scope):
        own(country="KG")
        bill = invoice(alpha, "600.00", price_tax="none")
        client = alpha.company_id("client")
    api = call(alpha, "accountant")
    body = {"company": str(client), "amount": "1000.00", "paid_on": clock.now().date().isoformat()}
    both = api.send("post", "payments", body | {"invoice": bill.number}, **key())
    assert both.status_code == 422
    advance = api.send("post", "payments", body, **key())
    assert (advance.status_code, advance.json()["left"], advance.json()["invoice"]) == (
        201,
        "1000.00",
        None,
    )
    address = f"payments/{advance.json()['id']}"
    parts = {"parts": [{"invoice": str(bill.pk), "amount": "600.00"}]}
    once = key()
    first = api.send("post", f"{address}/allocations", parts, **once)
    assert (first.status_code, first.json()["left"]) == (201, "400.00")
    assert api.send("post", f"{address}/allocations", parts, **once).content == first.content
    back = api.send("post", f"{address}/refund", {"reason": "не понадобилось"}, **key())
    assert (back.status_code, back.json()["amount"]) == (201, "400.00")
    with inside(alpha.scope):
        assert list(differences()) == []


def key() -> dict[str, str]:
    return {"Idempotency-Key": uuid4().hex}


@given(
    price=st.integers(1, 50_000),
    steps=st.lists(
        st.tuples(
            st.sampled_from(["allocate", "return", "refund", "keep", "accept"]),
            st.integers(1, 30_000),
        ),
        max_size=8,
    ),
)
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_becomes_of_it_the_books_agree(
    cast: Cast, price: int, steps: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        for day in ("2026-03-05", DAY):
            rate(day, "87.50")
        received(cast, "200.00", currency="USD", fx=Decimal("86.13"))
        facts = {"currency": "USD", "price_tax": "none", "client_fx": Decimal("87.50")}
        bill = invoice_ahead(cast, str(Decimal(price) / 100), on="2026-03-05", **facts)
        for verb, cents in steps:
            _step(cast, bill, verb, Decimal(cents) / 100)
            assert list(differences()) == []
        for advance in ClientAdvance.objects.filter(return_of=None):
            if advance.left:
                returned(cast, advance, str(advance.left))
        assert balances()["on_account"] == (0, 0)
        assert list(differences()) == []
        transaction.set_rollback(True)


def _step(cast: Cast, bill: Invoice, verb: str, amount: Decimal) -> None:
    """An act, where the books take it."""
    bill.refresh_from_db()
    advance = ClientAdvance.objects.filter(return_of=None).order_by("?").first()
    payment = Payment.objects.filter(refund_of=None).first()
    assert advance
    try:
        if verb == "accept":
            accepted(cast, bill, DAY)
        elif verb == "allocate":
            allocate(cast, advance, (bill, str(amount)))
        elif verb == "return":
            returned(cast, advance, str(amount))
        elif payment:
            give_back(cast, payment, str(amount), DAY, keep=verb == "keep")
    except (CannotAllocate, CannotPay):
        return
