"""Month summary and statements, recalculation; the audit trail."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from commission.cargo import links, locks
from commission.cargo.actions import action_word
from commission.cargo.audit_words import Teller
from commission.cargo.forms.months import RecalculateForm
from commission.cargo.queries import audit, report
from commission.cargo.queries.report import Line, Summary, Totals
from commission.cargo.rates import recalculate
from commission.cargo.reports import exports, papers
from commission.cargo.views import frame
from commission.cargo.views.frame import MonthSwitch
from commission.cargo.views.people import salesperson_for
from commission.cargo.views.rates import MonthChangeRow, month_changes
from tenants.kit import clock
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission

PAGE = 50


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A month by salesperson and by customer."""

    summary: Summary
    month: MonthSwitch
    currency: str
    is_locked: bool
    export_url: str


@dataclass(frozen=True, slots=True)
class RecalculationPage:
    """The period that is asked for; `changes` is None until it is known."""

    form: RecalculateForm
    changes: list[MonthChangeRow] | None
    currency: str


@require_GET
@needs(Permission.CARGO_REPORT)
def report_month(request: OfficeRequest) -> HttpResponse:
    month = frame.month_asked(request)
    summary = report.summary(request.actor, month)
    if (kind := request.GET.get("format", "")) in exports.KINDS:
        return exports.summary(summary, reseller=request.reseller, kind=kind)
    context = ReportPage(
        summary=summary,
        month=frame.month_switch(links.report(), month),
        currency=request.reseller.currency,
        is_locked=locks.is_locked(month),
        export_url=links.report(f"{month:%Y-%m}"),
    )
    return page(request, "cargo/report.html", context)


@require_GET
@needs(Permission.CARGO_REPORT)
def statement(request: OfficeRequest, month: str, salesperson_id: UUID) -> HttpResponse:
    """A salesperson's month as a paper."""
    first = frame.month_of(month)
    salesperson = salesperson_for(salesperson_id)
    lines = report.statement(request.actor, first, salesperson.pk)
    total = sum((line.totals for line in lines), Totals())
    return papers.statement(
        Line(salesperson.pk, salesperson.code, salesperson.name, total),
        lines,
        month=first,
        reseller=request.reseller,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_MANAGE)
def recalculation(request: OfficeRequest) -> HttpResponse:
    """A period: what would change, then the act."""
    form = RecalculateForm(posted(request))
    changes = None
    if form.is_valid():
        if "sure" in request.POST:
            return _recalculate(request, form)
        changes = month_changes(
            recalculate.preview(
                first=form.cleaned_data["first"],
                last=form.cleaned_data["last"],
                by=request.actor,
            )
        )
    context = RecalculationPage(form, changes, request.reseller.currency)
    status = 422 if form.errors else 200
    return page(request, "cargo/recalculate.html", context, status=status)


def _recalculate(request: OfficeRequest, form: RecalculateForm) -> HttpResponse:
    changed = recalculate.recalculate(**form.cleaned_data, by=request.actor, at=clock.now())
    notice = ngettext(
        "%(count)s shipment changed.",
        "%(count)s shipments changed.",
        changed,
    )
    messages.success(request, notice % {"count": f"{changed:,}"})
    return go(request, links.recalculation())


@require_GET
@needs(Permission.AUDIT_VIEW)
def audit_list(request: OfficeRequest) -> HttpResponse:
    """Who did what, when, before and after; searchable."""
    asked = request.GET.get("q", "")[:60]
    number = frame.page_number(request.GET)
    url = reverse("cargo:audit")
    only = request.GET.get("only", "")
    events = audit.events_for(
        request.actor,
        search=asked,
        action="cargo." if only == "cargo" else "",
    )
    found = list(events[(number - 1) * PAGE : number * PAGE + 1])
    listing = {
        "title": _("Audit log"),
        "count": None,
        "rows_count": len(found[:PAGE]),
        "url": url,
        "search": asked,
        "search_hint": _("Who, what, number, reason"),
        "filters": None,
        "chips": [],
        "clear_url": url,
        "cards": True,
        "row_menu": [],
        "keep": {"only": only} if only else {},
        "views": [
            {"label": _("All"), "url": url, "active": not only},
            {
                "label": _("Cargo module"),
                "url": f"{url}?only=cargo",
                "active": only == "cargo",
            },
        ],
        "columns": [
            {"key": key, "label": label}
            for key, label in (
                ("at", _("When")),
                ("by", _("Who")),
                ("action", _("What")),
                ("title", _("About")),
                ("change", _("Before and after")),
            )
        ],
        "pager": frame.pager(
            url,
            request.GET,
            page=number,
            size=PAGE,
            shown=len(found[:PAGE]),
            more=len(found) > PAGE,
        ),
        "empty": {
            "title": _("Nothing has happened yet"),
            "icon": "history",
            "text": _("Every change is noted here, with what was before."),
        },
    }
    tell = Teller(found[:PAGE])
    rows = [
        {
            "event": event,
            "action": action_word(event.action),
            "about": tell.about(event),
            "changes": tell.changes(event),
        }
        for event in found[:PAGE]
    ]
    return page(request, "cargo/audit.html", {"list": listing, "rows": rows})
