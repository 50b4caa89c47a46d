"""The texts of contracts, and what must be known before one can be drawn up."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from companies.contract_templates import LANGUAGES, Template, template
from companies.models import (
    FALLEN,
    FIRST_FIRM,
    OPEN,
    Company,
    Contract,
    ContractCase,
    OwnFirm,
    OwnTerms,
    Side,
    Stage,
)
from companies.models.requisites import Requisites
from companies.own_terms import terms_for
from companies.queries import IN_FORCE, own_details
from tenants.actor import ResellerInfo
from tenants.platform.models import PlatformFirm

NEEDED = (
    "full_name",
    "director",
    "address",
)  # without these nobody knows who signs; a missing ИНН only warns


class CannotDraw(Exception):
    """Details are missing on one side; the message says which."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A contract's text before it is sent. `company` is None for the contract with the platform,
    `parent` the contract that a supplementary agreement belongs to.
    """

    company: Company | None
    kind: Contract.Kind
    number: str
    language: str
    text: str
    template: Template
    parent: ContractCase | None = None
    index: int = 0
    firm_id: int = FIRST_FIRM  # our side
    terms: OwnTerms | None = None  # what the reseller adds to the template

    @property
    def sha256(self) -> str:
        return sha256(self.text)


def draft(
    *,
    company: Company | None,
    reseller: ResellerInfo,
    on: date,
    language: str,
    kind: Contract.Kind | None = None,
    firm_id: int | None = None,
) -> Draft:
    """The text as it would be signed on that day by this own firm, or the main one. Raises
    CannotDraw.
    """
    firm = own_details(firm_id)
    _check_details(firm, company)
    kind = kind or kind_with(company)
    written = language if language in LANGUAGES else "en"
    number = next_number(company, kind, reseller, firm)
    chosen = template(kind, written)
    terms = terms_for(kind, written, reseller.language) if company else None
    context = {
        "number": number,
        "on": day_in_words(on, written),
        "own": firm,
        "company": company,
        "platform": None if company else platform_firm(),
        "terms": terms.text if terms else "",
    }
    return Draft(
        company=company,
        kind=kind,
        number=number,
        language=written,
        text=_drawn(chosen, context),
        template=chosen,
        firm_id=firm.pk,
        terms=terms,
    )


def sample_text(
    *,
    kind: Contract.Kind,
    language: str,
    terms: str,
    firm: OwnFirm,
    other: Requisites,
    on: date,
) -> str:
    """A contract as it would read with these own terms; to look at, never to sign."""
    context = {
        "number": "1",
        "on": day_in_words(on, language),
        "own": firm,
        "company": other,
        "platform": None,
        "terms": terms,
    }
    return _drawn(template(kind, language), context)


def kind_with(company: Company | None, wish: str | None = "") -> Contract.Kind:
    """With a company that is both there is a contract each way: the client's, unless the partner's
    is asked for.
    """
    if company is None:
        return Contract.Kind.PLATFORM
    is_carriage = company.is_partner and wish == Contract.Kind.PARTNER
    return Contract.Kind.CLIENT if company.is_client and not is_carriage else Contract.Kind.PARTNER


def addendum(*, parent: ContractCase, subject: str, on: date, works_from: date) -> Draft:
    """A supplementary agreement to a contract in force, of the same own firm; `subject` is what it
    changes, in its language. Raises CannotDraw.
    """
    company = parent.company
    # What the platform agrees to is its own to write: its seal signs at once.
    if company is None or parent.stage != Stage.IN_FORCE or parent.parent_id:
        raise CannotDraw(_("A supplementary agreement needs a contract in force."))
    firm = own_details(parent.firm_id)
    _check_details(firm, company)
    index = _next_index(parent)
    chosen = template("addendum", parent.language)
    context = {
        "index": index,
        "contract": parent,
        "contract_on": day_in_words(_signed_on(parent), parent.language),
        "on": day_in_words(on, parent.language),
        "works_from": day_in_words(works_from, parent.language),
        "subject": subject.strip(),
        "own": firm,
        "other": company,
    }
    return Draft(
        company=company,
        kind=Contract.Kind(parent.kind),
        number=f"{parent.number}-{index}",
        language=parent.language,
        text=_drawn(chosen, context),
        template=chosen,
        parent=parent,
        index=index,
        firm_id=parent.firm_id,
    )


def platform_firm() -> PlatformFirm:
    """The legal entity behind this installation. Raises CannotDraw while it is not entered."""
    firm = PlatformFirm.objects.first()
    if firm is None:
        raise CannotDraw(_("The platform has not entered its details yet. Write to its manager."))
    return firm


def next_number(
    company: Company | None,
    kind: Contract.Kind,
    reseller: ResellerInfo,
    firm: OwnFirm,
) -> str:
    """`260313-0003/1`: the company's reference and how many-th contract it is with this own firm,
    whose prefix stands in front; the platform's carries our short name.
    """
    signed = Contract.objects.filter(of_firm(firm.pk), company=company).count()
    waiting = ContractCase.objects.filter(
        company=company,
        parent=None,
        stage__in=OPEN,
        firm_id=firm.pk,
    )
    others = waiting.exclude(kind=kind).count()
    stem = company.ref.removeprefix("CMP-") if company else f"TC-{reseller.slug}".upper()
    prefix = f"{firm.number_prefix}-" if firm.number_prefix else ""
    return f"{prefix}{stem}/{signed + others + 1}"


def of_firm(firm_id: int) -> Q:
    """Signed contracts of an own firm; those that name none are the first firm's."""
    named = Q(firm_id=firm_id)
    return named | Q(firm_id=None) if firm_id == FIRST_FIRM else named


