"""What the office's own actions are called in the audit log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenants.office.audit_log import Action, describe_actions

ACTIONS = {
    "view.save": Action(_("View of a list saved")),
    "view.delete": Action(_("View of a list deleted"), "x"),
}


def describe() -> None:
    describe_actions(ACTIONS)
