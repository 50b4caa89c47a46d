"""Issuing invoices: number, taxes, days, papers, refusals."""

from datetime import date
from decimal import Decimal

import pytest

from documents import verifying
from documents.models import Document
from documents.verifying import Standing
from finance import invoices, queries
from finance.models import Invoice, Line
from tenants.context import inside
from tests.finance.money_samples import invoice, noon, order, own
from tests.world import Cast


@pytest.fixture
def cast(in_alpha: Cast) -> Cast:
    own()
    return in_alpha


def test_an_invoice_is_the_clients_price_and_its_paper_has_the_same_number(
    cast: Cast,
) -> None:
    bill = invoice(cast, "186000.00", on="2026-03-13")
    paper = Document.objects.get(pk=bill.document_id)
    assert (bill.net, bill.tax, bill.gross, bill.currency) == (
        Decimal("186000.00"),
        0,
        Decimal("186000.00"),
        "KGS",
    )
    assert (bill.number, bill.issued_on, bill.due_on) == (
        paper.code,
        date(2026, 3, 13),
        date(2026, 3, 18),
    )
    assert (paper.kind, paper.audience, paper.company_id) == (
        "invoice",
        "client",
        bill.company_id,
    )
    assert (bill.seller_name, bill.client_name, bill.bears_fee) == (
        "Own",
        "client of alpha",
        True,
    )
    line = bill.lines.get()
    assert (line.quantity, line.price, line.taxes, line.gross) == (
        1,
        Decimal("186000.00"),
        [],
        Decimal("186000.00"),
    )


def test_numbers_run_without_gaps_and_a_refusal_takes_none(
    cast: Cast,
) -> None:
    first = invoice(cast, "1.00")
    with pytest.raises(invoices.CannotIssue):
        invoices.issue_for_order(
            order=order(cast, stage="draft"),
            by=None,
            at=noon("2026-03-13"),
        )
    second = invoice(cast, "1.00")
    assert (first.number, second.number) == ("26-1", "26-2")


def test_a_payer_of_vat_puts_it_on_top(cast: Cast) -> None:
    own(vat_payer=True)
    bill = invoice(cast, "100000.00")
    assert (bill.net, bill.tax, bill.gross) == (
        Decimal("100000.00"),
        Decimal("12000.00"),
        Decimal("112000.00"),
    )
    assert bill.lines.get().taxes == [{"kind": "НДС", "percent": "12", "amount": "12000.00"}]
    moves = (
        Line.objects.filter(invoice_id=bill.pk)
        .order_by("id")
        .values_list("debit", "credit", "amount")
    )
    assert list(moves) == [
        ("receivable", "revenue", Decimal("100000.00")),
        ("receivable", "tax", Decimal("12000.00")),
    ]


def test_a_price_agreed_without_vat_bears_none(cast: Cast) -> None:
    own(vat_payer=True)
    assert invoice(cast, "100000.00", price_tax="none").tax == 0


def test_the_days_of_payment_are_the_orders_own_first(
    cast: Cast,
) -> None:
    assert invoice(cast, "1.00", on="2026-03-13", payment_days=30).due_on == date(2026, 4, 12)


@pytest.mark.parametrize(
    "facts",
    [
        {"client_id": None, "stage": "draft"},
        {"client_price": None},
        {"stage": "draft"},
    ],
)
def test_what_lacks_something_is_refused(cast: Cast, facts: dict[str, object]) -> None:
    with pytest.raises(invoices.CannotIssue):
        invoices.issue_for_order(order=order(cast, **facts), by=None, at=noon("2026-03-13"))
    assert not Invoice.objects.exists() and not Document.objects.exists()


def test_a_payer_of_vat_without_a_tax_number_is_refused(
    cast: Cast,
) -> None:
    own(vat_payer=True, inn="")
    with pytest.raises(invoices.CannotIssue, match=r".+"):
        invoice(cast, "1.00")


def test_an_order_has_one_invoice_in_force(cast: Cast) -> None:
    bill = invoice(cast, "1.00")
    assert bill.order
    with pytest.raises(invoices.AlreadyInvoiced) as refused:
        invoices.issue_for_order(order=bill.order, by=None, at=noon("2026-03-13"))
    assert refused.value.invoice == bill
    invoices.cancel(invoice=bill, reason="price", by=None, at=noon("2026-03-13"))
    assert (
        invoices.issue_for_order(order=bill.order, by=None, at=noon("2026-03-14")).number == "26-2"
    )


def test_beta_sees_nothing(alpha: Cast, beta: Cast) -> None:
    with inside(alpha.scope):
        own()
        invoice(alpha, "1.00")
    with inside(beta.scope):
        assert not Invoice.objects.exists()


def test_completed_orders_wait_until_an_invoice_stands(cast: Cast) -> None:
    """A cancelled invoice lets its order wait again (FAULTS H5)."""
    own()
    done = order(cast, stage="completed", completed_at=noon("2026-03-01"))
    waiting = [one.pk for one in queries.without_invoice()]
    bill = invoices.issue_for_order(order=done, by=cast.actor("accountant"), at=noon("2026-03-02"))
    invoiced = [one.pk for one in queries.without_invoice()]
    invoices.cancel(invoice=bill, reason="typo", by=cast.actor("accountant"), at=noon("2026-03-03"))
    again = [one.pk for one in queries.without_invoice()]
    assert (waiting, invoiced, again) == ([done.pk], [], [done.pk])


def test_the_check_of_a_cancelled_invoices_paper_says_so(cast: Cast) -> None:
    bill = invoice(cast, "1.00")
    code = Document.objects.values_list("verify_code", flat=True).get(pk=bill.document_id)
    genuine = verifying.find(code)
    invoices.cancel(invoice=bill, reason="price", by=None, at=noon("2026-03-14"))
    cancelled = verifying.find(code)
    assert genuine and cancelled
    assert (genuine.standing, genuine.ended_on) == (Standing.GENUINE, None)
    assert (cancelled.standing, cancelled.ended_on) == (Standing.CANCELLED, date(2026, 3, 14))
