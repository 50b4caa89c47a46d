"""The tab "Documents" of a company's card: the papers issued for it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from companies.queries import company_for
from companies.views.card import CompanyCard, card_of
from documents import queries, words
from documents.models import Document
from tenants.kit import pills
from tenants.kit.web import OfficeRequest, needs, page
from tenants.permissions import Permission

SHOWN = 100


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper with its kind and state in words."""

    paper: Document
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class PapersTab:
    card: CompanyCard
    rows: list[PaperRow]
    has_more: bool


@require_GET
@needs(Permission.DOCUMENT_VIEW)
def company_papers(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    mine = queries.documents_for(request.actor).filter(company_id=company.pk)
    papers = list(mine[: SHOWN + 1])
    kinds = words.kinds()
    context = PapersTab(
        card=card_of(request, company, "documents"),
        rows=[
            PaperRow(paper, str(kinds.get(paper.kind, paper.kind)), pills.pill(*words.pill(paper)))
            for paper in papers[:SHOWN]
        ],
        has_more=len(papers) > SHOWN,
    )
    return page(request, "companies/papers.html", context)
