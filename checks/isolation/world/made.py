"""What the world is made of, as the walk reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from checks.isolation.words import OFFICE, Words, together
from companies.models import Company
from orders.models import Order
from tenants.actor import Actor, ResellerInfo
from tenants.drivers.models import Driver


@dataclass(frozen=True)
class Thing:
    """What stands in an address: an id, a reference, a token. `may` are the walking people who may
    reach it.
    """

    kind: str
    value: str
    firm: str
    may: frozenset[str]
    parent: str = ""  # the company of a contact, the order of an incident


@dataclass
class Firm:
    """One reseller: its people by their name in the matrix, its companies, its orders by what they
    show.
    """

    word: str
    info: ResellerInfo
    begins: datetime
    walks: bool = False  # its people are the ones who call
    people: dict[str, Actor] = field(default_factory=dict)
    companies: dict[str, Company] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    drivers: list[Driver] = field(default_factory=list)
    crews: dict[str, Driver] = field(default_factory=dict)  # by the partner they drive for
    things: list[Thing] = field(default_factory=list)

    def may(self, *groups: Iterable[str]) -> frozenset[str]:
        """These people, if they are the walking ones: Beta's own are never asked."""
        return frozenset().union(*groups) if self.walks else frozenset()

    def keep(
        self,
        kind: str,
        value: object,
        *may: Iterable[str],
        parent: object = "",
        sums: bool = False,
    ) -> None:
        """Remember it as the data of these people; those of the other reseller who may reach it are
        named as well. `sums`: a colleague without the right to sums does not reach it.
        """
        self.things.append(
            Thing(
                kind,
                str(value),
                self.word,
                together(*may, sums=sums),
                str(parent),
            )
        )

    @property
    def head(self) -> Actor:
        return self.people["head"]

    def ids(self, kind: str) -> list[str]:
        return [thing.value for thing in self.things if thing.kind == kind]

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
    def things(self) -> list[Thing]:
        return [*self.alpha.things, *self.beta.things]

    @property
    def firms(self) -> tuple[Firm, Firm]:
        return self.alpha, self.beta
