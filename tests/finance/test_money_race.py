"""Eight clients on one order: money in and out, completion, cancelling and the close of its month.

Nobody is answered with an error of the server, and the books add up. Seen before the locks had one
order: 23 of 60 payments were answered 500 while orders were completed.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from finance import settlement
from finance.close_books import CannotClose, close_books
from finance.models import Invoice, Payable
from finance.verify import differences
from orders.models import Order
from tenants.context import inside
from tenants.kit import outbox
from tests.browser_client import ApiClient, Browser
from tests.finance.money_samples import completed, noon, order, own, pay
from tests.tools import clocks_stand_at
from tests.world import Cast, load

pytestmark = pytest.mark.slow
MONTHS = ("2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03")
NEXT = (*MONTHS[1:], "2026-04")
TIMES = 4


class Clients:
    """The eight of one month, on one order and its invoice."""

    def __init__(self, cast: Cast, month: str, bill: Invoice, ref: str) -> None:
        self.cast = cast
        self.month = month
        self.bill = bill
        self.ref = ref
        self.answers: Counter[str] = Counter()
        with inside(cast.scope):
            self.receipts = [pay(cast, bill, "20.00", f"{month}-20") for _ in range(TIMES)]

    def api(self) -> ApiClient:
        return ApiClient(self.cast.actor("accountant"), raise_request_exception=False)

    def pages(self, name: str = "accountant") -> Browser:
        browser = Browser(raise_request_exception=False)
        browser.sign_in(self.cast.actor(name))
        return browser

    def count(self, what: str, answer: Any) -> None:
        self.answers[f"{what} {answer.status_code}"] += 1

    def pays(self) -> None:
        api = self.api()
        sent = {"invoice": str(self.bill.pk), "amount": "10.00", "paid_on": f"{self.month}-28"}
        for _press in range(TIMES):
            body = sent | {"reference": uuid4().hex}
            key = {"Idempotency-Key": uuid4().hex}
            self.count("pay", api.send("post", "payments", body, **key))

    def types_payments(self) -> None:
        browser = self.pages()
        address = f"/finance/invoices/{self.bill.number}/pay/"
        for _press in range(TIMES):
            typed = {"amount": "10", "paid_on": f"{self.month}-27", "method": "bank"}
            typed["reference"] = uuid4().hex
            self.count("typed", browser.post(address, typed | {"once": str(uuid4())}))

    def gives_back(self) -> None:
        api = self.api()
        for receipt in self.receipts:
            key = {"Idempotency-Key": uuid4().hex}
            answer = api.send("post", f"payments/{receipt.pk}/refund", {"amount": "5.00"}, **key)
            self.count("refund", answer)

    def pays_the_carrier(self) -> None:
        api = self.api()
        for _press in range(TIMES):
            key = {"Idempotency-Key": uuid4().hex}
            body = {"order": self.ref, "amount": "10.00", "reference": uuid4().hex}
            self.count("payout", api.send("post", "payouts", body, **key))

    def completes(self) -> None:
        head = ApiClient(self.cast.actor("head"), raise_request_exception=False)
        for _press in range(2):
            self.count("complete", head.send("post", f"orders/{self.ref}/complete", {}))
        with inside(self.cast.scope):
            for _time in range(TIMES):
                standing = Order.objects.get(ref=self.ref)
                settlement.settle(order=standing, by=None, at=noon(f"{self.month}-28"))
        outbox.work_off()

    def cancels(self) -> None:
        head = ApiClient(self.cast.actor("head"), raise_request_exception=False)
        self.count("cancel", head.send("post", f"orders/{self.ref}/cancel", {"reason": "no"}))
        browser = self.pages()
        for _press in range(TIMES):
            address = f"/finance/invoices/{self.bill.number}/cancel/"
            self.count("cancel", browser.post(address, {"reason": "no"}))

    def closes(self) -> None:
        browser = self.pages("head")
        for _press in range(TIMES):
            answer = browser.post(f"/finance/fee/{self.month}/close/", {"sure": "on"})
            self.count("close", answer)
            with inside(self.cast.scope):
                try:
                    close_books(month=noon(f"{self.month}-01").date(), by=None, at=self._now())
                except CannotClose:
                    self.answers["books later"] += 1

    def _now(self) -> Any:
        return noon(f"{NEXT[MONTHS.index(self.month)]}-05")

    def all_at_once(self) -> None:
        acts = (
            self.pays,
            self.pays,
            self.types_payments,
            self.gives_back,
            self.pays_the_carrier,
            self.completes,
            self.cancels,
            self.closes,
        )
        gate = threading.Barrier(len(acts))
        threads = [threading.Thread(target=self._run, args=(act, gate)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)

    def _run(self, act: Callable[[], None], gate: threading.Barrier) -> None:
        gate.wait()
        try:
            act()
        except Exception as problem:
            self.answers[f"{act.__name__} {type(problem).__name__} 500"] += 1
        connections.close_all()


def _one_order(cast: Cast, month: str) -> tuple[Invoice, str]:
    """An order on its way to completion that is invoiced already and owes its carrier."""
    with inside(cast.scope):
        completed(cast, 31, f"{month}-15")
        standing = order(cast, price="1000.00", carrier_rate=Decimal("800.00"))
        settlement.settle(order=standing, by=None, at=noon(f"{month}-10"))
        return Invoice.objects.get(order=standing), standing.ref


def test_nobody_is_answered_500_and_the_books_add_up(committed: None) -> None:
    cast = load("alpha")
    with inside(cast.scope):
        own()
    answers: Counter[str] = Counter()
    for month, following in zip(MONTHS, NEXT, strict=True):
        with clocks_stand_at(noon(f"{month}-28")):
            bill, ref = _one_order(cast, month)
            clients = Clients(cast, month, bill, ref)
        with clocks_stand_at(noon(f"{following}-05")):
            clients.all_at_once()
        answers += clients.answers
    assert not {name: count for name, count in answers.items() if " 5" in name}
    assert answers["pay 201"] == 2 * TIMES * len(MONTHS)
    assert answers["refund 201"] == TIMES * len(MONTHS)
    assert answers["payout 201"] == TIMES * len(MONTHS)
    assert answers["complete 200"] + answers["cancel 200"] == len(MONTHS)
    with inside(cast.scope):
        assert list(differences()) == []
        assert Payable.objects.count() == len(MONTHS)
