"""The reseller's own firms: the list, one more, the main one, the archive, and their tax regimes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from companies import firms, links, regimes
from companies.firms import CannotChangeFirm, PrefixTaken
from companies.forms import OwnDetailsForm, RegimeForm
from companies.models import OwnFirm
from companies.queries import own_details, own_firms
from companies.views.own_frame import OwnFrame, frame_of, posted_by_editor
from tenants.kit import clock
from tenants.kit.asked_again import asks_again
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission

ACTS = {
    "main": firms.make_main,
    "archive": firms.archive_firm,
    "restore": firms.restore_firm,
}


@dataclass(frozen=True, slots=True)
class FirmsPage:
    """All firms, the archived ones last."""

    frame: OwnFrame
    rows: Sequence[OwnFirm]


@dataclass(frozen=True, slots=True)
class NewFirmPage:
    frame: OwnFrame
    form: OwnDetailsForm


@dataclass(frozen=True, slots=True)
class RegimeLine:
    """A regime in words, and its first day as people write it."""

    label: str
    since: date


@dataclass(frozen=True, slots=True)
class RegimePage:
    """How a firm is taxed, by day; `form` adds a day."""

    frame: OwnFrame
    form: RegimeForm
    rows: Sequence[RegimeLine]
    back_url: str


@needs(Permission.OWN_COMPANY_VIEW)
def firm_list(
    request: OfficeRequest,
) -> HttpResponse:
    rows = sorted(
        own_firms(with_archived=True),
        key=lambda one: one.archived_at is not None,
    )
    return page(
        request,
        "companies/firms.html",
        FirmsPage(
            frame_of(
                request,
                "firms",
            ),
            rows,
        ),
    )


@needs(Permission.OWN_COMPANY_EDIT)
@asks_again
def firm_new(
    request: OfficeRequest,
) -> HttpResponse:
    main = own_details()
    if main.details_at is None:
        messages.info(
            request, _("Fill in the details of your first company before you add another.")
        )
        return go(
            request,
            links.own("details"),
        )
    country = main.country or request.reseller.country
    form = OwnDetailsForm(
        posted_by_editor(request),
        initial={"country": country},
        region=country,
        is_new_firm=True,
    )
    if (
        form.is_bound
        and form.is_valid()
        and (
            firm := _added(
                request,
                form,
            )
        )
    ):
        messages.success(
            request,
            _("Saved."),
        )
        return go(
            request,
            links.own(
                "details",
                firm.pk,
            ),
        )
    status = 422 if form.errors else 200
    context = NewFirmPage(
        frame_of(
            request,
            "firms",
        ),
        form,
    )
    return page(
        request,
        "companies/firm_new.html",
        context,
        status=status,
    )


@require_POST
@needs(Permission.OWN_COMPANY_EDIT)
@asks_again
def firm_act(
    request: OfficeRequest,
    firm_id: int,
    act: str,
) -> HttpResponse:
    """Make it the main firm, archive it, or bring it back."""
    firm = own_details(firm_id)
    if act not in ACTS or firm._state.adding:
        raise Http404
    try:
        ACTS[act](firm=firm, by=request.actor, at=clock.now())
        messages.success(request, _("Saved."))
    except CannotChangeFirm as refused:
        messages.error(request, str(refused))
    return go(request, links.own("firms"))


@needs(Permission.OWN_COMPANY_VIEW)
def regime(
    request: OfficeRequest,
) -> HttpResponse:
    """The dated regimes of a firm; a post adds one."""
    frame = frame_of(request, "regime")
    country = frame.own.country or request.reseller.country
    form = RegimeForm(posted_by_editor(request), country=country)
    if form.is_bound and form.is_valid():
        regimes.choose(
            firm_id=frame.firm_id,
            regime=form.cleaned_data["regime"],
            since=form.cleaned_data["since"],
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("Saved."))
        return go(request, links.own("regime", frame.firm_id))
    status = 422 if form.errors else 200
    context = RegimePage(
        frame=frame,
        form=form,
        rows=_lines(frame.own),
        back_url=links.own("details", frame.firm_id),
    )
    return page(request, "companies/regime.html", context, status=status)


def _lines(
    firm: OwnFirm,
) -> list[RegimeLine]:
    rows = firm.regimes.all() if not firm._state.adding else []
    return [
        RegimeLine(
            str(regimes.BY_KEY[row.regime].label),
            row.since,
        )
        for row in rows
    ]


def _added(request: OfficeRequest, form: OwnDetailsForm) -> OwnFirm | None:
    try:
        return firms.add_firm(values=form.cleaned_data, by=request.actor, at=clock.now())
    except CannotChangeFirm as refused:
        field = "number_prefix" if isinstance(refused, PrefixTaken) else None
        form.add_error(field, str(refused))
        return None
