"""What the world is made of, as the walk reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from companies.models import Company
from config.isolation.words import OFFICE, Words
from orders.models import Order
from tenants.accounts.actor import Actor, ResellerInfo
from tenants.drivers.models import Driver


@dataclass
class Firm:
    """One reseller: its people by their name in the matrix, its companies, its orders by what they show."""

    word: str
    info: ResellerInfo
    walks: bool = False  # its people are the ones who call
    people: dict[str, Actor] = field(default_factory=dict)
    companies: dict[str, Company] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    drivers: list[Driver] = field(default_factory=list)
    # kind of thing → owner ("client", "partner 2", "office" …) → what stands in an address
    things: dict[str, dict[str, Any]] = field(default_factory=dict)

    def may(self, *groups: Iterable[str]) -> frozenset[str]:
        """These people, if they are the walking ones: Beta's own are never asked."""
        return frozenset().union(*groups) if self.walks else frozenset()

    def keep(self, kind: str, owner: str, value: Any) -> None:
        """Remember the first thing of this kind and owner."""
        self.things.setdefault(kind, {}).setdefault(owner, value)

    @property
    def head(self) -> Actor:
        return self.people["head"]

    @property
    def office(self) -> frozenset[str]:
        return self.may(OFFICE)


@dataclass
class World:
    words: Words
    alpha: Firm
    beta: Firm
    pool: list[Driver]
    manager_id: UUID | None = None

    @property
    def firms(self) -> tuple[Firm, Firm]:
        return self.alpha, self.beta
