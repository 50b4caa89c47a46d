"""The pages of the books: what they show, how errors come back, who may open them."""

import re
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from finance import settlement
from finance.models import Invoice, MonthClose, Payable, Payment, Payout
from tenants.context import inside
from tests.finance.money_samples import (
    completed,
    invoice,
    noon,
    order,
    own,
    pay,
)
from tests.page_forms import form_with
from tests.tools import clocks_stand_at
from tests.world import Cast

PAGES = ("", "carriers/", "ageing/", "calendar/", "pnl/", "fee/")


@pytest.fixture(autouse=True)
def _in_march() -> Any:
    with clocks_stand_at(noon("2026-03-20")):
        yield


@pytest.fixture
def bill(alpha: Cast) -> Invoice:
    with inside(alpha.scope):
        own()
        return invoice(alpha, "1000.00", on="2026-03-10")


def _form(**changes: Any) -> dict[str, Any]:
    return {
        "amount": "1 000,00",
        "paid_on": "2026-03-15",
        "method": "bank",
        "reference": "",
        "once": str(uuid4()),
    } | changes


def _settled(cast: Cast) -> None:
    done = order(
        cast,
        carrier_rate=Decimal("800.00"),
        carrier_name="Tulpar",
        stage="completed",
        completed_at=noon("2026-03-10"),
    )
    settlement.settle(order=done, by=None, at=noon("2026-03-10"))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_with_data_and_without(alpha: Cast, browse: Any, path: str) -> None:
    browser = browse(alpha, "accountant")
    assert browser.get(f"/finance/{path}").status_code == 200
    with inside(alpha.scope):
        own()
        _settled(alpha)
        pay(alpha, invoice(alpha, "1000.00"), "400.00", "2026-03-15")
        order(alpha, stage="completed", completed_at=noon("2026-03-10"))
    assert browser.get(f"/finance/{path}").status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_a_client_finds_no_books(alpha: Cast, browse: Any, path: str) -> None:
    assert browse(alpha, "client").get(f"/finance/{path}").status_code == 404


def test_a_dispatcher_looks_and_does_not_pay(alpha: Cast, browse: Any, bill: Invoice) -> None:
    browser = browse(alpha, "dispatcher")
    card = browser.get(f"/finance/invoices/{bill.number}/")
    assert card.status_code == 200 and "/pay/" not in card.content.decode()
    assert browser.post(f"/finance/invoices/{bill.number}/pay/", _form()).status_code == 403
    assert browser.get("/finance/fee/2026-02/close/").status_code == 403


def test_beta_finds_no_invoice_of_alpha(
    alpha: Cast, beta: Cast, browse: Any, bill: Invoice
) -> None:
    assert browse(beta).get(f"/finance/invoices/{bill.number}/").status_code == 404
    assert bill.number not in browse(beta).get("/finance/").content.decode()


def test_a_payment_is_booked_from_the_card(alpha: Cast, browse: Any, bill: Invoice) -> None:
    browser = browse(alpha, "accountant")
    card = browser.get(f"/finance/invoices/{bill.number}/").content.decode()
    assert 'value="1000.00"' in card and 'value="2026-03-20"' in card
    form = _form()
    for _twice in range(2):
        assert browser.post(f"/finance/invoices/{bill.number}/pay/", form).status_code in (302, 422)
    with inside(alpha.scope):
        assert Payment.objects.count() == 1
        assert Invoice.objects.get().status == "paid"


def test_an_error_stands_at_its_field_and_keeps_what_was_typed(
    alpha: Cast, browse: Any, bill: Invoice
) -> None:
    answer = browse(alpha, "accountant").post(
        f"/finance/invoices/{bill.number}/pay/",
        _form(amount="1000.01", reference="PO 17"),
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_amount-error"' in text and "1000.01" in text and "PO 17" in text
    with inside(alpha.scope):
        assert not Payment.objects.exists()


def test_a_refund_asks_and_gives_back(alpha: Cast, browse: Any, bill: Invoice) -> None:
    with inside(alpha.scope):
        payment = pay(alpha, bill, "600.00", "2026-03-15")
    browser = browse(alpha, "accountant")
    url = f"/finance/payments/{payment.pk}/refund/"
    assert 'value="600.00"' in browser.get(url).content.decode()
    form = {
        "amount": "700",
        "on": "2026-03-16",
        "reason": "not carried",
        "once": str(uuid4()),
    }
    assert browser.post(url, form).status_code == 422
    assert browser.post(url, form | {"amount": "100"}).status_code == 302
    with inside(alpha.scope):
        assert Invoice.objects.get().paid == Decimal("500.00")


def test_an_unpaid_invoice_is_cancelled_with_a_reason(
    alpha: Cast, browse: Any, bill: Invoice
) -> None:
    browser = browse(alpha, "accountant")
    url = f"/finance/invoices/{bill.number}/cancel/"
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"reason": " "}).status_code == 422
    assert browser.post(url, {"reason": "wrong price"}).status_code == 302
    assert "wrong price" in browser.get(f"/finance/invoices/{bill.number}/").content.decode()


