"""One paper: its card, its PDF, and rendering it again after a failure."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents import links, queries, words
from documents.issue import TOPIC, CannotIssue, render_again
from documents.models import Document
from documents.rendering import PDF, topic_of
from tenants.actor import Actor
from tenants.kit import clock, formats
from tenants.kit.events import stream_url
from tenants.kit.outbox import hurry
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.office import files
from tenants.office.models import File, Member
from tenants.permissions import Permission

# Whose papers they are is for `documents.access` to say.
SEEN_BY = (
    Permission.DOCUMENT_VIEW,
    Permission.CLIENT_CABINET,
    Permission.PARTNER_CABINET,
)


Fact = tuple[str, str | int | None]  # what it is called, and its value


@dataclass(frozen=True, slots=True)
class CorrectionLink:
    """Another paper of the same matter: how it is related, its title and address."""

    relation: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A paper: `pill` is label, tone and icon of its state, `events` the stream of its progress."""

    document: Document
    events: str
    pill: tuple[str, str, str]
    facts: list[Fact]
    pdf: str
    corrections: list[CorrectionLink]
    can_again: bool


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A paper that is being made; `events` is the stream of its progress."""

    document: Document
    events: str


@needs(Permission.DOCUMENT_VIEW)
def document_card(request: OfficeRequest, document_id: UUID) -> HttpResponse:
    document = _document(request.actor, document_id)
    if document.status == "queued":
        hurry(TOPIC, {"document": str(document.pk)})
    is_failed = document.status == "failed"
    context = DocumentCard(
        document=document,
        events=stream_url(topic_of(document.subject)),
        pill=words.pill(document),
        facts=_facts(document),
        pdf=links.pdf(document.pk) if document.is_ready else "",
        corrections=_corrections(document),
        can_again=is_failed and request.actor.can(Permission.DOCUMENT_EDIT),
    )
    return page(request, "documents/card.html", context)


@needs(*SEEN_BY)
def document_pdf(request: OfficeRequest, document_id: UUID) -> HttpResponse:
    """The stored bytes, as they were made; `?download` saves them instead of showing them."""
    document = _document(request.actor, document_id)
    if not document.is_ready:
        hurry(TOPIC, {"document": str(document.pk)})
        context = WaitingPage(document, stream_url(topic_of(document.subject)))
        return page(request, "documents/waiting.html", context, status=202)
    return pdf_answer(document, as_attachment="download" in request.GET)


@needs(Permission.DOCUMENT_EDIT)
@require_POST
def document_again(request: OfficeRequest, document_id: UUID) -> HttpResponse:
    document = _document(request.actor, document_id)
    try:
        render_again(document=document, by=request.actor, at=clock.now())
    except CannotIssue:
        messages.warning(request, _("This document is not waiting for a repair."))
    return go(request, links.document(document.pk))


def pdf_answer(document: Document, *, as_attachment: bool = False) -> HttpResponse:
    content = files.read(File.objects.get(id=document.file_id))
    answer = HttpResponse(content, content_type=PDF)
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment, document.file_name) or "inline"
    )
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"] = f'"{document.sha256}"'
    return answer


def _document(actor: Actor, document_id: UUID) -> Document:
    try:
        return queries.document_for(actor, document_id)
    except Document.DoesNotExist as missing:
        raise Http404 from missing


def _facts(document: Document) -> list[Fact]:
    member = Member.objects.filter(id=document.issued_by).first() if document.issued_by else None
    return [
        (_("Kind"), words.kinds().get(document.kind, document.kind)),
        (_("Number"), document.code),
        (_("Date"), formats.day(document.issued_on)),
        (_("Made at"), formats.moment(document.issued_at)),
        (_("Made by"), member.name if member else _("automatically")),
        (_("Who sees it"), words.audiences()[document.audience]),
        (
            _("Language"),
            dict(settings.LANGUAGES).get(document.language, document.language),
        ),
        (_("Pages"), document.pages or None),
        ("SHA-256", document.sha256 or None),
    ]


def _corrections(document: Document) -> list[CorrectionLink]:
    """The paper it corrects, and those that correct it."""
    related = [(_("Corrects"), document.corrects)] if document.corrects else []
    later = document.corrections.defer("context", "letterhead").order_by("correction_index")
    related += [(_("Corrected by"), paper) for paper in later]
    return [
        CorrectionLink(relation, paper.title, links.document(paper.pk))
        for relation, paper in related
    ]
