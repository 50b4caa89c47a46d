"""Notes of a company over the API: the office writes them, the company never sees them."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from companies import notes
from companies.forms import NoteForm
from companies.models import Note
from companies.queries import company_for
from companies.serializers import NewNote, NoteOut
from tenants.kit import clock
from tenants.kit.api import ApiView, checked, listed, refusal
from tenants.kit.keyset import Sort
from tenants.kit.problems import Problem
from tenants.permissions import Permission

NEWEST = Sort("at", "at", descending=True)


class NoteList(ApiView):
    permissions = (Permission.COMPANY_VIEW,)

    @listed(NoteOut)
    def get(self, request: Request, company_id: UUID) -> Response:
        company = company_for(self.actor, company_id)
        return self.page(notes.notes_of(company), NoteOut, sort=NEWEST)

    @extend_schema(request=NewNote, responses={201: NoteOut})
    def post(self, request: Request, company_id: UUID) -> Response:
        """Everybody in the office may leave a note."""
        company = company_for(self.actor, company_id)
        text = checked(NoteForm(self.sent(NewNote)))["text"]
        note = notes.add_note(company=company, text=text, by=self.actor, at=clock.now())
        return self.answer(NoteOut, note, status=201)


class OneNote(ApiView):
    permissions = (Permission.COMPANY_VIEW,)
    refusals = {
        notes.NotYours: refusal(403, "forbidden"),
        Note.DoesNotExist: lambda gone: Problem(404, "not_found"),
    }

    @extend_schema(responses={204: None})
    def delete(self, request: Request, company_id: UUID, note_id: UUID) -> Response:
        """Its author or the head takes a note away."""
        self.body()
        company = company_for(self.actor, company_id)
        notes.remove_note(company=company, note_id=note_id, by=self.actor, at=clock.now())
        return Response(status=204)
