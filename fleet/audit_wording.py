"""What is done with the access of own drivers, as the audit log says it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenants.office.audit_log import Action, describe_actions

ACTIONS = {
    "driver.access_issue": Action(_("Access to the app given"), "key"),
    "driver.phone_end": Action(_("A phone signed out"), "logout"),
    "driver.access_block": Action(_("Access to the app blocked"), "ban", "bad"),
}


def describe() -> None:
    describe_actions(ACTIONS)
