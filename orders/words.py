"""How stages look: tone and icon of a pill, the client's own words for a stage."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from orders.models import Stage, TripStage
from tenants.kit import formats, pills

LOOK = {
    Stage.DRAFT: ("neutral", "pencil"),
    Stage.REQUESTED: ("info", "inbox"),
    Stage.QUOTED: ("info", "file-text"),
    Stage.PUBLISHED: ("warn", "building-store"),
    Stage.ASSIGNED: ("info", "user-check"),
    Stage.IN_TRANSIT: ("info", "truck"),
    Stage.DELIVERED: ("good", "package"),
    Stage.COMPLETED: ("good", "circle-check"),
    Stage.CLOSED: ("neutral", "lock"),
    Stage.CANCELLED: ("bad", "ban"),
}
# A client is told what it waits for, not how the office works.
CLIENT_WORDS = {
    Stage.DRAFT: _("Being prepared"),
    Stage.REQUESTED: _("Request received"),
    Stage.QUOTED: _("Quote ready"),
    Stage.PUBLISHED: _("Looking for a vehicle"),
    Stage.ASSIGNED: _("Vehicle assigned"),
    Stage.IN_TRANSIT: _("In transit"),
    Stage.DELIVERED: _("Delivered"),
    Stage.COMPLETED: _("Completed"),
    Stage.CLOSED: _("Closed"),
    Stage.CANCELLED: _("Cancelled"),
}
# What a driver presses: the deed; the stage's own name says where the trip stands after it.
STAGE_BUTTONS = {
    TripStage.TO_LOADING: _("I set off for loading"),
    TripStage.AT_LOADING: _("I arrived at loading"),
    TripStage.LOADED: _("I have loaded"),
    TripStage.IN_TRANSIT: _("I set off on the trip"),
    TripStage.BORDER: _("I arrived at the border"),
    TripStage.AT_UNLOADING: _("I arrived at unloading"),
    TripStage.UNLOADED: _("I have unloaded"),
    TripStage.PAPERS_IN: _("I handed in the papers"),
}
ICONS = {
    "edit": "pencil",
    "create": "plus",
    "cancel": "ban",
    "incident": "alert-triangle",
    "offer": "messages",
}


def distance(km: int | None, *, is_by_road: bool) -> str:
    """Kilometres with the word for how they are known; empty when they are not."""
    if km is None:
        return ""
    number = formats.number(km)
    if is_by_road:
        return gettext("%(km)s km by road") % {"km": number}
    return gettext("%(km)s km, estimate") % {"km": number}


def pill(stage: str, *, for_client: bool = False) -> SafeString:
    """A stage as a pill; a client reads its own words for it."""
    tone, icon = LOOK[Stage(stage)]
    label = CLIENT_WORDS[Stage(stage)] if for_client else Stage(stage).label
    return pills.pill(label, tone, icon)


def trip_pill(stage: str) -> SafeString:
    tone = "good" if stage in (TripStage.UNLOADED, TripStage.PAPERS_IN) else "info"
    return pills.pill(TripStage(stage).label, tone, "truck")
