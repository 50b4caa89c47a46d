"""The shop of every cargo test: a card as in cargo.csv, a salesperson with a login, customers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal as D
from typing import Any

import pytest

from commission.cargo.rates.pricing import Rates
from tenants.context import inside
from tests.cargo.test_pricing import CARD
from tests.world import Cast

NOW = datetime(2026, 1, 20, 5, 0, tzinfo=UTC)
PRICES = {key: Rates(D(cbm), D(kg)) for key, (cbm, kg) in CARD.items()}


@dataclass
class Shop:
    cast: Cast

    def actor(self, name: str = "head") -> Any:
        return self.cast.actor(name)

    def card(
        self,
        *,
        active: bool = True,
        at: datetime = NOW,
        name: str = "Card",
        **changes: Any,
    ) -> Any:
        from commission.cargo.rates import rate_cards

        card = rate_cards.create(
            name=name,
            prices=changes.get("prices", PRICES),
            by=self.actor(),
            at=at,
        )
        return (
            rate_cards.activate(card=card, past_months=True, by=self.actor(), at=at).card
            if active
            else card
        )

    def salesperson(self, code: str = "S-01", login: str = "") -> Any:
        from commission.cargo.people import salespeople

        who = salespeople.add(
            code=code,
            name=f"Person {code}",
            phone="",
            email="",
            by=self.actor(),
            at=NOW,
        )
        if login:
            salespeople.tie_login(
                salesperson=who,
                member=self.actor(login).member_id,
                by=self.actor(),
                at=NOW,
            )
        return who

    def customer(self, code: str = "PR-001", of: Any = None, **fields: Any) -> Any:
        from commission.cargo.models import Customer
        from commission.cargo.people import customers

        customers.add(code=code, by=self.actor(), at=NOW, **fields)
        if of:
            customers.give(salesperson=of, codes=[code], by=self.actor(), at=NOW)
        return Customer.objects.get(code=code)

    def entry(self, **changes: Any) -> Any:
        from commission.cargo.shipments.editing import Entry

        usual = {
            "received_on": date(2026, 1, 18),
            "customer_code": "PR-001",
            "tracking_number": "TH12345678",
            "goods_type": "GENERAL",
            "transport": "truck",
            "weight_kg": D("15.5"),
            "volume_cbm": D("0.125"),
            "price": D("2500"),
        }
        return Entry(**(usual | changes))

    def shipment(self, *, by: str = "head", at: datetime = NOW, **changes: Any) -> Any:
        from commission.cargo.shipments import editing

        changes.setdefault(
            "tracking_number",
            f"TH-{changes!r}"[:60] if changes else "TH12345678",
        )
        return editing.add(entry=self.entry(**changes), by=self.actor(by), at=at)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages are compared in English, whatever the catalogues say."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def shop(alpha: Cast) -> Iterator[Shop]:
    """Alpha's shop, its scope open, nothing in it yet."""
    with inside(alpha.scope):
        yield Shop(alpha)
