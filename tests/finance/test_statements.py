"""Statements of the bank: previewed, confirmed, matched with the books, once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from companies.models import BankAccount, Company
from finance import payables
from finance.bank import confirming, matching, queries, staging
from finance.bank.booking import Part
from finance.bank.confirming import CannotConfirm, Confirmed, Match
from finance.bank.statement import Unreadable
from finance.bank.tables import HeadingIsUnclear, Wish
from finance.models import BankStatement, Invoice, LineMatch, Payment, Payout, StatementLine
from tenants.context import inside
from tenants.office.models import AuditEvent
from tests.finance.money_samples import invoice, noon, order, own, pay
from tests.tools import clocks_stand_at
from tests.world import Cast

GOLDEN = Path(__file__).parents[1] / "golden" / "statements"
ACCOUNT = "9990010000000133"
HEAD = "Дата;Номер;Контрагент;ИНН;Сумма;Назначение\n"
CALL = "finance/statements"


@pytest.fixture(autouse=True)
def _in_december() -> Iterator[None]:
    with clocks_stand_at(noon("2026-12-03")):
        yield


def open_accounts() -> None:
    """One in som and one in dollars."""
    own(account=ACCOUNT, account_currency="KGS")
    BankAccount.objects.create(
        own_firm_id=1,
        currency="USD",
        bank="Example",
        account="9990018400000170",
        added_at=noon("2026-11-01"),
    )


@pytest.fixture
def shop(in_alpha: Cast) -> Cast:
    """Alpha with its accounts."""
    open_accounts()
    return in_alpha


def upload(cast: Cast, text: str | bytes, name: str = "a.csv", **more: Any) -> BankStatement:
    data = text if isinstance(text, bytes) else text.encode()
    by = cast.actor("accountant")
    return staging.upload(name=name, file=BytesIO(data), by=by, at=noon("2026-12-03"), **more)


def rows(*lines: str) -> str:
    return f"Счет: {ACCOUNT}\n{HEAD}" + "".join(f"{line}\n" for line in lines)


def confirm(cast: Cast, statement: BankStatement, *matches: Match) -> Confirmed:
    by = cast.actor("accountant")
    return confirming.confirm(statement=statement, matches=matches, by=by, at=noon("2026-12-03"))


def states(statement: BankStatement) -> list[str]:
    return [line.state for line in queries.lines_of(statement)]


def part(kind: str, target: object, amount: str) -> Part:
    return Part(kind, str(target), Decimal(amount))


def bill_of(cast: Cast, gross: str, inn: str = "") -> Invoice:
    bill = invoice(cast, gross, on="2026-11-20")
    if inn:
        Company.objects.filter(pk=bill.company_id).update(inn=inn)
    return bill


@pytest.mark.parametrize("name", ["s2_kg_semicolon_utf8.csv", "s8_kg_windows1251_signed.csv"])
def test_a_file_twice_brings_nothing_new(shop: Cast, name: str) -> None:
    data = (GOLDEN / name).read_bytes()
    first = upload(shop, data, name)
    assert set(states(first)) == {"new"}
    assert StatementLine.objects.filter(came_in=True).count() == 0
    count = confirm(shop, first).came_in
    assert count == len(states(first))
    second = upload(shop, data, name)
    assert set(states(second)) == {"known"}
    assert confirm(shop, second).came_in == 0
    assert StatementLine.objects.filter(came_in=True).count() == count


def test_overlapping_files_bring_each_payment_once_and_equal_ones_stay(shop: Cast) -> None:
    same = "25.11.2026;;Розница;;7000,00;Доставка"
    first = upload(shop, rows("24.11.2026;;Розница;;7000,00;Доставка", same, same))
    confirm(shop, first)
    second = upload(shop, rows(same, same, same, "26.11.2026;;Розница;;7000,00;Доставка"))
    assert states(second) == ["known", "known", "new", "new"]
    assert confirm(shop, second).came_in == 2
    assert StatementLine.objects.filter(came_in=True, on="2026-11-25").count() == 3


def test_two_previews_of_one_file_bring_its_lines_once(shop: Cast) -> None:
    text = rows("24.11.2026;1;A;;10,00;x", "24.11.2026;2;B;;20,00;y")
    first, second = upload(shop, text), upload(shop, text)
    assert confirm(shop, first).came_in == 2
    assert confirm(shop, second).came_in == 0
    assert states(second) == ["known", "known"]


def test_the_database_refuses_a_line_that_came_in(shop: Cast) -> None:
    text = rows("24.11.2026;1;A;;10,00;x")
    first, second = upload(shop, text), upload(shop, text)
    confirm(shop, first)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatementLine.objects.filter(statement=second).update(came_in=True)


def test_a_foreign_account_is_said_and_nothing_comes_in(shop: Cast) -> None:
    foreign = upload(shop, (GOLDEN / "s1_1c_windows1251.txt").read_bytes(), "s1.txt")
    assert set(states(foreign)) == {"foreign"}
    assert [note["code"] for note in foreign.notes] == ["foreign"]
    result = confirm(shop, foreign, Match(1, (part("invoice", "1", "1.00"),)))
    assert (result.came_in, result.booked) == (0, 0)
    assert result.refused[0].field == "line"


def test_a_file_without_an_account_waits_for_it(shop: Cast) -> None:
    text = "Date,Debit,Credit,Balance\n24/11/2026,,5.00,15.00\n"
    nameless = upload(shop, text)
    assert [note["code"] for note in nameless.notes] == ["no_account"]
    with pytest.raises(CannotConfirm):
        confirm(shop, nameless)
    by, at = shop.actor("accountant"), noon("2026-12-03")
    with pytest.raises(CannotConfirm):
        confirming.choose_account(statement=nameless, account="1", by=by, at=at)
    confirming.choose_account(statement=nameless, account=ACCOUNT, by=by, at=at)
    assert (nameless.notes, nameless.accounts[0]["is_own"]) == ([], True)
    assert confirm(shop, nameless).came_in == 1
    again = upload(shop, text, account=ACCOUNT)
    assert states(again) == ["known"]


def test_the_only_account_needs_no_choice(in_alpha: Cast) -> None:
    own(account=ACCOUNT, account_currency="KGS")
    statement = upload(in_alpha, (GOLDEN / "s3_thai_utf8_bom.csv").read_bytes())
    assert [(one["account"], one["opening"]) for one in statement.accounts] == [
        (ACCOUNT, "10000.00")
    ]
    assert confirm(in_alpha, statement).came_in == 3


def test_columns_that_a_person_named_are_remembered(shop: Cast) -> None:
    text = "Когда;Сколько;За что\n24.11.2026;100,00;Услуги\n"
    with pytest.raises(HeadingIsUnclear) as question:
        upload(shop, text)
    wish = Wish({"когда": "on", "сколько": "amount", "за что": "purpose"})
    upload(shop, text, account=ACCOUNT, wish=wish, heading=question.value.heading)
    line = queries.lines_of(upload(shop, text, account=ACCOUNT)).get()
    assert (line.amount, line.purpose) == (Decimal(100), "Услуги")


def test_a_payer_with_the_right_sum_is_chosen_and_booked(shop: Cast) -> None:
    bill = bill_of(shop, "1000.00", inn="01234567890123")
    statement = upload(
        shop,
        rows(f"24.11.2026;15;Клиент;01234567890123;{bill.gross};Оплата по счёту {bill.number}"),
    )
    line = queries.lines_of(statement).get()
    offer = queries.offers_for([line])[line.pk]
    assert offer.chosen is not None
    assert [str(one) for one in offer.chosen.why] == ["number", "payer", "sum"]
    result = confirm(shop, statement, Match(1, (part("invoice", bill.pk, str(bill.gross)),)))
    assert (result.came_in, result.booked, result.refused) == (1, 1, [])
    payment = Payment.objects.get()
    assert (payment.amount, payment.reference, f"{payment.paid_on}") == (
        bill.gross,
        "15",
        "2026-11-24",
    )
    bill.refresh_from_db()
    assert bill.status == "paid"
    assert LineMatch.objects.get().is_booked
    actions = AuditEvent.objects.filter(subject=statement.subject).values_list("action", flat=True)
    assert set(actions) == {"bank.upload", "bank.confirm", "bank.match"}
    again = confirm(shop, statement, Match(1, (part("invoice", bill.pk, "1.00"),)))
    assert again.refused[0].field == "amount"
    assert Payment.objects.count() == 1


def test_several_that_fit_alike_are_offered_and_none_is_chosen(shop: Cast) -> None:
    bills = [bill_of(shop, "1000.00", inn="01234567890123") for _ in range(2)]
    statement = upload(shop, rows(f"24.11.2026;1;К;01234567890123;{bills[0].gross};Оплата"))
    line = queries.lines_of(statement).get()
    offer = queries.offers_for([line])[line.pk]
    invoices = {one.target for one in offer.suggestions if one.kind == "invoice"}
    assert invoices == {bill.pk for bill in bills}
    assert offer.chosen is None


def test_a_sum_alone_is_offered_and_not_of_another_payer(shop: Cast) -> None:
    bill = bill_of(shop, "1000.00", inn="01234567890123")
    text = rows(
        f"24.11.2026;1;Кто-то;;{bill.gross};Оплата",
        f"24.11.2026;2;Другой;99999999999999;{bill.gross};Оплата",
    )
    lines = list(queries.lines_of(upload(shop, text)))
    offers = queries.offers_for(lines)
    assert [len(offers[line.pk].suggestions) for line in lines] == [1, 0]
    assert offers[lines[0].pk].chosen is None


def test_two_equal_lines_do_not_choose_one_invoice_twice(shop: Cast) -> None:
    bill = bill_of(shop, "1000.00", inn="01234567890123")
    same = f"24.11.2026;1;К;01234567890123;{bill.gross};Оплата по счёту {bill.number}"
    lines = list(queries.lines_of(upload(shop, rows(same, same))))
    offers = queries.offers_for(lines)
    assert [offers[line.pk].chosen is not None for line in lines] == [True, False]


def test_a_refused_line_books_nothing_and_the_others_are_booked(shop: Cast) -> None:
    bill, other = bill_of(shop, "1000.00"), bill_of(shop, "500.00")
    statement = upload(
        shop,
        rows(
            "24.11.2026;1;A;;5000,00;x",
            f"24.11.2026;2;B;;{other.gross};y",
            "24.11.2026;3;C;;1,00;z",
        ),
    )
    too_much = (part("invoice", other.pk, "10.00"), part("invoice", bill.pk, "4000.00"))
    result = confirm(
        shop,
        statement,
        Match(1, too_much),
        Match(2, (part("invoice", other.number, str(other.gross)),)),
        Match(3, (part("transfer_to", "fuel", "1.00"),)),
        Match(9, (part("invoice", bill.pk, "1.00"),)),
    )
    assert [(one.line, one.field) for one in result.refused] == [
        (1, "amount"),
        (3, "transfer_to"),
        (9, "line"),
    ]
    assert [payment.amount for payment in Payment.objects.all()] == [other.gross]
    assert StatementLine.objects.get(statement=statement, place=1).matched == 0


def test_a_line_in_parts_never_exceeds_either_side(shop: Cast) -> None:
    bill, other = bill_of(shop, "1000.00"), bill_of(shop, "500.00")
    statement = upload(shop, rows("24.11.2026;1;A;;600,00;x"))
    parts = (part("invoice", bill.pk, "400.00"), part("invoice", other.pk, "100.00"))
    assert confirm(shop, statement, Match(1, parts)).booked == 1
    more = confirm(shop, statement, Match(1, (part("invoice", bill.pk, "100.01"),)))
    assert more.refused[0].field == "amount"
    assert confirm(shop, statement, Match(1, (part("invoice", bill.pk, "100.00"),))).booked == 1
    assert StatementLine.objects.get(statement=statement).rest == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        StatementLine.objects.filter(statement=statement).update(matched=Decimal(601))


def test_a_payment_entered_by_hand_is_tied_and_not_booked_again(shop: Cast) -> None:
    bill = bill_of(shop, "1000.00")
    payment = pay(shop, bill, "400.00", "2026-11-24", reference="15")
    statement = upload(shop, rows("24.11.2026;15;A;;400,00;x"))
    line = queries.lines_of(statement).get()
    offer = queries.offers_for([line])[line.pk]
    assert [one.pk for one in offer.entered] == [payment.pk]
    again = confirm(shop, statement, Match(1, (part("invoice", bill.pk, "400.00"),)))
    assert again.refused[0].field == "entered"
    assert Payment.objects.count() == 1
    tied = confirm(shop, statement, Match(1, (part("entered", payment.pk, "400.00"),)))
    assert (tied.booked, Payment.objects.count()) == (1, 1)
    other = upload(shop, rows("25.11.2026;16;A;;400,00;x"))
    twice = confirm(shop, other, Match(1, (part("entered", payment.pk, "400.00"),)))
    assert twice.refused[0].field == "entered"


def test_a_second_equal_payment_is_booked_when_it_is_meant(shop: Cast) -> None:
    bill = bill_of(shop, "1000.00")
    pay(shop, bill, "400.00", "2026-11-24")
    statement = upload(shop, rows("24.11.2026;15;A;;400,00;x"))
    meant = Match(1, (part("invoice", bill.pk, "400.00"),), is_sure=True)
    assert confirm(shop, statement, meant).booked == 1
    assert Payment.objects.count() == 2


def test_money_that_left_pays_a_carrier(shop: Cast) -> None:
    facts = {"stage": "completed", "completed_at": noon("2026-11-20")}
    done = order(shop, carrier_rate=Decimal("800.00"), **facts)
    debt = payables.accrue(order=done, by=shop.actor("accountant"), at=noon("2026-11-20"))
    assert debt is not None
    statement = upload(shop, rows(f"24.11.2026;9;ИП;;-800,00;Рейс {done.ref}"))
    line = queries.lines_of(statement).get()
    offer = queries.offers_for([line])[line.pk]
    assert offer.chosen is not None and offer.chosen.kind == "payout"
    wrong = confirm(shop, statement, Match(1, (part("invoice", "1", "800.00"),)))
    assert wrong.refused[0].field == "invoice"
    assert confirm(shop, statement, Match(1, (part("payout", done.ref, "800.00"),))).booked == 1
    assert Payout.objects.get().reference == "9"


def test_another_currency_is_refused_at_its_line(shop: Cast) -> None:
    bill = bill_of(shop, "1000.00")
    text = "Дата;Счет;Валюта;Сумма\n24.11.2026;9990018400000170;USD;100,00\n"
    statement = upload(shop, text)
    result = confirm(shop, statement, Match(1, (part("invoice", bill.pk, "100.00"),)))
    assert result.refused[0].field == "invoice"
    assert Payment.objects.count() == 0


def test_several_accounts_of_one_file_are_kept_apart(shop: Cast) -> None:
    statement = upload(shop, (GOLDEN / "s9_two_currencies.xlsx").read_bytes(), "s9.xlsx")
    assert [(one["account"], one["currency"]) for one in statement.accounts] == [
        ("9990018400000170", "USD"),
        (ACCOUNT, "KGS"),
    ]
    lines = [(line.place, line.currency) for line in queries.lines_of(statement)]
    assert lines == [(1, "USD"), (2, "USD"), (3, "USD"), (4, "KGS")]


def test_a_hostile_file_is_refused_and_nothing_is_kept(shop: Cast) -> None:
    for name, data in (("a.exe", b"x"), ("a.csv", b"%PDF"), ("a.xlsx", b"PK\x03\x04x")):
        with pytest.raises(Unreadable):
            upload(shop, data, name)
    assert BankStatement.objects.count() == 0


def test_names_are_compared_without_their_legal_forms() -> None:
    assert matching.own_words('ОсОО "Тест Трейд"') == matching.own_words("ТЕСТ-ТРЕЙД, ООО")
    assert matching.own_words("บริษัท ทดสอบ จำกัด") == matching.own_words("ทดสอบ")


@pytest.mark.slow
def test_ten_thousand_lines_are_a_preview_and_come_in_within_ten_seconds(shop: Cast) -> None:
    bill = bill_of(shop, "1000.00", inn="01234567890123")
    lines = [f"24.11.2026;{number};Розница;;{number},50;Доставка" for number in range(1, 10_000)]
    text = rows(*lines, f"24.11.2026;1;К;01234567890123;{bill.gross};{bill.number}")
    began = perf_counter()
    statement = upload(shop, text)
    offers = queries.offers_for(list(queries.lines_of(statement)))
    result = confirm(shop, statement)
    seconds = perf_counter() - began
    assert (result.came_in, len(offers)) == (10_000, 10_000)
    assert sum(1 for offer in offers.values() if offer.chosen) == 1
    assert set(states(upload(shop, text))) == {"known"}
    assert seconds < 10


# -- over the API


def send(api: Any, data: bytes, name: str = "a.csv", **more: str) -> Any:
    file = SimpleUploadedFile(name, data)
    body = encode_multipart(BOUNDARY, {"file": file, **more})
    return api.generic("POST", f"/api/v1/{CALL}", body, MULTIPART_CONTENT)


@pytest.fixture
def bill(alpha: Cast) -> Invoice:
    with inside(alpha.scope):
        own(account=ACCOUNT, account_currency="KGS")
        return bill_of(alpha, "1000.00", inn="01234567890123")


def test_the_call_shows_a_file_and_confirms_it_once(alpha: Cast, call: Any, bill: Invoice) -> None:
    api = call(alpha, "accountant")
    text = rows(
        f"24.11.2026;15;К;01234567890123;{bill.gross};Счёт {bill.number}",
        "25.11.2026;16;Банк;;-150,00;Комиссия",
    )
    answer = send(api, text.encode())
    card = answer.json()
    assert answer.status_code == 201, card
    assert (card["account"], card["from"], card["to"]) == (ACCOUNT, "2026-11-24", "2026-11-25")
    assert card["totals"] == {"in": f"{bill.gross}", "out": "150.00"}
    first = card["lines"][0]
    assert (first["direction"], first["state"], first["tax_number"]) == (
        "in",
        "new",
        "01234567890123",
    )
    assert first["suggestions"][0]["invoice"] == str(bill.pk)
    assert first["suggestions"][0]["why"]
    address = f"{CALL}/{card['id']}/confirm"
    parts = [{"invoice": str(bill.pk), "amount": f"{bill.gross}"}]
    body = {"matches": [{"line": 1, "parts": parts}]}
    assert api.send("post", address, body).status_code == 400
    key = {"Idempotency-Key": uuid4().hex}
    done = api.send("post", address, body, **key)
    assert done.status_code == 200, done.json()
    assert (done.json()["came_in"], done.json()["outcomes"][0]["booked"]) == (2, True)
    assert api.send("post", address, body, **key).content == done.content
    again = send(api, text.encode()).json()
    assert [line["state"] for line in again["lines"]] == ["known", "known"]
    with inside(alpha.scope):
        assert Payment.objects.count() == 1


def test_the_call_names_what_is_wrong(alpha: Cast, call: Any, bill: Invoice) -> None:
    api = call(alpha, "accountant")
    refused = send(api, b"%PDF-1.7", "a.csv")
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["file"])
    spoilt = (GOLDEN / "s11_1c_wrong_encoding.txt").read_bytes()
    assert send(api, spoilt, "s11.txt").json()["title"] == "wrong_encoding"
    card = send(api, rows("24.11.2026;1;A;;10,00;x").encode()).json()
    address = f"{CALL}/{card['id']}/confirm"
    key = {"Idempotency-Key": uuid4().hex}
    both = {"invoice": "1", "payout": "2", "amount": "1.00"}
    wrong = api.send("post", address, {"matches": [{"line": 1, "parts": [both]}]}, **key)
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["matches.0.parts.0"])
    stranger = call(alpha, "dispatcher")
    assert send(stranger, b"x").status_code == 403
