"""How long the track of a truck is kept (the points of a phone, a hundred times more than trips)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import DateTimeField, F, Func, QuerySet, Value, Window
from django.db.models.functions import RowNumber

from tenants.context import RELAY
from tenants.drivers.models import LastPosition, Position
from tenants.platform.retention import of_rows

QUARTER = timedelta(days=90)
THREE_YEARS = timedelta(days=1096)
ONE_IN = timedelta(minutes=10)
LOOKED_AT = timedelta(days=30)  # what is older was thinned by the runs before
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def _too_many(before: datetime) -> QuerySet[Position]:
    """All points but the first of each ten minutes of a trip."""
    ten_minutes = Func(
        Value(ONE_IN),
        F("at"),
        Value(EPOCH),
        function="date_bin",
        output_field=DateTimeField(),
    )
    place = Window(RowNumber(), partition_by=[F("job_id"), ten_minutes], order_by="at")
    old = Position.objects.filter(at__lt=before, at__gte=before - LOOKED_AT)
    return old.annotate(place=place).filter(place__gt=1)


def _old(before: datetime) -> QuerySet[Position]:
    """Points of any trip."""
    return Position.objects.filter(at__lt=before)


def _old_last(before: datetime) -> QuerySet[LastPosition]:
    """The last points of trips."""
    return LastPosition.objects.filter(at__lt=before)


RULES = (
    of_rows(
        "points of tracks, but one in ten minutes",
        QUARTER,
        "a claim about a route is raised within three months; its shape stays",
        RELAY,
        _too_many,
        unread=True,
    ),
    of_rows(
        "points of tracks",
        THREE_YEARS,
        "a claim of carriage by road is time-barred after three years at the latest (CMR, 32)",
        RELAY,
        _old,
        unread=True,
    ),
    of_rows("last points of trips", THREE_YEARS, "as the tracks", RELAY, _old_last, unread=True),
)
