"""Opening balances: booked on the day the books begin, paid as other debts, taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companies.models import Company
from finance import beginning, client_advances, credit_notes, invoices, opening, payments
from finance.beginning import CannotBegin
from finance.client_advances import CannotAllocate, Part
from finance.credit_notes import CannotCredit
from finance.invoices import CannotCancel
from finance.models import (
    ClientAdvance,
    FeeCharge,
    Invoice,
    Method,
    MonthClose,
    OpeningBalance,
    OpeningKind,
)
from finance.opening import Balance, CannotOpen
from finance.queries.ageing import ageing
from finance.queries.balances import trial_balance
from finance.queries.dashboard import figures
from finance.queries.pnl import pnl
from finance.verify import differences
from tenants.context import inside
from tenants.kit.doubts import Doubt
from tests.finance.money_doc import table
from tests.finance.money_samples import invoice as invoice_of
from tests.finance.money_samples import noon, rate
from tests.finance.test_exchange import balances
from tests.finance.test_statements import open_accounts
from tests.world import Cast

FIRST = date(2026, 1, 1)
NOW = noon("2026-11-25")
OLD = date(2025, 12, 3)


@pytest.fixture
def shop(in_alpha: Cast) -> Cast:
    open_accounts()
    return in_alpha


def client(cast: Cast) -> Company:
    return Company.objects.get(pk=cast.company_id("client"))


def enter(cast: Cast, kind: str, amount: str, **more: Any) -> OpeningBalance:
    facts = {"currency": "KGS", "fx": None} | more
    acts = {
        name: facts.pop(name, default)
        for name, default in (("once", uuid4()), ("sure", frozenset()), ("at", NOW))
    }
    if kind in ("debt", "advance"):
        facts = {"company": client(cast)} | facts
    if kind == "debt":
        facts = {"reference": "45/25", "document_on": OLD, "due_on": date(2026, 1, 15)} | facts
    balance = Balance(OpeningKind(kind), Decimal(amount), **facts)
    return opening.enter(balance=balance, by=cast.actor("accountant"), **acts)


def back(cast: Cast, row: OpeningBalance, **more: Any) -> OpeningBalance:
    facts = {"once": uuid4(), "reason": "ошибка", "at": NOW} | more
    return opening.take_back(opening=row, by=cast.actor("accountant"), **facts)


def pay(cast: Cast, bill: Invoice, amount: str, **more: Any) -> None:
    payments.receive(
        invoice=bill,
        amount=Decimal(amount),
        paid_on=date(2026, 11, 20),
        method=Method.BANK,
        once=uuid4(),
        by=cast.actor("head"),
        at=NOW,
        **more,
    )


def at_home() -> dict[str, Decimal]:
    return {account: sums[1] for account, sums in balances().items() if any(sums)}


def is_zero(home: str = "KGS") -> bool:
    sheets = trial_balance(first=FIRST, last=date(2026, 12, 31), home=home).sheets
    return all(sheet.difference == 0 for sheet in sheets)


def test_the_table_of_the_books(shop: Cast) -> None:
    for what, amount, currency, fx, *left in table("Opening balances"):
        kind, _mark, number = what.partition(" ")
        facts = {"reference": number} if number else {}
        enter(shop, kind, amount, currency=currency, fx=Decimal(fx) if fx else None, **facts)
        stands = at_home()
        names = ("bank", "cash", "receivable", "on_account", "opening")
        assert [stands.get(name, Decimal(0)) for name in names] == [Decimal(one) for one in left]
        assert is_zero()
    assert list(differences()) == []
    [month] = pnl([FIRST], "KGS").at_home
    assert month.profit == 0


def test_an_old_debt_is_owed_paid_and_bears_nothing(shop: Cast) -> None:
    row = enter(shop, "debt", "1000.00", currency="USD", fx=Decimal("87.50"))
    bill = row.invoice
    assert bill is not None
    assert (bill.number, bill.rest, bill.tax, bill.issued_on, bill.earned_on) == (
        "OB-45-25",
        Decimal("1000.00"),
        Decimal(0),
        OLD,
        FIRST,
    )
    [debt] = ageing(on=date(2026, 11, 20)).receivable.debts
    assert (debt.worth.amount, debt.worth.home) == (Decimal("1000.00"), Decimal("87500.00"))
    pay(shop, bill, "400.00", fx=Decimal("90"))
    pay(shop, bill, "600.00", fx=Decimal("85"))
    assert at_home() == {
        "bank": Decimal("87000.00"),
        "exchange": Decimal("500.00"),
        "opening": Decimal("-87500.00"),
    }
    assert not FeeCharge.objects.exists()
    assert list(differences()) == []


def test_an_old_prepayment_pays_an_invoice_and_is_no_receipt_of_the_month(shop: Cast) -> None:
    row = enter(shop, "advance", "500.00")
    assert row.advance is not None
    assert figures(today=date(2026, 1, 20)).receipts.series[-1] == 0
    bill = invoice_of(shop, "300.00")
    part = Part(bill, Decimal("100.00"))
    facts = {"once": uuid4(), "by": shop.actor("accountant"), "at": NOW}
    client_advances.allocate(advance=row.advance, parts=[part], **facts)
    with pytest.raises(CannotOpen) as refused:
        back(shop, row)
    assert refused.value.field == "reason"
    with pytest.raises(CannotAllocate):
        too_much = Part(bill, Decimal("401.00"))
        client_advances.allocate(advance=row.advance, parts=[too_much], **facts | {"once": uuid4()})
    assert at_home()["on_account"] == Decimal("-400.00")
    assert list(differences()) == []


@pytest.mark.parametrize("kind", ["bank", "cash", "debt", "advance"])
def test_what_was_entered_by_mistake_is_taken_back_once(shop: Cast, kind: str) -> None:
    row = enter(shop, kind, "120.50")
    reversal = back(shop, row)
    assert (reversal.on, reversal.reverses_id) == (FIRST, row.pk)
    assert back(shop, row, once=reversal.once).pk == reversal.pk
    for wrong in (row, reversal):
        with pytest.raises(CannotOpen) as refused:
            back(shop, wrong)
        assert refused.value.field == "reason"
    assert at_home() == {}
    assert list(differences()) == []
    again = enter(shop, kind, "120.50")
    if again.invoice:
        assert again.invoice.number == "OB-45-25-2"


def test_a_debt_that_is_paid_stands(shop: Cast) -> None:
    row = enter(shop, "debt", "100.00")
    bill = row.invoice
    assert bill is not None
    pay(shop, bill, "1.00")
    with pytest.raises(CannotOpen):
        back(shop, row)
    with pytest.raises(CannotCancel):
        invoices.cancel(invoice=bill, reason="нет", by=shop.actor("head"), at=NOW)
    with pytest.raises(CannotCredit):
        credit_notes.issue(
            invoice=bill,
            amount=Decimal(10),
            reason="нет",
            once=uuid4(),
            by=shop.actor("head"),
            at=NOW,
        )
    assert OpeningBalance.objects.count() == 1
    assert at_home()["receivable"] == Decimal("99.00")


@pytest.mark.parametrize(
    ("field", "kind", "facts"),
    [
        ("amount", "bank", {"amount": "0"}),
        ("amount", "cash", {"amount": "-1"}),
        ("amount", "debt", {"amount": "-1"}),
        ("amount", "bank", {"amount": "-0.001"}),
        ("currency", "bank", {"currency": "XXX"}),
        ("fx", "bank", {"currency": "USD"}),
        ("fx", "bank", {"fx": Decimal(2)}),
        ("company", "debt", {"company": None}),
        ("company", "advance", {"company": None}),
        ("reference", "debt", {"reference": ""}),
        ("document_on", "debt", {"document_on": None}),
        ("document_on", "debt", {"document_on": date(2026, 1, 2)}),
        ("due_on", "debt", {"due_on": None}),
        ("due_on", "debt", {"due_on": date(2025, 12, 1)}),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    shop: Cast, field: str, kind: str, facts: dict[str, Any]
) -> None:
    with pytest.raises(CannotOpen) as refused:
        enter(shop, kind, facts.pop("amount", "10.00"), **facts)
    assert refused.value.field == field
    for model in (OpeningBalance, Invoice, ClientAdvance):
        assert not model.objects.exists()
    assert at_home() == {}


def test_money_of_our_own_has_no_client_and_a_carrier_owes_no_old_invoice(shop: Cast) -> None:
    carrier = Company.objects.get(pk=shop.company_id("partner"))
    for kind, company in (("bank", client(shop)), ("debt", carrier), ("advance", carrier)):
        with pytest.raises(CannotOpen) as refused:
            enter(shop, kind, "10.00", company=company)
        assert refused.value.field == "company"


def test_the_same_balance_is_asked_about(shop: Cast) -> None:
    first = enter(shop, "bank", "10.00")
    assert enter(shop, "bank", "10.00", once=first.once).pk == first.pk
    with pytest.raises(Doubt) as doubt:
        enter(shop, "bank", "10.00")
    enter(shop, "cash", "10.00")
    enter(shop, "bank", "10.00", sure={doubt.value.key})
    assert OpeningBalance.objects.count() == 3


def test_the_office_rate_of_the_day_is_the_usual_one(shop: Cast) -> None:
    rate("2026-01-01", "87.00")
    assert enter(shop, "cash", "2.00", currency="USD").home_amount == Decimal("174.00")


def test_none_after_the_close_of_its_month_and_the_day_stays(shop: Cast) -> None:
    row = enter(shop, "bank", "10.00")
    with pytest.raises(CannotBegin):
        beginning.begin(on=date(2025, 12, 1), by=shop.actor("head"), at=NOW)
    MonthClose.objects.update_or_create(kind="books", month=FIRST, defaults={"closed_at": NOW})
    with pytest.raises(CannotOpen) as refused:
        enter(shop, "bank", "20.00")
    assert refused.value.field == "kind"
    with pytest.raises(CannotOpen):
        back(shop, row)
    assert at_home()["bank"] == Decimal("10.00")


@given(
    sums=st.lists(
        st.tuples(
            st.integers(1, 10_000_000),
            st.sampled_from(["KGS", "USD"]),
            st.sampled_from(["bank", "overdraft", "cash", "debt", "advance"]),
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
def test_the_books_hold_what_stands(shop: Cast, sums: list[tuple[int, str, str, bool]]) -> None:
    before = at_home().get("opening", Decimal(0))
    expected = Decimal(0)
    for cents, currency, what, is_mistake in sums:
        fx = Decimal("87.1234") if currency == "USD" else None
        sign = -1 if what == "overdraft" else 1
        kind = "bank" if what == "overdraft" else what
        amount = str(sign * Decimal(cents) / 100)
        row = enter(shop, kind, amount, currency=currency, fx=fx, sure=None)
        if is_mistake:
            back(shop, row)
        else:
            expected += -row.home_amount if kind == "advance" else row.home_amount
        assert list(differences()) == []
        assert is_zero()
    assert at_home().get("opening", Decimal(0)) - before == -expected


def test_the_pages_book_show_and_take_it_back(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        open_accounts()
    browser = browse(alpha, "accountant")
    typed = {
        "kind": "debt",
        "company": str(alpha.company_id("client")),
        "amount": "1 120,50",
        "currency": "KGS",
        "reference": "УТ-7/25",
        "document_on": "2025-12-03",
        "due_on": "2025-12-01",
        "once": str(uuid4()),
    }
    wrong = browser.post("/finance/opening/new/", typed)
    assert wrong.status_code == 422
    assert "УТ-7/25" in wrong.content.decode()
    added = browser.post("/finance/opening/new/", typed | {"due_on": "2026-01-20"})
    assert added.status_code == 302
    card = added["Location"]
    assert "OB-УТ-7-25" in browser.get(card).content.decode()
    listed = browser.get("/finance/opening/?kind=debt&q=УТ-7").content.decode()
    assert "1 120,50" in listed.replace("\u00a0", " ")
    assert "УТ-7/25" not in browser.get("/finance/opening/?kind=bank").content.decode()
    table_of = browser.get("/finance/opening/export/?format=csv").content.decode("utf-8-sig")
    assert "УТ-7/25" in table_of
    with inside(alpha.scope):
        bill = Invoice.objects.get()
    invoice_page = browser.get(f"/finance/invoices/{bill.number}/").content.decode()
    assert "/cancel/" not in invoice_page and "/credit/" not in invoice_page
    assert bill.number in browser.get("/finance/").content.decode()
    assert browser.post(f"{card}back/", {"once": str(uuid4()), "reason": ""}).status_code == 422
    sent = {"once": str(uuid4()), "reason": "дважды"}
    assert browser.post(f"{card}back/", sent).status_code == 302
    page = browser.get(card).content.decode()
    assert "дважды" in page and f"{card}back/" not in page
    for name in ("client", "partner"):
        assert browse(alpha, name).get(card).status_code in (302, 403, 404)
    with inside(alpha.scope):
        assert list(differences()) == []


def test_the_api_books_lists_and_takes_back(alpha: Cast, call: Any) -> None:
    with inside(alpha.scope):
        open_accounts()
    api = call(alpha, "accountant")
    body = {
        "kind": "debt",
        "amount": "15.00",
        "company": str(alpha.company_id("client")),
        "reference": "45",
        "document_on": "2025-12-03",
        "due_on": "2026-01-20",
    }
    for field, value in (("company", str(uuid4())), ("firm", 99), ("due_on", "2025-12-02")):
        missed = api.send("post", "finance/opening", body | {field: value}, **key())
        assert (missed.status_code, list(missed.json()["errors"])) == (422, [field])
    once = key()
    first = api.send("post", "finance/opening", body, **once)
    assert (first.status_code, first.json()["on"]) == (201, "2026-01-01")
    assert api.send("post", "finance/opening", body, **once).content == first.content
    bill = api.send("get", f"invoices/{first.json()['invoice']}").json()
    assert (bill["number"], bill["rest"], bill["order"]) == ("OB-45", "15.00", None)
    address = f"finance/opening/{first.json()['id']}/reverse"
    assert api.send("post", address, {"reason": "нет"}, **key()).status_code == 201
    again = api.send("post", address, {"reason": "нет"}, **key())
    assert (again.status_code, again.json()["title"]) == (422, "cannot_take_back")
    listed = api.send("get", "finance/opening?kind=debt").json()["results"]
    assert sorted(one["reverses"] is None for one in listed) == [False, True]
    with inside(alpha.scope):
        assert list(differences()) == []


def key() -> dict[str, str]:
    return {"Idempotency-Key": uuid4().hex}


def test_a_key_of_the_other_act_books_and_takes_back_nothing(shop: Cast) -> None:
    row = enter(shop, "bank", "10.00")
    with pytest.raises(CannotOpen):
        back(shop, row, once=row.once)
    reversal = back(shop, row)
    with pytest.raises(CannotOpen):
        enter(shop, "bank", "20.00", once=reversal.once)
    assert OpeningBalance.objects.count() == 2
