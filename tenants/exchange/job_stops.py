"""The stops of a job: kept as plain JSON in the job's row, read as JobStop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tenants.exchange.models import Job

UNKNOWN = "—"


@dataclass(frozen=True, slots=True)
class JobStop:
    """A place on the carrier's way, with the people who wait there."""

    kind: str
    place: str
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    address: str = ""
    company: str = ""
    contact: str = ""
    phone: str = ""
    on: date | None = None
    window: str = ""  # "09:00–12:00"

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> JobStop:
        """A stop as the row keeps it; what an older row does not name stays empty."""
        values = {name: kept[name] for name in cls.__slots__ if kept.get(name) is not None}
        day = values.pop("on", None)
        return cls(
            **{"kind": "", "place": UNKNOWN, **values},
            on=date.fromisoformat(day) if day else None,
        )

    def kept(self) -> dict[str, object]:
        """The stop as plain JSON."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return plain | {"on": self.on.isoformat() if self.on else None}

    @property
    def map_url(self) -> str:
        """An address that the phone's own map opens; empty without a point."""
        if self.lat is None or self.lon is None:
            return ""
        return f"geo:{self.lat},{self.lon}"


def stops_of(job: Job) -> tuple[JobStop, ...]:
    return tuple(JobStop.read(stop) for stop in job.stops)


def ends_of(job: Job) -> tuple[JobStop, JobStop]:
    """Where the job begins and where it ends."""
    stops = stops_of(job) or (JobStop(kind="", place=UNKNOWN),)
    return stops[0], stops[-1]
