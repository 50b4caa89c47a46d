from tenants.drivers.models.booking import Booking
from tenants.drivers.models.carrier import Carrier
from tenants.drivers.models.counter import Lookup, PoolCounter
from tenants.drivers.models.driver import Driver, DriverPrivate
from tenants.drivers.models.track import (
    LastPosition,
    Position,
    SeenLastPosition,
    SeenPosition,
)
from tenants.drivers.models.vehicle import Vehicle

__all__ = [
    "Booking",
    "Carrier",
    "Driver",
    "DriverPrivate",
    "LastPosition",
    "Lookup",
    "PoolCounter",
    "Position",
    "SeenLastPosition",
    "SeenPosition",
    "Vehicle",
]
