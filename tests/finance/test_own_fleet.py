"""A trip of the own fleet makes no debt to oneself; a partner's does."""

from __future__ import annotations

from decimal import Decimal

import pytest

from finance import settlement
from finance.models import Account, Line, Payable
from finance.verify import differences
from orders import assignment
from orders.models import Order, Stage
from tests.finance.money_samples import own
from tests.orders import order_samples
from tests.orders.order_samples import NOW
from tests.world import Cast


def driven(cast: Cast, who: str) -> Order:
    order = order_samples.order(cast)
    partner = order_samples.partner_carrier(cast) if who == "partner" else None
    driver = order_samples.own_driver() if who == "own" else None
    driver = order_samples.pool_driver() if who == "pool" else driver
    choice = assignment.assignment_to(order=order, rate=None, partner=partner, driver=driver)
    assignment.assign_directly(order=order, assignment=choice, by=cast.actor("head"), at=NOW)
    Order.objects.filter(pk=order.pk).update(stage=Stage.COMPLETED, completed_at=NOW)
    return Order.objects.get(pk=order.pk)


@pytest.mark.parametrize(("who", "debts"), [("own", 0), ("partner", 1), ("pool", 1)])
def test_only_others_are_owed_to(in_alpha: Cast, who: str, debts: int) -> None:
    own()
    settlement.settle(order=driven(in_alpha, who), by=None, at=NOW)
    owed = [order_samples.RATE] * debts
    assert list(Payable.objects.values_list("amount", flat=True)) == owed
    lines = Line.objects.filter(credit=Account.PAYABLE)
    assert sum((line.amount for line in lines), Decimal(0)) == sum(owed)
    assert list(differences()) == []
