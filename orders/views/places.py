"""Where a shared page stands: in the office, in a partner's cabinet or in the driver's app."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from tenants.actor import Actor
from tenants.permissions import Kind


@dataclass(frozen=True, slots=True)
class Corner:
    """The shell and the addresses of one kind of people: `prefix` begins the addresses, `names` the
    names of their patterns.
    """

    shell: str
    prefix: str
    names: str
    board_name: str
    offers_name: str

    @property
    def is_driver(self) -> bool:
        return self.prefix == "/driver"

    @property
    def board(self) -> str:
        return reverse(f"orders:{self.board_name}")

    @property
    def offers(self) -> str:
        return reverse(f"orders:{self.offers_name}")

    def listing(self, listing_id: UUID) -> str:
        return self._url("listing", listing_id)

    def offer_send(self, listing_id: UUID) -> str:
        return self._url("offer-send", listing_id)

    def offer_act(self, act: str, offer_id: UUID) -> str:
        """Where a thread is answered: counter, accept, reject or withdraw."""
        return self._url(f"offer-{act}", offer_id)

    def _url(self, name: str, pk: UUID) -> str:
        return reverse(f"orders:{self.names}{name}", args=[pk])


CORNERS = {
    Kind.PARTNER: Corner(
        "shells/cabinet.html",
        "/partner",
        "partner-",
        "partner-exchange",
        "partner-offers",
    ),
    Kind.DRIVER: Corner(
        "shells/driver.html",
        "/driver",
        "driver-",
        "driver-exchange",
        "driver-offers",
    ),
}
OFFICE = Corner("shells/office.html", "", "", "exchange", "offer-list")


def corner(actor: Actor) -> Corner:
    return CORNERS.get(actor.kind, OFFICE)