def test_an_order_waiting_for_its_invoice_is_invoiced_from_the_list(
    alpha: Cast, browse: Any
) -> None:
    with inside(alpha.scope):
        own()
        waiting = order(alpha, stage="completed", completed_at=noon("2026-03-10"))
    browser = browse(alpha, "accountant")
    assert f"/finance/invoices/issue/{waiting.ref}/" in browser.get("/finance/").content.decode()
    assert browser.post(f"/finance/invoices/issue/{waiting.ref}/").status_code == 302
    with inside(alpha.scope):
        assert Invoice.objects.get().order == waiting


def test_a_carrier_is_paid(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        own()
        _settled(alpha)
        payable = Payable.objects.get()
    browser = browse(alpha, "accountant")
    url = f"/finance/carriers/{payable.pk}/pay/"
    assert 'value="800.00"' in browser.get(url).content.decode()
    assert browser.post(url, _form(amount="800.01")).status_code == 422
    assert browser.post(url, _form(amount="800")).status_code == 302
    with inside(alpha.scope):
        assert (
            Payout.objects.get().amount,
            Payable.objects.get().rest,
        ) == (Decimal("800.00"), 0)


def test_a_month_is_closed_by_the_head_after_the_checklist(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        own()
        completed(alpha, 31, "2026-02-20")
        pay(
            alpha,
            invoice(alpha, "100.00", on="2026-02-10"),
            "100.00",
            "2026-02-10",
            at=noon("2026-02-10"),
        )
    browser = browse(alpha)
    url = "/finance/fee/2026-02/close/"
    assert 'name="sure"' in browser.get(url).content.decode()
    assert browser.post(url, {}).status_code == 422
    assert browser.post(url, {"sure": "on"}).status_code == 302
    assert browser.post(url, {"sure": "on"}).status_code == 422
    with inside(alpha.scope):
        row = MonthClose.objects.get(kind="fee", month=date(2026, 2, 1))
    assert (row.final_orders, row.final_rate, row.closed_name) == (
        31,
        Decimal(7),
        alpha.actor("head").name,
    )
    assert 'name="sure"' not in browser.get("/finance/fee/2026-03/close/").content.decode()


def test_the_list_searches_filters_and_exports(alpha: Cast, browse: Any, bill: Invoice) -> None:
    with inside(alpha.scope):
        paid = invoice(alpha, "50.00", client="client2")
        pay(alpha, paid, "50.00", "2026-03-15")
    browser = browse(alpha, "accountant")
    for query, shown, hidden in (
        ("q=client2", paid, bill),
        ("view=paid", paid, bill),
        ("view=overdue", bill, paid),
        (f"company={bill.company_id}", bill, paid),
        ("issued_from=2026-03-09", bill, paid),
    ):
        text = browser.get(f"/finance/?{query}").content.decode()
        assert f"/invoices/{shown.number}/" in text and f"/invoices/{hidden.number}/" not in text, (
            query
        )
    table = (
        browser.get("/finance/invoices/export/?format=csv&sort=number")
        .content.decode("utf-8-sig")
        .splitlines()
    )
    assert len(table) == 3 and table[2].split(";")[0] == f'"{bill.number}"'
    for odd in (
        "sort=-left",
        "sort=nonsense",
        "page=x",
        "company=x",
        "view=x",
        "issued_from=x",
    ):
        assert browser.get(f"/finance/?{odd}").status_code == 200


@pytest.mark.parametrize(("path", "queries"), [("", 2), ("carriers/", 2)])
def test_a_list_asks_the_same_number_of_questions_however_long(
    alpha: Cast, browse: Any, path: str, queries: int
) -> None:
    browser = browse(alpha, "accountant")
    counts = []
    for more in (1, 2):
        with inside(alpha.scope):
            own()
            for _ in range(more):
                _settled(alpha)
        browser.get(f"/finance/{path}")
        with CaptureQueriesContext(connection) as captured:
            browser.get(f"/finance/{path}")
        counts.append(sum('"finance_' in query["sql"] for query in captured))
    assert counts == [queries, queries]


def test_the_client_paid_the_driver_in_one_act(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        own()
        _settled(alpha)
        number = Invoice.objects.get().number
    browser = browse(alpha, "accountant")
    url = f"/finance/invoices/{number}/"
    assert 'name="to_carrier"' in browser.get(url).content.decode()
    assert browser.post(f"{url}pay/", _form(amount="900", to_carrier="on")).status_code == 422
    with inside(alpha.scope):
        assert not Payment.objects.exists() and not Payout.objects.exists()
    assert browser.post(f"{url}pay/", _form(amount="800", to_carrier="on")).status_code == 302
    with inside(alpha.scope):
        assert (
            Payment.objects.get().method,
            Payout.objects.get().amount,
        ) == ("cash", Decimal("800.00"))
    assert 'name="to_carrier"' not in browser.get(url).content.decode()


def test_the_terms_show_the_ladder_and_worked_examples(alpha: Cast, browse: Any) -> None:
    text = browse(alpha, "accountant").get("/finance/fee/meter/").content.decode()
    for orders in (30, 31, 100, 101, 500, 501):
        assert f'<td class="num">{orders}</td>' in text


def test_the_terms_count_a_closing_and_lead_to_the_statements(alpha: Cast, browse: Any) -> None:
    text = browse(alpha, "accountant").get("/finance/fee/meter/").content.decode()
    plain = " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())
    assert "10 000,00" in plain and "7 000,00" in plain and "3 000,00" in plain
    assert text.count("/finance/fee/file/?month=") == 3


def test_the_statement_is_a_file_with_its_sum(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        own()
        completed(alpha, 1, "2026-02-20")
    accountant = browse(alpha, "accountant")
    answer = accountant.get("/finance/fee/file/?month=2026-02&format=csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="commission-2026-02.csv"'
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert "KGS" in rows[0] and rows[-1].startswith('"Всего"')
    assert accountant.get("/finance/fee/file/?month=x").status_code == 404
    assert browse(alpha, "client").get("/finance/fee/file/").status_code in (403, 404)


def test_the_orders_that_the_fee_counts_are_a_list_of_their_own(alpha: Cast, browse: Any) -> None:
    """The figure leads to as many orders as it says (FAULTS F10)."""
    with inside(alpha.scope):
        own()
        completed(alpha, 3, "2026-02-20")
        completed(alpha, 2, "2026-03-05")
    browser = browse(alpha, "accountant")
    page = browser.get("/finance/fee/?month=2026-02").content.decode()
    assert (link := "/orders/?completed=2026-02") in page
    assert len(rows_of(browser.get(link).content)) == 3
    wrong = browser.get("/orders/?completed=zz").content.decode()
    assert len(rows_of(wrong.encode())) == 5 and "месяц" in wrong.lower()


def rows_of(content: bytes) -> set[str]:
    return set(re.findall(r'href="/orders/(ORD-[^/"]+)/"', content.decode()))


def test_a_month_is_closed_with_the_figures_that_were_shown(alpha: Cast, browse: Any) -> None:
    """A receipt that came in since the page was opened is looked at first (FAULTS A2)."""
    day = "2026-02-10"
    with inside(alpha.scope):
        own()
        bill = invoice(alpha, "100.00", on=day)
        pay(alpha, bill, "60.00", day, at=noon(day))
    browser = browse(alpha)
    url = "/finance/fee/2026-02/close/"
    old = form_with(browser.get(url).content, url, "shown").fields | {"sure": "on"}
    with inside(alpha.scope):
        pay(alpha, bill, "40.00", day, at=noon(day))
    refused = browser.post(url, old)
    assert refused.status_code == 409
    with inside(alpha.scope):
        assert not MonthClose.objects.filter(kind="fee", closed_at__isnull=False).exists()
    new = form_with(refused.content, url, "shown").fields | {"sure": "on"}
    assert browser.post(url, new).status_code == 302
