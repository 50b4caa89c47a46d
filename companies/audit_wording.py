"""What is done with companies and the own details, as the audit log says it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.forms import (
    AppearanceForm,
    ContactForm,
    NewCompanyForm,
    OwnDetailsForm,
    RegimeForm,
    SupportForm,
)
from companies.forms.fields import countries, languages
from companies.models import Basis, Company, Contract
from companies.regimes import BY_KEY
from tenants.office.audit_log import Action, Wording, describe_actions
from tenants.office.models import AuditEvent


def _changes(event: AuditEvent) -> str:
    """What was changed, from what to what."""
    before = event.before or {}
    labels = {name: field.label for name, field in NewCompanyForm().fields.items()}
    return "; ".join(
        f"{labels.get(name, name)}: {before.get(name) or '—'} → {value or '—'}"
        for name, value in (event.after or {}).items()
    )


def _contract_number(event: AuditEvent) -> str:
    return f"№ {event.title}"


ACTIONS = {
    "company.create": Action(gettext_lazy("Company added")),
    "company.change": Action(gettext_lazy("Details changed"), note=_changes),
    "company.invite": Action(gettext_lazy("Invitation sent"), "send"),
    "company.invite_revoke": Action(gettext_lazy("Invitation withdrawn")),
    "company.join": Action(gettext_lazy("Came into the cabinet"), "user-check", "good"),
    "company.archived": Action(gettext_lazy("Archived"), "archive"),
    "company.active": Action(gettext_lazy("Brought back from the archive")),
    "company.contact_add": Action(gettext_lazy("Contact added")),
    "company.contact_remove": Action(gettext_lazy("Contact removed")),
    "company.account_add": Action(gettext_lazy("Account added")),
    "company.account_remove": Action(gettext_lazy("Account removed")),
    "contract.sign": Action(
        gettext_lazy("Contract signed"),
        "signature",
        "good",
        note=_contract_number,
    ),
    "own.details": Action(gettext_lazy("Own details changed")),
    "own.account_add": Action(gettext_lazy("Account added")),
    "own.account_remove": Action(gettext_lazy("Account removed")),
    "own.firm_add": Action(gettext_lazy("Firm added")),
    "own.firm_main": Action(gettext_lazy("Main firm changed")),
    "own.firm_archive": Action(gettext_lazy("Firm archived"), "archive"),
    "own.firm_restore": Action(gettext_lazy("Firm brought back")),
    "own.regime": Action(gettext_lazy("Tax regime changed")),
    "own.look": Action(gettext_lazy("Look changed")),
    "own.era": Action(gettext_lazy("Era of dates changed")),
    "own.zone": Action(gettext_lazy("Time zone changed")),
    "own.support": Action(gettext_lazy("Help contacts")),
    "own.logo": Action(gettext_lazy("Logo")),
    "own.signature": Action(gettext_lazy("Signature")),
    "own.stamp": Action(gettext_lazy("Stamp")),
    "own.platform_contract": Action(gettext_lazy("Contract signed"), "signature"),
}


def _fields() -> dict[str, str]:
    forms = (
        ContactForm(),
        AppearanceForm(),
        OwnDetailsForm(is_new_firm=True),
        RegimeForm(country=""),
        SupportForm(),
        NewCompanyForm(),
    )
    labels = {
        name: str(field.label)
        for form in forms
        for name, field in form.fields.items()
        if field.label
    }
    return labels | {
        "how": _("How signed"),
        "signed_on": _("Signed on"),
        "sha256": "SHA-256",
        "buddhist_era": _("Years in Thai: Buddhist era"),
        "time_zone": _("Time zone"),
        "details_at": _("Saved"),
        "platform_contract_signed_at": _("Signed on"),
        "logo_file_id": _("Logo"),
        "signature_file_id": _("Signature"),
        "stamp_file_id": _("Stamp"),
        "status": _("Status"),
        "currency": _("Currency"),
    }


def _values() -> dict[str, dict[str, str]]:
    return {
        "status": {code: str(word) for code, word in Company.Status.choices},
        "regime": {key: str(one.label) for key, one in BY_KEY.items()},
        "kind": {code: str(word) for code, word in Company.Kind.choices},
        "how": {code: str(word) for code, word in Contract.How.choices},
        "language": {code: str(word) for code, word in languages()},
        "acts_under": {code: str(word) for code, word in Basis.choices},
        "country": {code: str(word) for code, word in countries() if code},
    }


def describe() -> None:
    describe_actions(ACTIONS, Wording(fields=_fields, values=_values))
