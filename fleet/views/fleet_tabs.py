"""Tabs over the fleet: drivers and vehicles are two lists under one heading."""

from __future__ import annotations

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from tenants.kit.listing import Empty, Tab

TABS = (
    Tab("drivers", _("Drivers"), url=reverse_lazy("fleet:driver-list")),
    Tab("vehicles", _("Vehicles"), url=reverse_lazy("fleet:vehicle-list")),
)
EMPTY = Empty(
    title=_("Nobody here yet"),
    icon="truck",
    text=_("Drivers and vehicles of the platform's pool and your own stand here."),
)
