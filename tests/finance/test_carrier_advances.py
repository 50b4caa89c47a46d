"""Money to carriers before their rate falls due: paid, taken off the debt, given back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companies.models import Company
from finance import carrier_advances, payables
from finance.carrier_advances import CannotAdvance
from finance.models import CarrierAdvance, Entry, EntryKind, Method, Occasion, Payable
from finance.payables import CannotPayOut
from finance.queries.balances import trial_balance
from finance.queries.company_statement import AS_CARRIER, company_statement
from finance.verify import differences
from orders import assignment, cancelling
from orders.models import Order, Stage
from tenants.context import inside
from tenants.kit import clock
from tenants.kit.doubts import Answers, Doubt
from tests.finance.money_doc import table
from tests.finance.money_samples import noon, order, own
from tests.finance.test_exchange import balances
from tests.orders import order_samples
from tests.orders.order_samples import NOW
from tests.world import Cast

DAY = "2026-03-10"
FX = Decimal("87.50")
SHOWN = ("advances_paid", "payable", "cost", "bank", "exchange")


@pytest.fixture
def cast(in_alpha: Cast) -> Cast:
    own(country="KG")
    return in_alpha


def hired(cast: Cast, amount: str = "1000.00", currency: str = "USD", **more: Any) -> Order:
    """An order whose carrier gets so much, nothing booked yet."""
    fx = Decimal(1) if currency == cast.info.currency else FX
    return order(
        cast,
        carrier_rate=Decimal(amount),
        carrier_currency=currency,
        carrier_fx=fx,
        **{"stage": "in_transit"} | more,
    )


def advance(cast: Cast, row: Order, amount: str, fx: str = "", **more: Any) -> CarrierAdvance:
    facts = {
        "occasion": Occasion.LOADING,
        "paid_on": date(2026, 3, 5),
        "method": Method.BANK,
        "once": uuid4(),
        "by": cast.actor("head"),
        "at": noon(DAY),
        "fx": Decimal(fx) if fx else None,
        "sure": frozenset(),
    } | more
    return carrier_advances.pay(order=row, amount=Decimal(amount), **facts)


def came_back(cast: Cast, paid: CarrierAdvance, amount: str, **more: Any) -> CarrierAdvance:
    facts = {
        "on": date(2026, 3, 10),
        "at": noon(DAY),
        "once": uuid4(),
        "sure": frozenset(),
    } | more
    return carrier_advances.take_back(
        advance=paid,
        amount=Decimal(amount),
        by=cast.actor("accountant"),
        reason="рейс не состоялся",
        **facts,
    )


def accrue(cast: Cast, row: Order) -> Payable:
    debt = payables.accrue(order=row, by=cast.actor("accountant"), at=noon(DAY))
    assert debt is not None
    return debt


def pay_out(cast: Cast, debt: Payable, amount: str, fx: str = "") -> None:
    payables.pay_out(
        payable=debt,
        amount=Decimal(amount),
        paid_on=date(2026, 3, 10),
        method=Method.BANK,
        once=uuid4(),
        by=cast.actor("head"),
        at=noon(DAY),
        fx=Decimal(fx) if fx else None,
    )


def at_home() -> list[Decimal]:
    """The accounts of the table, debit above zero."""
    sums = balances()
    return [sums.get(account, (Decimal(0), Decimal(0)))[1] for account in SHOWN]


class Desk:
    """Acts as the table writes them."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.at = noon(DAY)

    def play(self, act: str) -> None:
        verb, _, rest = act.partition(" ")
        getattr(self, verb)(*rest.replace("at ", "").split())
        assert list(differences()) == []

    def hire(self, amount: str, currency: str) -> None:
        self.order = hired(self.cast, amount, currency)

    def advance(self, amount: str, fx: str = "") -> None:
        sure = None  # more than the rate: nobody is asked here
        self.at += timedelta(minutes=1)  # the oldest is taken off first
        self.paid = advance(self.cast, self.order, amount, fx, sure=sure, at=self.at)

    def complete(self, fx: str = "") -> None:
        if fx:
            Order.objects.filter(pk=self.order.pk).update(carrier_fx=Decimal(fx))
        self.debt = accrue(self.cast, self.order)

    def payout(self, amount: str, fx: str = "") -> None:
        pay_out(self.cast, self.debt, amount, fx)

    def back(self, amount: str) -> None:
        came_back(self.cast, self.paid, amount)


def test_the_books_hold_what_the_table_says(cast: Cast) -> None:
    desk = Desk(cast)
    before = at_home()
    for act, *expected in table("Advances to carriers, act by act"):
        if act.startswith("hire"):
            before = at_home()
        desk.play(act)
        moved = [now - then for now, then in zip(at_home(), before, strict=True)]
        assert moved == [Decimal(amount) for amount in expected], act


