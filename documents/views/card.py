"""One paper: its card, its PDF, and rendering it again after a failure."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents import queries, words
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


@needs(Permission.DOCUMENT_VIEW)
def document_card(request: OfficeRequest, document_id: UUID) -> HttpResponse:
    document = _found(request.actor, document_id)
    if document.status == "queued":
        hurry(TOPIC, {"document": str(document.pk)})
    context = {
        "document": document,
        "events": stream_url(topic_of(document.subject)),
        "pill": words.pill(document),
        "facts": _facts(document),
        "pdf": reverse("documents:document-pdf", args=[document.pk]) if document.is_ready else "",
        "corrections": _links(document),
        "can_again": document.status == "failed" and request.actor.can(Permission.DOCUMENT_EDIT),
    }
    return page(request, "documents/card.html", context)


@needs(*SEEN_BY)
def document_pdf(request: OfficeRequest, document_id: UUID) -> HttpResponse:
    """The stored bytes, as they were made; `?download` saves them instead of showing them."""
    document = _found(request.actor, document_id)
    if not document.is_ready:
        hurry(TOPIC, {"document": str(document.pk)})
        shown = {
            "document": document,
            "events": stream_url(topic_of(document.subject)),
        }
        return page(request, "documents/waiting.html", shown, status=202)
    return pdf_answer(document, as_attachment="download" in request.GET)


@needs(Permission.DOCUMENT_EDIT)
@require_POST
def document_again(request: OfficeRequest, document_id: UUID) -> HttpResponse:
    document = _found(request.actor, document_id)
    try:
        render_again(document=document, by=request.actor, at=clock.now())
    except CannotIssue:
        messages.warning(request, _("This document is not waiting for a repair."))
    return go(request, reverse("documents:document-card", args=[document.pk]))


def pdf_answer(document: Document, *, as_attachment: bool = False) -> HttpResponse:
    content = files.read(File.objects.get(id=document.file_id))
    answer = HttpResponse(content, content_type=PDF)
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment, document.file_name) or "inline"
    )
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"] = f'"{document.sha256}"'
    return answer


def _found(actor: Actor, document_id: UUID) -> Document:
    try:
        return queries.document_for(actor, document_id)
    except Document.DoesNotExist as missing:
        raise Http404 from missing


def _facts(document: Document) -> list[tuple[str, Any]]:
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


def _links(document: Document) -> list[tuple[str, str, str]]:
    """(relation, title, address) of the paper it corrects and of those that correct it."""
    related = [(_("Corrects"), document.corrects)] if document.corrects else []
    later = document.corrections.defer("context", "letterhead").order_by("correction_index")
    related += [(_("Corrected by"), each) for each in later]
    return [
        (
            text,
            each.title,
            reverse("documents:document-card", args=[each.pk]),
        )
        for text, each in related
    ]
