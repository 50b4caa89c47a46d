from orders.models.choices import (
    ADR_CLASSES,
    Form,
    IncidentKind,
    Loading,
    Source,
    Stage,
    StopKind,
    Terms,
    TripStage,
)
from orders.models.event import OrderEvent
from orders.models.order import Order
from orders.models.stop import CargoLine, Stop
from orders.models.trip import Incident, Trip, TripEvent

__all__ = [
    "ADR_CLASSES",
    "CargoLine",
    "Form",
    "Incident",
    "IncidentKind",
    "Loading",
    "Order",
    "OrderEvent",
    "Source",
    "Stage",
    "Stop",
    "StopKind",
    "Terms",
    "Trip",
    "TripEvent",
    "TripStage",
]
