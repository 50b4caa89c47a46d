"""One meaning of a price: what the client signs is what it is invoiced for, to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies import regimes
from companies.models import OwnFirm
from documents.models import Document
from finance import invoices
from finance.models import Line
from finance.settlement import settle
from orders import acceptance, drafting, lifecycle, papers
from orders.drafts import data_of
from orders.errors import Refused
from orders.models import Order
from orders.stages import Act
from tenants.kit.doubts import Doubt
from tenants.kit.money import TaxRate
from tenants.kit.price_tax import PriceTax, split_price
from tests.orders.order_samples import NOW, data, later, order
from tests.page_forms import form_with
from tests.world import Cast

CENTS = st.decimals(min_value="0.01", max_value="9999999999.99", places=2)
PERCENTS = st.lists(st.sampled_from(["2", "5", "7", "12", "22"]), max_size=2)


@given(price=CENTS, tax=st.sampled_from(PriceTax.values), percents=PERCENTS)
def test_the_parts_add_up_and_the_agreed_side_never_moves(
    price: Decimal, tax: str, percents: list[str]
) -> None:
    rates = [TaxRate(f"T{place}", Decimal(percent)) for place, percent in enumerate(percents)]
    amounts = split_price(price, tax, rates)
    assert amounts.net + amounts.tax == amounts.gross
    agreed = amounts.gross if tax == PriceTax.INCLUDED else amounts.net
    assert agreed == price
    assert (not amounts.taxes) == (tax == PriceTax.NONE or not rates)


@pytest.fixture
def payer(in_alpha: Cast) -> Cast:
    firm = {"name": "Own", "full_name": "ОсОО Own", "inn": "01", "vat_payer": True}
    OwnFirm.objects.update_or_create(pk=1, defaults=firm)
    return in_alpha


@pytest.mark.parametrize(
    ("country", "is_payer", "usual"),
    [
        ("KG", True, "included"),
        ("RU", True, "included"),
        ("KZ", True, "included"),
        ("TH", True, "on_top"),
        ("KG", False, "none"),
        ("TH", False, "none"),
    ],
)
def test_where_nothing_is_said_the_firm_s_regime_says_it(
    payer: Cast, country: str, is_payer: bool, usual: str
) -> None:
    OwnFirm.objects.update(country=country, vat_payer=is_payer)
    assert order(payer).price_tax == usual


@pytest.mark.parametrize("tax", PriceTax.values)
def test_request_card_answer_invoice_and_ledger_say_the_same(
    payer: Cast, browse: Any, call: Any, tax: str
) -> None:
    """Seen: a request of 100,000 with VAT included, an invoice of 112,000."""
    row = order(payer, client_price=Decimal("100000.00"), price_tax=tax)
    request = papers.request(order=row, at=NOW, by=payer.actor("head"))
    assert request is not None
    answer = call(payer).send("get", f"orders/{row.ref}").json()
    Order.objects.filter(pk=row.pk).update(stage="delivered")
    bill = settle(order=row, by=payer.actor("head"), at=NOW)
    sums = {"net": str(bill.net), "gross": str(bill.gross)}
    on_paper = Document.objects.get(pk=request.pk).context
    assert {part: on_paper["amounts"][part] for part in sums} == sums
    assert on_paper["price"] == sums["gross"]
    parts = [answer["client_net"], answer["client_tax"], answer["client_gross"]]
    assert parts == [str(bill.net), str(bill.tax), str(bill.gross)]
    booked = Line.objects.filter(invoice_id=bill.pk, debit="receivable")
    assert sum(line.amount for line in booked) == bill.gross
    card = browse(payer).get(f"/orders/{row.ref}/").content.decode()
    shown = {"included": "10 714,29", "on_top": "112 000,00", "none": "без налогов"}[tax]
    assert shown in card.replace("\u00a0", " ")


def test_an_invoice_keeps_its_day_s_rates_on_the_order(payer: Cast, call: Any) -> None:
    """A regime that begins later moves neither the invoice nor what the order says of it."""
    row = order(payer, client_price=Decimal("1000.00"))
    Order.objects.filter(pk=row.pk).update(stage="delivered")
    bill = invoices.issue_for_order(order=row, by=payer.actor("head"), at=NOW)
    head = payer.actor("head")
    tomorrow = payer.info.day(NOW) + timedelta(days=1)
    regimes.choose(firm_id=1, regime="simplified", since=tomorrow, by=head, at=NOW)
    read = call(payer).send("get", f"orders/{row.ref}").json()
    assert read["client_net"] == str(bill.net) == "892.86"
    invoices.cancel(invoice=bill, reason="Ошибка", by=head, at=NOW)
    assert call(payer).send("get", f"orders/{row.ref}").json()["client_net"] == "1000.00"


@pytest.mark.parametrize("later_on", ["an earlier regime", "other details", "another main firm"])
def test_an_invoice_keeps_its_taxes_on_the_order(payer: Cast, call: Any, later_on: str) -> None:
    """Whatever becomes of the firm: a regime entered late, corrected details, another main firm."""
    row = order(payer, client_price=Decimal("1000.00"))
    Order.objects.filter(pk=row.pk).update(stage="delivered")
    head = payer.actor("head")
    bill = invoices.issue_for_order(order=row, by=head, at=NOW)
    match later_on:
        case "an earlier regime":
            since = payer.info.day(NOW) - timedelta(days=40)
            regimes.choose(firm_id=1, regime="simplified", since=since, by=head, at=NOW)
        case "other details":
            OwnFirm.objects.update(vat_payer=False)
        case "another main firm":
            OwnFirm.objects.update(is_main=False)
            OwnFirm.objects.create(pk=2, name="Second", number_prefix="B", vat_payer=False)
    read = call(payer).send("get", f"orders/{row.ref}").json()
    assert (bill.tax, read["client_tax"]) == (Decimal("107.14"), "107.14")
    invoices.cancel(invoice=bill, reason="Ошибка", by=head, at=NOW)
    assert call(payer).send("get", f"orders/{row.ref}").json()["client_tax"] == "0.00"


def test_a_firm_that_pays_no_tax_is_asked_about_a_price_with_taxes(payer: Cast) -> None:
    OwnFirm.objects.update(vat_payer=False)
    with pytest.raises(Doubt) as question:
        drafting.create(
            data=data(payer, price_tax="included"),
            by=payer.actor("dispatcher"),
            at=NOW,
            sure=(),
        )
    assert question.value.key == "tax included"
    drafting.create(
        data=data(payer, price_tax="included"),
        by=payer.actor("dispatcher"),
        at=NOW,
        sure=[question.value.key],
    )


def test_another_meaning_is_another_price_for_the_client(payer: Cast, browse: Any) -> None:
    """The client said yes to a price with taxes: plus taxes it is asked again, its old page refused."""
    row = order(payer)
    lifecycle.advance(order=row, act=Act.QUOTE, by=payer.actor("dispatcher"), at=later(1))
    client = browse(payer, "client")
    page = client.get(f"/cabinet/orders/{row.ref}/").content
    assert "НДС 12 %" in page.decode()
    sent = form_with(page, "agree", "price").fields
    changed = replace(data_of(Order.objects.get(pk=row.pk)), price_tax="on_top")
    drafting.edit(order=row, data=changed, by=payer.actor("dispatcher"), at=later(2))
    refused = client.post(f"/cabinet/orders/{row.ref}/agree/", sent)
    assert Order.objects.get(pk=row.pk).agreed_at is None, refused
    now = Order.objects.get(pk=row.pk)
    shown = acceptance.Shown(now.client_price, now.currency, now.version)
    acceptance.advance(order=row, act=Act.AGREE, shown=shown, by=payer.actor("client"), at=later(3))


def test_the_form_says_it_and_keeps_it(payer: Cast, browse: Any) -> None:
    browser = browse(payer)
    row = order(payer, price_tax="on_top")
    edit = form_with(browser.get(f"/orders/{row.ref}/edit/").content, "", "price_tax")
    assert edit.fields["price_tax"] == "on_top"
    typed = edit.fields | {"price_tax": "none"}
    assert browser.post(f"/orders/{row.ref}/edit/", typed).status_code == 302
    assert Order.objects.get(pk=row.pk).price_tax == "none"


def test_a_word_that_is_no_meaning_is_refused_at_its_field(payer: Cast, call: Any) -> None:
    row = order(payer)
    refused = call(payer).send("patch", f"orders/{row.ref}", {"price_tax": "with_vat"})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["price_tax"])
    assert Order.objects.get(pk=row.pk).price_tax == "included"


@pytest.mark.parametrize(
    "change",
    [
        {"client_price": Decimal("1.00")},
        {"currency": "USD", "client_fx": Decimal("87.50")},
        {"price_tax": "on_top"},
        {"seller_firm": 2},
        {"client_id": None},
        {"margin": Decimal("5.00"), "client_price": None},
    ],
)
def test_what_was_invoiced_does_not_slip_away(payer: Cast, change: dict[str, Any]) -> None:
    """Seen: the order of a paid invoice was sold by another firm, at another price."""
    OwnFirm.objects.create(pk=2, name="Second", is_main=False, number_prefix="B")
    row = order(payer)
    Order.objects.filter(pk=row.pk).update(stage="delivered")
    head = payer.actor("head")
    bill = invoices.issue_for_order(order=row, by=head, at=NOW)
    before = data_of(Order.objects.get(pk=row.pk))
    changed = replace(before, **change)
    with pytest.raises(Refused):
        drafting.edit(order=row, data=changed, by=head, at=later(1))
    assert data_of(Order.objects.get(pk=row.pk)) == before
    drafting.edit(order=row, data=replace(before, note="x"), by=head, at=later(1))
    invoices.cancel(invoice=bill, reason="Ошибка", by=head, at=later(1))
    if "price_tax" in change:
        drafting.edit(order=row, data=changed, by=head, at=later(1))
