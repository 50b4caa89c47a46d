"""The pages of bank statements: a file goes up, its lines are looked at and confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from finance.bank import bulk
from finance.models import BankStatement, Invoice, Payment, StatementLine
from tenants.kit.outbox import work_off
from tenants.office.models import Notification
from tests.finance.money_samples import noon, own, pay
from tests.finance.test_statements import ACCOUNT, bill_of, rows, upload
from tests.tools import clocks_stand_at
from tests.world import Cast

LIST = "/finance/bank/"
INN = "01234567890123"


@pytest.fixture(autouse=True)
def _in_december() -> Iterator[None]:
    with clocks_stand_at(noon("2026-12-03")):
        yield


@pytest.fixture
def shop(in_alpha: Cast) -> Cast:
    own(account=ACCOUNT, account_currency="KGS")
    return in_alpha


def file(text: str | bytes, name: str = "a.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def paid(bill: Invoice) -> str:
    return f"24.11.2026;15;К;{INN};{bill.gross};Счёт {bill.number}"


def test_a_file_goes_up_is_looked_at_and_confirmed(shop: Cast, browse: Any) -> None:
    bill = bill_of(shop, "1000.00", inn=INN)
    client = browse(shop, "accountant")
    assert "Выписок банка пока нет" in client.get(LIST).content.decode()
    text = rows(paid(bill), "25.11.2026;16;Банк;;-150,00;Комиссия")
    sent = client.post(f"{LIST}upload/", {"file": file(text), "account": ""})
    statement = BankStatement.objects.get()
    page = f"{LIST}{statement.pk}/"
    assert (sent.status_code, sent["Location"]) == (302, page)
    shown = client.get(page).content.decode()
    value = f"invoice:{bill.pk}:{bill.gross}"
    assert f'value="{value}" selected' in shown
    assert "ИНН" in shown and "Комиссия" in shown
    assert Payment.objects.count() == 0
    done = client.post(f"{page}confirm/", {"line-1": value, "line-2": ""})
    assert (done.status_code, Payment.objects.count()) == (302, 1)
    assert StatementLine.objects.filter(came_in=True).count() == 2
    after = client.get(page).content.decode()
    assert f"/finance/invoices/{bill.number}/" in after
    assert statement.name in client.get(LIST).content.decode()


def test_a_refused_line_says_why_and_keeps_what_was_typed(shop: Cast, browse: Any) -> None:
    statement = upload(shop, rows("24.11.2026;15;К;;10,00;x", "24.11.2026;16;К;;20,00;y"))
    client = browse(shop, "accountant")
    answer = client.post(f"{LIST}{statement.pk}/confirm/", {"line-1": "", "number-1": "77-1"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Нет такого счёта." in shown and 'value="77-1"' in shown
    assert Payment.objects.count() == 0


def test_a_payment_entered_by_hand_is_offered_first(shop: Cast, browse: Any) -> None:
    bill = bill_of(shop, "1000.00", inn=INN)
    payment = pay(shop, bill, str(bill.gross), "2026-11-24")
    statement = upload(shop, rows(paid(bill)))
    client = browse(shop, "accountant")
    page = f"{LIST}{statement.pk}/"
    shown = client.get(page).content.decode()
    value = f"entered:{payment.pk}:{payment.amount}"
    assert f'value="{value}" selected' in shown and "Уже внесён" in shown
    client.post(f"{page}confirm/", {"line-1": value})
    assert Payment.objects.count() == 1
    assert StatementLine.objects.get().rest == 0


def test_an_account_is_chosen_where_the_file_names_none(shop: Cast, browse: Any) -> None:
    own(account="")
    statement = upload(shop, "Дата;Сумма\n24.11.2026;5,00\n")
    own(account=ACCOUNT)
    client = browse(shop, "accountant")
    page = f"{LIST}{statement.pk}/"
    assert ACCOUNT in client.get(page).content.decode()
    assert client.post(f"{page}confirm/", {}).status_code == 422
    assert client.post(f"{page}account/", {"account": "1"}).status_code == 422
    assert client.post(f"{page}account/", {"account": ACCOUNT}).status_code == 302
    assert client.post(f"{page}confirm/", {}).status_code == 302
    assert StatementLine.objects.get().came_in


def test_columns_are_asked_about_and_the_file_once_more(shop: Cast, browse: Any) -> None:
    text = "Когда;Сколько;За что\n24.11.2026;100,00;Услуги\n"
    client = browse(shop, "accountant")
    first = client.post(f"{LIST}upload/", {"file": file(text), "account": ACCOUNT})
    assert first.status_code == 422 and 'name="column-2"' in first.content.decode()
    answers = {"heading": '["Когда", "Сколько", "За что"]', "column-0": "on", "column-1": "amount"}
    sent = client.post(f"{LIST}upload/", {"file": file(text), "account": ACCOUNT, **answers})
    assert sent.status_code == 302
    assert (
        client.post(f"{LIST}upload/", {"file": file(text), "account": ACCOUNT}).status_code == 302
    )
    assert BankStatement.objects.count() == 2


def test_a_file_that_is_no_statement_is_refused_at_its_field(shop: Cast, browse: Any) -> None:
    client = browse(shop, "accountant")
    answer = client.post(f"{LIST}upload/", {"file": file(b"%PDF-1.7")})
    assert answer.status_code == 422
    assert "Это не выписка банка" in answer.content.decode()
    assert client.post(f"{LIST}upload/", {}).status_code == 422
    assert BankStatement.objects.count() == 0


def test_only_those_who_keep_the_books_confirm(shop: Cast, browse: Any) -> None:
    statement = upload(shop, rows("24.11.2026;15;К;;10,00;x"))
    page = f"{LIST}{statement.pk}/"
    dispatcher = browse(shop, "dispatcher")
    assert dispatcher.get(page).status_code == 200
    assert dispatcher.post(f"{page}confirm/", {}).status_code == 403
    assert dispatcher.get(f"{LIST}upload/").status_code == 403
    assert browse(shop, "client").get(page).status_code == 404


def test_the_worker_books_what_fits_and_leaves_the_rest(
    shop: Cast, browse: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(bulk, "PIECE", 2)
    bills = [bill_of(shop, f"{number}000.00", inn=INN) for number in range(1, 5)]
    doubtful = "25.11.2026;16;Кто-то;;77,00;Что-то"
    statement = upload(shop, rows(paid(bills[0]), doubtful, *map(paid, bills[1:])))
    client = browse(shop, "accountant")
    page = f"{LIST}{statement.pk}/"
    assert client.post(f"{page}book/").status_code == 302
    assert "Строки проводятся" in client.get(page).content.decode()
    assert Payment.objects.count() == 0
    client.post(f"{page}book/")
    work_off()
    statement.refresh_from_db()
    assert (statement.booking_at, statement.booked) == (None, 4)
    assert Payment.objects.count() == 4
    open_lines = [line.place for line in StatementLine.objects.order_by("place") if line.rest]
    assert open_lines == [2]
    news = Notification.objects.get(url=page)
    assert "проведено строк: 4" in news.text


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_lines_takes_the_same_queries(shop: Cast, browse: Any, count: int) -> None:
    bills = [bill_of(shop, f"{number}000.00", inn=INN) for number in range(1, count + 1)]
    statement = upload(shop, rows(*map(paid, bills)))
    client = browse(shop, "accountant")
    page = f"{LIST}{statement.pk}/"
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(page).status_code == 200
    assert len(queries) == 14
