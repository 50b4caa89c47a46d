"""Which numbers the requisites of a firm have in its country, what they are called there and which
rule reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from companies import identifiers
from companies.identifiers import Fault, Numbers, Rule, plain
from companies.identifiers.foreign import foreign_account, strange_accounts
from tenants.kit.forms import Label

OTHER = ""  # a country without rules of its own, or none


@dataclass(frozen=True, slots=True)
class CountryField:
    """A number as a country has it; without a rule whatever is typed will do."""

    label: Label
    rule: Rule | None = None
    help_text: Label = ""


@dataclass(frozen=True, slots=True)
class CountryDetails:
    """The fields of a country by name, and its usual legal forms."""

    fields: Mapping[str, CountryField]
    legal_forms: tuple[str, ...] = ()


ACCOUNT = _("Account")
REGISTER = {
    "register_number": CountryField(
        _("Forwarders' register number («ГосЛог»)"), help_text=_("For Russian forwarders")
    ),
    "register_on": CountryField(_("Entered in the register on")),
    "register_status": CountryField(_("Status in the register")),
}
KYRGYZSTAN = CountryDetails(
    {
        "inn": CountryField(_("ИНН"), identifiers.kg_inn),
        "okpo": CountryField(_("ОКПО"), identifiers.kg_okpo),
        "tax_office": CountryField(_("Code of the ГНИ"), identifiers.kg_tax_office),
        "account": CountryField(ACCOUNT, identifiers.kg_account),
        "bik": CountryField(_("БИК"), identifiers.kg_bik),
    },
    ("ОсОО", "ОАО", "ЗАО", "ИП", "ГП", "КФХ", "Кооператив"),
)
RUSSIA = CountryDetails(
    {
        "inn": CountryField(_("ИНН"), identifiers.ru_inn),
        "kpp": CountryField(_("КПП"), identifiers.ru_kpp, _("Firms only")),
        "ogrn": CountryField(_("ОГРН or ОГРНИП"), identifiers.ru_ogrn),
        "okpo": CountryField(_("ОКПО"), identifiers.ru_okpo),
        **REGISTER,
        "account": CountryField(ACCOUNT, identifiers.ru_account),
        "bik": CountryField(_("БИК"), identifiers.ru_bik),
        "correspondent": CountryField(_("Correspondent account"), identifiers.ru_correspondent),
    },
    ("ООО", "АО", "ПАО", "ИП", "КФХ", "самозанятый"),
)
KAZAKHSTAN = CountryDetails(
    {
        "inn": CountryField(_("БИН or ИИН"), identifiers.kz_bin),
        "account": CountryField(_("ИИК (IBAN)"), identifiers.kz_account),
        "bik": CountryField(_("БИК (SWIFT)"), identifiers.kz_bik),
    },
    ("ТОО", "АО", "ИП", "КХ", "ПК"),
)
THAILAND = CountryDetails(
    {
        "inn": CountryField(_("Thai tax number"), identifiers.th_tax),
        "branch_code": CountryField(
            _("Branch"), identifiers.th_branch, _("Five digits; 00000 is the head office.")
        ),
        "account": CountryField(ACCOUNT, identifiers.th_account),
        "bik": CountryField(_("SWIFT code"), help_text=_("For payments from abroad")),
    },
    ("บริษัทจำกัด", "บริษัทมหาชนจำกัด", "ห้างหุ้นส่วนจำกัด", "ห้างหุ้นส่วนสามัญ", "บุคคลธรรมดา"),
)
ELSEWHERE = CountryDetails(
    {
        "inn": CountryField(_("Tax number")),
        "okpo": CountryField(_("Registration number")),
        "account": CountryField(_("Account or IBAN")),
        "bik": CountryField(_("Bank code or SWIFT")),
        "correspondent": CountryField(_("Correspondent account")),
    },
)
BY_COUNTRY: dict[str, CountryDetails] = {
    "KG": KYRGYZSTAN,
    "RU": RUSSIA,
    "KZ": KAZAKHSTAN,
    "TH": THAILAND,
    OTHER: ELSEWHERE,
}
VARYING = tuple(
    dict.fromkeys(name for details in BY_COUNTRY.values() for name in details.fields)
)  # fields that some country has and another has not, or names otherwise
OF_THE_BANK = ("bik", "correspondent")
BANK = ("account", *OF_THE_BANK)
KEYS = ("legal_form", *VARYING)


def details_of(country: str) -> CountryDetails:
    return BY_COUNTRY.get(country, ELSEWHERE)


def has_field(
    country: str,
    name: str,
) -> bool:
    """Whether firms of the country have this number; what varies nowhere all have."""
    return name not in VARYING or name in details_of(country).fields


def faults(
    country: str,
    numbers: Numbers,
) -> dict[str, Fault]:
    """What is wrong with the numbers of a firm, by field; an empty field has no fault. The bank of an
    account abroad is not read by the rules of the firm's own country.
    """
    is_abroad = foreign_account(plain(numbers.get("account", "")), at_home=country) is not None
    unread = OF_THE_BANK if is_abroad else ()
    return strange_accounts(numbers) or {
        name: fault
        for name, field in details_of(country).fields.items()
        if numbers.get(name)
        and name not in unread
        and field.rule
        and (fault := field.rule(numbers[name], numbers))
    }


def named_numbers(
    country: str,
    numbers: Numbers,
    *,
    of_bank: bool,
) -> list[tuple[str, str]]:
    """The numbers of a firm with their names, for a page: those of its bank, or all others."""
    fields = details_of(country).fields
    return [
        (str(field.label), numbers.get(name, ""))
        for name, field in fields.items()
        if (name in BANK) is of_bank
    ]


def numbers_of(
    row: object,
) -> dict[str, str]:
    """The numbers of a company or of an own firm, as the rules read them."""
    return {name: str(getattr(row, name) or "") for name in KEYS}
