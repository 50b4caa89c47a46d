"""A completed order brings its invoice, act and debt by itself; the night's check says when books
differ.
"""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from documents.models import Document
from finance.models import Invoice, MonthSum, Payable
from finance.receivers import completed as hear
from tenants.context import inside
from tests.finance.money_samples import invoice, noon, order, own, pay
from tests.world import Cast


def test_a_completed_order_is_settled_on_its_day(
    in_alpha: Cast,
) -> None:
    own()
    done = order(
        in_alpha,
        carrier_rate=Decimal("800.00"),
        stage="completed",
        completed_at=noon("2026-03-10"),
    )
    hear({"order": str(done.pk)}, noon("2026-03-12"))
    hear({"order": str(done.pk)}, noon("2026-03-12"))
    bill = Invoice.objects.get(order=done)
    assert (str(bill.issued_on), Payable.objects.count()) == (
        "2026-03-10",
        1,
    )
    assert sorted(Document.objects.values_list("kind", flat=True)) == [
        "act",
        "invoice",
    ]
    act = Document.objects.get(kind="act")
    assert (act.context["invoice"], act.audience, act.company_id) == (
        bill.number,
        "client",
        bill.company_id,
    )


def test_what_cannot_be_invoiced_still_owes_its_carrier(
    in_alpha: Cast,
) -> None:
    own(vat_payer=True, inn="")
    done = order(
        in_alpha,
        carrier_rate=Decimal("800.00"),
        stage="completed",
        completed_at=noon("2026-03-10"),
    )
    hear({"order": str(done.pk)}, noon("2026-03-12"))
    assert not Invoice.objects.exists() and Payable.objects.get().order == done


def test_an_order_without_a_rate_owes_nothing(in_alpha: Cast) -> None:
    own()
    done = order(in_alpha, stage="completed", completed_at=noon("2026-03-10"))
    hear({"order": str(done.pk)}, noon("2026-03-12"))
    assert not Payable.objects.exists()


def test_verify_ledger_agrees_and_exits_1_when_it_does_not(
    alpha: Cast,
) -> None:
    with inside(alpha.scope):
        own()
        pay(alpha, invoice(alpha, "100.00"), "40.00", "2026-03-10")
    out = StringIO()
    call_command("verify_ledger", stdout=out)
    assert "alpha: 3 lines, all agree" in out.getvalue()
    with inside(alpha.scope):
        MonthSum.objects.filter(credit="revenue").update(amount=1)
    with pytest.raises(SystemExit) as left:
        call_command("verify_ledger", "alpha", stdout=out)
    assert left.value.code == 1
