"""The reseller's own terms of contracts: written by kind and language, and seen on a contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from companies import contracts, links, own_terms
from companies.contract_templates import LANGUAGES
from companies.forms import OwnTermsForm
from companies.models import WITH_TERMS, Company, Contract, OwnTerms
from companies.queries import letterhead
from companies.views.own_frame import OwnFrame, OwnTab, frame_of, posted_by_editor
from companies.views.samples import answer_with
from documents.kinds import KINDS, sample_parties
from documents.kinds.contract.context import ContractContext, paragraphs
from documents.render.paper import Paper
from tenants.kit import clock, months
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which text the page is about."""

    kind: Contract.Kind
    language: str


@dataclass(frozen=True, slots=True)
class OwnTermsPage:
    """The text in use and its older versions; `instead` is the language whose text a contract prints
    while this one has none.
    """

    frame: OwnFrame
    form: OwnTermsForm
    kinds: Sequence[OwnTab]
    by_language: Sequence[OwnTab]
    versions: Sequence[OwnTerms]
    instead: str
    sample_url: str


@needs(Permission.OWN_COMPANY_VIEW)
def contract_terms(request: OfficeRequest) -> HttpResponse:
    """Read, write and take back the terms of one kind in one language."""
    chosen = _chosen(request)
    versions = own_terms.versions(chosen.kind, chosen.language)
    version = versions[0].version if versions else 0
    form = OwnTermsForm(
        posted_by_editor(request),
        initial={
            "text": versions[0].text if versions else "",
            "shown": version,
        },
    )
    if form.is_bound and form.is_valid() and _is_saved(request, chosen, form):
        messages.success(request, _("Saved."))
        return go(request, links.own_terms(chosen.kind, chosen.language))
    context = OwnTermsPage(
        frame=frame_of(request, "contract-terms"),
        form=form,
        kinds=_kinds(chosen),
        by_language=_languages(chosen),
        versions=versions,
        instead=_instead(request, chosen),
        sample_url=links.own_terms_sample(chosen.kind, chosen.language),
    )
    status = 422 if form.errors else 200
    return page(request, "companies/own_contract_terms.html", context, status=status)


@require_POST
@needs(Permission.OWN_COMPANY_EDIT)
def contract_terms_sample(request: OfficeRequest) -> HttpResponse:
    """A contract with the text that is being typed; nothing is kept."""
    chosen = _chosen(request)
    form = OwnTermsForm(request.POST)
    form.is_valid()
    text = contracts.sample_text(
        kind=chosen.kind,
        language=chosen.language,
        terms=str(form.cleaned_data.get("text", "")),
        firm=frame_of(request, "contract-terms").own,
        other=_sample_company(chosen.language),
        on=months.today_of(request),
    )
    sample = KINDS["contract"].sample(chosen.language)
    assert isinstance(sample, ContractContext)
    context = replace(
        sample,
        lines=paragraphs(text),
        signatures=(),
    )
    paper = Paper(
        kind="contract",
        number="1",
        issued_on=months.today_of(request),
        language=chosen.language,
        context=context,
        letterhead=letterhead(with_signature=False),
    )
    return answer_with(paper)


def _is_saved(request: OfficeRequest, chosen: Chosen, form: OwnTermsForm) -> bool:
    try:
        own_terms.save_terms(
            kind=chosen.kind,
            language=chosen.language,
            text=form.cleaned_data["text"],
            shown=form.cleaned_data["shown"],
            by=request.actor,
            at=clock.now(),
        )
    except own_terms.TermsChanged as changed:
        form.add_error("text", str(changed))
        return False
    return True


def _chosen(request: OfficeRequest) -> Chosen:
    """Kind and language that the address names; those that do not exist are a 404."""
    kind = request.GET.get("kind", Contract.Kind.CLIENT)
    fallback = request.reseller.language
    language = request.GET.get("language", fallback)
    if kind not in WITH_TERMS or language not in LANGUAGES:
        raise Http404
    return Chosen(Contract.Kind(kind), language)


def _kinds(chosen: Chosen) -> list[OwnTab]:
    return [
        OwnTab(
            str(kind.label),
            links.own_terms(kind, chosen.language),
            kind == chosen.kind,
        )
        for kind in WITH_TERMS
    ]


def _languages(chosen: Chosen) -> list[OwnTab]:
    return [
        OwnTab(
            _name(language),
            links.own_terms(chosen.kind, language),
            language == chosen.language,
        )
        for language in LANGUAGES
    ]


def _instead(request: OfficeRequest, chosen: Chosen) -> str:
    """The name of the language whose terms are printed for lack of this one's."""
    printed = own_terms.terms_for(
        chosen.kind,
        chosen.language,
        request.reseller.language,
    )
    is_other = printed is not None and printed.language != chosen.language
    return _name(printed.language, "name_translated") if printed and is_other else ""


def _name(language: str, kind: str = "name_local") -> str:
    return str(get_language_info(language)[kind]).capitalize()


def _sample_company(language: str) -> Company:
    """Not a company of anybody: it stands on the sample alone."""
    party = sample_parties.OTHER[language]
    return Company(
        name=party.name,
        full_name=party.name,
        address=party.address,
        director=party.director,
        director_post=party.director_post,
    )
