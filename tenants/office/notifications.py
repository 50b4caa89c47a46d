"""A person's news: read at once, thrown away never."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tenants.actor import Actor
from tenants.office.corners import address_for
from tenants.office.models import Member, Notification

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of news as its reader sees it; `url` is empty where there is no page for the reader."""

    text: str
    url: str
    at: datetime
    is_new: bool


def newest(reader: Actor) -> list[Line]:
    """The latest news. Links are turned to the reader's own pages: rows of earlier releases hold
    addresses of the office.
    """
    assert reader.member_id is not None
    return [
        Line(
            row.text,
            address_for(reader.role, row.url) if row.url else "",
            row.created_at,
            row.read_at is None,
        )
        for row in _rows(reader.member_id)
    ]


def _rows(member_id: UUID) -> QuerySet[Notification]:
    return Notification.objects.filter(member_id=member_id).order_by("-created_at")[:SHOWN]


def unread(member_id: UUID) -> int:
    """How many wait; more than 99 are not counted further."""
    return len(
        Notification.objects.filter(member_id=member_id, read_at=None).values_list("id")[:100]
    )


def read_all(*, member_id: UUID, at: datetime) -> int:
    """Everything that has been shown is read. Returns how many were new."""
    return Notification.objects.filter(
        member_id=member_id, read_at=None, created_at__lte=at
    ).update(read_at=at)


def wants_mail(member_id: UUID) -> bool:
    """Whether the person takes notifications as letters, too."""
    return Member.objects.filter(pk=member_id, wants_mail=True).exists()


def set_mail(*, member_id: UUID, is_on: bool) -> None:
    """Take notifications as letters, or in the cabinet alone."""
    Member.objects.filter(pk=member_id).update(wants_mail=is_on)
