"""The platform's fee stands on the office's rate of the day of payment, whatever rate is typed with
the payment.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from finance.models import FeeCharge, Invoice, Payment
from finance.payments import CannotPay
from finance.verify import differences
from tenants.context import PLATFORM, inside
from tenants.platform.models import FeeLine
from tests.finance.money_samples import give_back, invoice, own, pay, rate
from tests.world import Cast


@pytest.fixture
def bill(in_alpha: Cast) -> Invoice:
    own()
    rate("2026-03-08", "87.40")
    return invoice(in_alpha, "1000.00", currency="USD", client_fx=Decimal("90"))


def test_a_rate_typed_with_a_payment_does_not_move_the_fee(in_alpha: Cast, bill: Invoice) -> None:
    charge = pay(in_alpha, bill, "1000.00", "2026-03-10", fx=Decimal("70.00")).fee_charges.get()
    assert (charge.paid, charge.fee) == (Decimal("87400.00"), Decimal("8740.00"))
    assert list(differences()) == []


@pytest.mark.parametrize("typed", ["0.000001", "69.91", "104.89", "999999"])
def test_a_rate_far_off_is_refused_for_others_than_the_head(
    in_alpha: Cast, bill: Invoice, call: Any, typed: str
) -> None:
    with pytest.raises(CannotPay) as refused:
        pay(in_alpha, bill, "1000.00", "2026-03-10", fx=Decimal(typed))
    assert refused.value.field == "fx"
    body = {"invoice": str(bill.pk), "amount": "10.00", "fx": typed}
    accountant = call(in_alpha, "accountant")
    answer = accountant.send("post", "payments", body, **{"Idempotency-Key": "far"})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["fx"])
    assert Payment.objects.count() == 0


def test_the_head_may_and_the_fee_stays(in_alpha: Cast, bill: Invoice) -> None:
    head = in_alpha.actor("head")
    payment = pay(in_alpha, bill, "500.00", "2026-03-10", fx=Decimal("0.000001"), by=head)
    charge = payment.fee_charges.get()
    assert (payment.home_amount, charge.paid, charge.fee) == (
        Decimal("0.00"),
        Decimal("43700.00"),
        Decimal("4370.00"),
    )


def test_the_platform_sees_on_which_rate_far_off_a_fee_stands(
    in_alpha: Cast, bill: Invoice
) -> None:
    rate("2026-03-09", "8.74", off="90.00")
    pay(in_alpha, bill, "500.00", "2026-03-08")
    pay(in_alpha, bill, "500.00", "2026-03-10", fx=Decimal("8.74"))
    with inside(PLATFORM):
        lines = FeeLine.objects.filter(reseller_id=in_alpha.info.id)
        assert list(lines.order_by("-paid").values_list("paid", "rate_off")) == [
            (Decimal("43700.00"), None),
            (Decimal("4370.00"), Decimal("90.00")),
        ]


@pytest.mark.parametrize("on", ["2026-03-16", "2026-03-07"])
def test_without_a_rate_of_the_week_nothing_is_booked(
    in_alpha: Cast, bill: Invoice, on: str
) -> None:
    """A rate of seven days ago serves, one of eight days ago or of tomorrow does not."""
    with pytest.raises(CannotPay) as refused:
        pay(in_alpha, bill, "10.00", on)
    assert refused.value.field == "fx"
    assert "USD" in str(refused.value)
    assert Payment.objects.count() == FeeCharge.objects.count() == 0
    pay(in_alpha, bill, "10.00", "2026-03-15")


def test_parts_of_several_days_stand_on_the_rate_of_each(in_alpha: Cast, bill: Invoice) -> None:
    rate("2026-03-12", "85.005")
    pay(in_alpha, bill, "0.01", "2026-03-10")  # 0.874
    pay(in_alpha, bill, "0.01", "2026-03-12")  # 0.85005
    bases = FeeCharge.objects.order_by("on").values_list("paid", "fx")
    assert list(bases) == [
        (Decimal("0.87"), Decimal("87.400000")),
        (Decimal("0.85"), Decimal("85.005000")),
    ]
    pay(in_alpha, bill, "0.01", "2026-03-12")
    total = sum(charge.paid for charge in FeeCharge.objects.all())
    assert total == Decimal("2.57")  # 2.5741, rounded once


def test_every_receipt_leaves_its_fee_line(in_alpha: Cast) -> None:
    own()
    rate("2026-03-10", "0.006900", "KZT")
    bill = invoice(in_alpha, "1000.00", currency="KZT", client_fx=Decimal("0.006900"))
    for _number in range(10):
        pay(in_alpha, bill, "0.70", "2026-03-10")
    charges = FeeCharge.objects.filter(invoice=bill)
    assert charges.count() == 10
    assert sum(charge.paid for charge in charges) == Decimal("0.05")
    assert list(differences()) == []


def test_receipts_in_parts_are_charged_as_one(in_alpha: Cast, bill: Invoice) -> None:
    for amount in ("333.33", "333.33", "333.34"):
        pay(in_alpha, bill, amount, "2026-03-10", fx=Decimal("90"))
    charges = FeeCharge.objects.filter(invoice=bill)
    assert sum(charge.paid for charge in charges) == Decimal("87400.00")
    assert sum(charge.fee for charge in charges) == Decimal("8740.00")


def test_refunds_give_back_exactly_what_the_receipt_cost(in_alpha: Cast, bill: Invoice) -> None:
    payment = pay(in_alpha, bill, "333.33", "2026-03-10", fx=Decimal("90"))
    for amount in ("111.11", "111.11", "111.11"):
        give_back(in_alpha, payment, amount, "2026-04-02")
    charges = FeeCharge.objects.filter(invoice=bill)
    assert sum(charge.paid for charge in charges) == 0
    assert sum(charge.fee for charge in charges) == 0
    assert list(differences()) == []


def test_cash_given_to_the_driver_keeps_to_the_rate_too(
    in_alpha: Cast, bill: Invoice, browse: Any
) -> None:
    form = {
        "amount": "10",
        "paid_on": date(2026, 3, 10).isoformat(),
        "method": "cash",
        "fx": "0.000001",
        "once": str(uuid4()),
    }
    address = f"/finance/invoices/{bill.number}/pay/"
    answer = browse(in_alpha, "accountant").post(address, form)
    assert answer.status_code == 422
    assert Payment.objects.count() == 0
