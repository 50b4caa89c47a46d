"""What is done with companies and the own details, as the audit log says it."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from companies.forms import (
    AddressForm,
    AppearanceForm,
    ContactForm,
    LimitForm,
    NewCompanyForm,
    OwnDetailsForm,
    RegimeForm,
    SupportForm,
)
from companies.forms.fields import countries, languages
from companies.models import Basis, Company, Contract, Side
from companies.queries import firm_names
from companies.regimes import BY_KEY
from companies.right_words import WORDS, in_words
from tenants.kit import formats
from tenants.office.audit_log import Action, Wording, describe_actions
from tenants.office.models import AuditEvent
from tenants.permissions import Permission
from tenants.platform.domains import Outcome


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


def _person(event: AuditEvent) -> str:
    return event.title


def _rights(event: AuditEvent) -> str:
    """Who, and the rights from now on."""
    rights = [Permission(one) for one in (event.after or {}).get("rights", ()) if one in WORDS]
    return f"{event.title}: {in_words(rights) or _('Only sees')}"


def _reason(event: AuditEvent) -> str:
    return f"№ {event.title}: {event.reason}"


def _value(facts: dict[str, object] | None, name: str) -> str:
    """One fact that a row of the log keeps; empty when it has none."""
    value = (facts or {}).get(name)
    if value is None:
        return ""
    return str(value)


def _block_reason(event: AuditEvent) -> str:
    return _value(event.after, "block_reason")


def _limit(event: AuditEvent) -> str:
    """From which limit to which."""
    before = _sum(event.before)
    after = _sum(event.after)
    return f"{before} → {after}"


def _sum(facts: dict[str, object] | None) -> str:
    """A credit limit; a dash where there is none."""
    text = _value(facts, "credit_limit")
    if not text:
        return "—"
    amount = Decimal(text)
    return formats.number(amount, 2)


def _merged(event: AuditEvent) -> str:
    """Which company went over to which."""
    source = _value(event.before, "from")
    target = _value(event.after, "to")
    return f"{source} → {target}"


def _address(event: AuditEvent) -> str:
    facts = event.after or event.before
    return _value(facts, "name")


ACTIONS = {
    "company.create": Action(gettext_lazy("Company added")),
    "company.change": Action(gettext_lazy("Details changed"), note=_changes),
    "company.invite": Action(gettext_lazy("Invitation sent"), "send"),
    "company.invite_revoke": Action(gettext_lazy("Invitation withdrawn")),
    "person.invite": Action(gettext_lazy("Person invited"), "send", note=_person),
    "person.invite_revoke": Action(gettext_lazy("Invitation withdrawn"), note=_person),
    "person.rights": Action(gettext_lazy("Rights changed"), "user-cog", note=_rights),
    "person.end": Action(gettext_lazy("Access of a person ended"), "ban", "bad", note=_person),
    "person.may_sign": Action(
        gettext_lazy("Right to sign confirmed"),
        "signature",
        "good",
        note=_person,
    ),
    "company.join": Action(gettext_lazy("Came into the cabinet"), "user-check", "good"),
    "company.archived": Action(gettext_lazy("Archived"), "archive"),
    "company.active": Action(gettext_lazy("Brought back from the archive")),
    "company.block": Action(
        gettext_lazy("Blocked: no new orders"), "ban", "warn", note=_block_reason
    ),
    "company.unblock": Action(gettext_lazy("The block was lifted")),
    "company.limit": Action(gettext_lazy("Credit limit changed"), note=_limit),
    "company.both": Action(gettext_lazy("Is client and partner now")),
    "company.merge": Action(gettext_lazy("Merged with another company"), "git-merge", note=_merged),
    "company.note_add": Action(gettext_lazy("Note added")),
    "company.note_remove": Action(gettext_lazy("Note removed")),
    "company.address_add": Action(gettext_lazy("Address added"), note=_address),
    "company.address_change": Action(gettext_lazy("Address changed"), note=_address),
    "company.address_remove": Action(gettext_lazy("Address removed"), note=_address),
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
    "contract.send": Action(
        gettext_lazy("Contract sent for signing"), "send", note=_contract_number
    ),
    "contract.half_sign": Action(
        gettext_lazy("Contract signed by one side"), "signature", note=_contract_number
    ),
    "contract.remind": Action(gettext_lazy("Reminder sent"), "bell", note=_contract_number),
    "contract.decline": Action(gettext_lazy("Contract declined"), "x", "bad", note=_reason),
    "contract.withdraw": Action(gettext_lazy("Contract taken back"), note=_reason),
    "contract.terminate": Action(gettext_lazy("Contract terminated"), "ban", "bad", note=_reason),
    "signing.rules": Action(gettext_lazy("Rules of the electronic signature accepted")),
    "own.details": Action(gettext_lazy("Own details changed")),
    "own.account_add": Action(gettext_lazy("Account added")),
    "own.account_remove": Action(gettext_lazy("Account removed")),
    "own.firm_add": Action(gettext_lazy("Firm added")),
    "own.firm_main": Action(gettext_lazy("Main firm changed")),
    "own.firm_archive": Action(gettext_lazy("Firm archived"), "archive"),
    "own.firm_restore": Action(gettext_lazy("Firm brought back")),
    "own.regime": Action(gettext_lazy("Tax regime changed")),
    "own.look": Action(gettext_lazy("Look changed")),
    "own.terms": Action(gettext_lazy("Own terms of contracts changed"), "file-text"),
    "own.era": Action(gettext_lazy("Era of dates changed")),
    "own.zone": Action(gettext_lazy("Time zone changed")),
    "own.currency": Action(gettext_lazy("Currency of the books changed"), "coins"),
    "own.domain_claim": Action(gettext_lazy("Own domain entered"), "world"),
    "own.domain_check": Action(gettext_lazy("Own domain checked")),
    "own.domain_open": Action(gettext_lazy("Own domain proven"), "world", "good"),
    "own.domain_lost": Action(gettext_lazy("Proof of the own domain went away"), "world", "warn"),
    "own.domain_close": Action(gettext_lazy("Own domain closed"), "ban", "bad"),
    "own.domain_remove": Action(gettext_lazy("Own domain removed")),
    "own.support": Action(gettext_lazy("Help contacts")),
    "own.logo": Action(gettext_lazy("Logo")),
    "own.signature": Action(gettext_lazy("Signature")),
    "own.stamp": Action(gettext_lazy("Stamp")),
    "own.platform_contract": Action(gettext_lazy("Contract signed"), "signature"),
    "own.platform_contract_end": Action(gettext_lazy("Contract terminated"), "ban", "bad"),
}


def _fields() -> dict[str, str]:
    forms = (
        AddressForm(),
        LimitForm(),
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
        "version": _("Version"),
        "side": _("Side"),
        "buddhist_era": _("Years in Thai: Buddhist era"),
        "time_zone": _("Time zone"),
        "details_at": _("Saved"),
        "platform_contract_signed_at": _("Signed on"),
        "logo_file_id": _("Logo"),
        "signature_file_id": _("Signature"),
        "stamp_file_id": _("Stamp"),
        "status": _("Status"),
        "block_reason": pgettext("why a company is blocked", "Reason"),
        "note": _("Note"),
        "lat": _("Latitude"),
        "lon": _("Longitude"),
        "currency": _("Currency"),
        "firm_id": _("Our firm"),
        "terms": _("Own terms"),
        "domain": _("Own domain"),
        "outcome": _("Result of the check"),
    }


def _values() -> dict[str, dict[str, str]]:
    return {
        "status": {code: str(word) for code, word in Company.Status.choices},
        "regime": {key: str(one.label) for key, one in BY_KEY.items()},
        "kind": {code: str(word) for code, word in Company.Kind.choices},
        "side": {code: str(word) for code, word in Side.choices},
        "how": {code: str(word) for code, word in Contract.How.choices},
        "language": {code: str(word) for code, word in languages()},
        "acts_under": {code: str(word) for code, word in Basis.choices},
        "country": {code: str(word) for code, word in countries() if code},
        "firm_id": {str(pk): name for pk, name in firm_names().items()},
        "outcome": {code: str(word) for code, word in Outcome.choices},
    }


def describe() -> None:
    describe_actions(ACTIONS, Wording(fields=_fields, values=_values))
