"""Two own firms: orders, numbers, letterheads and taxes of each are apart; one firm shows nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from companies import firms, own_taxes, regimes
from companies.firms import CannotChangeFirm
from companies.models import OwnFirm
from companies.queries import own_details
from documents.models import Document, NumberCounter
from finance import invoices, papers
from finance.models import Invoice
from orders import assignment
from orders import papers as order_papers
from orders.models import Order
from tests.companies.test_firms import SECOND
from tests.finance.money_samples import noon, order, own
from tests.orders import order_samples
from tests.page_forms import form_with
from tests.world import Cast

AT = noon("2026-03-13")


@pytest.fixture
def cast(in_alpha: Cast) -> Cast:
    """The main firm pays VAT by its regime, the second one is simplified."""
    own(full_name="ОсОО «Первая»", country="KG", director="А", address="Б", details_at=AT)
    head = in_alpha.actor("head")
    second = {name: value for name, value in SECOND.items() if name != "invoice_terms_days"}
    firms.add_firm(values=second, by=head, at=AT)
    day = noon("2026-01-01").date()
    regimes.choose(firm_id=1, regime="vat", since=day, by=head, at=AT)
    regimes.choose(firm_id=2, regime="simplified", since=day, by=head, at=AT)
    return in_alpha


def _invoice(cast: Cast, firm: int | None) -> Invoice:
    return invoices.issue_for_order(
        order=order(cast, price="1000.00", seller_firm=firm),
        by=cast.actor("accountant"),
        at=AT,
    )


def test_numbers_letterheads_and_taxes_of_each_firm_are_apart(cast: Cast) -> None:
    bills = [_invoice(cast, firm) for firm in (None, 2, 1, 2)]
    assert [bill.number for bill in bills] == ["26-1", "Б26-1", "26-2", "Б26-2"]
    assert [bill.firm_id for bill in bills] == [1, 2, 1, 2]
    assert [bill.tax for bill in bills] == [Decimal("120.00"), 0, Decimal("120.00"), 0]
    assert [bill.seller_name for bill in bills[:2]] == ["ОсОО «Первая»", SECOND["full_name"]]
    heads = [Document.objects.get(pk=bill.document_id).letterhead["own"] for bill in bills[:2]]
    assert [head["tax_id"] for head in heads] == ["01", SECOND["inn"]]
    counts = NumberCounter.objects.filter(kind="invoice").order_by("issuer")
    assert list(counts.values_list("issuer", "last")) == [(1, 2), (2, 2)]


def test_the_act_is_of_the_firm_of_its_invoice(cast: Cast) -> None:
    bill = _invoice(cast, 2)
    head = cast.actor("head")
    act = papers.act_paper(invoice=bill, on=AT.date(), by=head, at=AT)
    assert (act.issuer, act.code) == (2, "Б26-1")
    assert act.letterhead["own"]["name"] == SECOND["full_name"]


def test_request_is_of_the_firm_that_sells_and_instruction_of_the_one_that_hires(
    cast: Cast,
) -> None:
    head = cast.actor("head")
    sold = order_samples.order(cast, seller_firm=1, hiring_firm=2)
    partner = order_samples.partner_carrier(cast)
    who = assignment.assignment_to(order=sold, rate=None, partner=partner)
    assignment.assign_directly(order=sold, assignment=who, by=head, at=AT)
    order_papers.request(order=sold, at=AT, by=head)
    order_papers.instruction(order=sold, at=AT, by=head)
    issued = Document.objects.filter(subject=f"order:{sold.pk}")
    heads = {paper.kind: (paper.code, paper.letterhead["own"]["name"]) for paper in issued}
    assert heads == {
        "request": ("1", "ОсОО «Первая»"),
        "instruction": ("Б-1", SECOND["full_name"]),
    }


def test_a_firm_with_open_invoices_is_not_archived(cast: Cast) -> None:
    bill = _invoice(cast, 2)
    head = cast.actor("head")
    with pytest.raises(CannotChangeFirm, match=bill.number):
        firms.archive_firm(firm=own_details(2), by=head, at=AT)
    invoices.cancel(invoice=bill, reason="ошибка", by=head, at=AT)
    firms.archive_firm(firm=own_details(2), by=head, at=AT)
    assert own_details(2).archived_at == AT


def test_each_firm_chooses_its_optional_taxes(cast: Cast) -> None:
    head = cast.actor("head")
    own_taxes.choose(kinds=["НСП"], by=head, at=AT, firm_id=2)
    own_taxes.choose(kinds=["НСП"], by=head, at=AT, firm_id=1)
    own_taxes.choose(kinds=[], by=head, at=AT, firm_id=2)
    assert own_taxes.chosen(AT.date(), 1) == {"НСП"}
    assert own_taxes.chosen(AT.date(), 2) == frozenset()


def test_the_rate_of_the_regime_replaces_the_country_s(cast: Cast) -> None:
    OwnFirm.objects.filter(pk=2).update(country="RU")
    day = noon("2026-03-01").date()
    head = cast.actor("head")
    regimes.choose(firm_id=2, regime="simplified_5", since=day, by=head, at=AT)
    assert _invoice(cast, 2).tax == Decimal("50.00")


def test_the_order_s_form_and_card_name_the_firms(cast: Cast, browse: Any) -> None:
    head = browse(cast)
    form = head.get("/orders/new/").content.decode()
    assert 'name="seller_firm"' in form and SECOND["name"] in form
    sold = order_samples.order(cast)
    edit = form_with(head.get(f"/orders/{sold.ref}/edit/").content, "", "seller_firm")
    typed = edit.fields | {"seller_firm": "2"}
    question = head.post(f"/orders/{sold.ref}/edit/", typed)  # the second firm pays no VAT
    assert question.status_code == 422 and SECOND["name"] in question.content.decode()
    typed |= {"price_tax": "none"}
    assert head.post(f"/orders/{sold.ref}/edit/", typed).status_code == 302
    head.post("/my-company/firms/2/archive/")
    assert SECOND["name"] not in head.get("/orders/new/").content.decode()
    assert SECOND["name"] in head.get(f"/orders/{sold.ref}/").content.decode()
    assert SECOND["name"] in head.get(f"/orders/{sold.ref}/edit/").content.decode()
    assert Order.objects.get(pk=sold.pk).seller_firm == 2


PAGES = (
    "/orders/",
    "/orders/new/",
    "/orders/{ref}/",
    "/orders/{ref}/edit/",
    "/my-company/",
    "/my-company/images/",
    "/my-company/look/",
    "/my-company/terms/",
    "/my-company/regime/",
    "/my-company/accounts/",
    "/finance/taxes/",
    "/finance/",
)
TRACES = ("seller_firm", "hiring_firm", "firm=", "number_prefix", "/my-company/firms/2")


def test_with_one_firm_no_page_shows_a_trace_of_several(in_alpha: Cast, browse: Any) -> None:
    """But for the one link that adds a second firm."""
    own(full_name="ОсОО «Первая»", country="KG", details_at=AT)
    head = browse(in_alpha)
    sold = order(in_alpha, stage="draft")
    for address in PAGES:
        page = head.get(address.format(ref=sold.ref))
        assert page.status_code == 200, address
        text = page.content.decode()
        assert [trace for trace in TRACES if trace in text] == [], address


def test_with_two_firms_these_pages_do_show_them(cast: Cast, browse: Any) -> None:
    head = browse(cast)
    sold = order(cast, stage="draft")
    for address in ("/orders/new/", "/orders/{ref}/edit/", "/my-company/", "/finance/taxes/"):
        text = head.get(address.format(ref=sold.ref)).content.decode()
        assert [trace for trace in TRACES if trace in text] != [], address


def test_the_api_names_the_firms_too(cast: Cast, call: Any) -> None:
    sold = order_samples.order(cast)
    path = f"orders/{sold.ref}"
    api = call(cast)
    assert api.send("patch", path, {"seller_firm": 2}).status_code == 409
    answer = api.send("patch", path, {"seller_firm": 2, "price_tax": "none"})
    body = answer.json()
    assert (answer.status_code, body["seller_firm"], body["hiring_firm"]) == (200, 2, None)
    refused = api.send("patch", path, {"hiring_firm": 9})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["hiring_firm"])
    assert Order.objects.get(pk=sold.pk).hiring_firm is None
