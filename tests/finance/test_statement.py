"""The statement of a company: equal to the raw sum of its lines, to its invoices and to the account;
and the акт сверки made of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given

from companies.merging import merge, preview
from companies.models import Company
from documents.models import Document
from finance import invoices, payables, reconciling
from finance.ledger import Move
from finance.models import Account
from finance.queries.balances import trial_balance
from finance.queries.company_statement import AS_CARRIER, AS_CLIENT, company_statement
from tenants.context import inside
from tests.finance.money_samples import give_back, invoice, noon, order, own, pay, rate
from tests.finance.raw_books import ENTRIES, PERIODS, RANDOM, Booked, booked, period_of
from tests.tools import clocks_stand_at
from tests.world import Cast

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
OPEN = """
SELECT line.currency,
  sum(line.amount * CASE WHEN line.debit = ANY(%(accounts)s) THEN 1 ELSE -1 END),
  sum(line.home_amount * CASE WHEN line.debit = ANY(%(accounts)s) THEN 1 ELSE -1 END)
FROM finance_line line
JOIN finance_entry entry ON entry.id = line.entry_id
WHERE line.company_id = %(company)s AND entry."on" <= %(day)s
  AND (line.debit = ANY(%(accounts)s)) <> (line.credit = ANY(%(accounts)s))
