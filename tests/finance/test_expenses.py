"""What is spent besides the rates of carriers: booked, in the result, taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance import expenses
from finance.bank import queries
from finance.bank.confirming import Match
from finance.expenses import CannotSpend, Purpose
from finance.models import Account, Category, Expense, LineMatch, Method
from finance.queries.pnl import pnl
from finance.queries.pnl_by import ORDER, pnl_by
from finance.verify import differences
from orders.models import Order
from tenants.context import inside
from tenants.kit import clock
from tenants.kit.doubts import Doubt
from tests.finance.money_samples import noon, order
from tests.finance.test_exchange import balances
from tests.finance.test_statements import (
    _in_december,
    confirm,
    open_accounts,
    part,
    rows,
    upload,
)
from tests.world import Cast

__all__ = ["_in_december"]
DAY = date(2026, 11, 20)


@pytest.fixture
def shop(in_alpha: Cast) -> Cast:
    open_accounts()
    return in_alpha


def spend(cast: Cast, amount: str, of: Order | None = None, **more: Any) -> Expense:
    facts = {
        "currency": "KGS",
        "paid_on": DAY,
        "method": Method.BANK,
        "once": uuid4(),
        "by": cast.actor("accountant"),
        "at": noon("2026-11-25"),
        "sure": frozenset(),
    } | more
    category = facts.pop("category", Category.FUEL)
    purpose = Purpose(category, of, facts.pop("payee", "АЗС"), "дизель")
    return expenses.spend(purpose=purpose, amount=Decimal(amount), **facts)


def back(cast: Cast, expense: Expense, **more: Any) -> Expense:
    facts = {"once": uuid4(), "reason": "ошибка", "at": noon("2026-12-03")} | more
    return expenses.take_back(expense=expense, by=cast.actor("accountant"), **facts)


def at_home() -> dict[str, Decimal]:
    return {account: sums[1] for account, sums in balances().items() if any(sums)}


def test_an_expense_of_an_order_is_in_its_row_of_the_result(shop: Cast) -> None:
    row = order(shop, price="1000.00")
    spend(shop, "120.50", row)
    spend(shop, "30.00", method=Method.CASH, category=Category.WAGES)
    assert at_home() == {
        "expenses": Decimal("150.50"),
        "bank": Decimal("-120.50"),
        "cash": Decimal("-30.00"),
    }
    [month] = pnl([date(2026, 11, 1)], "KGS").at_home
    assert (month.expenses, month.profit) == (Decimal("150.50"), Decimal("-150.50"))
    parts = pnl_by(ORDER, first=DAY, last=DAY)
    assert {(part.name, part.expenses, part.profit) for part in parts} == {
        (row.ref, Decimal("120.50"), Decimal("-120.50")),
        ("", Decimal("30.00"), Decimal("-30.00")),
    }
    assert list(differences()) == []


def test_one_in_dollars_is_worth_the_rate_of_its_day(shop: Cast) -> None:
    with pytest.raises(CannotSpend) as refused:
        spend(shop, "10.00", currency="USD")
    assert refused.value.field == "fx"
    expense = spend(shop, "10.00", currency="USD", fx=Decimal("87.5"))
    assert expense.home_amount == Decimal("875.00")
    assert at_home() == {"expenses": Decimal("875.00"), "bank": Decimal("-875.00")}


def test_what_was_entered_by_mistake_is_taken_back_once(shop: Cast) -> None:
    expense = spend(shop, "120.50")
    reversal = back(shop, expense)
    assert (reversal.paid_on, reversal.reverses_id) == (date(2026, 12, 3), expense.pk)
    assert back(shop, expense, once=reversal.once).pk == reversal.pk
    for wrong, field in ((expense, "reason"), (reversal, "reason")):
        with pytest.raises(CannotSpend) as refused:
            back(shop, wrong)
        assert refused.value.field == field
    assert at_home() == {}
    november, december = pnl([date(2026, 11, 1), date(2026, 12, 1)], "KGS").at_home
    assert (november.expenses, december.expenses) == (Decimal("120.50"), Decimal("-120.50"))
    assert list(differences()) == []


def test_the_same_expense_is_asked_about_until_it_is_taken_back(shop: Cast) -> None:
    first = spend(shop, "120.50")
    assert spend(shop, "120.50", once=first.once).pk == first.pk
    with pytest.raises(Doubt) as doubt:
        spend(shop, "120.50")
    spend(shop, "120.50", payee="Другая АЗС")
    back(shop, first)
    spend(shop, "120.50")
    spend(shop, "120.50", sure={doubt.value.key.replace(":0:", ":1:")})
    assert Expense.objects.filter(reverses=None).count() == 4


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("amount", {"amount": "0"}),
        ("amount", {"amount": "-1"}),
        ("amount", {"amount": "0.001"}),
        ("paid_on", {"paid_on": date(2006, 1, 1)}),
        ("paid_on", {"paid_on": date(2026, 12, 31)}),
        ("currency", {"currency": "XXX"}),
        ("fx", {"fx": Decimal("2")}),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    shop: Cast, field: str, facts: dict[str, Any]
) -> None:
    with pytest.raises(CannotSpend) as refused:
        spend(shop, facts.pop("amount", "10.00"), **facts)
    assert refused.value.field == field
    assert not Expense.objects.exists()


def test_the_pages_book_show_and_take_it_back(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        open_accounts()
        row = order(alpha, price="1000.00")
    browser = browse(alpha, "accountant")
    typed = {
        "category": "fuel",
        "amount": "120,50",
        "currency": "KGS",
        "paid_on": clock.now().date().isoformat(),
        "method": "cash",
        "payee": "АЗС №7",
        "order": "ORD-000000-0000",
        "once": str(uuid4()),
    }
    wrong = browser.post("/finance/expenses/new/", typed)
    assert wrong.status_code == 422
    assert "АЗС №7" in wrong.content.decode()
    added = browser.post("/finance/expenses/new/", typed | {"order": row.ref})
    assert added.status_code == 302
    listed = browser.get("/finance/expenses/?category=fuel&q=АЗС").content.decode()
    assert "120,50" in listed and row.ref in listed
    assert "120,50" not in browser.get("/finance/expenses/?category=wages").content.decode()
    table = browser.get("/finance/expenses/export/?format=csv").content.decode("utf-8-sig")
    assert "АЗС №7" in table
    card = added["Location"]
    assert row.ref in browser.get(card).content.decode()
    empty = browser.post(f"{card}back/", {"once": str(uuid4()), "reason": ""})
    assert empty.status_code == 422
    sent = {"once": str(uuid4()), "reason": "дважды"}
    assert browser.post(f"{card}back/", sent).status_code == 302
    page = browser.get(card).content.decode()
    assert "дважды" in page and f"{card}back/" not in page
    for name in ("client", "partner"):
        assert browse(alpha, name).get(card).status_code in (302, 403, 404)


def test_the_api_spends_lists_and_takes_back(alpha: Cast, call: Any) -> None:
    with inside(alpha.scope):
        open_accounts()
        row = order(alpha, price="1000.00")
    api = call(alpha, "accountant")
    body = {"category": "road", "amount": "15.00", "order": row.ref}
    missed = api.send("post", "expenses", body | {"order": "ORD-1"}, **key())
    assert (missed.status_code, list(missed.json()["errors"])) == (422, ["order"])
    once = key()
    first = api.send("post", "expenses", body, **once)
    assert (first.status_code, first.json()["order"]) == (201, row.ref)
    assert api.send("post", "expenses", body, **once).content == first.content
    address = f"expenses/{first.json()['id']}/reverse"
    assert api.send("post", address, {"reason": "нет"}, **key()).status_code == 201
    again = api.send("post", address, {"reason": "нет"}, **key())
    assert (again.status_code, again.json()["title"]) == (422, "cannot_take_back")
    listed = api.send("get", "expenses?category=road").json()["results"]
    assert sorted(one["reverses"] is None for one in listed) == [False, True]
    assert api.send("get", "expenses?category=x").status_code == 400
    with inside(alpha.scope):
        assert list(differences()) == []


def key() -> dict[str, str]:
    return {"Idempotency-Key": uuid4().hex}


def test_a_line_of_the_bank_is_an_expense(shop: Cast) -> None:
    statement = upload(
        shop,
        rows("24.11.2026;7;Банк;;-12,50;Комиссия", "24.11.2026;8;A;;12,50;Возврат"),
    )
    wrong = confirm(
        shop,
        statement,
        Match(1, (part("expense", "beer", "12.50"),)),
        Match(2, (part("expense", "bank_fee", "12.50"),)),
    )
    assert [one.field for one in wrong.refused] == ["expense", "expense"]
    assert confirm(shop, statement, Match(1, (part("expense", "bank_fee", "12.50"),))).booked == 1
    expense = Expense.objects.get()
    assert (expense.category, expense.payee, expense.text, expense.reference) == (
        "bank_fee",
        "Банк",
        "Комиссия",
        "7",
    )
    assert LineMatch.objects.get().expense_id == expense.pk
    assert list(differences()) == []


def test_a_line_is_open_again_when_its_expense_was_a_mistake(shop: Cast) -> None:
    """The money left all the same: it is booked as what it was."""
    statement = upload(shop, rows("24.11.2026;7;Банк;;-12,50;Комиссия"))
    confirm(shop, statement, Match(1, (part("expense", "fuel", "12.50"),)))
    back(shop, Expense.objects.get())
    line = queries.lines_of(statement).get()
    assert (line.rest, queries.offers_for([line])[line.pk].entered) == (Decimal("12.50"), [])
    assert confirm(shop, statement, Match(1, (part("expense", "bank_fee", "12.50"),))).booked == 1
    assert queries.lines_of(statement).get().rest == 0
    assert at_home() == {"expenses": Decimal("12.50"), "bank": Decimal("-12.50")}
    assert list(differences()) == []


def test_one_entered_by_hand_is_tied(shop: Cast) -> None:
    expense = spend(shop, "12.50", paid_on=date(2026, 11, 23))
    mistake = spend(shop, "12.50", payee="Другая", paid_on=date(2026, 11, 23))
    back(shop, mistake)
    statement = upload(shop, rows("24.11.2026;7;АЗС;;-12,50;Топливо"))
    line = queries.lines_of(statement).get()
    offer = queries.offers_for([line])[line.pk]
    assert [one.pk for one in offer.entered] == [expense.pk]
    wrong = confirm(shop, statement, Match(1, (part("entered", mistake.pk, "12.50"),)))
    assert [one.field for one in wrong.refused] == ["entered"]
    tied = confirm(shop, statement, Match(1, (part("entered", expense.pk, "12.50"),)))
    assert (tied.booked, Expense.objects.filter(reverses=None).count()) == (1, 2)


@given(
    sums=st.lists(
        st.tuples(
            st.integers(1, 10_000_000),
            st.sampled_from(["KGS", "USD"]),
            st.booleans(),
            st.booleans(),
        ),
        max_size=6,
    )
)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
def test_the_books_hold_what_stands(shop: Cast, sums: list[tuple[int, str, bool, bool]]) -> None:
    before = at_home().get(Account.EXPENSES, Decimal(0))
    expected = Decimal(0)
    for cents, currency, is_cash, is_mistake in sums:
        fx = Decimal("87.1234") if currency == "USD" else None
        method = Method.CASH if is_cash else Method.BANK
        amount = str(Decimal(cents) / 100)
        expense = spend(shop, amount, currency=currency, fx=fx, method=method, sure=None)
        if is_mistake:
            back(shop, expense)
        else:
            expected += expense.home_amount
        assert list(differences()) == []
    assert at_home().get(Account.EXPENSES, Decimal(0)) - before == expected
