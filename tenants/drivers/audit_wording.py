"""What is done with carriers, drivers and vehicles, as the audit log says it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.office.audit_log import Action, Wording, describe_actions
from tenants.office.models import AuditEvent


def _moved(event: AuditEvent) -> str:
    """An edit of the status alone says which way it went."""
    status = (event.after or {}).get("status")
    if not status:
        return ""
    return _("Archived") if status == "archived" else _("Brought back from the archive")


ACTIONS = {
    "carrier.register": Action(gettext_lazy("Carrier added"), "plus"),
    "driver.register": Action(gettext_lazy("Driver added"), "plus"),
    "driver.edit": Action(gettext_lazy("Driver changed"), other_words=_moved),
    "vehicle.register": Action(gettext_lazy("Vehicle added"), "plus"),
    "vehicle.edit": Action(gettext_lazy("Vehicle changed"), other_words=_moved),
}


def _fields() -> dict[str, str]:
    return {
        "name": _("Name"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "plate": _("Plate"),
        "country": _("Country"),
        "status": _("Status"),
        "note": _("Note"),
    }


def describe() -> None:
    describe_actions(ACTIONS, Wording(fields=_fields))
