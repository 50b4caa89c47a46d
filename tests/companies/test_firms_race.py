"""Two heads change the firms at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from companies import firms, own
from companies.models import OwnFirm
from companies.queries import own_details
from tenants.context import inside
from tests.companies.test_firms import SECOND
from tests.orders.order_samples import NOW
from tests.world import load

THREADS = 6


@pytest.mark.slow
def test_there_is_one_main_firm_whoever_comes_first(committed: None) -> None:
    alpha = load("alpha")
    head = alpha.actor("head")
    with inside(alpha.scope):
        own.save_details(values={"name": "Первая"}, by=head, at=NOW)

    def work(number: int) -> str:
        values = {name: SECOND[name] for name in ("name", "country")}
        try:
            with inside(alpha.scope):
                firm = firms.add_firm(
                    values=values | {"number_prefix": str(number)}, by=head, at=NOW
                )
                firms.make_main(firm=firm, by=head, at=NOW)
                own.save_details(values={"bank": f"Банк {number}"}, by=head, at=NOW)
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(work, range(THREADS))) == ["done"] * THREADS
    with inside(alpha.scope):
        ids = list(OwnFirm.objects.order_by("pk").values_list("pk", flat=True))
        assert ids == list(range(1, THREADS + 2))
        assert own_details().pk in ids[1:]
