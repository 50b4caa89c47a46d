"""A carrier's tax: owed with the rate, a cost until its invoice is there, then taken off our own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q, Sum
from hypothesis import given
from hypothesis import strategies as st

from companies.carrier_taxes import rates_in
from documents.models import Document
from finance import input_tax, payables
from finance.input_tax import CannotTakeOff
from finance.models import Account, Entry, Line, Method, Payable
from finance.queries.pnl import pnl
from finance.verify import differences
from orders import assignment, papers
from orders.models import Order
from orders.price_split import Splitter
from tenants.kit.money import rounded
from tenants.kit.price_tax import PriceTax, split_price
from tenants.office.models import AuditEvent
from tests.finance import money_samples
from tests.finance.money_doc import table
from tests.finance.money_samples import MARCH, noon, own
from tests.orders import order_samples
from tests.page_forms import form_with
from tests.world import Cast

ON = date(2026, 3, 20)
CENTS = st.decimals(min_value="0.01", max_value="9999999999.99", places=2)


@pytest.fixture
def cast(in_alpha: Cast) -> Cast:
    own(vat_payer=True)
    return in_alpha


def owed(
    cast: Cast, rate: str = "100000.00", tax: str = "included", country: str = "KG", **more: Any
) -> Payable:
    """The debt of an order that was completed on 13 March."""
    taxes = rates_in(country, tax, ON)
    order = money_samples.order(
        cast,
        carrier_rate=Decimal(rate),
        carrier_tax=tax,
        carrier_taxed_by=[{"kind": one.kind, "percent": str(one.percent)} for one in taxes],
        stage="completed",
        completed_at=noon("2026-03-13"),
        **more,
    )
    payable = payables.accrue(order=order, by=cast.actor("head"), at=noon("2026-03-13"))
    assert payable is not None
    return payable


def enter(cast: Cast, payable: Payable, number: str = "ЭСФ 17", on: date = ON) -> Payable:
    return input_tax.enter(
        payable=payable, number=number, on=on, by=cast.actor("accountant"), at=noon("2026-03-25")
    )


def balance(account: Account) -> Decimal:
    """Debit less credit, at home."""
    debit = Sum("home_amount", filter=Q(debit=account), default=Decimal("0.00"))
    credit = Sum("home_amount", filter=Q(credit=account), default=Decimal("0.00"))
    sums = Line.objects.aggregate(debit=debit, credit=credit)
    return sums["debit"] - sums["credit"]


@pytest.mark.parametrize(
    ("rate", "tax", "country", "firm", "net", "taxes", "gross", "cost", "after"),
    table("What a carrier's rate means"),
)
def test_a_rate_is_owed_and_costs_what_the_table_says(
    cast: Cast,
    rate: str,
    tax: str,
    country: str,
    firm: str,
    net: str,
    taxes: str,
    gross: str,
    cost: str,
    after: str,
) -> None:
    own(vat_payer=firm == "pays")
    payable = owed(cast, rate, tax, country)
    assert (str(payable.net), str(payable.tax), str(payable.amount)) == (net, taxes, gross)
    assert balance(Account.COST) == Decimal(cost)
    assert balance(Account.PAYABLE) == -Decimal(gross)
    if after == "–":
        with pytest.raises(CannotTakeOff):
            enter(cast, payable)
        assert balance(Account.COST) == Decimal(cost)
        return
    enter(cast, payable)
    assert balance(Account.COST) == Decimal(after)
    assert balance(Account.INPUT_TAX) == Decimal(taxes)
    assert pnl([MARCH], cast.info.currency).at_home[0].cost == Decimal(after)
    assert list(differences()) == []


@given(rate=CENTS, tax=st.sampled_from(PriceTax.values), country=st.sampled_from(["KG", "RU"]))
def test_the_tax_at_home_is_what_the_cost_has_more_than_the_net(
    rate: Decimal, tax: str, country: str
) -> None:
    amounts = split_price(rate, tax, rates_in(country, tax, ON))
    row = Payable(amount=amounts.gross, net=amounts.net, tax=amounts.tax, fx=Decimal("87.123456"))
    assert amounts.net + amounts.tax == amounts.gross
    left = rounded(row.amount * row.fx) - row.tax_at_home
    assert left == rounded(amounts.net * row.fx)


def test_paper_debt_and_answer_say_the_same(cast: Cast, call: Any) -> None:
    """What the carrier signs is what it is owed, to the cent."""
    company = order_samples.partner_carrier(cast)
    company.vat_payer = True
    company.country = "TH"
    company.save()
    row = order_samples.order(cast)
    head = cast.actor("head")
    rate = Decimal("33333.33")
    who = assignment.assignment_to(order=row, rate=rate, partner=company, payment="cash")
    assignment.assign_directly(order=row, assignment=who, by=head, at=order_samples.NOW)
    paper = papers.instruction(order=row, at=order_samples.later(1), by=head)
    assert paper is not None
    context = Document.objects.get(pk=paper.pk).context
    parts = context["amounts"]
    Order.objects.filter(pk=row.pk).update(stage="completed", completed_at=order_samples.later(2))
    payable = payables.accrue(order=row, by=head, at=order_samples.later(2))
    assert payable is not None
    read = call(cast).send("get", f"orders/{row.ref}").json()
    owes = call(cast).send("get", f"payables/{row.ref}").json()
    gross = "35666.66"
    grosses = [context["price"], parts["gross"], str(payable.amount), read["carrier_gross"]]
    assert [*grosses, owes["amount"]] == [gross] * 5
    nets = [parts["net"], str(payable.net), read["carrier_net"], owes["net"]]
    assert nets == ["33333.33"] * 4
    assert context["payment_form"] in ("Наличные", "Cash")


def test_the_order_s_margin_follows_the_invoice(cast: Cast) -> None:
    """Expected before completion, gone without the invoice, there with it."""
    payable = owed(cast)
    order = Order.objects.get(pk=payable.order_id)
    order.completed_at = None
    assert Splitter().margin_net(order) == Decimal("10714.29")
    order = Order.objects.get(pk=payable.order_id)
    assert Splitter().margin_net(order) == Decimal("0.00")
    enter(cast, payable)
    order.refresh_from_db()
    assert Splitter().margin_net(order) == Decimal("10714.29")


def test_an_invoice_is_booked_once_and_its_number_may_be_corrected(cast: Cast) -> None:
    payable = owed(cast)
    for number in ("ЭСФ 17", "ЭСФ 17", "ЭСФ 71"):
        enter(cast, payable, number)
    payable.refresh_from_db()
    assert (payable.tax_invoice, payable.tax_invoice_on) == ("ЭСФ 71", ON)
    assert Entry.objects.filter(kind="input_tax").count() == 1
    assert AuditEvent.objects.filter(action="payable.tax_invoice").count() == 2


def test_an_invoice_taken_back_leaves_the_books_as_they_were(cast: Cast) -> None:
    payable = owed(cast)
    enter(cast, payable)
    for _twice in range(2):
        input_tax.take_back(payable=payable, by=cast.actor("head"), at=noon("2026-03-26"))
    payable.refresh_from_db()
    assert (payable.tax_invoice, payable.tax_entry) == ("", None)
    assert (balance(Account.COST), balance(Account.INPUT_TAX)) == (Decimal("100000.00"), 0)
    assert not Order.objects.get(pk=payable.order_id).has_tax_invoice
    assert list(differences()) == []
    enter(cast, payable)
    assert balance(Account.COST) == Decimal("89285.71")


@pytest.mark.parametrize(
    "values",
    [
        {"tax_invoice": "17"},
        {"tax_invoice": "17", "tax_invoice_on": ON},
        {"tax_invoice_on": ON},
        {"tax": Decimal("1.00")},
    ],
)
def test_the_database_keeps_the_tax_and_its_entry_together(
    cast: Cast, values: dict[str, Any]
) -> None:
    payable = owed(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payable.objects.filter(pk=payable.pk).update(**values)


@pytest.mark.parametrize(
    ("number", "on", "field"), [(" ", ON, "number"), ("ЭСФ 17", date(2026, 3, 26), "on")]
)
def test_what_is_no_invoice_is_refused_at_its_field(
    cast: Cast, number: str, on: date, field: str
) -> None:
    payable = owed(cast)
    with pytest.raises(CannotTakeOff) as refused:
        enter(cast, payable, number, on)
    assert refused.value.field == field
    assert not Entry.objects.filter(kind="input_tax").exists()


def test_paying_the_whole_leaves_zero(cast: Cast) -> None:
    """A foreign rate with its tax: what is owed is the gross, and it is settled whole."""
    money_samples.rate("2026-03-13", "87.50")
    payable = owed(cast, "1000.00", "on_top", carrier_currency="USD", carrier_fx=Decimal("87.5"))
    enter(cast, payable)
    payables.pay_out(
        payable=payable,
        amount=Decimal("1120.00"),
        paid_on=ON,
        method=Method.BANK,
        once=uuid4(),
        by=cast.actor("head"),
        at=noon("2026-03-25"),
    )
    assert (balance(Account.PAYABLE), balance(Account.COST)) == (0, Decimal("87500.00"))
    assert balance(Account.INPUT_TAX) == Decimal("10500.00")
    assert list(differences()) == []


def test_pages_list_what_lacks_an_invoice_and_take_it(cast: Cast, browse: Any) -> None:
    payable = owed(cast)
    owed(cast, tax="none")
    browser = browse(cast, "accountant")
    address = f"/finance/carriers/{payable.pk}/tax-invoice/"
    missing = "/finance/carriers/?view=without_invoice"
    page = browser.get(missing).content.decode()
    assert (page.count("/tax-invoice/"), address in page) == (1, True)
    form = form_with(browser.get(address).content, "", "number")
    bad = browser.post(address, form.fields | {"number": "17", "on": "01.01.2035"})
    assert (bad.status_code, "17" in bad.content.decode()) == (422, True)
    assert (
        browser.post(address, form.fields | {"number": "17", "on": "20.03.2026"}).status_code == 302
    )
    assert address not in browser.get(missing).content.decode()
    back = browser.post(f"{address}back/", form.fields)
    assert back.status_code == 302
    assert address in browser.get(missing).content.decode()
    assert browse(cast, "dispatcher").get(address).status_code == 403
    assert browse(cast, "partner").get(address).status_code in (403, 404)


def test_the_api_refuses_at_the_field(cast: Cast, call: Any) -> None:
    payable = owed(cast, tax="none")
    path = f"payables/{payable.order.ref}/tax-invoice"
    body = {"number": "17", "on": "2026-03-20"}
    refused = call(cast).send("put", path, body)
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["number"])
    assert call(cast, "dispatcher").send("put", path, body).status_code == 403
    assert call(cast, "client").send("get", f"payables/{payable.order.ref}").status_code in (
        403,
        404,
    )


def test_debts_and_rates_of_before_hold_no_tax(cast: Cast) -> None:
    """What the migrations do: owed as it was, all of it net; agreed rates without, open ones open."""
    payable = owed(cast, tax="none")
    Payable.objects.filter(pk=payable.pk).update(net=None, taxes=None)
    draft = money_samples.order(cast, stage="draft")
    Order.objects.filter(pk=payable.order_id).update(carrier_tax="", carrier_taxed_by=None)
    debts = import_module("finance.migrations.0018_taxes_of_payables")
    rates = import_module("orders.migrations.0013_taxes_of_the_rate")
    with connection.cursor() as cursor:
        cursor.execute(debts.NO_TAX)
        cursor.execute(rates.AGREED)
    payable.refresh_from_db()
    assert (payable.net, payable.tax) == (payable.amount, Decimal("0.00"))
    kinds = Order.objects.filter(pk__in=[payable.order_id, draft.pk])
    assert dict(kinds.values_list("stage", "carrier_tax")) == {"completed": "none", "draft": ""}
    assert list(differences()) == []