def test_an_advance_pays_the_debt_and_keeps_the_worth_of_its_day(cast: Cast) -> None:
    row = hired(cast)
    first = advance(cast, row, "400.00", "87.50")
    assert at_home() == [35000, 0, 0, -35000, 0]
    Order.objects.filter(pk=row.pk).update(carrier_fx=Decimal("86.00"))
    debt = accrue(cast, row)
    assert (debt.paid, debt.rest, debt.home_amount) == (400, 600, 86600)
    pay_out(cast, debt, "600.00", "85.00")
    left = balances()
    assert left["advances_paid"] == left["payable"] == (0, 0)
    assert left["cost"][1] == Decimal("86600.00")
    assert left["exchange"][1] == Decimal("-600.00")
    first.refresh_from_db()
    assert (first.cleared, first.left) == (400, 0)
    taken = Entry.objects.get(kind=EntryKind.OFFSET)
    assert taken.lines.count() == 1
    assert list(differences()) == []


def test_one_key_is_one_advance(cast: Cast) -> None:
    row = hired(cast)
    key = uuid4()
    assert advance(cast, row, "10.00", once=key) == advance(cast, row, "20.00", once=key)
    paid = CarrierAdvance.objects.get()
    back = uuid4()
    assert came_back(cast, paid, "4.00", once=back) == came_back(cast, paid, "5.00", once=back)
    paid.refresh_from_db()
    assert paid.left == Decimal("6.00")


def test_more_than_is_left_of_the_rate_asks_first(cast: Cast) -> None:
    row = hired(cast, "1000.00")
    advance(cast, row, "700.00")
    with pytest.raises(Doubt) as doubt:
        advance(cast, row, "300.01")
    assert "300" in str(doubt.value)
    assert CarrierAdvance.objects.count() == 1
    with pytest.raises(Doubt):  # the yes was to another sum
        advance(cast, row, "400.00", sure={doubt.value.key})
    advance(cast, row, "300.01", sure={doubt.value.key})
    debt = accrue(cast, row)
    assert debt.rest == 0
    assert balances()["advances_paid"][0] == Decimal("0.01")
    assert list(differences()) == []


