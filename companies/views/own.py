"""«Моя компания»: details, pictures, look, the terms with the platform, where to find help."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from companies import own
from companies.forms import (
    AppearanceForm,
    EraForm,
    OwnDetailsForm,
    PictureForm,
    SupportForm,
)
from companies.identifiers import doubts
from companies.queries import DEFAULT_ACCENT, own_details
from companies.views.signing import contract_context, sign
from tenants.kit import clock
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission

URL = "/my-company/"


@needs(Permission.OWN_COMPANY_VIEW)
def details(request: OfficeRequest) -> HttpResponse:
    row = own_details()
    first = (
        {
            "name": request.reseller.name,
            "country": request.reseller.country,
        }
        if row.details_at is None
        else {}
    )
    initial = {name: getattr(row, name) for name in own.DETAILS} | first
    form = OwnDetailsForm(
        _posted(request),
        initial=initial,
        region=row.country or request.reseller.country,
    )
    if form.is_bound and form.is_valid():
        own.save_details(
            values=form.cleaned_data,
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("Saved."))
        return go(request, URL)
    found = doubts(
        country=row.country,
        inn=row.inn,
        account=row.account,
        bik=row.bik,
    )
    return _page(request, "details", {"form": form, "doubts": found})


@needs(Permission.OWN_COMPANY_VIEW)
def images(request: OfficeRequest) -> HttpResponse:
    return _images(request, {})


@require_POST
@needs(Permission.OWN_COMPANY_EDIT)
def image_save(request: OfficeRequest, kind: str) -> HttpResponse:
    """A picture comes, or goes when the button «remove» was pressed."""
    _known(kind)
    if "remove" in request.POST:
        own.remove_picture(kind=kind, by=request.actor, at=clock.now())
        return go(request, f"{URL}images/")
    form = PictureForm(request.POST, request.FILES, prefix=kind)
    if not form.is_valid():
        return _images(request, {kind: form})
    own.set_picture(
        kind=kind,
        picture=form.cleaned_data["picture"],
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("Saved."))
    return go(request, f"{URL}images/")


@needs(Permission.OWN_COMPANY_VIEW)
def look(request: OfficeRequest) -> HttpResponse:
    row = own_details()
    initial = {name: getattr(row, name) for name in own.LOOK} | {
        "accent": row.accent or DEFAULT_ACCENT
    }
    form = AppearanceForm(_posted(request), initial=initial)
    if form.is_bound and form.is_valid():
        own.set_appearance(
            values=form.cleaned_data,
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("Saved."))
        return go(request, f"{URL}look/")
    return _page(request, "look", {"form": form})


@require_POST
@needs(Permission.OWN_COMPANY_EDIT)
def look_preview(request: OfficeRequest) -> HttpResponse:
    """The sample paper with what is typed so far; nothing is kept."""
    row = own_details()
    form = AppearanceForm(request.POST)
    form.is_valid()
    for name, value in form.cleaned_data.items():
        setattr(row, name, value)
    context = {
        "own": row,
        "may_edit": True,
        "default_accent": DEFAULT_ACCENT,
    }
    return page(request, "companies/_preview.html", context)


@needs(Permission.OWN_COMPANY_VIEW)
def terms(request: OfficeRequest) -> HttpResponse:
    """«Условия с Тракком»: the contract with the platform, and what the finance app says of the
    ladder.
    """
    may_sign = request.actor.can(Permission.PLATFORM_CONTRACT_SIGN)
    form = None
    if request.method == "POST":
        if not may_sign:
            raise PermissionDenied
        form, done = sign(request, None)
        if done:
            return go(request, f"{URL}terms/")
    return _page(
        request,
        "terms",
        contract_context(request, None) | {"form": form, "may_sign": may_sign},
    )


@needs(Permission.OWN_COMPANY_VIEW)
def support(request: OfficeRequest) -> HttpResponse:
    reseller = request.reseller
    initial = {
        "support_email": reseller.support_email,
        "support_line": reseller.support_line,
    }
    form = SupportForm(_posted(request), initial=initial)
    if form.is_bound and form.is_valid():
        own.set_help_contacts(
            values=form.cleaned_data,
            was=initial,
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("Saved."))
        return go(request, f"{URL}support/")
    return _page(request, "support", {"form": form})


@needs(Permission.OWN_COMPANY_VIEW)
def dates(request: OfficeRequest) -> HttpResponse:
    was = request.reseller.buddhist_era
    form = EraForm(
        _posted(request),
        initial={"era": "buddhist" if was else "common"},
    )
    if form.is_bound and form.is_valid():
        own.choose_era(
            buddhist=form.cleaned_data["era"] == "buddhist",
            was=was,
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("Saved."))
        return go(request, f"{URL}dates/")
    return _page(request, "dates", {"form": form})


def _images(request: OfficeRequest, bound: dict[str, PictureForm]) -> HttpResponse:
    row = own_details()
    words = {
        "logo": (
            _("Logo"),
            _("Heads documents, letters and your clients' cabinet."),
        ),
        "signature": (
            _("Signature"),
            _("Dark ink on white or transparent ground."),
        ),
        "stamp": (
            _("Stamp"),
            _("A transparent ground looks best over text."),
        ),
    }
    pictures = [
        {
            "kind": kind,
            "title": title,
            "lead": lead,
            "form": bound.get(kind) or PictureForm(prefix=kind),
            "url": f"{URL}images/{kind}/?v={str(file_id)[:8]}" if file_id else "",
        }
        for kind, (title, lead) in words.items()
        for file_id in [getattr(row, f"{kind}_file_id")]
    ]
    return _page(
        request,
        "images",
        {
            "pictures": pictures,
            "form": next(iter(bound.values()), None),
        },
    )


def _page(request: OfficeRequest, active: str, context: dict[str, Any]) -> HttpResponse:
    tabs = [
        ("details", "", _("Details")),
        ("images", "images/", _("Logo, signature, stamp")),
        ("look", "look/", _("Look of documents")),
        ("terms", "terms/", _("Terms with Track")),
        ("support", "support/", _("Help contacts")),
        ("dates", "dates/", _("Dates")),
    ]
    form = context.get("form")
    context |= {
        "own": own_details(),
        "may_edit": request.actor.can(Permission.OWN_COMPANY_EDIT),
        "default_accent": DEFAULT_ACCENT,
        "tabs": [
            {"label": label, "url": URL + path, "active": key == active}
            for key, path, label in tabs
        ],
    }
    return page(
        request,
        f"companies/own_{active}.html",
        context,
        status=422 if form is not None and form.errors else 200,
    )


def _posted(request: OfficeRequest) -> Any:
    """The form's data; a colleague who may only look gets a 403."""
    if request.method != "POST":
        return None
    if not request.actor.can(Permission.OWN_COMPANY_EDIT):
        raise PermissionDenied
    return request.POST


def _known(kind: str) -> None:
    if kind not in own.PICTURES:
        raise Http404
