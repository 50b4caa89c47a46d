"""A person's own tabs over a list: its filters, sorting and columns under a name. The list's views
and templates share this.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenants.actor import Actor
from tenants.kit.listing import Listing, SavedTab, tidy
from tenants.kit.web import OfficeRequest, View, go, needs
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


def save(*, page: str, name: str, query: str, by: Actor) -> str:
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
    return kept


def delete(*, page: str, view: UUID, by: Actor) -> None:
    """An own one; another's is not there: Http404."""
    gone, _rows = SavedView.objects.filter(pk=view, member_id=by.member_id, page=page).delete()
    if not gone:
        raise Http404


def paths(listing: Listing, prefix: str, *permissions: Permission) -> list[URLPattern]:
    """The addresses that keep and delete a view of the list, for those who may read it."""
    name = listing.saved.partition(":")[2]
    return [
        path(prefix, needs(*permissions)(_keeper(listing)), name=f"{name}-save"),
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
            name=request.POST.get("name", ""),
            query=request.POST.get("query", ""),
            by=request.actor,
        )
        return go(request, f"{reverse(listing.url)}?{query}")

    return view_save


def _deleter(listing: Listing) -> View:
    @require_POST
    def view_delete(request: OfficeRequest, view_id: UUID) -> HttpResponse:
        delete(page=listing.name, view=view_id, by=request.actor)
        messages.success(request, _("The view is deleted."))
        return go(request, reverse(listing.url))

    return view_delete