def test_what_came_back_may_be_paid_again(cast: Cast) -> None:
    row = hired(cast, "1000.00")
    paid = advance(cast, row, "1000.00")
    came_back(cast, paid, "400.00")
    advance(cast, row, "400.00")
    assert accrue(cast, row).rest == 0
    assert balances()["advances_paid"] == (0, 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "0"),
        ("amount", "-1"),
        ("amount", "1.005"),
        ("paid_on", date(2026, 3, 30)),
        ("fx", "0"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(cast: Cast, field: str, value: Any) -> None:
    row = hired(cast)
    facts = {"amount": "10.00"} | {field: value}
    with pytest.raises(CannotAdvance) as refused:
        advance(cast, row, **facts)
    assert refused.value.field == field
    assert not CarrierAdvance.objects.exists()


@pytest.mark.parametrize("stage", ["published", "completed", "cancelled"])
def test_an_advance_is_paid_from_the_award_until_completion(cast: Cast, stage: str) -> None:
    facts = {
        "completed": {"completed_at": noon(DAY)},
        "cancelled": {"cancel_reason": "нет груза", "cancelled_at": noon(DAY)},
    }
    more: Any = facts.get(stage, {})
    row = hired(cast, stage=stage, **more)
    with pytest.raises(CannotAdvance) as refused:
        advance(cast, row, "10.00")
    assert refused.value.field == "order"


def test_an_old_day_is_asked_about(cast: Cast) -> None:
    with pytest.raises(Doubt):
        advance(cast, hired(cast), "10.00", paid_on=date(2026, 1, 1))


def test_no_more_comes_back_than_is_not_cleared(cast: Cast) -> None:
    row = hired(cast, "100.00")
    paid = advance(cast, row, "150.00", sure=None)
    accrue(cast, row)
    with pytest.raises(CannotAdvance):
        came_back(cast, paid, "50.01")
    back = came_back(cast, paid, "50.00")
    with pytest.raises(CannotAdvance):
        came_back(cast, back, "1.00")
    assert balances()["advances_paid"] == (0, 0)
    assert list(differences()) == []


def test_cancelling_the_order_leaves_the_advance_as_the_carrier_s_debt(in_alpha: Cast) -> None:
    own(country="KG")
    row = driven(in_alpha)
    paid = advance(in_alpha, row, "40000.00", paid_on=NOW.date(), at=NOW)
    with pytest.raises(Doubt) as doubt:
        cancel(in_alpha, row, frozenset())
    assert "40" in str(doubt.value)
    cancel(in_alpha, row, {doubt.value.key})
    assert Order.objects.get(pk=row.pk).stage == Stage.CANCELLED
    company = Company.objects.get(pk=paid.company_id)
    statement = company_statement(
        company,
        first=NOW.date(),
        last=NOW.date(),
        accounts=AS_CARRIER,
    )
    (part,) = statement.currencies
    assert [one.code for one in part.rows] == ["advance_paid"]
    assert part.closing.amount == Decimal("40000.00")
    came_back(in_alpha, paid, "40000.00", on=NOW.date(), at=NOW)
    assert balances()["advances_paid"] == (0, 0)
    assert list(differences()) == []


def test_another_carrier_gets_its_whole_rate(in_alpha: Cast) -> None:
    own(country="KG")
    row = driven(in_alpha)
    advance(in_alpha, row, "40000.00", paid_on=NOW.date(), at=NOW)
    who = assignment.assignment_to(order=row, rate=None, driver=order_samples.pool_driver())
    assignment.replace_carrier(
        order=row,
        assignment=who,
        reason="сломался",
        by=in_alpha.actor("head"),
        at=NOW,
    )
    row = Order.objects.get(pk=row.pk)
    assert carrier_advances.left_of_rate(row, None) == row.carrier_rate
    second = advance(in_alpha, row, "1000.00", paid_on=NOW.date(), at=NOW)
    debt = accrue(in_alpha, row)
    assert (debt.advance, debt.carrier_id) == (1000, second.carrier_id)
    assert balances()["advances_paid"][0] == Decimal("40000.00")
    assert list(differences()) == []


def test_the_own_fleet_is_paid_no_advance(in_alpha: Cast) -> None:
    row = driven(in_alpha, own_driver=True)
    with pytest.raises(CannotAdvance) as refused:
        advance(in_alpha, row, "10.00", paid_on=NOW.date(), at=NOW)
    assert refused.value.field == "order"


def driven(cast: Cast, *, own_driver: bool = False) -> Order:
    """An order of the samples, given to a partner or to the own fleet."""
    row = order_samples.order(cast)
    who = assignment.assignment_to(
        order=row,
        rate=None,
        partner=None if own_driver else order_samples.partner_carrier(cast),
        driver=order_samples.own_driver() if own_driver else None,
    )
    assignment.assign_directly(order=row, assignment=who, by=cast.actor("head"), at=NOW)
    return Order.objects.get(pk=row.pk)


def cancel(cast: Cast, row: Order, sure: Answers) -> None:
    cancelling.cancel(order=row, reason="нет груза", by=cast.actor("head"), at=NOW, sure=sure)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["advance", "advance", "back", "complete", "payout", "cancel"]),
        st.integers(1, 80_000),
        st.sampled_from(["79.13", "87.50", "91.77"]),
    ),
    min_size=1,
    max_size=9,
)


@given(cents=st.integers(1, 100_000), currency=st.sampled_from(["USD", "KGS"]), steps=STEPS)
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_happens_the_books_agree_and_end_at_nothing(
    cast: Cast, cents: int, currency: str, steps: list[tuple[str, int, str]]
) -> None:
    with transaction.atomic():
        row = hired(cast, str(Decimal(cents) / 100), currency)
        for verb, part, fx in steps:
            _step(cast, row, verb, str(Decimal(part) / 100), fx if currency == "USD" else "")
            _agree()
        for debt in Payable.objects.filter(paid__lt=F("amount")):
            pay_out(cast, debt, str(debt.rest), "77.77" if currency == "USD" else "")
        for paid in CarrierAdvance.objects.filter(return_of=None):
            if paid.left:
                came_back(cast, paid, str(paid.left))
        _agree()
        left = balances()
        for account in ("advances_paid", "payable"):
            assert left.get(account, (0, 0)) == (0, 0)
        transaction.set_rollback(True)


def _agree() -> None:
    """The checks of the night find nothing, and all accounts together make 0.00."""
    assert list(differences()) == []
    shown = trial_balance(first=date(2026, 1, 1), last=date(2026, 12, 31), home="KGS")
    assert [sheet.differences for sheet in shown.sheets] == [(0, 0, 0)] * len(shown.sheets)


