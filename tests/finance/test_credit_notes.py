"""An accepted invoice is made less: revenue and tax go down, what was paid too much goes back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.models import Document
from finance.credit_notes import CannotCredit, issue
from finance.models import CreditNote, Entry, EntryKind, FeeCharge, Invoice, Payment, Status
from finance.recognition import receivable
from finance.verify import differences
from tenants.context import inside
from tenants.kit.doubts import Answers, Doubt
from tests.finance.money_samples import invoice, invoice_ahead, noon, own, pay, rate
from tests.finance.test_exchange import balances
from tests.finance.test_recognition import firm
from tests.world import Cast

DAY = "2026-03-20"


@pytest.fixture
def cast(in_alpha: Cast) -> Cast:
    own(country="KG", vat_payer=True)
    return in_alpha


def credit(
    cast: Cast,
    bill: Invoice,
    amount: str,
    *,
    sure: Answers = None,
    once: UUID | None = None,
    reason: str = "недостача",
) -> CreditNote:
    return issue(
        invoice=bill,
        amount=Decimal(amount),
        reason=reason,
        once=once or uuid4(),
        by=cast.actor("accountant"),
        at=noon(DAY),
        sure=sure,
    )


def test_revenue_tax_and_debt_go_down_in_their_shares(cast: Cast) -> None:
    bill = invoice(cast, "100000.00")  # plus 12 %
    note = credit(cast, bill, "11200.00")
    bill.refresh_from_db()
    assert (note.number, note.amount) == ("26-1", Decimal("11200.00"))
    assert [(tax["kind"], tax["amount"]) for tax in note.taxes] == [("НДС", "1200.00")]
    assert (bill.gross, bill.credited, bill.rest) == (
        Decimal("112000.00"),
        Decimal("11200.00"),
        Decimal("100800.00"),
    )
    left = balances()
    assert left["receivable"][1] == Decimal("100800.00")
    assert left["revenue"][1] == Decimal("-90000.00")
    assert left["tax"][1] == Decimal("-10800.00")
    assert list(differences()) == []
    pay(cast, bill, "100800.00", "2026-03-21")
    bill.refresh_from_db()
    assert (bill.status, bill.rest) == (Status.PAID, 0)
    assert list(differences()) == []


def test_what_was_paid_too_much_goes_back_after_a_question(cast: Cast) -> None:
    bill = invoice(cast, "100000.00")
    pay(cast, bill, "112000.00", "2026-03-05")
    with pytest.raises(Doubt) as doubt:
        credit(cast, bill, "11200.00", sure=frozenset())
    assert not CreditNote.objects.exists()
    assert not Payment.objects.exclude(refund_of=None).exists()
    credit(cast, bill, "11200.00", sure={doubt.value.key})
    bill.refresh_from_db()
    assert (bill.paid, bill.status) == (Decimal("100800.00"), Status.PAID)
    back = Payment.objects.exclude(refund_of=None).get()
    assert (back.amount, back.reason) == (Decimal("11200.00"), "недостача")
    assert sum(charge.fee for charge in FeeCharge.objects.all()) == Decimal("10080.00")
    assert list(differences()) == []


def test_the_paper_names_the_invoice_and_both_sums(cast: Cast) -> None:
    bill = invoice(cast, "100000.00")
    note = credit(cast, bill, "11200.00")
    paper = Document.objects.get(pk=note.document_id)
    assert (paper.kind, paper.company_id) == ("credit_note", bill.company_id)
    context = paper.context
    assert (context["invoice"], context["before"], context["after"]) == (
        bill.number,
        "112000.00",
        "100800.00",
    )


@pytest.mark.parametrize("amount", ["0", "-1", "1.005", "112000.00", "112000.01", "1000000"])
def test_an_amount_that_does_not_fit_is_refused(cast: Cast, amount: str) -> None:
    bill = invoice(cast, "100000.00")
    with pytest.raises(CannotCredit) as refused:
        credit(cast, bill, amount)
    assert refused.value.field == "amount"
    assert not CreditNote.objects.exists()


def test_before_the_act_an_invoice_is_cancelled_instead(cast: Cast) -> None:
    bill = invoice_ahead(cast, "100000.00")
    with pytest.raises(CannotCredit):
        credit(cast, bill, "10.00")


def test_one_key_is_one_note(cast: Cast) -> None:
    bill = invoice(cast, "100000.00")
    once = uuid4()
    assert credit(cast, bill, "10.00", once=once).pk == credit(cast, bill, "10.00", once=once).pk
    assert Entry.objects.filter(kind=EntryKind.CREDIT_NOTE).count() == 1


def test_the_page_asks_and_keeps_what_was_typed(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        own(country="KG", vat_payer=True)
        bill = invoice(alpha, "1000.00")
        pay(alpha, bill, "1120.00", "2026-03-05")
    browser = browse(alpha, "accountant")
    address = f"/finance/invoices/{bill.number}/credit/"
    assert f'href="{address}"' in browser.get(f"/finance/invoices/{bill.number}/").content.decode()
    typed = {"amount": "112", "reason": "недостача", "once": str(uuid4())}
    question = browser.post(address, typed)
    assert question.status_code == 422 and "недостача" in question.content.decode()
    sure = question.content.decode().split('name="sure" value="')[1].split('"')[0]
    assert browser.post(address, typed | {"sure": sure}).status_code == 302
    page = browser.get(f"/finance/invoices/{bill.number}/").content.decode()
    assert "26-1" in page and "недостача" in page


def test_the_api_takes_it_once_under_a_key(alpha: Cast, call: Any) -> None:
    with inside(alpha.scope):
        own(country="KG", vat_payer=True)
        bill = invoice(alpha, "1000.00")
    api = call(alpha, "accountant")
    body = {"amount": "112.00", "reason": "short"}
    address = f"invoices/{bill.pk}/credit-notes"
    assert api.send("post", address, body).status_code == 400
    key = {"Idempotency-Key": "credit-1"}
    first = api.send("post", address, body, **key)
    assert (first.status_code, first.json()["amount"]) == (201, "112.00")
    assert api.send("post", address, body, **key).content == first.content
    shown = api.send("get", f"invoices/{bill.number}").json()
    assert (shown["credited"], shown["rest"]) == ("112.00", "1008.00")
    assert [note["number"] for note in shown["credit_notes"]] == [first.json()["number"]]
    assert call(alpha, "dispatcher").send("post", address, body, **key).status_code == 403


@given(
    regime=st.sampled_from([("KG", "vat"), ("RU", "vat"), ("RU", "simplified_5"), ("TH", "vat")]),
    price=st.integers(100, 100_000),
    ahead=st.integers(0, 100),
    notes=st.lists(st.integers(1, 60_000), min_size=1, max_size=4),
)
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_after_any_notes_the_rest_settles_to_nothing(
    cast: Cast, regime: tuple[str, str], price: int, ahead: int, notes: list[int]
) -> None:
    with transaction.atomic():
        firm(*regime)
        rate("2026-03-05", "80.00")
        rate(DAY, "81.37")
        facts = {"currency": "USD", "client_fx": Decimal(80)}
        bill = invoice(cast, str(Decimal(price) / 100), on="2026-03-05", **facts)
        first = (bill.gross * ahead / 100).quantize(Decimal("0.01"))
        if first:
            pay(cast, bill, str(first), "2026-03-05", fx=Decimal("79.11"), by=cast.actor("head"))
        for cents in notes:
            bill.refresh_from_db()
            amount = Decimal(cents) / 100
            if amount < bill.payable:
                credit(cast, bill, str(amount))
                assert list(differences()) == []
        bill.refresh_from_db()
        if bill.rest:
            pay(cast, bill, str(bill.rest), DAY, fx=Decimal("81.37"))
        bill.refresh_from_db()
        assert (bill.status, receivable(bill).settled) == (Status.PAID, bill.gross)
        left = balances()
        for account in ("receivable", "undue_tax", "undue_revenue"):
            assert left.get(account, (0, 0)) == (0, 0)
        tax = bill.tax - bill.credited_tax
        assert left.get("tax", (Decimal(0), 0))[0] == -tax
        assert -left["revenue"][0] == bill.payable - tax
        assert list(differences()) == []
        transaction.set_rollback(True)
