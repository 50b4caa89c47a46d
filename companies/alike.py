"""Companies that share a name, an e-mail, a phone or a tax number with one that is about to be made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from companies.models import Company
from tenants.kit.doubts import Answers, Doubt, is_answered


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
    companies = _companies_like(values)
    key = ",".join(sorted(str(company.pk) for company in companies))
    if companies and not is_answered(sure, key):
        raise AlikeCompanies(key, companies)


def _companies_like(values: Mapping[str, object]) -> list[Company]:
    """What is empty is not compared."""
    texts = {
        name: str(values.get(name) or "").strip() for name in ("name", "email", "phone", "inn")
    }
    same = Q(name__iexact=texts["name"]) | Q(full_name__iexact=texts["name"])
    if texts["email"]:
        same |= Q(email__iexact=texts["email"]) | Q(contacts__email__iexact=texts["email"])
    if texts["phone"]:
        same |= Q(phone=texts["phone"]) | Q(contacts__phone=texts["phone"])
    if texts["inn"]:
        same |= Q(inn=texts["inn"])
    return list(Company.objects.filter(same).distinct().order_by("name", "ref"))