def _step(cast: Cast, row: Order, verb: str, amount: str, fx: str) -> None:
    """An act, where the books take it."""
    row.refresh_from_db()
    paid = CarrierAdvance.objects.filter(return_of=None).order_by("entered_at", "pk").first()
    debt = Payable.objects.filter(order=row).first()
    try:
        if verb == "advance":
            advance(cast, row, amount, fx, sure=None)
        elif verb == "back" and paid:
            came_back(cast, paid, amount)
        elif verb == "complete" and row.stage != Stage.CANCELLED:
            accrue(cast, row)
        elif verb == "payout" and debt:
            pay_out(cast, debt, amount, fx)
        elif verb == "cancel" and debt is None:
            Order.objects.filter(pk=row.pk).update(
                stage=Stage.CANCELLED,
                cancel_reason="нет груза",
                cancelled_at=noon(DAY),
            )
    except (CannotAdvance, CannotPayOut):
        return


def test_the_api_pays_asks_and_takes_back(alpha: Cast, call: Any) -> None:
    with inside(alpha.scope):
        own(country="KG")
        row = hired(alpha, "1000.00", "KGS")
    api = call(alpha, "accountant")
    body = {"order": row.ref, "amount": "400.00", "occasion": "border"}
    assert api.send("post", "advances", body).status_code == 400  # no key
    once = key()
    first = api.send("post", "advances", body, **once)
    assert (first.status_code, first.json()["left"]) == (201, "400.00")
    assert api.send("post", "advances", body, **once).content == first.content
    more = body | {"amount": "600.01"}
    doubt = api.send("post", "advances", more, **key())
    assert doubt.status_code == 409
    wrong = api.send("post", "advances", body | {"amount": "0"}, **key())
    assert wrong.status_code == 422 and "amount" in wrong.json()["errors"]
    address = f"advances/{first.json()['id']}/return"
    back = api.send("post", address, {"amount": "150.00"}, **key())
    assert (back.status_code, back.json()["return_of"]) == (201, first.json()["id"])
    rows = api.send("get", "advances").json()["results"]
    assert [one["amount"] for one in rows] == ["150.00", "400.00"]
    assert call(alpha, "dispatcher").send("post", "advances", body, **key()).status_code == 403
    assert call(alpha, "client").send("get", "advances").status_code == 404
    assert call(alpha, "partner").send("get", "advances").json()["results"] == []
    with inside(alpha.scope):
        assert list(differences()) == []


def test_the_pages_show_pay_and_take_back(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        own(country="KG")
        row = driven(alpha)
    browser = browse(alpha, "accountant")
    address = f"/finance/carriers/orders/{row.ref}/advances/"
    typed = {
        "amount": "40000",
        "occasion": "loading",
        "paid_on": clock.now().date().isoformat(),
        "method": "cash",
        "once": str(uuid4()),
    }
    assert browser.post(address, typed | {"amount": "0"}).status_code == 422
    assert browser.post(address, typed).status_code == 302
    assert browser.post(address, typed).status_code == 302  # sent twice, booked once
    with inside(alpha.scope):
        paid = CarrierAdvance.objects.get()
    card = browser.get(f"/orders/{row.ref}/").content.decode()
    assert address in card and "40\xa0000" in card
    back = f"/finance/carriers/advances/{paid.pk}/return/"
    assert back in browser.get(address).content.decode()
    sent = {
        "amount": "40000.01",
        "on": typed["paid_on"],
        "reason": "рейс не состоялся",
        "once": str(uuid4()),
    }
    assert browser.post(back, sent).status_code == 422
    assert browser.post(back, sent | {"amount": "1000"}).status_code == 302
    own_page = browse(alpha, "partner").get("/partner/payouts/").content.decode()
    assert row.ref in own_page and "39\xa0000" in own_page
    with inside(alpha.scope):
        assert list(differences()) == []


def key() -> dict[str, str]:
    return {"Idempotency-Key": uuid4().hex}


def test_the_list_shows_them_over_all_orders(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        own(country="KG")
        rows = [hired(alpha, "1000.00", "KGS") for _ in range(2)]
        paid = [
            advance(alpha, row, sum_) for row, sum_ in zip(rows, ("70.11", "80.22"), strict=True)
        ]
        came_back(alpha, paid[0], "70.11")
    browser = browse(alpha, "accountant")
    everything = browser.get("/finance/carriers/advances/").content.decode()
    assert everything.count("70,11") == 2 and "80,22" in everything
    open_ones = browser.get("/finance/carriers/advances/?view=open").content.decode()
    assert "70,11" not in open_ones and rows[1].ref in open_ones
    searched = browser.get(f"/finance/carriers/advances/?q={rows[0].ref}").content.decode()
    assert "70,11" in searched and "80,22" not in searched
    table = browser.get("/finance/carriers/advances/export/?format=csv").content.decode("utf-8-sig")
    assert rows[0].ref in table and rows[1].ref in table
    for name in ("client", "partner"):
        answer = browse(alpha, name).get("/finance/carriers/advances/")
        assert answer.status_code in (302, 403, 404)
