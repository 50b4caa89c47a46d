"""The trial balance and the cards of accounts: equal to the raw sum over all lines, on any day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given

from finance import invoices
from finance.models import Account, Entry, EntryKind, Invoice
from finance.queries.account_lines import BOOKED, account_lines, running
from finance.queries.balances import trial_balance
from tenants.context import inside
from tenants.kit import keyset
from tests.finance.money_samples import invoice, noon, own, pay, rate
from tests.finance.raw_books import ENTRIES, PERIODS, RANDOM, Booked, booked, period_of, raw_books
from tests.tools import clocks_stand_at
from tests.world import Cast

TRIAL_BALANCE = "/finance/accounts/"
CARD = "/finance/accounts/receivable/"
NUMBER = re.compile(r"[\d\u00a0\u202f ]+,\d\d")


@pytest.fixture(autouse=True)
def _in_march() -> Iterator[None]:
    with clocks_stand_at(noon("2026-03-20")):
        yield


def sold(cast: Cast) -> Invoice:
    """Two invoices, one in dollars, and parts of both paid."""
    own()
    rate("2026-03-10", "85.00")
    bill = invoice(cast, "1000.00", on="2026-02-10")
    pay(cast, bill, "400.00", "2026-03-05")
    dollars = invoice(
        cast,
        "1000.00",
        on="2026-03-02",
        currency="USD",
        client_fx=Decimal("87.50"),
        client="client2",
    )
    pay(cast, dollars, "1000.00", "2026-03-10", fx=Decimal("85.00"))
    return bill


@RANDOM
@given(entries=ENTRIES, days=PERIODS)
def test_the_trial_balance_equals_the_raw_sum_of_all_lines(
    in_alpha: Cast, entries: list[Booked], days: tuple[int, int]
) -> None:
    """Each sheet adds up to nothing, and each account is what plain SQL says."""
    first, last = period_of(days)
    with booked(entries):
        books = trial_balance(first=first, last=last, home="KGS")
        raw = raw_books(first, last)
    for sheet in (books.at_home, *books.by_currency):
        assert sheet.differences == (0, 0, 0)
    at_home = {row.account: row.turnover for row in books.at_home.rows}
    assert {code: (t.opening, t.debit, t.credit) for code, t in at_home.items()} == raw.at_home
    amounts = {
        (row.account, sheet.currency): row.turnover
        for sheet in books.by_currency
        for row in sheet.rows
    }
    assert {key: (t.opening, t.debit, t.credit) for key, t in amounts.items()} == raw.amounts


@RANDOM
@given(entries=ENTRIES, days=PERIODS)
def test_the_card_of_each_account_ends_where_the_trial_balance_says(
    in_alpha: Cast, entries: list[Booked], days: tuple[int, int]
) -> None:
    """Its lines run from the opening balance to the closing one, whole and in pages of two."""
    first, last = period_of(days)
    with booked(entries):
        books = trial_balance(first=first, last=last, home="KGS")
        for row in books.at_home.rows:
            rows = account_lines(row.account, first=first, last=last)
            lines = list(running(row.account, keyset.walk(rows, sort=BOOKED)))
            by_currency = {line.currency: line.balance.amount for line in lines}
            for sheet in books.by_currency:
                closing = sheet.of(row.account).closing
                assert by_currency.get(sheet.currency, closing) == closing
            assert not lines or lines[-1].balance.home == row.turnover.closing
            paged = []
            for start in range(0, len(lines), 2):
                piece = [one.line for one in lines[start : start + 2]]
                paged += list(running(row.account, piece))
            assert [one.balance for one in paged] == [one.balance for one in lines]


def test_the_page_shows_each_currency_and_leads_to_the_cards(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        sold(alpha)
    text = browse(alpha, "accountant").get(TRIAL_BALANCE).content.decode()
    period = "from=2026-03-01&amp;to=2026-03-31"
    assert f'href="{CARD}?{period}"' in text
    assert f'href="{CARD}?{period}&amp;currency=USD"' in text
    plain = text.replace("\xa0", " ").replace("\u202f", " ")
    assert "87 500,00" in plain and "85 400,00" in plain and "2 500,00" in plain
    foot = plain.rpartition("<tfoot>")[2]
    assert foot.count('colspan="2">0,00') == 3


def test_a_period_is_asked_for_and_nonsense_is_said(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        sold(alpha)
    browser = browse(alpha, "accountant")
    february = browser.get(f"{TRIAL_BALANCE}?from=2026-02-01&to=2026-02-28").content.decode()
    assert "USD" not in february.partition("<main")[2]
    for odd in ("from=x", "to=0001-01-01", "from=2026-03-02&to=2026-03-01"):
        answer = browser.get(f"{TRIAL_BALANCE}?{odd}")
        assert answer.status_code == 200 and "is-invalid" in answer.content.decode(), odd


def test_the_trial_balance_is_a_file_and_a_paper(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        sold(alpha)
    browser = browse(alpha, "accountant")
    table = browser.get(f"{TRIAL_BALANCE}?format=csv").content.decode("utf-8-sig").splitlines()
    totals = [row.split(";")[2:] for row in table if "Всего" in row]
    assert len(totals) == 3
    assert all(row[0::2] == row[1::2] for row in totals)
    assert browser.get(f"{TRIAL_BALANCE}?format=xlsx").content.startswith(b"PK")
    paper = browser.get(f"{TRIAL_BALANCE}?format=pdf")
    assert paper.content.startswith(b"%PDF")
    assert paper["Content-Disposition"].endswith('-2026-03-01-2026-03-31.pdf"')


def test_a_card_shows_its_lines_with_a_running_balance(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        bill = sold(alpha)
    browser = browse(alpha, "accountant")
    text = browser.get(f"{CARD}?from=2026-02-01&to=2026-03-31&currency=KGS").content.decode()
    assert f"/finance/invoices/{bill.number}/" in text
    table = browser.get(f"{CARD}?from=2026-02-01&to=2026-03-31&currency=KGS&format=csv")
    rows = [row.split(";") for row in table.content.decode("utf-8-sig").splitlines()]
    balances = [row[10] for row in rows[1:]]
    assert balances == ["1000.00", "600.00"]
    assert browser.get("/finance/accounts/zzz/").status_code == 404


def test_an_entry_shows_who_booked_it_and_what_takes_it_back(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        own()
        bill = invoice(alpha, "1000.00", on="2026-03-02")
        invoices.cancel(
            invoice=bill,
            reason="wrong price",
            by=alpha.actor("accountant"),
            at=noon("2026-03-05"),
        )
        old = Entry.objects.get(kind=EntryKind.ACT)
        new = Entry.objects.get(kind=EntryKind.CORRECTION)
    browser = browse(alpha, "accountant")
    page = browser.get(f"/finance/entries/{old.pk}/").content.decode()
    assert f"/finance/entries/{new.pk}/" in page
    assert alpha.actor("accountant").name in page
    back = browser.get(f"/finance/entries/{new.pk}/").content.decode()
    assert f"/finance/entries/{old.pk}/" in back and "wrong price" in back


def test_the_books_are_of_the_office_alone(alpha: Cast, beta: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        bill = sold(alpha)
        entry = Entry.objects.filter(subject=bill.subject).first()
        assert entry
    card = f"/finance/entries/{entry.pk}/"
    for path in (TRIAL_BALANCE, CARD, card):
        assert browse(alpha, "dispatcher").get(path).status_code == 200
        assert browse(alpha, "client").get(path).status_code == 404
        assert browse(alpha, "partner").get(path).status_code == 404
    assert browse(beta).get(card).status_code == 404
    assert bill.number not in browse(beta).get(CARD).content.decode()
    assert "1\xa0000,00" not in browse(beta).get(TRIAL_BALANCE).content.decode()


@pytest.mark.parametrize(("path", "statements"), [(TRIAL_BALANCE, 2), (CARD, 7)])
def test_a_report_asks_the_same_number_of_questions_however_long(
    alpha: Cast, browse: Any, path: str, statements: int
) -> None:
    browser = browse(alpha, "accountant")
    counts = []
    for more in (1, 2):
        with inside(alpha.scope):
            for _ in range(more):
                sold(alpha)
        browser.get(path)
        with CaptureQueriesContext(connection) as captured:
            browser.get(path)
        counts.append(sum('"finance_' in query["sql"] for query in captured))
    assert counts == [statements, statements]


def test_the_api_tells_the_trial_balance_of_a_day(alpha: Cast, call: Any) -> None:
    with inside(alpha.scope):
        sold(alpha)
    api = call(alpha, "accountant")
    books = api.send("get", "finance/trial-balance?on=2026-03-10").json()
    assert (books["from"], books["on"]) == ("2026-03-01", "2026-03-10")
    sheets = [books["at_home"], *books["currencies"]]
    assert [(sheet["currency"], sheet["difference"]) for sheet in sheets] == [
        ("KGS", "0.00"),
        ("KGS", "0.00"),
        ("USD", "0.00"),
    ]
    rows = {row["account"]: row for row in books["at_home"]["accounts"]}
    assert rows["exchange"]["closing"] == "2500.00"
    assert rows["receivable"]["opening"] == "1000.00"
    assert rows["receivable"]["closing"] == "600.00"
    wrong = api.send("get", "finance/trial-balance?from=2026-03-02&to=2026-03-01")
    assert wrong.status_code == 400 and "to" in wrong.json()["errors"]


def test_the_api_tells_an_account_line_by_line(alpha: Cast, call: Any) -> None:
    with inside(alpha.scope):
        bill = sold(alpha)
    api = call(alpha, "accountant")
    card = api.send("get", "finance/accounts/receivable?from=2026-02-01&limit=3").json()
    assert card["at_home"]["closing"] == "600.00"
    first = card["results"][0]
    assert (first["amount"], first["currency"], first["home_amount"]) == (
        "1000.00",
        "KGS",
        "1000.00",
    )
    assert first["invoice"] == bill.number
    rest = api.get(card["next"]).json()
    assert rest["results"][-1]["home_balance"] == "600.00"
    assert api.send("get", "finance/accounts/zzz").status_code == 404
    assert call(alpha, "client").send("get", "finance/accounts/receivable").status_code in (
        403,
        404,
    )


def test_a_day_within_a_month_takes_only_its_lines(in_alpha: Cast) -> None:
    sold(in_alpha)
    books = trial_balance(first=date(2026, 3, 6), last=date(2026, 3, 9), home="KGS")
    bank = books.at_home.of(Account.BANK)
    assert (bank.opening, bank.debit, bank.closing) == (Decimal("400.00"), 0, Decimal("400.00"))
