"""What a hostile or a wrong statement, or the form below it, cannot do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from companies.models import BankAccount, OwnFirm
from finance.bank import confirming, queries, words
from finance.bank.confirming import Match
from finance.bank.statement import Note, Unreadable
from finance.models import BankStatement, Invoice, Payment
from tests.finance.money_samples import invoice, noon, own, pay
from tests.finance.test_statements import ACCOUNT, bill_of, confirm, part, rows, upload
from tests.tools import clocks_stand_at
from tests.world import Cast


@pytest.fixture(autouse=True)
def _in_december() -> Iterator[None]:
    with clocks_stand_at(noon("2026-12-03")):
        yield


@pytest.fixture
def shop(in_alpha: Cast) -> Cast:
    """Alpha with one account in som."""
    own(account=ACCOUNT, account_currency="KGS")
    return in_alpha


def a_line(cast: Cast, on: str, bill: Invoice) -> BankStatement:
    return upload(cast, rows(f"{on};15;Клиент;;{bill.gross};Оплата по счёту {bill.number}"))


@pytest.mark.parametrize("day", ["31.12.9999", "01.01.0001", "24.11.1026", "9999-12-31"])
def test_a_day_that_cannot_be_is_left_out_and_said(shop: Cast, day: str) -> None:
    statement = upload(shop, rows(f"{day};1;A;;10,00;x", "24.11.2026;2;B;;20,00;y"))
    lines = list(queries.lines_of(statement))
    assert [f"{line.on}" for line in lines] == ["2026-11-24"]
    queries.offers_for(lines)
    notes = [words.note(Note(**note)) for note in statement.notes]
    assert len(notes) == 1, notes


def test_sums_beyond_all_bounds_are_left_out(shop: Cast) -> None:
    """Their total would not fit into its column."""
    many = [f"24.11.2026;{place};A;;999999999999999,99;x" for place in range(30)]
    statement = upload(shop, rows(*many))
    assert queries.lines_of(statement).count() == 0
    assert {words.note(Note(**note)) for note in statement.notes}


@pytest.mark.parametrize(
    "fields",
    [
        {"line-1": "invoice:{bill}:NaN"},
        {"line-1": "invoice:{bill}:sNaN"},
        {"line-1": "invoice:{bill}:Infinity"},
        {"line-1": "invoice:{bill}:1e400"},
        {"line-1": "invoice:{bill}:1e-400"},
        {"line-1": "invoice:{bill}:-1"},
        {"line-1": "invoice:\x00:10.00"},
        {"line-1": "other:{bill}:10.00"},
        {"line-1": "entered:{bill}:10.00"},
        {"line-1": "invoice:{bill}:99999999999"},
        {"line-\u00b2": "invoice:{bill}:10.00"},
        {"line-99999999999999999999": "invoice:{bill}:10.00"},
        {"line-1": "", "number-1": "\x00"},
    ],
)
def test_nothing_typed_into_the_form_breaks_the_page(
    shop: Cast, browse: Any, fields: dict[str, str]
) -> None:
    bill = bill_of(shop, "100.00")
    statement = a_line(shop, "24.11.2026", bill)
    browser = browse(shop, "accountant")
    sent = {name: value.format(bill=bill.pk) for name, value in fields.items()}
    answer = browser.post(f"/finance/bank/{statement.pk}/confirm/", sent)
    assert answer.status_code in (302, 422), answer
    assert Payment.objects.count() == 0


def test_a_payment_to_one_firm_is_no_line_of_another(shop: Cast) -> None:
    other = OwnFirm.objects.create(pk=2, name="Second", is_main=False, number_prefix="B")
    bill = invoice(shop, "100.00", on="2026-11-20")
    Invoice.objects.filter(pk=bill.pk).update(firm_id=other.pk)
    paid = pay(shop, bill, "50.00", "2026-11-24")
    statement = upload(shop, rows("24.11.2026;1;A;;50,00;x"))
    line = queries.lines_of(statement).get()
    assert queries.offers_for([line])[line.pk].entered == []
    result = confirm(shop, statement, Match(1, (part("entered", paid.pk, "50.00"),)))
    assert (result.booked, len(result.refused)) == (0, 1)


def test_an_account_that_is_none_of_ours_is_not_taken_for_the_only_one(shop: Cast) -> None:
    text = "Date,Debit,Credit,Balance\n24/11/2026,,5.00,15.00\n"
    statement = upload(shop, text, account="1234567890123456")
    assert [note["code"] for note in statement.notes] == ["no_account"]


NUL = {
    "a.sta": (
        f":20:1\n:25:{ACCOUNT}\n:28C:1/1\n:60F:C261123KGS0,00\n"
        ":61:2611241124C10,00NTRFA\x00B\n:86:from\x00 A\n:62F:C261124KGS10,00\n-\n"
    ),
    "a.txt": (
        "1CClientBankExchange\nВерсияФормата=1.03\nКодировка=UTF-8\n"
        f"РасчСчет={ACCOUNT}\nСекцияДокумент=Платежное поручение\nНомер=1\x00\n"
        "Дата=24.11.2026\nСумма=10.00\nПлательщик=A\x00\nПлательщикСчет=1\n"
        f"ПолучательСчет={ACCOUNT}\nДатаПоступило=24.11.2026\nНазначениеПлатежа=x\x00y\n"
        "КонецДокумента\nКонецФайла\n"
    ),
}


@pytest.mark.parametrize("name", ["a.sta", "a.txt"])
def test_a_sign_that_the_database_has_not_is_left_out(shop: Cast, name: str) -> None:
    statement = upload(shop, NUL[name], name)
    line = queries.lines_of(statement).get()
    assert line.amount == 10
    assert confirm(shop, statement).came_in == 1


def test_a_table_with_such_a_sign_is_refused_in_words(shop: Cast) -> None:
    with pytest.raises(Unreadable) as refused:
        upload(shop, rows("24.11.2026;1;A\x00;\x00;10,00;x\x00"))
    assert words.refusal(refused.value.code)


@pytest.mark.parametrize("figures", [12, 15, 40])
def test_a_sum_of_many_figures_is_left_out_of_mt940(shop: Cast, figures: int) -> None:
    text = NUL["a.sta"].replace("C10,00N", f"C{'9' * figures},00N")
    statement = upload(shop, text, "a.sta")
    assert queries.lines_of(statement).count() == 0


def test_a_long_name_comes_in_once_whoever_named_the_account(shop: Cast) -> None:
    """Its file names no account: said on the page the one time, with the file the other."""
    text = "Дата;Сумма;Контрагент\n24.11.2026;10,00;" + "А" * 400 + "\n"
    BankAccount.objects.create(
        own_firm_id=1, currency="KGS", bank="B", account="99900100", added_at=noon("2026-11-01")
    )
    nameless = upload(shop, text)
    by, at = shop.actor("accountant"), noon("2026-12-03")
    confirming.choose_account(statement=nameless, account=ACCOUNT, by=by, at=at)
    assert confirm(shop, nameless).came_in == 1
    assert confirm(shop, upload(shop, text, account=ACCOUNT)).came_in == 0


def test_an_account_without_a_figure_is_refused_at_its_field(shop: Cast, call: Any) -> None:
    statement = upload(shop, rows("24.11.2026;1;A;;10,00;x"))
    address = f"finance/statements/{statement.pk}/confirm"
    key = {"Idempotency-Key": uuid4().hex}
    answer = call(shop, "accountant").send("post", address, {"account": "👍👍"}, **key)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["account"])
    assert not BankStatement.objects.get(pk=statement.pk).confirmed_at
