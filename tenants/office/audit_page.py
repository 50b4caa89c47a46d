"""The page of the audit log: who did what, when, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tenants.kit.web import OfficeRequest, needs, page
from tenants.office import audit_log
from tenants.office.models import AuditEvent
from tenants.permissions import Permission

PAGE = 50
LAST_PAGE = 2000
LONGEST_SEARCH = 60


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An event in words."""

    event: AuditEvent
    action: str
    about: str
    changes: list[audit_log.Change]


@require_GET
@needs(Permission.AUDIT_VIEW)
def audit_list(request: OfficeRequest) -> HttpResponse:
    """Who did what, when, before and after; searchable."""
    search = request.GET.get("q", "")[:LONGEST_SEARCH]
    number = _page_number(request.GET)
    only = request.GET.get("only", "")
    tab = next((tab for tab in audit_log.tabs() if tab.key == only), None)
    events = audit_log.events_for(
        request.actor,
        search=search,
        action=tab.prefix if tab else "",
    )
    start = (number - 1) * PAGE
    shown = list(events[start : start + PAGE + 1])
    listing = _listing(search, only)
    listing["rows_count"] = len(shown[:PAGE])
    listing["pager"] = _pager(request.GET, number, len(shown))
    rows = _rows(shown[:PAGE])
    return page(request, "office/audit.html", {"list": listing, "rows": rows})


def _rows(events: list[AuditEvent]) -> list[AuditRow]:
    tell = audit_log.Teller(events)
    return [
        AuditRow(
            event,
            audit_log.words_of(event),
            tell.about(event),
            tell.changes(event),
        )
        for event in events
    ]


def _listing(search: str, only: str) -> dict[str, Any]:
    url = reverse("office:audit")
    return {
        "title": _("Audit log"),
        "count": None,
        "url": url,
        "search": search,
        "search_hint": _("Who, what, number, reason"),
        "filters": None,
        "chips": [],
        "clear_url": url,
        "cards": True,
        "row_menu": [],
        "keep": {"only": only} if only else {},
        "views": _tabs(url, only),
        "columns": [
            {"key": "at", "label": _("When")},
            {"key": "by", "label": _("Who")},
            {"key": "action", "label": _("What")},
            {"key": "title", "label": _("About")},
            {"key": "change", "label": _("Before and after")},
        ],
        "empty": {
            "title": _("Nothing has happened yet"),
            "icon": "history",
            "text": _("Every change is noted here, with what was before."),
        },
    }


def _tabs(url: str, only: str) -> list[dict[str, Any]]:
    parts = [
        {
            "label": str(tab.label),
            "url": f"{url}?only={tab.key}",
            "active": only == tab.key,
        }
        for tab in audit_log.tabs()
    ]
    return [{"label": _("All"), "url": url, "active": not only}, *parts]


def _page_number(query: QueryDict) -> int:
    text = query.get("page", "1")
    is_number = text.isascii() and text.isdecimal() and len(text) < 6
    return min(max(int(text), 1), LAST_PAGE) if is_number else 1


def _pager(query: QueryDict, number: int, rows: int) -> dict[str, Any]:
    """`rows` is one more than a page when there is another page."""
    start = (number - 1) * PAGE
    return {
        "prev": _address(query, number - 1) if number > 1 else "",
        "next": _address(query, number + 1) if rows > PAGE else "",
        "first": start + 1 if rows else 0,
        "last": start + min(rows, PAGE),
        "total": None,
    }


def _address(query: QueryDict, number: int) -> str:
    copy = query.copy()
    copy["page"] = str(number)
    return f"{reverse('office:audit')}?{copy.urlencode()}"
