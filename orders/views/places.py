"""Where a shared page stands: in the office, in a partner's cabinet or in the driver's app."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from tenants.actor import Actor
from tenants.permissions import Kind


@dataclass(frozen=True, slots=True)
class Corner:
    """The shell and the addresses of one kind of people; `names` begins the names of their
    patterns.
    """

    shell: str
    names: str
    home_name: str
    board_name: str
    offers_name: str

    @property
    def is_driver(self) -> bool:
        return self.names == "driver-"

    @property
    def is_office(self) -> bool:
        return not self.names

    @property
    def home(self) -> str:
        """The trips of whoever drives."""
        return reverse(f"orders:{self.home_name}")

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

    def job(self, job_id: UUID) -> str:
        return self._url("job", job_id)

    def job_act(self, act: str, job_id: UUID) -> str:
        """Where a trip is driven: advance, incident, crew; the driver's app has positions too."""
        return self._url(f"job-{act}", job_id)

    def _url(self, name: str, pk: UUID) -> str:
        return reverse(f"orders:{self.names}{name}", args=[pk])


CORNERS = {
    Kind.PARTNER: Corner(
        "shells/cabinet.html",
        "partner-",
        "partner",
        "partner-exchange",
        "partner-offers",
    ),
    Kind.DRIVER: Corner(
        "shells/driver.html",
        "driver-",
        "driver",
        "driver-exchange",
        "driver-offers",
    ),
}
OFFICE = Corner("shells/office.html", "", "job-list", "exchange", "offer-list")


def corner(actor: Actor) -> Corner:
    return CORNERS.get(actor.kind, OFFICE)
