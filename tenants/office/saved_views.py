"""A person's own tabs over a list: its filters, sorting and columns under a name. The list's views
and templates share this.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenants.actor import Actor
from tenants.kit import clock
from tenants.kit.edge.text import one_line
from tenants.kit.listing import Listing, SavedTab
from tenants.kit.listing_parts import tidy
from tenants.kit.web import OfficeRequest, View, go, needs
from tenants.office import audit
from tenants.office.models import SavedView
from tenants.permissions import Permission

LONGEST_NAME = 60
LONGEST_QUERY = 2000


def of(actor: Actor, listing: Listing) -> list[SavedTab]:
    """The tabs that this person keeps over the list, by name."""
    views = SavedView.objects.filter(member_id=actor.member_id, page=listing.name)
    return [
        SavedTab(
            view.name,
            view.query,
            reverse(f"{listing.saved}-delete", args=[view.pk]),
        )
        for view in views.order_by("name")
    ]


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


def _note(
    action: str,
    page: str,
    name: str,
    by: Actor,
    at: datetime,
) -> None:
    audit.record(
        action=action,
        subject=f"view:{page}",
        title=name,
        by=by,
        at=at,
    )


def paths(listing: Listing, prefix: str, *permissions: Permission) -> list[URLPattern]:
    """The addresses that keep and delete a view of the list, for those who may read it."""
    name = listing.saved.partition(":")[2]
    return [
        path(
            prefix,
            needs(*permissions)(_keeper(listing)),
            name=f"{name}-save",
        ),
        path(
            f"{prefix}<uuid:view_id>/delete/",
            needs(*permissions)(_deleter(listing)),
            name=f"{name}-delete",
        ),
    ]


def _keeper(listing: Listing) -> View:
    @require_POST
    def view_save(request: OfficeRequest) -> HttpResponse:
        """Keep the list's filters and columns under a name, as a tab."""
        query = save(
            page=listing.name,
            name=one_line(request.POST.get("name", "")),
            query=request.POST.get("query", ""),
            by=request.actor,
            at=clock.now(),
        )
        return go(request, f"{reverse(listing.url)}?{query}")

    return view_save


def _deleter(listing: Listing) -> View:
    @require_POST
    def view_delete(request: OfficeRequest, view_id: UUID) -> HttpResponse:
        delete(
            page=listing.name,
            view=view_id,
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("The view is deleted."))
        return go(request, reverse(listing.url))

    return view_delete
