"""The paper of a contract: the text both sides signed, with the evidence sheet."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from companies.models import FIRST_FIRM, Company, ContractCase, Side, Signature, Stage
from companies.queries import letterhead
from documents import issue as papers
from documents.kinds.contract.context import ContractContext, SignatureLine, paragraphs
from documents.kinds.letterhead import Letterhead
from documents.kinds.parts import Party
from documents.models import Audience, Document
from tenants.actor import Actor
from tenants.office.current import current_reseller
from tenants.platform.models import PlatformFirm


def issue_paper(*, case: ContractCase, on: date, by: Actor, at: datetime) -> Document:
    """Issue it; the worker renders and seals it."""
    with translation.override(case.language):
        context = _context(case)
    company = case.company
    return papers.issue(
        kind="contract",
        context=context,
        letterhead=_letterhead(case),
        issuer=case.firm_id if company else FIRST_FIRM,
        subject=f"contract:{case.pk}",
        company_id=company.pk if company else None,
        audience=_audience(company),
        language=case.language,
        by=by,
        at=at,
        on=on,
        reference=case.number,
    )


def _audience(company: Company | None) -> Audience:
    if company is None:
        return Audience.OFFICE
    return Audience.CLIENT if company.is_client else Audience.PARTNER


def _context(case: ContractCase) -> ContractContext:
    signatures = case.signatures.order_by("signed_at")
    zone = current_reseller().zone
    return ContractContext(
        lines=paragraphs(case.text),
        sha256=case.sha256,
        template=_template(case),
        signatures=tuple(_line(one, case, zone) for one in signatures),
        addendum=case.parent_id is not None,
        by_platform=case.company_id is None,
        has_timestamp=bool(settings.TSA_URL),
    )


def _template(case: ContractCase) -> str:
    """The version of the template, and of the own terms that stand in it."""
    template = f"{case.template} {case.template_version} ({case.template_sha256})"
    terms = case.own_terms
    if terms is None:
        return template
    own = _("own terms %(language)s %(version)s") % {
        "language": terms.language,
        "version": terms.version,
    }
    return f"{template} · {own}"


def _line(signature: Signature, case: ContractCase, zone: ZoneInfo) -> SignatureLine:
    proof = signature.evidence
    return SignatureLine(
        side=_firm_name(case, Side(signature.side)),
        name=signature.name,
        post=signature.post,
        basis=signature.basis,
        when=f"{signature.signed_at.astimezone(zone):%Y-%m-%d %H:%M:%S %z} ({zone})",
        how=str(Signature.How(signature.how).label),
        code=masked(proof.get("email", "")),
        address=proof.get("address", ""),
        device=proof.get("agent", "")[:300],
        rules=_rules(proof),
    )


def _rules(proof: dict[str, str]) -> str:
    version = proof.get("rules_version", "")
    return f"{version} (SHA-256 {proof.get('rules_sha256', '')[:16]}…)" if version else ""


def _firm_name(case: ContractCase, side: Side) -> str:
    if side == Side.COMPANY and case.company:
        return case.company.full_name or case.company.name
    head = _platform_letterhead() if side == Side.PLATFORM else _own_letterhead(case)
    return head.own.name


def _letterhead(case: ContractCase) -> Letterhead:
    """The own firm's; of the contract with the platform, the platform's."""
    return _own_letterhead(case) if case.company_id else _platform_letterhead()


def _own_letterhead(case: ContractCase) -> Letterhead:
    return letterhead(
        with_signature=False,
        firm_id=case.firm_id,
    )


def _platform_letterhead() -> Letterhead:
    firm = PlatformFirm.objects.get()
    own = Party(
        name=firm.full_name,
        tax_id=firm.inn,
        register_no=firm.okpo,
        address=firm.address,
        phone=firm.phone,
        email=firm.email,
        director=firm.director,
        director_post=firm.director_post,
    )
    return Letterhead(own=own, site=settings.VERIFY_URL)


def masked(email: str) -> str:
    """ "a****@mail.example": enough for its owner to know it."""
    name, at, host = email.partition("@")
    return f"{name[:1]}{'*' * max(len(name) - 1, 2)}{at}{host}" if at else ""


def ended_at(paper: Document) -> datetime | None:
    """When the contract of a paper was terminated; None while it holds, and for other papers."""
    if paper.kind != "contract":
        return None
    cases = ContractCase.objects.filter(document_id=paper.pk)
    ended = cases.filter(stage=Stage.TERMINATED)
    return ended.values_list("ended_at", flat=True).first()
