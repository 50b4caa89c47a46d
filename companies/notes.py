"""What the office writes down about a company."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from companies import trail
from companies.models import Company, Note
from tenants.actor import Actor
from tenants.permissions import Role


class NotYours(Exception):
    """Somebody else wrote the note; the text says who may take it away."""


def add_note(*, company: Company, text: str, by: Actor, at: datetime) -> Note:
    assert by.member_id is not None
    with transaction.atomic():
        note = Note.objects.create(company=company, text=text.strip(), by=by.member_id, at=at)
        trail.write("company.note_add", company, by, at, after={"note": note.text})
    return note


def remove_note(*, company: Company, note_id: UUID, by: Actor, at: datetime) -> None:
    """Raises Note.DoesNotExist, NotYours."""
    with transaction.atomic():
        note = Note.objects.select_for_update().get(pk=note_id, company=company)
        if not may_remove(note, by):
            raise NotYours(_("Only its author or the head takes a note away."))
        note.delete()
        trail.write("company.note_remove", company, by, at, before={"note": note.text})


def may_remove(note: Note, actor: Actor) -> bool:
    """Its author, or the head."""
    return actor.role is Role.HEAD or note.by == actor.member_id


def notes_of(company: Company) -> QuerySet[Note]:
    """The newest first."""
    return company.notes.order_by("-at", "-id")
