"""States of an invoice as pills, made once per distinct value; long lists are flat markup."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from finance.models import Status

LOOK = {
    Status.ISSUED: ("info", "file-invoice"),
    Status.PART_PAID: ("warn", "progress"),
    Status.PAID: ("good", "circle-check"),
    Status.CANCELLED: ("neutral", "ban"),
}


def status_pill(status: str, *, is_late: bool) -> SafeString:
    """An open invoice past its day says so."""
    known = Status(status)
    if is_late and known in (Status.ISSUED, Status.PART_PAID):
        return pill(_("Overdue"), "bad", "alert-triangle")
    return pill(str(known.label), *LOOK[known])


def pill(label: str, tone: str, icon: str) -> SafeString:
    return format_html(
        '<span class="pill pill-{}"><svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>{}</span>',
        tone,
        static("icons.svg"),
        icon,
        label,
    )