GROUP BY 1
"""


@pytest.fixture(autouse=True)
def _in_march() -> Iterator[None]:
    with clocks_stand_at(noon("2026-03-20")):
        yield


def client_of(cast: Cast, name: str = "client") -> Company:
    return Company.objects.get(pk=cast.company_id(name))


def traded(cast: Cast) -> Company:
    """Invoices in two currencies, a receipt at another rate, a refund, and one taken back."""
    own()
    rate("2026-03-10", "85.00")
    bill = invoice(cast, "1000.00", on="2026-01-15")
    back = pay(cast, bill, "1000.00", "2026-02-20")
    give_back(cast, back, "300.00", "2026-03-03")
    dollars = invoice(
        cast,
        "1000.00",
        on="2026-03-02",
        currency="USD",
        client_fx=Decimal("87.50"),
    )
    pay(cast, dollars, "1000.00", "2026-03-10", fx=Decimal("85.00"))
    wrong = invoice(cast, "50.00", on="2026-03-11")
    accountant = cast.actor("accountant")
    invoices.cancel(invoice=wrong, reason="twice", by=accountant, at=noon("2026-03-12"))
    invoice(cast, "777.00", on="2026-03-12", client="client2")
    return client_of(cast)


def raw(company: Company, day: date) -> dict[str, tuple[Decimal, Decimal]]:
    """What stands open of a company on a day, by plain SQL."""
    accounts = ["receivable", "advance", "on_account", "payable", "advances_paid"]
    with connection.cursor() as cursor:
        cursor.execute(OPEN, {"accounts": accounts, "company": company.pk, "day": day})
        return {currency: (amount, home) for currency, amount, home in cursor.fetchall()}


@RANDOM
@given(entries=ENTRIES, days=PERIODS)
def test_a_statement_equals_the_raw_sum_of_the_company_s_lines(
    in_alpha: Cast, entries: list[Booked], days: tuple[int, int]
) -> None:
    company = client_of(in_alpha)
    other = client_of(in_alpha, "client2")
    first, last = period_of(days)
    of_both = [
        one._replace(
            moves=[
                replace(move, company_id=(company if number % 3 else other).pk)
                for move in one.moves
            ]
        )
        for number, one in enumerate(entries)
    ]
    with booked(of_both):
        statement = company_statement(company, first=first, last=last)
        closing = {
            part.currency: (part.closing.amount, part.closing.home) for part in statement.currencies
        }
        expected = raw(company, last)
    assert {key: sums for key, sums in closing.items() if any(sums)} == {
        key: sums for key, sums in expected.items() if any(sums)
    }
    for part in statement.currencies:
        assert not part.rows or part.rows[-1].balance == part.closing
    assert statement.at_home.closing == sum(home for _amount, home in closing.values())


def test_statements_of_all_companies_are_the_account(in_alpha: Cast) -> None:
    traded(in_alpha)
    first, last = YEAR
    books = trial_balance(first=first, last=last, home="KGS").at_home
    names = ("client", "client2")
    statements = [
        company_statement(client_of(in_alpha, name), first=first, last=last) for name in names
    ]
    closing = sum(statement.at_home.closing for statement in statements)
    assert closing == books.of(Account.RECEIVABLE).closing == Decimal("1077.00")


def test_a_statement_tells_each_paper_and_the_difference_of_exchange(in_alpha: Cast) -> None:
    company = traded(in_alpha)
    statement = company_statement(company, first=date(2026, 3, 1), last=date(2026, 3, 31))
    som, dollars = statement.currencies
    assert (som.opening.amount, som.closing.amount) == (0, Decimal("300.00"))
    assert [(row.kind, row.debit.amount, row.credit.amount) for row in som.rows] == [
        ("refund", Decimal("300.00"), 0),
        ("act", Decimal("50.00"), 0),
        ("correction", 0, Decimal("50.00")),
    ]
    assert [(row.kind, row.is_difference, row.credit.home) for row in dollars.rows] == [
        ("act", False, 0),
        ("receipt", False, Decimal("85000.00")),
        ("receipt", True, Decimal("2500.00")),
    ]
    assert (dollars.closing.amount, dollars.closing.home) == (0, 0)


def test_a_debt_to_nobody_in_particular_is_on_no_statement(in_alpha: Cast) -> None:
    """The carrier of a debt may be a name alone."""
    own()
    partner = client_of(in_alpha, "partner")
    row = order(in_alpha, carrier_rate=Decimal("800.00"), carrier_name="Tulpar")
    debt = payables.accrue(order=row, by=None, at=noon("2026-03-05"))
    assert debt is not None
    statement = company_statement(partner, first=YEAR[0], last=YEAR[1])
    assert statement.currencies == ()


def test_what_was_booked_for_a_merged_company_is_on_the_statement(in_alpha: Cast) -> None:
    company = traded(in_alpha)
    other = client_of(in_alpha, "client2")
    head = in_alpha.actor("head")
    key = preview(other, company).key
    merge(source=other, target=company, shown=key, by=head, at=noon("2026-03-19"))
    statement = company_statement(company, first=YEAR[0], last=YEAR[1])
    assert statement.at_home.closing == Decimal("1077.00")


def test_the_tab_shows_it_and_the_file_has_it(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        company = traded(alpha)
    browser = browse(alpha, "accountant")
    url = f"/companies/{company.pk}/statement/"
    assert url in browser.get(f"/companies/{company.pk}/").content.decode()
    page = browser.get(url).content.decode().replace("\xa0", " ").replace("\u202f", " ")
    assert "87 500,00" in page and "Курсовые разницы" in page
    assert f'action="{url}paper/"' in page
    table = browser.get(f"{url}?format=csv").content.decode("utf-8-sig").splitlines()
    assert len(table) == 1 + (2 + 5) + (2 + 3)
    assert browser.get(f"{url}?format=xlsx").content.startswith(b"PK")
    wrong = browser.get(f"{url}?from=2026-03-02&to=2026-03-01").content.decode()
    assert "is-invalid" in wrong


def test_the_act_is_issued_once_and_says_the_balance(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        company = traded(alpha)
    browser = browse(alpha, "accountant")
    url = f"/companies/{company.pk}/statement/paper/"
    period = {"from": "2026-01-01", "to": "2026-03-31"}
    first = browser.post(url, period)
    again = browser.post(url, period)
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    with inside(alpha.scope):
        paper = Document.objects.get(kind="reconciliation")
    assert (paper.company_id, paper.audience) == (company.pk, "client")
    sheets = {sheet["currency"]: sheet for sheet in paper.context["sheets"]}
    assert sheets["KGS"]["closing"] == "300.00"
    assert sheets["USD"]["closing"] == "0.00"
    assert [row["kind"] for row in sheets["USD"]["rows"]] == ["act", "receipt"]


def test_an_act_of_nothing_is_refused(in_alpha: Cast) -> None:
    own()
    with pytest.raises(reconciling.CannotReconcile):
        reconciling.issue(
            company=client_of(in_alpha),
            first=YEAR[0],
            last=YEAR[1],
            by=in_alpha.actor("accountant"),
            at=noon("2026-03-20"),
        )
    assert not Document.objects.filter(kind="reconciliation").exists()


def test_statements_are_of_the_office_alone(alpha: Cast, beta: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        company = traded(alpha)
    url = f"/companies/{company.pk}/statement/"
    dispatcher = browse(alpha, "dispatcher")
    assert "statement/paper/" not in dispatcher.get(url).content.decode().partition("<main")[2]
    assert dispatcher.post(f"{url}paper/", {}).status_code == 403
    for reader in (browse(alpha, "client2"), browse(alpha, "partner"), browse(beta)):
        assert reader.get(url).status_code == 404
        assert reader.post(f"{url}paper/", {}).status_code == 404
    with inside(alpha.scope):
        assert not Document.objects.filter(kind="reconciliation").exists()


def test_a_statement_asks_the_same_number_of_questions_however_long(
    alpha: Cast, browse: Any
) -> None:
    browser = browse(alpha, "accountant")
    counts = []
    for _more in (1, 2):
        with inside(alpha.scope):
            company = traded(alpha)
        url = f"/companies/{company.pk}/statement/"
        browser.get(url)
        with CaptureQueriesContext(connection) as captured:
            browser.get(url)
        counts.append(sum('"finance_line' in query["sql"] for query in captured))
    assert counts == [2, 2]


def test_the_api_tells_the_statement(alpha: Cast, beta: Cast, call: Any) -> None:
    with inside(alpha.scope):
        company = traded(alpha)
    address = f"companies/{company.pk}/statement"
    query = f"{address}?from=2026-03-01&to=2026-03-31"
    answer = call(alpha, "accountant").send("get", query).json()
    som, dollars = answer["currencies"]
    assert (answer["from"], answer["to"], answer["home_currency"]) == (
        "2026-03-01",
        "2026-03-31",
        "KGS",
    )
    assert (som["currency"], som["opening"], som["closing"]) == ("KGS", "0.00", "300.00")
    difference = dollars["lines"][-1]
    assert (difference["kind"], difference["amount"], difference["home_amount"]) == (
        "exchange",
        "0.00",
        "-2500.00",
    )
    assert (dollars["closing"], dollars["home_closing"]) == ("0.00", "0.00")
    assert call(beta, "accountant").send("get", address).status_code == 404
    assert call(alpha, "dispatcher").send("get", address).status_code == 200
    assert call(alpha, "client2").send("get", address).status_code in (403, 404)


def test_a_client_sees_its_own_statement_without_what_is_ours(
    alpha: Cast, beta: Cast, browse: Any
) -> None:
    """No sums at home, no differences of exchange, nobody else's lines."""
    with inside(alpha.scope):
        traded(alpha)
    url = "/cabinet/invoices/statement/"
    client = browse(alpha, "client")
    assert url in client.get("/cabinet/invoices/").content.decode()
    page = client.get(url).content.decode().replace("\xa0", " ").replace("\u202f", " ")
    main = page.partition("<main")[2]
    assert "300,00" in main and "1 000,00" in main
    for hidden in ("87 500,00", "85 000,00", "Курсовые разницы", "777,00", "/finance/"):
        assert hidden not in main, hidden
    table = client.get(f"{url}?format=csv").content.decode("utf-8-sig").splitlines()
    assert len(table[0].split(";")) == 7 and len(table) == 1 + (2 + 5) + (2 + 2)
    assert "87500.00" not in "".join(table)
    other = browse(alpha, "client2").get(url).content.decode().replace("\xa0", " ")
    assert "777,00" in other and "300,00" not in other
    assert "300,00" not in browse(beta, "client").get(url).content.decode()
    assert browse(alpha, "partner").get(url).status_code == 404
    assert browse(alpha, "accountant").get(url).status_code in (403, 404)


def test_each_side_of_a_company_has_its_own_statement(in_alpha: Cast) -> None:
    """Of a company on both sides a partner sees no invoices, a client no payouts."""
    partner = client_of(in_alpha, "partner")
    sides = (Account.RECEIVABLE, Account.REVENUE), (Account.COST, Account.PAYABLE)
    moves = [
        Move(debit, credit, Decimal(amount), "KGS", Decimal(amount), partner.pk)
        for (debit, credit), amount in zip(sides, (500, 80), strict=True)
    ]
    with booked([Booked(50, moves)]):
        earned, owed = (
            company_statement(partner, first=YEAR[0], last=YEAR[1], accounts=accounts)
            for accounts in (AS_CARRIER, AS_CLIENT)
        )
    assert (earned.at_home.closing, owed.at_home.closing) == (Decimal(-80), Decimal(500))
