"""How the carrier's rate stands to tax: as usual for the carrier, else as it was said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from companies.models import Company, OwnFirm
from orders import assignment, drafting
from orders.crew_question import CREW
from orders.drafts import data_of
from orders.errors import Refused
from orders.models import Order, Trip
from orders.price_split import Splitter
from tenants.kit.doubts import Doubt
from tests.orders.order_samples import NOW, data, later, order, own_driver, partner_carrier
from tests.page_forms import form_with
from tests.world import Cast

HUNDRED_THOUSAND = Decimal("100000.00")


@pytest.fixture
def payer(in_alpha: Cast) -> Cast:
    """Alpha's own firm pays value-added tax."""
    firm = {"name": "Own", "full_name": "ОсОО Own", "inn": "01", "vat_payer": True}
    OwnFirm.objects.update_or_create(pk=1, defaults=firm)
    return in_alpha


def carrier(cast: Cast, *, is_payer: bool = True, country: str = "KG") -> Company:
    company = partner_carrier(cast)
    Company.objects.filter(pk=company.pk).update(vat_payer=is_payer, country=country)
    company.refresh_from_db()
    return company


def assign(cast: Cast, row: Order, company: Company | None, **more: Any) -> Trip:
    driver = None if company else own_driver()
    who = assignment.assignment_to(
        order=row, rate=HUNDRED_THOUSAND, partner=company, driver=driver, **more
    )
    return assignment.assign_directly(order=row, assignment=who, by=cast.actor("head"), at=NOW)


def taken(row: Order) -> tuple[str, str, str]:
    """How the order's rate stands to tax, its net and its gross."""
    now = Order.objects.get(pk=row.pk)
    amounts = Splitter().carrier_split(now)
    assert amounts is not None
    assert amounts.net + amounts.tax == amounts.gross
    return now.carrier_tax, str(amounts.net), str(amounts.gross)


@pytest.mark.parametrize(
    ("country", "is_payer", "expected"),
    [
        ("KG", True, ("included", "89285.71", "100000.00")),
        ("RU", True, ("included", "81967.21", "100000.00")),
        ("TH", True, ("on_top", "100000.00", "107000.00")),
        ("KG", False, ("none", "100000.00", "100000.00")),
        ("", True, ("included", "89285.71", "100000.00")),
    ],
)
def test_where_nobody_says_it_the_carrier_s_card_does(
    payer: Cast, country: str, is_payer: bool, expected: tuple[str, str, str]
) -> None:
    row = order(payer)
    assign(payer, row, carrier(payer, is_payer=is_payer, country=country))
    assert taken(row) == expected


def test_a_driver_of_the_pool_has_no_taxes(payer: Cast) -> None:
    row = order(payer)
    assign(payer, row, None)
    assert taken(row) == ("none", "100000.00", "100000.00")


def test_taxes_of_a_carrier_not_known_to_pay_any_are_asked_about(payer: Cast) -> None:
    row = order(payer, carrier_tax="included")
    company = carrier(payer, is_payer=False)
    who = assignment.assignment_to(order=row, rate=HUNDRED_THOUSAND, partner=company)
    head = payer.actor("head")
    with pytest.raises(Doubt) as question:
        assignment.assign_directly(order=row, assignment=who, by=head, at=NOW, sure=[CREW])
    assert question.value.key == "carrier tax included"
    assert not Trip.objects.exists()
    sure = {CREW, question.value.key}
    assignment.assign_directly(order=row, assignment=who, by=head, at=NOW, sure=sure)
    assert taken(row) == ("included", "89285.71", "100000.00")


def test_a_replacement_is_taxed_as_usual_for_who_comes(payer: Cast) -> None:
    row = order(payer)
    assign(payer, row, carrier(payer))
    row.refresh_from_db()
    who = assignment.assignment_to(order=row, rate=HUNDRED_THOUSAND, driver=own_driver())
    head = payer.actor("head")
    assignment.replace_carrier(order=row, assignment=who, reason="сломался", by=head, at=later(1))
    assert taken(row) == ("none", "100000.00", "100000.00")


