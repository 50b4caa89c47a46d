"""How stages look: tone and icon of a pill, the client's own words for a stage."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from orders.models import Stage, TripStage

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
ICONS = {
    "edit": "pencil",
    "create": "plus",
    "cancel": "ban",
    "incident": "alert-triangle",
    "offer": "messages",
}


def pill(stage: str, *, for_client: bool = False) -> SafeString:
    """A stage as a pill, made once per stage and language."""
    return _pill(stage, for_client, get_language() or "")


@lru_cache(maxsize=128)
def _pill(stage: str, for_client: bool, _language: str) -> SafeString:
    tone, icon = LOOK[Stage(stage)]
    label = CLIENT_WORDS[Stage(stage)] if for_client else Stage(stage).label
    return _markup(tone, icon, str(label))


def trip_pill(stage: str) -> SafeString:
    tone = "good" if stage in (TripStage.UNLOADED, TripStage.PAPERS_IN) else "info"
    return _markup(tone, "truck", str(TripStage(stage).label))


def _markup(tone: str, icon: str, label: str) -> SafeString:
    from django.templatetags.static import static

    use = f"{static('icons.svg')}#{icon}"
    return format_html(
        '<span class="pill pill-{}"><svg class="icon" aria-hidden="true"><use href="{}"></use></svg>{}</span>',
        tone,
        use,
        label,
    )
