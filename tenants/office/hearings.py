"""Who hears of long work that has ended."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenants.office.hearing import Hearer, Row

TABLE = (
    Row("file.ready", Hearer.PERSON, _("%(file)s: ready")),
    Row("file.failed", Hearer.PERSON, _("The file could not be made.")),
)
