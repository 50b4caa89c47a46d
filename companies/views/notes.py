"""The tab "Notes" of a company's card."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from companies import links, notes
from companies.forms import NoteForm
from companies.models import Note
from companies.queries import company_for
from companies.views.card import CompanyCard, card_of
from tenants.kit import clock
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office.people import names_of
from tenants.permissions import Permission

SHOWN = 100


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note with its author's name."""

    note: Note
    author: str
    may_remove: bool


@dataclass(frozen=True, slots=True)
class NotesTab:
    card: CompanyCard
    form: NoteForm
    notes: list[NoteRow]
    has_more: bool


@needs(Permission.COMPANY_VIEW)
def company_notes(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    """Everybody in the office may leave a note."""
    company = company_for(request.actor, company_id)
    form = NoteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        notes.add_note(company=company, text=text, by=request.actor, at=clock.now())
        return go(request, links.notes(company.pk))
    rows = list(notes.notes_of(company)[: SHOWN + 1])
    authors = names_of({note.by for note in rows})
    context = NotesTab(
        card=card_of(request, company, "notes"),
        form=form,
        notes=[
            NoteRow(note, authors.get(note.by, ""), notes.may_remove(note, request.actor))
            for note in rows[:SHOWN]
        ],
        has_more=len(rows) > SHOWN,
    )
    status = 422 if form.errors else 200
    return page(request, "companies/notes.html", context, status=status)


@require_POST
@needs(Permission.COMPANY_VIEW)
def note_remove(request: OfficeRequest, company_id: UUID, note_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    try:
        notes.remove_note(company=company, note_id=note_id, by=request.actor, at=clock.now())
    except Note.DoesNotExist as error:
        raise Http404 from error
    except notes.NotYours as refused:
        messages.error(request, str(refused))
    return go(request, links.notes(company.pk))
