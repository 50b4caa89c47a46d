"""What is done with papers, as the audit log says it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.words import audiences, kinds
from tenants.office.audit_log import Action, Wording, describe_actions

ACTIONS = {
    "document.issue": Action(gettext_lazy("Document made"), "file-text"),
    "document.render_again": Action(gettext_lazy("Document made again"), "refresh"),
}


def _fields() -> dict[str, str]:
    return {
        "about": _("About"),
        "kind": _("Kind"),
        "number": _("Number"),
        "audience": _("For whom"),
    }


def _values() -> dict[str, dict[str, str]]:
    return {
        "kind": kinds(),
        "audience": audiences(),
    }


def describe() -> None:
    describe_actions(ACTIONS, Wording(fields=_fields, values=_values))
