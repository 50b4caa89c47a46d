"""The platform's fee in the books gives the worked cases exactly, and the platform reads the same
lines.
"""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from finance import queries
from finance.close import CannotClose, close_fee_month
from finance.models import FeeCharge, Invoice, Payment
from finance.verify import differences
from orders.models import Order
from tenants.context import PLATFORM, inside
from tenants.platform.models import FeeLine, Ladder
from tests.finance.money_samples import (
    APRIL,
    MARCH,
    completed,
    give_back,
    invoice,
    noon,
    own,
    pay,
    rate,
)
from tests.world import Cast

CASES = json.loads((Path(__file__).parents[1] / "golden" / "ladder_months.json").read_text())[
    "cases"
]
NAMES = {"receipt": "", "true_up": " true-up", "refund": " refund"}


class Play:
    """The acts of a worked case, done to the books."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.bills = dict[str, Invoice]()
        self.paid = dict[str, Payment]()
        own()

    def bill(self, name: str) -> Invoice:
        if name not in self.bills:
            self.bills[name] = invoice(self.cast, "100000.00")
        return self.bills[name]

    def act(self, kind: str, *facts: Any) -> None:
        acts = {
            "complete": self.complete,
            "pay": self.pay,
            "refund": self.refund,
            "close": self.close,
        }
        acts[kind](*facts)

    def complete(self, number: int, on: str) -> None:
        completed(self.cast, number, on)

    def pay(self, name: str, amount: str, on: str) -> None:
        self.paid[name] = pay(
            self.cast,
            self.bill(name),
            amount,
            on,
            at=noon("2026-05-20"),
        )

    def refund(self, name: str, amount: str, on: str) -> None:
        give_back(
            self.cast,
            self.paid[name],
            amount,
            on,
            at=noon("2026-05-20"),
        )

    def close(self, month: str) -> None:
        close_fee_month(
            month=date.fromisoformat(f"{month}-01"),
            by=self.cast.actor("head"),
            at=noon("2026-06-02"),
        )

    def lines(self) -> list[list[str]]:
        names = {bill.pk: name for name, bill in self.bills.items()}
        charges = FeeCharge.objects.order_by("at", "id")
        return [
            [
                names[charge.invoice_id] + NAMES[charge.kind],
                str(charge.fee),
            ]
            for charge in charges
        ]

    def fee(self, month: str) -> str:
        return str(queries.statement(date.fromisoformat(f"{month}-01"), self.cast.info).fee)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_booked_fee_is_that_of_the_worked_cases(in_alpha: Cast, case: dict[str, Any]) -> None:
    play = Play(in_alpha)
    for act in case["acts"]:
        play.act(*act)
    if "lines" in case:
        assert sorted(play.lines()) == sorted(case["lines"])
    if "month_fee" in case:
        assert play.fee("2026-03") == case["month_fee"]
    for month, fee in case.get("fees", {}).items():
        assert play.fee(month) == fee
    assert list(differences()) == []


def test_the_platform_reads_the_same_lines(in_alpha: Cast) -> None:
    own()
    bill = invoice(in_alpha, "500.00")
    pay(in_alpha, bill, "500.00", "2026-03-10")
    with inside(PLATFORM):
        line = FeeLine.objects.get(reseller_id=in_alpha.info.id)
    assert (
        line.invoice,
        line.kind,
        line.paid,
        line.rate,
        line.fee,
        line.currency,
        line.month,
        line.role,
    ) == (
        bill.number,
        "receipt",
        Decimal("500.00"),
        Decimal("10.00"),
        Decimal("50.00"),
        "KGS",
        MARCH,
        in_alpha.scope.role,
    )
    assert Order.objects.get(pk=bill.order_id).fee == Decimal("50.00")


def test_a_day_counts_in_the_resellers_time_zone(
    in_alpha: Cast,
) -> None:
    """20:00 UTC on 31 March is 2:00 on 1 April in Bishkek."""
    own()
    completed(in_alpha, 31, "2026-03-10")
    Order.objects.update(completed_at=noon("2026-03-31").replace(hour=20))
    assert queries.statement(MARCH, in_alpha.info).orders == 0
    assert queries.statement(APRIL, in_alpha.info).orders == 31


def test_a_reseller_may_have_a_ladder_of_its_own_from_a_day_on(
    in_alpha: Cast,
) -> None:
    own()
    with inside(PLATFORM):
        Ladder.objects.update_or_create(
            reseller=None,
            effective_from=date(2026, 1, 1),
            defaults={"steps": [[None, "9"]]},
        )
        Ladder.objects.create(
            reseller_id=in_alpha.info.id,
            effective_from=APRIL,
            steps=[[10, "8"], [None, "4"]],
        )
    bill = invoice(in_alpha, "1000.00")
    rates = [
        pay(in_alpha, bill, "100.00", on).fee_charges.get().rate
        for on in ("2026-03-10", "2026-04-10")
    ]
    assert rates == [Decimal(9), Decimal(8)]


def test_months_close_once_in_order_and_when_they_are_over(
    in_alpha: Cast,
) -> None:
    own()
    bill = invoice(in_alpha, "1000.00")
    head = in_alpha.actor("head")
    pay(in_alpha, bill, "100.00", "2026-03-10")
    pay(in_alpha, bill, "100.00", "2026-04-10")
    for month, at in ((APRIL, "2026-05-10"), (MARCH, "2026-03-31")):
        with pytest.raises(CannotClose):
            close_fee_month(month=month, by=head, at=noon(at))
    close_fee_month(month=MARCH, by=head, at=noon("2026-04-01"))
    with pytest.raises(CannotClose):
        close_fee_month(month=MARCH, by=head, at=noon("2026-04-02"))
    assert FeeCharge.objects.filter(month=MARCH).count() == 1


def test_an_invoice_in_dollars_bears_the_fee_at_its_own_rate(
    in_alpha: Cast,
) -> None:
    own()
    rate("2026-03-10", "87.40")
    bill = invoice(in_alpha, "1000.00", currency="USD", client_fx=Decimal("87.40"))
    charge = pay(in_alpha, bill, "333.33", "2026-03-10", fx=Decimal("87.449")).fee_charges.get()
    assert (charge.paid, charge.fee) == (
        Decimal("29133.04"),
        Decimal("2913.30"),
    )
    assert list(differences()) == []


def test_beta_sees_nothing_of_alphas_fee(alpha: Cast, beta: Cast) -> None:
    with inside(alpha.scope):
        own()
        pay(alpha, invoice(alpha, "500.00"), "500.00", "2026-03-10")
    with inside(beta.scope):
        assert FeeLine.objects.count() == 0
        assert FeeCharge.objects.count() == 0
