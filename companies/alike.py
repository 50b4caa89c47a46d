"""Companies that share a name, an e-mail, a phone or a tax number with one that is about to be made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from companies.models import Company


@dataclass(frozen=True, slots=True)
class Alike:
    """What the new company may be already."""

    companies: Sequence[Company]

    @property
    def sure(self) -> str:
        """What the form sends back when these companies were seen and the new one is meant so."""
        return ",".join(sorted(str(company.pk) for company in self.companies))


def unseen(values: Mapping[str, object], sure: str) -> Alike | None:
    """The companies like these values of a form; None when there are none, or they were seen."""
    alike = Alike(_companies_like(values))
    return alike if alike.companies and alike.sure != sure else None


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