def test_what_was_agreed_on_stays(payer: Cast) -> None:
    """Neither an edit nor what the carrier's card says later moves it."""
    row = order(payer)
    company = carrier(payer)
    assign(payer, row, company)
    Company.objects.filter(pk=company.pk).update(vat_payer=False, country="RU")
    assert taken(row) == ("included", "89285.71", "100000.00")
    changed = replace(data_of(Order.objects.get(pk=row.pk)), carrier_tax="on_top")
    with pytest.raises(Refused):
        drafting.edit(order=row, data=changed, by=payer.actor("head"), at=later(1))
    unsaid = replace(changed, carrier_tax="", note="x")
    drafting.edit(order=row, data=unsaid, by=payer.actor("head"), at=later(1))
    assert taken(row) == ("included", "89285.71", "100000.00")


@pytest.mark.parametrize(("is_payer", "margin_net"), [(True, "10714.29"), (False, "20000.00")])
def test_the_margin_without_taxes_takes_off_what_may_be_taken_off(
    payer: Cast, call: Any, is_payer: bool, margin_net: str
) -> None:
    """A firm that pays no tax bears the carrier's: 120 000 less 100 000 with the tax in it."""
    OwnFirm.objects.update(vat_payer=is_payer)
    price = Decimal("120000.00")
    row = order(payer, client_price=HUNDRED_THOUSAND if is_payer else price, price_tax="on_top")
    assign(payer, row, carrier(payer))
    read = call(payer).send("get", f"orders/{row.ref}").json()
    parts = [read[name] for name in ("carrier_tax", "carrier_net", "carrier_gross", "margin_net")]
    assert parts == ["included", "89285.71", "100000.00", margin_net]


def test_a_loss_is_one_without_taxes(payer: Cast) -> None:
    """100 000 with the tax in it are less than 95 000 of a carrier without."""
    loss = data(payer, client_price=HUNDRED_THOUSAND, carrier_rate=Decimal("95000.00"))
    head = payer.actor("head")
    with pytest.raises(Doubt) as question:
        drafting.create(data=loss, by=head, at=NOW, sure=())
    assert question.value.key == "margin -5714.29"
    taxed = replace(loss, carrier_tax="included")
    assert drafting.create(data=taxed, by=head, at=NOW, sure=()).pk


def test_the_form_says_it_and_keeps_it(payer: Cast, browse: Any) -> None:
    browser = browse(payer)
    row = order(payer, carrier_tax="on_top")
    edit = form_with(browser.get(f"/orders/{row.ref}/edit/").content, "", "carrier_tax")
    assert edit.fields["carrier_tax"] == "on_top"
    typed = edit.fields | {"carrier_tax": "included"}
    assert browser.post(f"/orders/{row.ref}/edit/", typed).status_code == 302
    assert Order.objects.get(pk=row.pk).carrier_tax == "included"
    chosen = form_with(browser.get(f"/orders/{row.ref}/assign/").content, "", "partner")
    assert chosen.fields["carrier_tax"] == "included"


def test_card_and_answer_say_it_to_whoever_sees_the_rate(
    payer: Cast, browse: Any, call: Any
) -> None:
    row = order(payer, carrier_rate=HUNDRED_THOUSAND, carrier_tax="included")
    card = browse(payer).get(f"/orders/{row.ref}/").content.decode()
    assert "10 714,29" in card.replace("\u00a0", " ")
    hidden = call(payer, "accountant").send("get", f"orders/{row.ref}").json()
    assert (hidden["carrier_tax"], hidden["carrier_net"], hidden["carrier_gross"]) == (None,) * 3
    seen = call(payer, "client").send("get", f"orders/{row.ref}").json()
    assert not [name for name in seen if name.startswith("carrier")]


def test_a_word_that_is_no_meaning_is_refused_at_its_field(payer: Cast, call: Any) -> None:
    row = order(payer)
    refused = call(payer).send("patch", f"orders/{row.ref}", {"carrier_tax": "with_vat"})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["carrier_tax"])
