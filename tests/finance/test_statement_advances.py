"""Lines of the bank that are advances: of a client, to a carrier, and those entered by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from companies.models import Company
from finance import carrier_advances, client_advances, payments
from finance.bank import queries
from finance.bank.confirming import Match
from finance.models import CarrierAdvance, ClientAdvance, LineMatch, Method, Occasion, Payment
from finance.verify import differences
from orders import assignment
from tenants.context import inside
from tenants.kit import clock
from tests.finance.money_samples import invoice, noon, pay
from tests.finance.test_carrier_advances import hired
from tests.finance.test_statements import (
    CALL,
    _in_december,
    bill_of,
    confirm,
    open_accounts,
    part,
    rows,
    shop,
    upload,
)
from tests.orders import order_samples
from tests.world import Cast

__all__ = ["_in_december", "shop"]
INN = "01234567890123"


def offered(cast: Cast, text: str) -> list[tuple[str, tuple[str, ...]]]:
    line = queries.lines_of(upload(cast, rows(text))).get()
    offer = queries.offers_for([line])[line.pk]
    return [(one.kind, tuple(map(str, one.why))) for one in offer.suggestions]


def client_of(cast: Cast) -> Company:
    Company.objects.filter(pk=cast.company_id("client")).update(inn=INN)
    return Company.objects.get(pk=cast.company_id("client"))


def test_what_an_invoice_leaves_of_a_line_is_the_client_s_advance(shop: Cast) -> None:
    client = client_of(shop)
    bill = bill_of(shop, "1000.00", inn=INN)
    sum_ = bill.gross + 500
    statement = upload(shop, rows(f"24.11.2026;15;Клиент;{INN};{sum_};Оплата {bill.number}"))
    paid = part("invoice", bill.pk, str(bill.gross))
    assert confirm(shop, statement, Match(1, (paid,))).booked == 1
    line = queries.lines_of(statement).get()
    offer = queries.offers_for([line])[line.pk]
    assert [(one.kind, one.target, one.amount) for one in offer.suggestions] == [
        ("advance_of", client.pk, Decimal("500.00"))
    ]
    assert offer.chosen is None
    ahead = part("advance_of", client.ref, "500.00")
    assert confirm(shop, statement, Match(1, (ahead,))).booked == 1
    advance = ClientAdvance.objects.get()
    assert (advance.company_id, advance.amount, advance.reference, advance.left) == (
        client.pk,
        Decimal("500.00"),
        "15",
        Decimal("500.00"),
    )
    assert list(differences()) == []


def test_money_that_left_for_an_order_under_way_is_an_advance(shop: Cast) -> None:
    row = order_samples.order(shop, carrier_rate=Decimal("1000.00"))
    partner = order_samples.partner_carrier(shop)
    Company.objects.filter(pk=partner.pk).update(inn=INN)
    who = assignment.assignment_to(order=row, rate=None, partner=partner)
    assignment.assign_directly(order=row, assignment=who, by=shop.actor("head"), at=clock.now())
    assert offered(shop, f"24.11.2026;8;ИП;{INN};-1,00;Аванс") == [("advance_of", ("payer",))]
    text = f"24.11.2026;9;ИП;;-400,00;Аванс за рейс {row.ref}"
    assert offered(shop, text) == [("advance_of", ("order",))]
    statement = upload(shop, rows(text))
    assert confirm(shop, statement, Match(1, (part("advance_of", row.ref, "400.00"),))).booked == 1
    advance = CarrierAdvance.objects.get()
    assert (advance.order_id, advance.amount, advance.reference) == (
        row.pk,
        Decimal("400.00"),
        "9",
    )
    assert list(differences()) == []


def test_above_the_rate_a_line_asks_once_more(shop: Cast) -> None:
    row = hired(shop, "1000.00", "KGS")
    statement = upload(shop, rows("24.11.2026;9;ИП;;-1000,01;Рейс"))
    match = (part("advance_of", row.ref, "1000.01"),)
    refused = confirm(shop, statement, Match(1, match)).refused
    assert [one.field for one in refused] == ["sure"]
    assert not CarrierAdvance.objects.exists()
    assert confirm(shop, statement, Match(1, match, is_sure=True)).booked == 1
    assert CarrierAdvance.objects.get().amount == Decimal("1000.01")


def test_advances_entered_by_hand_are_tied_and_not_booked_again(shop: Cast) -> None:
    client = client_of(shop)
    row = hired(shop, "1000.00", "KGS")
    facts: dict[str, Any] = {
        "paid_on": date(2026, 11, 24),
        "method": Method.BANK,
        "by": shop.actor("accountant"),
        "at": noon("2026-11-25"),
    }
    of_client = client_advances.receive(
        company=client, amount=Decimal(70), currency="KGS", once=uuid4(), **facts
    )
    to_carrier = carrier_advances.pay(
        order=row, amount=Decimal(80), occasion=Occasion.FUEL, once=uuid4(), **facts
    )
    statement = upload(shop, rows("24.11.2026;1;A;;70,00;x", "24.11.2026;2;B;;-80,00;y"))
    lines = list(queries.lines_of(statement))
    offers = queries.offers_for(lines)
    assert [[one.pk for one in offers[line.pk].entered] for line in lines] == [
        [of_client.pk],
        [to_carrier.pk],
    ]
    again = confirm(shop, statement, Match(1, (part("advance_of", client.pk, "70.00"),)))
    assert again.refused[0].field == "entered"
    tied = confirm(
        shop,
        statement,
        Match(1, (part("entered", of_client.pk, "70.00"),)),
        Match(2, (part("entered", to_carrier.pk, "80.00"),)),
    )
    assert (tied.booked, tied.refused) == (2, [])
    assert (ClientAdvance.objects.count(), CarrierAdvance.objects.count()) == (1, 1)
    match = LineMatch.objects.get(client_advance=of_client)
    with pytest.raises(IntegrityError), transaction.atomic():
        LineMatch.objects.create(
            line=match.line,
            client_advance=of_client,
            carrier_advance=to_carrier,
            amount=Decimal(1),
            is_booked=False,
            matched_at=noon("2026-11-25"),
        )


def test_a_refund_that_stayed_is_no_line_of_the_bank(shop: Cast) -> None:
    bill = invoice(shop, "1000.00", on="2026-11-20", price_tax="none")
    payment = pay(shop, bill, "400.00", "2026-11-24")
    payments.refund(
        payment=payment,
        amount=Decimal(100),
        on=date(2026, 11, 24),
        reason="вернуть",
        once=uuid4(),
        by=shop.actor("accountant"),
        at=noon("2026-11-25"),
        keep=True,
    )
    assert ClientAdvance.objects.count() == 1
    lines = list(queries.lines_of(upload(shop, rows("24.11.2026;1;A;;100,00;x"))))
    assert queries.offers_for(lines)[lines[0].pk].entered == []


@pytest.mark.parametrize(
    ("sum_", "kind", "target", "field"),
    [
        ("10,00", "advance_of", "CMP-999", "advance_of"),
        ("-10,00", "advance_of", "ORD-1", "advance_of"),
        ("-10,00", "advance_of", str(UUID(int=7)), "advance_of"),
        ("10,00", "entered", str(UUID(int=7)), "entered"),
    ],
)
def test_what_is_not_there_is_said(
    shop: Cast, sum_: str, kind: str, target: str, field: str
) -> None:
    statement = upload(shop, rows(f"24.11.2026;1;A;;{sum_};x"))
    result = confirm(shop, statement, Match(1, (part(kind, target, "10.00"),)))
    assert [one.field for one in result.refused] == [field]
    assert Payment.objects.count() == 0


def test_the_page_books_what_is_chosen_or_typed(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        open_accounts()
        client = client_of(alpha)
        row = hired(alpha, "1000.00", "KGS")
        text = rows(f"24.11.2026;1;Клиент;{INN};70,00;x", "24.11.2026;2;ИП;;-1000,01;y")
        statement = upload(alpha, text)
    browser = browse(alpha, "accountant")
    address = f"/finance/bank/{statement.pk}/"
    page = browser.get(address).content.decode()
    chosen = f"advance_of:{client.pk}:70.00"
    assert chosen in page
    sent = {"line-1": chosen, "line-2": "", "number-2": row.ref}
    answer = browser.post(f"{address}confirm/", sent)
    assert answer.status_code == 422
    assert 'name="sure-2"' in answer.content.decode()
    answer = browser.post(f"{address}confirm/", {**sent, "line-1": "", "sure-2": "on"})
    assert answer.status_code == 302
    page = browser.get(address).content.decode()
    assert client.name in page and row.ref in page
    with inside(alpha.scope):
        assert ClientAdvance.objects.get().amount == Decimal("70.00")
        assert CarrierAdvance.objects.get().amount == Decimal("1000.01")


def test_the_api_offers_and_books_it(alpha: Cast, call: Any) -> None:
    with inside(alpha.scope):
        open_accounts()
        client = client_of(alpha)
        statement = upload(alpha, rows(f"24.11.2026;1;Клиент;{INN};70,00;x"))
    api = call(alpha, "accountant")
    address = f"{CALL}/{statement.pk}"
    [line] = api.send("get", address).json()["lines"]
    assert [one["advance_of"] for one in line["suggestions"]] == [str(client.pk)]
    body = {"matches": [{"line": 1, "parts": [{"advance_of": str(client.pk), "amount": "70.00"}]}]}
    key = {"Idempotency-Key": uuid4().hex}
    answer = api.send("post", f"{address}/confirm", body, **key)
    assert [one["booked"] for one in answer.json()["outcomes"]] == [True]
    with inside(alpha.scope):
        assert ClientAdvance.objects.get().company_id == client.pk
