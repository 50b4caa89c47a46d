"""The words of road freight a form offers. Source of bodies, loadings and ADR classes: docs on the
domain, §3.4.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants.kit.price_tax import Payment


class Stage(models.TextChoices):
    """Where an order stands. The allowed steps are the table in orders/stages.py."""

    DRAFT = "draft", _("Draft")
    REQUESTED = "requested", _("Requested")
    QUOTED = "quoted", _("Quoted")
    PUBLISHED = "published", _("On the exchange")
    ASSIGNED = "assigned", _("Carrier assigned")
    IN_TRANSIT = "in_transit", _("In transit")
    DELIVERED = "delivered", _("Delivered")
    COMPLETED = "completed", _("Completed")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class TripStage(models.TextChoices):
    """Where a trip stands, in the driver's words."""

    ASSIGNED = "assigned", _("Assigned")
    TO_LOADING = "to_loading", _("On the way to loading")
    AT_LOADING = "at_loading", _("At loading")
    LOADED = "loaded", _("Loaded")
    IN_TRANSIT = "in_transit", _("On the road")
    BORDER = "border", pgettext_lazy("stage", "Border")
    AT_UNLOADING = "at_unloading", _("At unloading")
    UNLOADED = "unloaded", _("Unloaded")
    PAPERS_IN = "papers_in", _("Papers handed in")


class Form(models.TextChoices):
    SIMPLE = "simple", _("Simplified")
    DETAILED = "detailed", _("Detailed")


class StopKind(models.TextChoices):
    LOADING = "loading", _("Loading")
    UNLOADING = "unloading", _("Unloading")
    BORDER = "border", _("Border")
    CUSTOMS = "customs", _("Customs")


class Loading(models.TextChoices):
    TOP = "top", _("From the top")
    SIDE = "side", _("From the side")
    REAR = "rear", _("From the rear")
    FULL = "full", _("With the tarpaulin taken off")
    LIFT = "lift", _("Tail lift")
    POSTS = "posts", _("With posts taken out")


# How a side is paid; an empty one is not agreed yet. Taxes are said by the price (PriceTax).
Terms = Payment


class Source(models.TextChoices):
    """Who told of a trip's stage."""

    DRIVER = "driver", _("driver")
    DISPATCHER = "dispatcher", _("as told by the driver")


class IncidentKind(models.TextChoices):
    DELAY = "delay", _("Delay")
    BREAKDOWN = "breakdown", _("Breakdown")
    DAMAGE = "damage", _("Damaged cargo")
    SHORTAGE = "shortage", _("Missing cargo")
    DOWNTIME = "downtime", _("Waiting time")
    FINE = "fine", _("Fine")
    ROAD = "road", _("Road closed")
    OTHER = "other", _("Something else")


ADR_CLASSES = (
    "1",
    "2",
    "3",
    "4.1",
    "4.2",
    "4.3",
    "5.1",
    "5.2",
    "6.1",
    "6.2",
    "7",
    "8",
    "9",
)
