"""States of an invoice as pills, made once per distinct value; long lists are flat markup."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from finance.models import Status
from tenants.kit.pills import pill

LOOK = {
    Status.ISSUED: ("info", "file-invoice"),
    Status.PART_PAID: ("warn", "progress"),
    Status.PAID: ("good", "circle-check"),
    Status.CANCELLED: ("neutral", "ban"),
    Status.WRITTEN_OFF: ("neutral", "receipt-off"),
}


def status_pill(status: str, *, is_late: bool) -> SafeString:
    """An open invoice past its day says so."""
    state = Status(status)
    if is_late and state in (Status.ISSUED, Status.PART_PAID):
        return pill(_("Overdue"), "bad", "alert-triangle")
    return pill(str(state.label), *LOOK[state])
