"""What the platform's acts on a reseller and its people are called in the audit log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenants.office.audit_log import Action, describe_actions

ACTIONS = {
    "reseller.suspend": Action(_("Access of the company suspended"), "lock", "bad"),
    "reseller.resume": Action(_("Access of the company open again"), "lock-open", "good"),
    "outbox.again": Action(_("Tried again what was given up"), "refresh"),
    "member.register": Action(_("User invited"), "plus"),
    "member.reset": Action(_("Password reset"), "key"),
    "member.link": Action(_("Link for a new password made"), "key"),
    "member.link_dismiss": Action(_("Request for a new link dismissed")),
    "member.block": Action(_("User blocked"), "ban", "bad"),
    "member.unblock": Action(_("User let in again"), "user-check"),
}


def describe() -> None:
    describe_actions(ACTIONS)
