"""Companies that share a name, an e-mail, a phone or a tax number with one that is about to be made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q, Value
from django.utils.translation import gettext as _

from companies.identifiers import plain
from companies.models import Company
from companies.name_key import name_key
from tenants.kit.doubts import Answers, Doubt, is_answered

ALIKE = ("name", "full_name", "email", "phone", "inn")
MOST_SHOWN = 20


class AlikeCompanies(Doubt):
    """What the new company may be already; the key names those that were seen."""

    def __init__(self, key: str, companies: Sequence[Company]) -> None:
        names = ", ".join(f"{company.name} ({company.ref})" for company in companies)
        super().__init__(key, f"{_('There is such a company already.')} {names}")
        self.companies = companies


def ask_about_alike(values: Mapping[str, object], sure: Answers) -> None:
    """Ask before a company is made a second time. Raises AlikeCompanies."""
    if sure is None:
        return
    companies = companies_like(values)
    key = ",".join(sorted(str(company.pk) for company in companies))
    if companies and not is_answered(sure, key):
        raise AlikeCompanies(key, companies)


def companies_like(values: Mapping[str, object]) -> list[Company]:
    """Those with the same name, legal form and quotes aside, the same tax number, e-mail or phone.
    What is empty is not compared.
    """
    texts = {name: str(values.get(name) or "").strip() for name in ALIKE}
    same = Q(pk__in=[])
    for name in filter(None, (texts["name"], texts["full_name"])):
        same |= Q(key=name_key(Value(name))) | Q(full_key=name_key(Value(name)))
    if texts["email"]:
        same |= Q(email__iexact=texts["email"]) | Q(contacts__email__iexact=texts["email"])
    if texts["phone"]:
        same |= Q(phone=texts["phone"]) | Q(contacts__phone=texts["phone"])
    if texts["inn"]:
        same |= Q(inn=plain(texts["inn"]))
    rows = Company.objects.annotate(key=name_key("name"), full_key=name_key("full_name"))
    shown = rows.filter(same, merged_into=None).distinct().order_by("name", "ref")
    return list(shown[:MOST_SHOWN])
