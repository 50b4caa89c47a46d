"""Who hears of papers. An invoice is told by the books."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenants.office.hearing import Hearer, Row

TABLE = (
    Row("document.issued", Hearer.CLIENT, _("New document: %(title)s")),
    Row("document.issued", Hearer.PARTNER, _("New document: %(title)s")),
    Row("document.failed", Hearer.DISPATCHERS, _("The document could not be made: %(title)s")),
)
