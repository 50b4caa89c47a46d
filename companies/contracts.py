"""The texts of contracts, and what must be known before one can be drawn up."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from companies.models import Company, Contract
from companies.models.requisites import Requisites
from companies.queries import own_details
from tenants.actor import ResellerInfo

LANGUAGES = ("ru", "th", "en", "ky")
PLATFORM = "Track.com"
NEEDED = (
    "full_name",
    "director",
    "address",
)  # without these nobody knows who signs; a missing ИНН only warns


class CannotDraw(Exception):
    """Details are missing on one side; the message says which."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A contract's text before it is signed. `company` is None for the contract with the platform."""

    company: Company | None
    kind: Contract.Kind
    number: str
    language: str
    text: str

    @property
    def sha256(self) -> str:
        return sha256(self.text)


def draft(
    *,
    company: Company | None,
    reseller: ResellerInfo,
    on: date,
    language: str,
) -> Draft:
    """The text as it would be signed on that day. Raises CannotDraw."""
    own = own_details()
    _complete(
        own,
        _("Our own details are incomplete: full name, head and address are needed."),
    )
    if company:
        _complete(
            company,
            _("The details are incomplete: full name, head and address are needed."),
        )
    kind = Contract.Kind(company.kind) if company else Contract.Kind.PLATFORM
    written = language if language in LANGUAGES else "en"
    number = next_number(company, reseller)
    context = {
        "number": number,
        "on": day_in_words(on, written),
        "own": own,
        "company": company,
        "platform": PLATFORM,
    }
    text = render_to_string(
        f"companies/contracts/{written}/{kind}.txt",
        context,
        using="jinja2",
    )
    return Draft(company, kind, number, written, _tidy(text))


def next_number(company: Company | None, reseller: ResellerInfo) -> str:
    """`260313-0003/1`: the company's reference and how many-th contract it is; the platform's
    carries our short name.
    """
    signed = Contract.objects.filter(company=company).count()
    stem = company.ref.removeprefix("CMP-") if company else f"TC-{reseller.slug}".upper()
    return f"{stem}/{signed + 1}"


def current(company: Company | None) -> Contract | None:
    """The contract in force: the last one signed."""
    return Contract.objects.filter(company=company).order_by("-signed_at").first()


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def day_in_words(on: date, language: str) -> str:
    """Papers in Thai count years of the Buddhist era."""
    if language == "th":
        return f"{on:%d/%m}/{on.year + 543}"
    return f"{on:%Y-%m-%d}" if language == "en" else f"{on:%d.%m.%Y}"


def _complete(side: Requisites, why: str) -> None:
    if not all(getattr(side, name) for name in NEEDED):
        raise CannotDraw(why)


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return "\n".join(line for at, line in enumerate(lines) if line or (at and lines[at - 1])) + "\n"
