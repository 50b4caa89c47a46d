"""Books of sales and purchases: their tax is the turnover of the accounts of tax."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companies.models import OwnFirm
from finance import input_tax, invoices
from finance.models import Account, Invoice, Line, Status
from finance.queries.tax_books import Book, BookRow, RowKind, tax_book, totals_of
from tenants.context import inside
from tests.finance import test_input_tax
from tests.finance.money_doc import table
from tests.finance.money_samples import accepted, invoice, invoice_ahead, noon, own, pay, rate
from tests.finance.test_recognition import DAY, REGIMES, firm
from tests.finance.test_write_offs import LATE, LateDesk, _do, credit
from tests.world import Cast

YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}


@pytest.fixture
def cast(in_alpha: Cast) -> Cast:
    own(country="KG", vat_payer=True)
    return in_alpha


def turnover(account: Account, sign: int, first: date, last: date) -> tuple[Decimal, Decimal]:
    """What went through an account in a period: amounts of all currencies added, and at home."""
    amount = home = Decimal("0.00")
    for line in Line.objects.filter(entry__on__range=(first, last)):
        side = (line.credit == account) - (line.debit == account)
        amount += sign * side * line.amount
        home += sign * side * (line.home_amount or 0)
    return amount, home


def tax_of(rows: list[BookRow]) -> tuple[Decimal, Decimal]:
    amount = sum((row.tax.amount for row in rows), Decimal("0.00"))
    return amount, totals_of(rows).tax


def agree(first: date, last: date) -> None:
    """The books of a period against the ledger."""
    for book, account, sign in (
        (Book.SALES, Account.TAX, 1),
        (Book.PURCHASES, Account.INPUT_TAX, -1),
    ):
        rows = tax_book(book, first=first, last=last)
        assert tax_of(rows) == turnover(account, sign, first, last)
        for row in rows:
            assert row.net.home + row.tax.home == row.gross.home


def test_the_book_of_sales_holds_what_the_table_says(in_alpha: Cast) -> None:
    desk = LateDesk(in_alpha)
    for regime, act, expected in table("Books of sales and purchases"):
        if act.startswith("issue"):
            rate(DAY, "80.00")
            rate(LATE, "90.00")
            firm(*regime.split())
        before = tax_book(Book.SALES, **YEAR)
        desk.play(act)
        after = tax_book(Book.SALES, **YEAR)
        rows = [row for row in after if row not in before]
        shown = [f"{row.kind} {row.net.home} + {row.tax.home} = {row.gross.home}" for row in rows]
        assert ", ".join(shown) == expected, (regime, act)
        agree(**YEAR)


def test_a_row_names_the_document_and_the_counterparty(cast: Cast) -> None:
    bill = invoice(cast, "100000.00")
    bill.company.inn = "01234567890123"
    bill.company.save()
    credit(cast, bill, Decimal("11200.00"))
    sale, note = tax_book(Book.SALES, **YEAR)
    assert (sale.number, sale.name, sale.tax_number) == (
        bill.number,
        bill.client_name,
        "01234567890123",
    )
    assert (note.kind, note.number) == (RowKind.CREDIT_NOTE, "26-1")
    assert (note.gross.home, note.tax.home, note.on) == (
        Decimal("-11200.00"),
        Decimal("-1200.00"),
        date(2026, 4, 20),
    )


def test_a_purchase_stands_with_its_invoice_and_goes_with_it(cast: Cast) -> None:
    payable = test_input_tax.owed(cast, currency="KGS", carrier_currency="USD", carrier_fx="87.50")
    assert tax_book(Book.PURCHASES, **YEAR) == []
    test_input_tax.enter(cast, payable, "ЭСФ 17", date(2026, 3, 20))
    (row,) = tax_book(Book.PURCHASES, **YEAR)
    assert (row.number, row.on, row.kind, row.currency) == (
        "ЭСФ 17",
        date(2026, 3, 20),
        RowKind.PURCHASE,
        "USD",
    )
    assert (row.gross.amount, row.tax.amount, row.rate) == (
        Decimal("100000.00"),
        Decimal("10714.29"),
        Decimal("87.5000"),
    )
    by = cast.actor("accountant")
    input_tax.take_back(payable=payable, by=by, at=noon("2026-03-26"))
    first, back = tax_book(Book.PURCHASES, **YEAR)
    assert (first.number, back.number, back.kind) == ("ЭСФ 17", "ЭСФ 17", RowKind.TAKEN_BACK)
    assert first.gross + back.gross == first.gross - first.gross
    test_input_tax.enter(cast, payable, "ЭСФ 18", date(2026, 3, 21))
    assert [row.number for row in tax_book(Book.PURCHASES, **YEAR)] == [
        "ЭСФ 17",
        "ЭСФ 17",
        "ЭСФ 18",
    ]
    agree(**YEAR)


def test_each_own_firm_has_its_books(cast: Cast) -> None:
    OwnFirm.objects.create(
        pk=2,
        name="Second",
        country="KG",
        vat_payer=True,
        inn="02",
        is_main=False,
        number_prefix="B",
    )
    first = invoice(cast, "100.00")
    second = invoice(cast, "200.00", seller_firm=2)
    hired = [test_input_tax.owed(cast, hiring_firm=number) for number in (None, 2)]
    for number, payable in enumerate(hired):
        test_input_tax.enter(cast, payable, f"ЭСФ {number}")
    assert [row.number for row in tax_book(Book.SALES, **YEAR, firm=1)] == [first.number]
    assert [row.number for row in tax_book(Book.SALES, **YEAR, firm=2)] == [second.number]
    assert [row.number for row in tax_book(Book.PURCHASES, **YEAR, firm=1)] == ["ЭСФ 0"]
    assert [row.number for row in tax_book(Book.PURCHASES, **YEAR, firm=2)] == ["ЭСФ 1"]
    assert len(tax_book(Book.SALES, **YEAR)) == 2


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["pay", "refund", "give_up", "take_back", "credit", "buy", "unbuy", "cancel"]
        ),
        st.integers(1, 120),
        st.sampled_from(["79.13", "80.00", "91.77"]),
    ),
    min_size=1,
    max_size=8,
)


@given(
    regime=REGIMES,
    price=st.integers(1, 100_000),
    tax=st.sampled_from(["included", "on_top"]),
    ahead=st.integers(0, 100),
    acts=ACTS,
)
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_after_any_acts_the_books_are_the_ledger_s(
    cast: Cast,
    regime: tuple[str, str],
    price: int,
    tax: str,
    ahead: int,
    acts: list[tuple[str, int, str]],
) -> None:
    with transaction.atomic():
        firm(*regime)
        rate(DAY, "80.00")
        rate(LATE, "81.37")
        facts = {"currency": "USD", "client_fx": Decimal(80), "price_tax": tax}
        bill = invoice_ahead(cast, str(Decimal(price) / 100), on=DAY, **facts)
        first = (bill.gross * ahead / 100).quantize(Decimal("0.01"))
        if first:
            pay(cast, bill, str(first), DAY, fx=Decimal("79.11"), by=cast.actor("head"))
        agree(**YEAR)
        accepted(cast, bill, DAY)
        for verb, percent, fx in acts:
            _act(cast, bill, verb, percent, fx)
            agree(**YEAR)
            agree(date(2026, 4, 1), date(2026, 4, 30))
        transaction.set_rollback(True)


def _act(cast: Cast, bill: Invoice, verb: str, percent: int, fx: str) -> None:
    """An act of selling or buying, where the books take it."""
    bill.refresh_from_db()
    if bill.status == Status.CANCELLED:
        return
    if verb == "buy":
        payable = test_input_tax.owed(cast, str(percent), carrier_currency="USD", carrier_fx=fx)
        if payable.is_deductible:
            test_input_tax.enter(cast, payable)
    elif verb == "unbuy":
        standing = test_input_tax.Payable.objects.exclude(tax_entry=None).first()
        if standing:
            by = cast.actor("accountant")
            input_tax.take_back(payable=standing, by=by, at=noon(LATE))
    elif verb == "cancel":
        if not bill.paid:
            by = cast.actor("head")
            invoices.cancel(invoice=bill, reason="wrong", by=by, at=noon(LATE))
    else:
        _do(cast, bill, verb, percent, fx)


def test_the_page_and_its_file_show_the_same(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        own(country="KG", vat_payer=True)
        bill = invoice(alpha, "1000.00")
    browser = browse(alpha, "accountant")
    address = "/finance/books/?from=2026-03-01&to=2026-03-31"
    shown = browser.get(address).content.decode()
    assert bill.number in shown and "1\xa0120,00" in shown
    file = browser.get(f"{address}&format=csv").content.decode("utf-8-sig")
    heading, row, total = list(csv.reader(StringIO(file), delimiter=";"))
    assert len(heading) == len(row) == len(total) == 14
    assert row[0] == bill.number
    assert [Decimal(sum_) for sum_ in total[-3:]] == [1000, 120, 1120]
    assert bill.number not in browser.get(f"{address}&book=purchases").content.decode()
    assert browser.get("/finance/books/?from=2026-05-01&book=rubbish").status_code == 200
    assert browse(alpha, "client").get("/finance/books/").status_code == 404


def test_a_book_asks_the_same_number_of_questions_however_long(alpha: Cast, browse: Any) -> None:
    browser = browse(alpha, "accountant")
    counts = []
    for more in (1, 3):
        with inside(alpha.scope):
            own(country="KG", vat_payer=True)
            for _ in range(more):
                invoice(alpha, "1000.00")
        address = "/finance/books/?from=2026-03-01&to=2026-03-31"
        browser.get(address)
        with CaptureQueriesContext(connection) as captured:
            browser.get(address)
        counts.append(sum('"finance_' in query["sql"] for query in captured))
    assert counts == [2, 2]


def test_the_api_tells_both_books(alpha: Cast, call: Any) -> None:
    with inside(alpha.scope):
        own(country="KG", vat_payer=True)
        bill = invoice(alpha, "1000.00")
    api = call(alpha, "accountant")
    book = api.send("get", "finance/sales-book?from=2026-03-01&to=2026-03-31").json()
    assert (book["from"], book["to"], book["currency"]) == ("2026-03-01", "2026-03-31", "KGS")
    assert [(row["number"], row["kind"], row["home_tax"]) for row in book["rows"]] == [
        (bill.number, "sale", "120.00")
    ]
    assert book["total"] == {"net": "1000.00", "tax": "120.00", "gross": "1120.00"}
    assert api.send("get", "finance/purchases-book?firm=1").json()["rows"] == []
    assert api.send("get", "finance/sales-book?firm=0").status_code == 400
    assert call(alpha, "client").send("get", "finance/sales-book").status_code == 404
