"""Details of a firm: of a company by the office, by the company itself, and our own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from companies.forms.fields import languages, phone, text, zones
from companies.forms.requisites import RequisitesForm
from companies.models import Company
from tenants.kit.edge.form_fields import EmailField, PatternField, TextField
from tenants.kit.edit_forms import EditForm
from tenants.kit.forms import choice_field
from tenants.kit.money import CURRENCIES


class DetailsForm(RequisitesForm):
    """What a company says of itself; a contract needs the marked fields."""

    name = text(_("Short name"), 200, required=True, autocomplete="organization")
    full_name = text(_("Full legal name"), 300, required=True)
    address = text(
        _("Legal address"),
        300,
        required=True,
        autocomplete="street-address",
    )
    director = text(
        _("Head"),
        200,
        required=True,
        help_text=_("Who signs: name in full"),
    )
    accountant = text(_("Chief accountant"), 200)
    contact_person = text(_("Contact person"), 200, autocomplete="name")
    email = EmailField(label=_("E-mail"), required=False)
    vat_payer = forms.BooleanField(label=_("Pays VAT"), required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        region: str | None = None,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["phone"] = phone(region)
        self.order_fields([*ORDER])


ORDER = (
    "kind",
    "country",
    "legal_form",
    "name",
    "full_name",
    "number_prefix",
    "inn",
    "kpp",
    "ogrn",
    "okpo",
    "tax_office",
    "branch_code",
    "register_number",
    "register_on",
    "register_status",
    "address",
    "director",
    "director_post",
    "acts_under",
    "basis_number",
    "basis_on",
    "accountant",
    "contact_person",
    "phone",
    "email",
    "language",
    "bank",
    "account_currency",
    "account",
    "bik",
    "correspondent",
    "vat_payer",
    "invoice_terms_days",
    "note",
)


class OfficeDetailsForm(DetailsForm):
    """The office may leave gaps: the company fills them in itself."""

    full_name = text(_("Full legal name"), 300)
    address = text(_("Legal address"), 300)
    director = text(_("Head"), 200)
    language = forms.ChoiceField(label=_("Language of letters and documents"), choices=languages)
    note = TextField(
        label=_("Note"),
        max_length=4000,
        required=False,
        help_text=_("Only your office sees it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NewCompanyForm(OfficeDetailsForm):
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Company.Kind.choices,
        widget=forms.RadioSelect,
    )


class OwnDetailsForm(DetailsForm):
    """A firm of our own."""

    contact_person = None  # type: ignore[assignment]
    number_prefix = PatternField(
        r"^[\w-]+$",
        label=_("Prefix of its numbers"),
        max_length=5,
        error_messages={"invalid": _("Letters, digits and dashes only.")},
        help_text=_(
            "Stands in front of the numbers of its papers for good, so that firms are told apart."
        ),
    )
    invoice_terms_days = forms.IntegerField(
        label=_("Days to pay an invoice"),
        min_value=0,
        max_value=365,
        initial=5,
        help_text=_("Stands on invoices and in new contracts unless agreed otherwise."),
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        region: str | None = None,
        initial: Mapping[str, object] | None = None,
        is_new_firm: bool = False,
        has_regime: bool = False,
    ) -> None:
        """A prefix tells a new firm from the others; a dated tax regime says whether VAT is paid."""
        super().__init__(data, region=region, initial=initial)
        if not is_new_firm:
            del self.fields["number_prefix"]
        if has_regime:
            del self.fields["vat_payer"]


class ContactForm(forms.Form):
    name = text(_("Name"), 200, required=True)
    position = text(pgettext_lazy("job title", "Position"), 120)
    email = EmailField(label=_("E-mail"), required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        region: str | None = None,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["phone"] = phone(region)

    def clean(self) -> dict[str, object]:
        """A contact nobody can reach is none."""
        values = super().clean() or {}
        if not self.errors and not values.get("phone") and not values.get("email"):
            self.add_error("phone", _("Give a phone or an e-mail."))
        return values | {"phone": str(values.get("phone") or "")}


class EraForm(forms.Form):
    """How Thai pages say this year."""

    era = forms.ChoiceField(
        label=_("Years in Thai"),
        widget=forms.RadioSelect,
        help_text=_("Typed and pasted dates are understood either way."),
        choices=[
            ("common", _("Common era: 18/01/2026")),
            ("buddhist", _("Buddhist era: 18/01/2569")),
        ],
    )


class ZoneForm(EditForm):
    """The clock by which the office's days begin and end, and the currency of its books.

    `holds` are sums that stand in the currency already: then it is shown and not to be changed.
    """

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Days of orders, invoices and reports begin and end by it."),
    )

    currency = forms.ChoiceField(
        label=_("Currency of the books"),
        choices=[(code, code) for code in CURRENCIES],
        help_text=_(
            "All sums are counted in it. It can be changed until the first of them is there."
        ),
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        in_force: str,
        currency: str,
        holds: Sequence[str] = (),
    ) -> None:
        values = {"time_zone": in_force, "currency": currency}
        super().__init__(data, initial=values)
        choice_field(self, "time_zone").choices = zones(in_force)
        if holds:
            field = self.fields["currency"]
            field.disabled = True
            field.help_text = _why_not(holds)


def _why_not(holds: Sequence[str]) -> str:
    """Why the currency stays, and what to do."""
    words = gettext(
        "It stays: sums are counted in it already. %(sums)s. For books in another currency ask the "
        "platform for a second account."
    )
    return words % {"sums": "; ".join(holds)}


class SupportForm(EditForm):
    """Where clients, partners and staff find help; shown in every cabinet and on the login page."""

    support_email = EmailField(label=_("Help by e-mail"), required=False)
    support_line = text("LINE", 60, help_text=_("The name in LINE, for example @myshop"))
    support_telegram = text(
        "Telegram", 60, help_text=_("The name in Telegram, for example @myshop")
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        region: str | None = None,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        whatsapp = phone(region)
        whatsapp.label = "WhatsApp"
        self.fields["support_whatsapp"] = whatsapp
        self.fields["support_phone"] = phone(region)

    def clean(self) -> dict[str, object]:
        """Phones as plain text."""
        values = super().clean() or {}
        return {name: str(value or "") for name, value in values.items()}