def current(
    company: Company | None,
    kind: Contract.Kind,
    firm_id: int | None = None,
) -> Contract | None:
    """The contract of a kind in force, with this own firm or with any: the last one signed that was
    not terminated.
    """
    signed = Contract.objects.filter(IN_FORCE, company=company, kind=kind)
    if firm_id is not None:
        signed = signed.filter(of_firm(firm_id))
    return signed.order_by("-signed_at").first()


def open_case(
    company: Company | None, kind: Contract.Kind, parent: ContractCase | None = None
) -> ContractCase | None:
    """The contract of a kind, or the supplementary agreement, that waits for signatures."""
    cases = ContractCase.objects.filter(company=company, kind=kind, parent=parent)
    return cases.filter(stage__in=(Stage.SENT, Stage.HALF_SIGNED)).first()


def sides(case: ContractCase) -> tuple[Side, Side]:
    """The two sides of a contract in the order in which they sign."""
    other = Side.COMPANY if case.company_id else Side.PLATFORM
    first = Side(case.first_side)
    return (first, other if first == Side.RESELLER else Side.RESELLER)


def next_side(case: ContractCase) -> Side | None:
    """Whose signature is next; nobody's when the contract waits for none."""
    signed = set(case.signatures.values_list("side", flat=True))
    unsigned = (side for side in sides(case) if side not in signed)
    return next(unsigned, None) if case.is_open else None


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def day_in_words(on: date, language: str) -> str:
    """Papers in Thai count years of the Buddhist era."""
    if language == "th":
        return f"{on:%d/%m}/{on.year + 543}"
    return f"{on:%Y-%m-%d}" if language == "en" else f"{on:%d.%m.%Y}"


def _check_details(firm: OwnFirm, company: Company | None) -> None:
    _complete(
        firm,
        _("Our own details are incomplete: full name, head and address are needed."),
    )
    if company:
        _complete(
            company,
            _("The details are incomplete: full name, head and address are needed."),
        )


def _complete(side: Requisites, why: str) -> None:
    if not all(getattr(side, name) for name in NEEDED):
        raise CannotDraw(why)


def _next_index(parent: ContractCase) -> int:
    """Agreements that came to nothing leave their number to the next."""
    standing = parent.addenda.exclude(stage__in=FALLEN)
    return (standing.aggregate(last=Max("addendum_index"))["last"] or 0) + 1


def _signed_on(case: ContractCase) -> date:
    return case.contract.signed_on if case.contract else case.sent_at.date()


def _drawn(chosen: Template, context: dict[str, object]) -> str:
    return _tidy(render_to_string(chosen.path, context, using="jinja2"))


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return "\n".join(line for at, line in enumerate(lines) if line or (at and lines[at - 1])) + "\n"
