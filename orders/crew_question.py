"""The question before papers are made while nobody is named to drive."""

from __future__ import annotations

from django.utils.translation import gettext as _

from orders.errors import Doubt, is_answered

CREW = "crew"


def ask_about_crew(*, is_named: bool, sure: str | None) -> None:
    """Raises Doubt until it is answered. Programs (`sure` None) are not asked."""
    if is_named or sure is None or is_answered(sure, CREW):
        return
    raise Doubt(
        CREW,
        _("The driver or the vehicle is not named: the papers will say “to be named later”."),
    )
