"""The audit trail's codes as sentences, for the history of a company."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from companies.forms import NewCompanyForm
from tenants.kit import formats
from tenants.office.models import AuditEvent

ICONS = {
    "company.join": "user-check",
    "contract.sign": "signature",
    "company.invite": "send",
    "company.archived": "archive",
}


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """An event as `ui.timeline` shows it; `at` is the moment in words."""

    text: str
    at: str
    by: str
    icon: str
    note: str
    tone: str


def audit_words(event: AuditEvent) -> TimelineEvent:
    """An event of the audit trail in words."""
    return TimelineEvent(
        text=said().get(event.action, event.action),
        at=formats.moment(event.at),
        by=event.by_name,
        icon=ICONS.get(event.action, "pencil"),
        note=_note(event),
        tone="good" if event.action in ("company.join", "contract.sign") else "neutral",
    )


def said() -> dict[str, str]:
    return {
        "company.create": _("Company added"),
        "company.change": _("Details changed"),
        "company.invite": _("Invitation sent"),
        "company.invite_revoke": _("Invitation withdrawn"),
        "company.join": _("Came into the cabinet"),
        "company.archived": _("Archived"),
        "company.active": _("Brought back from the archive"),
        "company.contact_add": _("Contact added"),
        "company.contact_remove": _("Contact removed"),
        "contract.sign": _("Contract signed"),
    }


def _note(event: AuditEvent) -> str:
    if event.action == "contract.sign":
        return f"№ {event.title}"
    if event.action != "company.change" or not event.after:
        return ""
    before = event.before or {}
    labels = {name: field.label for name, field in NewCompanyForm().fields.items()}
    return "; ".join(
        f"{labels.get(name, name)}: {before.get(name) or '—'} → {value or '—'}"
        for name, value in event.after.items()
    )
