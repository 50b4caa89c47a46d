"""The ladder's meter: one count and one sentence on the fee page and on the dashboard."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from commission.ladder import STANDARD, next_step, step_number
from finance.queries import Meter
from finance.views.fee import meter_of
from tenants.context import inside
from tests.finance.money_samples import noon, order
from tests.tools import clocks_stand_at
from tests.world import Cast

BEST = "You have reached the best rate."


def meter(orders: int) -> Meter:
    return Meter(
        orders,
        STANDARD,
        step_number(STANDARD, orders),
        next_step(STANDARD, orders),
        Decimal(0),
        Decimal(0),
        "KGS",
    )


@pytest.mark.parametrize(
    ("orders", "step", "part", "text"),
    [
        (0, 0, 0.0, "31 orders more this month and the rate is 7 %."),
        (30, 0, 1.0, "One order more this month and the rate is 7 %."),
        (31, 1, 1 / 70, "70 orders more this month and the rate is 5 %."),
        (45, 1, 15 / 70, "56 orders more this month and the rate is 5 %."),
        (60, 1, 30 / 70, "41 orders more this month and the rate is 5 %."),
        (
            101,
            2,
            1 / 400,
            "400 orders more this month and the rate is 3 %.",
        ),
        (
            300,
            2,
            200 / 400,
            "201 orders more this month and the rate is 3 %.",
        ),
        (501, 3, 1.0, BEST),
    ],
)
def test_the_step_in_force_is_filled_from_its_own_bound(
    orders: int, step: int, part: float, text: str
) -> None:
    with translation.override("en"):
        shown = meter_of(meter(orders))
    states = [one.state for one in shown.steps]
    assert states == ["done"] * step + ["now"] + ["next"] * (3 - step)
    assert shown.steps[step].part == pytest.approx(part)
    assert shown.text == text


def test_dashboard_and_fee_page_say_the_same(alpha: Cast, browse: Any) -> None:
    with clocks_stand_at(noon("2026-03-20")):
        with inside(alpha.scope):
            for _ in range(31):
                order(
                    alpha,
                    stage="completed",
                    completed_at=noon("2026-03-10"),
                )
        browser = browse(alpha, "head")
        pages = [browser.get(url) for url in ("/", "/finance/fee/", "/finance/fee/meter/")]
    ladders = [_ladder(answer.content.decode()) for answer in pages]
    assert 'width="1.43%"' in ladders[0]
    assert ladders[0] == ladders[1] == ladders[2]


def _ladder(text: str) -> str:
    start = text.index('<div class="ladder">')
    return text[start : text.index("</div>", start)]
