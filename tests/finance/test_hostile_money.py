"""What a hostile or a clumsy hand cannot do with expenses, carriers' advances and bad debts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from finance import client_advances, write_offs
from finance.bank.confirming import Match
from finance.carrier_advances import CannotAdvance
from finance.expenses import CannotSpend
from finance.models import (
    CarrierAdvance,
    ClientAdvance,
    Entry,
    Expense,
    LineMatch,
    StatementLine,
    WriteOff,
)
from finance.payments import CannotPay
from finance.verify import differences
from finance.write_offs import CannotWriteOff
from tenants.context import inside
from tenants.kit import clock
from tests.finance.money_samples import give_back, noon, order, pay
from tests.finance.test_carrier_advances import advance, came_back, hired
from tests.finance.test_client_advances import received, returned
from tests.finance.test_expenses import back, key, spend
from tests.finance.test_statements import bill_of, confirm, open_accounts, part, rows, upload
from tests.finance.test_write_offs import give_up
from tests.tools import clocks_stand_at
from tests.world import Cast

CMD = "=cmd|' /C calc'!A0"
TAG = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _in_december() -> Iterator[None]:
    with clocks_stand_at(noon("2026-12-03")):
        yield


@pytest.fixture
def shop(in_alpha: Cast) -> Cast:
    open_accounts()
    return in_alpha


# -- the key of another act


def test_a_key_of_another_expense_books_and_takes_back_nothing(shop: Cast) -> None:
    first, second = spend(shop, "10.00"), spend(shop, "20.00")
    count = Entry.objects.count()
    for once in (first.once, second.once):
        with pytest.raises(CannotSpend) as refused:
            back(shop, first, once=once)
        assert refused.value.field == "reason"
    reversal = back(shop, second)
    with pytest.raises(CannotSpend):
        spend(shop, "20.00", once=reversal.once)
    with pytest.raises(CannotSpend):
        back(shop, first, once=reversal.once)
    assert Entry.objects.count() == count + 1
    assert list(differences()) == []


def test_a_key_of_another_advance_pays_nothing(shop: Cast) -> None:
    row = hired(shop, "1000.00", "KGS")
    paid = advance(shop, row, "100.00")
    returned = came_back(shop, paid, "30.00")
    for act in (
        lambda: advance(shop, row, "30.00", once=returned.once, paid_on=returned.paid_on),
        lambda: came_back(shop, paid, "100.00", once=paid.once),
    ):
        with pytest.raises(CannotAdvance):
            act()
    assert advance(shop, row, "100.00", once=paid.once).pk == paid.pk
    assert CarrierAdvance.objects.count() == 2


def test_a_key_of_another_write_off_gives_up_nothing(shop: Cast) -> None:
    bill = bill_of(shop, "100.00")
    type(bill).objects.filter(pk=bill.pk).update(due_on=date(2026, 11, 21))
    loss = give_up(shop, bill, "10.00", on="2026-12-02", at=noon("2026-12-03"))
    with pytest.raises(CannotWriteOff):
        write_offs.reverse(
            write_off=loss,
            reason="x",
            once=loss.once,
            by=shop.actor("accountant"),
            at=noon("2026-12-03"),
        )
    assert WriteOff.objects.count() == 1


def test_a_key_of_a_refund_receives_nothing_and_the_other_way_round(shop: Cast) -> None:
    bill = bill_of(shop, "100.00")
    receipt = pay(shop, bill, "60.00", "2026-11-24")
    refund = give_back(shop, receipt, "10.00", "2026-11-25")
    count = Entry.objects.count()
    for act in (
        lambda: pay(shop, bill, "10.00", "2026-11-24", once=refund.once),
        lambda: give_back(shop, receipt, "60.00", "2026-11-25", once=receipt.once),
    ):
        with pytest.raises(CannotPay):
            act()
    assert pay(shop, bill, "60.00", "2026-11-24", once=receipt.once).pk == receipt.pk
    assert Entry.objects.count() == count


def test_a_key_of_a_return_receives_no_advance_and_the_other_way_round(shop: Cast) -> None:
    paid = received(shop, "100.00")
    sent_back = returned(shop, paid, "30.00")
    for act in (
        lambda: received(shop, "30.00", once=sent_back.once),
        lambda: client_advances.give_back(
            advance=paid,
            amount=Decimal(100),
            on=date(2026, 3, 20),
            once=paid.once,
            by=shop.actor("accountant"),
            at=noon("2026-03-20"),
        ),
    ):
        with pytest.raises(CannotPay):
            act()
    assert ClientAdvance.objects.count() == 2


# -- bodies and forms


BAD = [
    {"amount": "NaN"},
    {"amount": "sNaN"},
    {"amount": "Infinity"},
    {"amount": "1e15"},
    {"amount": "1e400"},
    {"amount": "0.001"},
    {"amount": None},
    {"amount": ["1"]},
    {"amount": {"a": 1}},
    {"paid_on": "0001-01-01"},
    {"paid_on": "9999-12-31"},
    {"paid_on": "2026-13-40"},
    {"paid_on": "2010-01-01"},
    {"currency": "XXX"},
    {"currency": "USD"},
    {"currency": "USD", "fx": "NaN"},
    {"currency": "USD", "fx": "0"},
    {"currency": "USD", "fx": "1e-30"},
    {"category": "beer"},
    {"category": None},
    {"payee": "x" * 201},
    {"text": "x" * 501},
    {"reference": "x" * 61},
    {"order": "x" * 41},
    {"order": "ORD-1"},
    {"order": "' OR 1=1 --"},
    {"method": "gold"},
    {"sure": {"a": 1}},
]


@pytest.mark.parametrize("wrong", BAD, ids=str)
def test_no_body_breaks_the_call(alpha: Cast, call: Any, wrong: dict[str, Any]) -> None:
    body = {"category": "fuel", "amount": "10.00"} | wrong
    answer = call(alpha, "accountant").send("post", "expenses", body, **key())
    assert answer.status_code in (400, 422), answer.content
    assert '"errors"' in answer.content.decode()
    with inside(alpha.scope):
        assert not Expense.objects.exists()


@pytest.mark.parametrize("wrong", BAD, ids=str)
def test_nothing_typed_breaks_the_page(alpha: Cast, browse: Any, wrong: dict[str, Any]) -> None:
    typed = {
        "category": "fuel",
        "amount": "10.00",
        "currency": "KGS",
        "method": "cash",
        "payee": TAG,
        "paid_on": clock.now().date().isoformat(),
        "once": str(uuid4()),
    }
    sent = typed | {name: str(value) for name, value in wrong.items()}
    answer = browse(alpha, "accountant").post("/finance/expenses/new/", sent)
    assert answer.status_code in ((302, 422) if "sure" in wrong else (422,)), answer
    assert TAG not in answer.content.decode()


def test_an_order_of_another_reseller_is_none(
    alpha: Cast, beta: Cast, call: Any, browse: Any
) -> None:
    with inside(beta.scope):
        theirs = order(beta, price="1.00", ref="ORD-260313-9999")
        spent = spend(beta, "10.00", currency=beta.info.currency)
    api = call(alpha, "accountant")
    body = {"category": "fuel", "amount": "10.00", "order": theirs.ref}
    assert api.send("post", "expenses", body, **key()).status_code == 422
    reverse = api.send("post", f"expenses/{spent.pk}/reverse", {"reason": "x"}, **key())
    assert reverse.status_code == 404
    browser = browse(alpha, "accountant")
    for path in (
        f"/finance/expenses/{spent.pk}/",
        f"/finance/carriers/orders/{theirs.ref}/advances/",
    ):
        assert browser.get(path).status_code == 404
    answer = browser.post(f"/finance/expenses/{spent.pk}/back/", {"once": uuid4(), "reason": "x"})
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["dispatcher", "client", "partner"])
def test_who_may_not_spend_does_not(alpha: Cast, call: Any, browse: Any, who: str) -> None:
    with inside(alpha.scope):
        open_accounts()
        spent = spend(alpha, "10.00")
        row = hired(alpha, "1000.00", "KGS")
    api = call(alpha, who)
    body = {"category": "fuel", "amount": "10.00"}
    calls = [
        api.send("post", "expenses", body, **key()),
        api.send("post", f"expenses/{spent.pk}/reverse", {"reason": "x"}, **key()),
        api.send("post", "advances", {"order": row.ref, "amount": "1.00"}, **key()),
    ]
    browser = browse(alpha, who)
    pages = [
        browser.get("/finance/expenses/new/"),
        browser.post(f"/finance/expenses/{spent.pk}/back/", {"once": uuid4(), "reason": "x"}),
        browser.post("/finance/expenses/new/", body),
    ]
    assert {one.status_code for one in (*calls, *pages)} <= {403, 404}
    with inside(alpha.scope):
        assert (Expense.objects.count(), CarrierAdvance.objects.count()) == (1, 0)


# -- lines of the bank


def test_a_line_is_booked_whole_or_not_at_all(shop: Cast) -> None:
    statement = upload(shop, rows("24.11.2026;7;Банк;;-12,50;Комиссия"))
    before = Entry.objects.count()
    for wrong in (
        part("expense", "beer", "2.50"),
        part("payout", uuid4(), "2.50"),
        part("advance_of", "ORD-1", "2.50"),
        part("entered", uuid4(), "2.50"),
        part("entered", "x", "2.50"),
        part("__class__", "x", "2.50"),
        part("expense", "bank_fee", "2.51"),
        part("expense", "", "2.50"),
    ):
        match = Match(1, (part("expense", "bank_fee", "10.00"), wrong))
        assert confirm(shop, statement, match).booked == 0
    assert (Entry.objects.count(), Expense.objects.count()) == (before, 0)
    assert StatementLine.objects.get().matched == 0
    spent = spend(shop, "6.25")
    twice = Match(1, (part("entered", spent.pk, "6.25"), part("entered", spent.pk, "6.25")))
    assert confirm(shop, statement, twice).booked == 0
    assert not LineMatch.objects.exists()


def test_a_line_of_long_texts_is_an_expense(shop: Cast) -> None:
    name, purpose = "Ж" * 290, "оплата " * 3000
    statement = upload(shop, rows(f"24.11.2026;{'7' * 60};{name};;-12,50;{purpose}"))
    assert confirm(shop, statement, Match(1, (part("expense", "bank_fee", "12.50"),))).booked == 1
    expense = Expense.objects.get()
    assert (expense.payee, expense.reference) == (name[:200], "7" * 60)


def test_least_money_at_a_small_rate_is_booked_and_comes_back(shop: Cast) -> None:
    expense = spend(shop, "0.01", currency="KZT", fx=Decimal("0.17"))
    assert expense.home_amount == 0
    back(shop, expense)
    assert list(differences()) == []


# -- what others typed, shown and in files


def test_formulas_and_tags_are_text(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        open_accounts()
        spent = spend(alpha, "10.00", payee=CMD)
        tagged = spend(alpha, "11.00", payee=TAG)
    browser = browse(alpha, "accountant")
    table = browser.get("/finance/expenses/export/?format=csv").content.decode("utf-8-sig")
    assert f"'{CMD}" in table or CMD not in table
    for path in ("/finance/expenses/", f"/finance/expenses/{tagged.pk}/"):
        assert TAG not in browser.get(path).content.decode()
    assert browser.get(f"/finance/expenses/new/?order={TAG}").content.decode().count(TAG) == 0
    assert spent.payee == CMD


@pytest.mark.parametrize(
    "query",
    [
        "book=x",
        "firm=99",
        "firm=x",
        "firm=1e9",
        "page=-1",
        "page=99999999999999999999",
        "book=purchases&first=9999-99-99",
        "period=x&from=0001-01-01&to=9999-12-31",
        "book=sales&book=purchases",
        "month=2026-13",
        "month=9999-12",
    ],
)
def test_no_address_breaks_the_books(alpha: Cast, browse: Any, query: str) -> None:
    browser = browse(alpha, "accountant")
    assert browser.get(f"/finance/books/?{query}").status_code == 200
    assert browser.get(f"/finance/expenses/?{query}").status_code == 200


@pytest.mark.parametrize("kind", ["exe", "../x", ""])
def test_no_kind_of_file_breaks_the_books(alpha: Cast, browse: Any, kind: str) -> None:
    answer = browse(alpha, "accountant").get("/finance/books/", {"format": kind})
    assert answer.status_code in (200, 400, 404)


def test_an_order_without_a_carrier_has_its_page_of_advances(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        rows_ = [order(alpha, stage=stage) for stage in ("draft", "delivered")]
    browser = browse(alpha, "accountant")
    for row in rows_:
        path = f"/finance/carriers/orders/{row.ref}/advances/"
        assert browser.get(path).status_code == 200
        sent = {"amount": "1.00", "method": "bank", "occasion": "fuel", "once": uuid4()}
        sent["paid_on"] = clock.now().date().isoformat()
        assert browser.post(path, sent).status_code == 422
    with inside(alpha.scope):
        assert not CarrierAdvance.objects.exists()
