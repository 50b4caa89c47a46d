"""Who hears that somebody asks for a new link."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenants.office.hearing import Hearer, Row

WORDS = _("%(person)s forgot the password and asks for a new link")
TABLE = (
    Row("person.link_asked", Hearer.DISPATCHERS, WORDS),
    Row("user.link_asked", Hearer.HEADS, WORDS),
)
