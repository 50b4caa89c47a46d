"""Where a shared page stands: in the office, in a partner's cabinet or in the driver's app."""

from __future__ import annotations

from dataclasses import dataclass

from tenants.actor import Actor
from tenants.permissions import Kind


@dataclass(frozen=True, slots=True)
class Corner:
    """The shell and the beginning of the addresses of one kind of people."""

    shell: str
    prefix: str

    @property
    def is_driver(self) -> bool:
        return self.prefix == "/driver"


CORNERS = {
    Kind.PARTNER: Corner("shells/cabinet.html", "/partner"),
    Kind.DRIVER: Corner("shells/driver.html", "/driver"),
}
OFFICE = Corner("shells/office.html", "")


def corner(actor: Actor) -> Corner:
    return CORNERS.get(actor.kind, OFFICE)
