"""The page of the audit log: who did what, when, before and after; searchable."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tenants.kit import formats
from tenants.kit.keyset import Sort
from tenants.kit.listing import (
    Address,
    Column,
    Empty,
    Listing,
    ListPage,
    Tab,
)
from tenants.kit.web import OfficeRequest, needs, page
from tenants.office import audit_log, saved_views
from tenants.office.models import AuditEvent
from tenants.permissions import Permission

NEWEST = Sort("at", "at", descending=True)


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An event in words."""

    id: UUID
    event: AuditEvent
    action: str
    about: str
    changes: list[audit_log.Change]


def moment(row: AuditRow) -> str:
    return formats.moment(row.event.at)


def changes(row: AuditRow) -> str:
    """What was before and what came, as one text for the export."""
    return "; ".join(f"{one.label}: {one.before} → {one.after}" for one in row.changes)


COLUMNS = (
    Column("at", _("When"), "event.at", NEWEST, text=moment),
    Column("by", _("Who"), "event.by_name"),
    Column("action", _("What"), "action", fixed=True),
    Column("title", _("About"), "about"),
    Column("reason", _("Reason"), "event.reason", on_page=False),
    Column("change", _("Before and after"), changes),
)
AUDIT = Listing(
    name="audit",
    title=_("Audit log"),
    url="office:audit",
    columns=COLUMNS,
    sort=NEWEST,
    search_hint=_("Who, what, number, reason"),
    export="office:audit-export",
    saved="office:audit-view",
    empty=Empty(
        title=_("Nothing has happened yet"),
        icon="history",
        text=_("Every change is noted here, with what was before."),
    ),
)


@dataclass(frozen=True, slots=True)
class AuditPage:
    list: ListPage


def tabs() -> list[Tab]:
    """All events, and one tab for each part that has one of its own."""
    parts = [Tab(tab.key, tab.label, {"only": tab.key}) for tab in audit_log.tabs()]
    return [Tab("all", _("All")), *parts]


def events_of(
    request: OfficeRequest,
    address: Address,
) -> QuerySet[AuditEvent]:
    only = address.value("only")
    tab = next((tab for tab in audit_log.tabs() if tab.key == only), None)
    return audit_log.events_for(
        request.actor,
        search=address.search,
        action=tab.prefix if tab else "",
    )


@require_GET
@needs(Permission.AUDIT_VIEW)
def audit_list(request: OfficeRequest) -> HttpResponse:
    """Who did what, when, before and after; searchable."""
    address = AUDIT.address(request)
    events = events_of(request, address)
    event_page = AUDIT.page(address, events, reader=request.actor)
    shown = AUDIT.shown(
        address,
        event_page,
        records=in_words(event_page.rows),
        saved=saved_views.of(request.actor, AUDIT),
        tabs=tabs(),
    )
    return page(request, "office/audit.html", AuditPage(shown))


@require_GET
@needs(Permission.AUDIT_VIEW)
def audit_export(request: OfficeRequest) -> HttpResponseBase:
    address = AUDIT.address(request)
    events = AUDIT.everything(address, events_of(request, address))
    return AUDIT.file(address, in_words(list(events)))


def in_words(events: list[AuditEvent]) -> list[AuditRow]:
    tell = audit_log.Teller(events)
    return [
        AuditRow(
            event.pk,
            event,
            audit_log.words_of(event),
            tell.about(event),
            tell.changes(event),
        )
        for event in events
    ]
