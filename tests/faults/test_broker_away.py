"""Valkey stopped: pages, orders and payments work; documents follow when it is back."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import caches

from config.cache import SurvivingCache
from config.celery import app
from documents.models import Document
from finance.models import Invoice
from orders.models import Order
from tenants.context import inside
from tenants.kit import clock
from tests.browser_client import ApiClient, Browser
from tests.faults.conftest import Broker
from tests.faults.crew import Crew
from tests.finance import money_samples
from tests.world import Cast, load

pytestmark = pytest.mark.slow
PAGES = (
    "/",
    "/companies/",
    "/orders/",
    "/orders/new/",
    "/documents/",
    "/finance/",
    "/my-company/",
)


@pytest.fixture
def on_broker(broker: Broker, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process, too, stands on the broker that will be stopped."""
    from tenants.kit import events

    settings.REDIS_URL = broker.url
    monkeypatch.setattr(events, "_client", None)
    monkeypatch.setattr(
        caches._connections,
        "default",
        SurvivingCache(broker.url, {"OPTIONS": {"table": "kit_cache"}}),
        raising=False,
    )  # type: ignore[attr-defined]
    monkeypatch.setattr(app.conf, "broker_url", broker.url)


def sign_in(cast: Cast, name: str) -> Browser:
    browser = Browser()
    browser.sign_in(cast.actor(name))
    return browser


def opened(cast: Cast) -> dict[str, int]:
    browser = sign_in(cast, "head")
    return {page: browser.get(page).status_code for page in PAGES}


def new_order(cast: Cast) -> str:
    answer = ApiClient(cast.actor("dispatcher")).send(
        "post",
        "orders",
        {
            "client": str(cast.company_id("client")),
            "client_price": "1000.00",
            "carrier_rate": "800.00",
            "stops": [
                {"kind": "loading", "place": "Бишкек"},
                {"kind": "unloading", "place": "Ош"},
            ],
            "cargo": [{"name": "Яблоки", "weight_kg": "1000"}],
            "body": "tent",
        },
        **{"Idempotency-Key": "one"},
    )
    assert answer.status_code == 201, answer.content
    return str(answer.json()["ref"])


def pay(cast: Cast) -> Invoice:
    with inside(cast.scope):
        money_samples.own()
        today = f"{clock.now():%Y-%m-%d}"
        bill = money_samples.invoice(cast, "1000.00", on=today)
    answer = ApiClient(cast.actor("accountant")).send(
        "post",
        "payments",
        {
            "invoice": str(bill.pk),
            "amount": "1000.00",
            "paid_on": today,
        },
        **{"Idempotency-Key": "two"},
    )
    assert answer.status_code == 201, answer.content
    return bill


def unready(cast: Cast) -> int:
    with inside(cast.scope):
        return Document.objects.exclude(status="ready").count()


def test_work_goes_on_without_the_broker_and_papers_follow(
    crew: Crew, broker: Broker, on_broker: None
) -> None:
    alpha = load("alpha")
    crew.start()
    time.sleep(3)
    broker.stop()
    assert set(opened(alpha).values()) == {200}, opened(alpha)
    ref = new_order(alpha)
    bill = pay(alpha)
    with inside(alpha.scope):
        assert Order.objects.get(ref=ref).client_price == Decimal("1000.00")
        bill.refresh_from_db()
        assert Document.objects.exists(), "an invoice leaves a paper to be made"
    assert unready(alpha) == papers(alpha)
    assert all(process.poll() is None for process in crew.running.values()), crew.end_of_logs()
    broker.start()
    deadline = time.monotonic() + 120
    while unready(alpha) and time.monotonic() < deadline:
        time.sleep(0.5)
    assert unready(alpha) == 0, crew.end_of_logs()


def papers(cast: Cast) -> int:
    with inside(cast.scope):
        return Document.objects.count()
