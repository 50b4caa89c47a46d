"""A person's own tabs over a list: its filters, sorting and columns under a name. The list's views
and templates share this.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, QueryDict

from tenants.actor import Actor
from tenants.office import audit
from tenants.office.models import SavedView

LONGEST_NAME = 60
LONGEST_QUERY = 2000
PASSING = (
    "page",
    "csrfmiddlewaretoken",
    "reseller_stamp",
)  # of an address: where one stands, not what is asked


def of(actor: Actor, page: str) -> list[SavedView]:
    return list(SavedView.objects.filter(member_id=actor.member_id, page=page).order_by("name"))


@transaction.atomic
def save(*, page: str, name: str, query: str, by: Actor, at: datetime) -> str:
    """Keep an address under a name; the same name is written over. Returns the query as kept."""
    kept = tidy(QueryDict(query[:LONGEST_QUERY]))
    name = name.replace("\x00", "").strip()[:LONGEST_NAME]
    if name:
        SavedView.objects.update_or_create(
            member_id=by.member_id,
            page=page,
            name=name,
            defaults={"query": kept},
        )
        _note("view.save", page, name, by, at)
    return kept


@transaction.atomic
def delete(*, page: str, view: UUID, by: Actor, at: datetime) -> None:
    """An own one; another's is not there: Http404."""
    row = (
        SavedView.objects.select_for_update()
        .filter(pk=view, member_id=by.member_id, page=page)
        .first()
    )
    if row is None:
        raise Http404
    row.delete()
    _note("view.delete", page, row.name, by, at)


def _note(action: str, page: str, name: str, by: Actor, at: datetime) -> None:
    audit.record(action=action, subject=f"view:{page}", title=name, by=by, at=at)


def tidy(query: QueryDict) -> str:
    """What an address asks for, the same however it was come by: without blanks and without the
    page.
    """
    asked = QueryDict(mutable=True)
    for name in sorted(query):
        if name not in PASSING and (
            values := [value.replace("\x00", "") for value in query.getlist(name) if value]
        ):
            asked.setlist(name, values)
    return asked.urlencode()


def tabs(saved: Iterable[SavedView], url: str, query: QueryDict) -> list[dict[str, Any]]:
    """As the list pattern wants them; the one whose address this is stands out."""
    here = tidy(query)
    return [
        {
            "label": view.name,
            "url": f"{url}?{view.query}",
            "active": tidy(QueryDict(view.query)) == here,
        }
        for view in saved
    ]
