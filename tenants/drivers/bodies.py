"""Kinds of truck body: one list for vehicles, orders, listings and tariffs. Source: docs on the
domain, §3.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Body(models.TextChoices):
    TENT = "tent", _("Tent")
    REF = "ref", _("Refrigerator")
    ISO = "iso", _("Insulated")
    BOX = "box", _("Box")
    FLATBED = "flatbed", _("Flatbed")
    CONTAINER = "container", _("Container")
    CONTAINER_CARRIER = "container_carrier", _("Container carrier")
    CAR_CARRIER = "car_carrier", _("Car carrier")
    TANK = "tank", _("Tank")
    TIPPER = "tipper", _("Tipper")
    LOWBED = "lowbed", _("Low loader")
    JUMBO = "jumbo", _("Jumbo")
    ROAD_TRAIN = "road_train", _("Truck with trailer")
    PICKUP = "pickup", _("Pickup")
