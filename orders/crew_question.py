"""The question before papers are made while nobody is named to drive."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tenants.kit.doubts import Answers, Doubt, is_answered

CREW = "crew"


def ask_about_crew(*, is_named: bool, sure: Answers) -> None:
    """Raises Doubt until it is answered."""
    if is_named or is_answered(sure, CREW):
        return
    raise Doubt(
        CREW,
        _("The driver or the vehicle is not named: the papers will say “to be named later”."),
    )
