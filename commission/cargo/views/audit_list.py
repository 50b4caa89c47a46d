"""The audit log: who did what, when, before and after; searchable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from commission.cargo.actions import action_word
from commission.cargo.audit_words import Teller
from commission.cargo.queries import audit
from tenants.kit import formats
from tenants.kit.keyset import Sort
from tenants.kit.listing import Column, Empty, Listing, ListPage, Tab
from tenants.kit.web import OfficeRequest, needs, page
from tenants.office import saved_views
from tenants.office.models import AuditEvent
from tenants.permissions import Permission

NEWEST = Sort("at", "at", descending=True)


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An event in words."""

    id: Any
    event: AuditEvent
    action: str
    about: str
    changes: Any


t = gettext_lazy
COLUMNS = (
    Column("at", t("When"), "event.at", text=lambda line: formats.moment(line.event.at)),
    Column("by", t("Who"), "event.by_name"),
    Column("action", t("What"), "action", fixed=True),
    Column("title", t("About"), "about"),
    Column("change", t("Before and after"), "changes", text=lambda line: ""),
)
AUDIT = Listing(
    name="audit",
    title=t("Audit log"),
    url="cargo:audit",
    columns=COLUMNS,
    sort=NEWEST,
    search_hint=t("Who, what, number, reason"),
    saved="cargo:audit-view",
    tabs=(
        Tab("all", t("All")),
        Tab("cargo", t("Cargo module"), {"only": "cargo"}),
    ),
    empty=Empty(
        title=t("Nothing has happened yet"),
        icon="history",
        text=t("Every change is noted here, with what was before."),
    ),
)


@dataclass(frozen=True, slots=True)
class AuditPage:
    list: ListPage


@require_GET
@needs(Permission.AUDIT_VIEW)
def audit_list(request: OfficeRequest) -> HttpResponse:
    address = AUDIT.address(request)
    only_cargo = address.value("only") == "cargo"
    events = audit.events_for(
        request.actor,
        search=address.search,
        action="cargo." if only_cargo else "",
    )
    found = AUDIT.page(address, events, reader=request.actor)
    shown = AUDIT.shown(
        address,
        found,
        records=in_words(found.rows),
        saved=saved_views.of(request.actor, AUDIT),
    )
    return page(request, "cargo/audit.html", AuditPage(shown))


def in_words(events: list[AuditEvent]) -> list[AuditLine]:
    teller = Teller(events)
    return [
        AuditLine(
            id=event.pk,
            event=event,
            action=action_word(event.action),
            about=teller.about(event),
            changes=teller.changes(event),
        )
        for event in events
    ]
