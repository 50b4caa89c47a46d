"""«Моя компания»: details, pictures, look, the terms with the platform, where to find help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from companies import contracts, currency, links, own
from companies.forms import (
    AppearanceForm,
    CodeForm,
    EraForm,
    OwnDetailsForm,
    PictureForm,
    SupportForm,
    ZoneForm,
)
from companies.models import Contract, Stage
from companies.queries import DEFAULT_ACCENT, has_signed_with_platform
from companies.views.own_frame import OwnFrame, OwnTab, frame_of, posted_by_editor
from companies.views.signing import ContractState, contract_state, firms_to_choose, sign
from tenants.kit import clock
from tenants.kit.asked_again import asks_again
from tenants.kit.form_changes import changed_values
from tenants.kit.formats import day
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission
from tenants.platform.support import FIELDS

Fact = tuple[str, str]  # a label and its value


@dataclass(frozen=True, slots=True)
class OwnDetailsPage:
    """Our details; `doubts` are fields that look mistyped, with the reason."""

    frame: OwnFrame
    form: OwnDetailsForm
    doubts: dict[str, str]
    accounts_url: str


@dataclass(frozen=True, slots=True)
class OwnFormPage:
    """A tab that is one form: look, help contacts, dates."""

    frame: OwnFrame
    form: AppearanceForm | SupportForm | EraForm | ZoneForm


@dataclass(frozen=True, slots=True)
class Picture:
    """Logo, signature or stamp with its form; no address while there is none."""

    kind: str
    title: str
    lead: str
    form: PictureForm
    url: str


@dataclass(frozen=True, slots=True)
class OwnImagesPage:
    frame: OwnFrame
    pictures: list[Picture]


@dataclass(frozen=True, slots=True)
class OwnTermsPage:
    """The contract with the platform, to read and sign."""

    frame: OwnFrame
    state: ContractState
    form: CodeForm | None
    may_sign: bool
    details_url: str
    standing: Sequence[Fact] = ()
    firms: Sequence[OwnTab] = ()


@dataclass(frozen=True, slots=True)
class PreviewPiece:
    """A paper as it will look with what is typed in the form."""

    frame: OwnFrame


@needs(Permission.OWN_COMPANY_VIEW)
@asks_again
def details(request: OfficeRequest) -> HttpResponse:
    frame = frame_of(request, "details")
    row = frame.own
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
        posted_by_editor(request),
        initial=initial,
        region=row.country or request.reseller.country,
        has_regime=not row._state.adding and row.regimes.exists(),
    ).of_row()
    if form.is_bound and form.is_valid():
        own.save_details(
            values=first | changed_values(form),
            by=request.actor,
            at=clock.now(),
            firm_id=frame.firm_id,
        )
        messages.success(request, _("Saved."))
        return go(request, links.own("details", frame.firm_id))
    context = OwnDetailsPage(
        frame=frame,
        form=form,
        accounts_url=links.own("accounts", frame.firm_id),
        doubts=row.doubts,
    )
    return page(request, "companies/own_details.html", context, status=_status(form))


@needs(Permission.OWN_COMPANY_VIEW)
def images(request: OfficeRequest) -> HttpResponse:
    return images_page(request, {})


@require_POST
@needs(Permission.OWN_COMPANY_EDIT)
def image_save(
    request: OfficeRequest,
    kind: str,
) -> HttpResponse:
    """A picture comes, or goes when the button «remove» was pressed."""
    checked_kind(kind)
    firm_id = frame_of(request, "images").firm_id
    back = links.own("images", firm_id)
    if "remove" in request.POST:
        own.remove_picture(kind=kind, by=request.actor, at=clock.now(), firm_id=firm_id)
        return go(request, back)
    form = PictureForm(request.POST, request.FILES, prefix=kind)
    if not form.is_valid():
        return images_page(request, {kind: form})
    own.set_picture(
        kind=kind,
        picture=form.cleaned_data["picture"],
        by=request.actor,
        at=clock.now(),
        firm_id=firm_id,
    )
    messages.success(request, _("Saved."))
    return go(request, back)


@needs(Permission.OWN_COMPANY_VIEW)
def look(request: OfficeRequest) -> HttpResponse:
    frame = frame_of(request, "look")
    row = frame.own
    initial = {name: getattr(row, name) for name in own.LOOK} | {
        "accent": row.accent or DEFAULT_ACCENT
    }
    form = AppearanceForm(posted_by_editor(request), initial=initial).of_row()
    if form.is_bound and form.is_valid():
        own.set_appearance(
            values=changed_values(form),
            by=request.actor,
            at=clock.now(),
            firm_id=frame.firm_id,
        )
        messages.success(request, _("Saved."))
        return go(request, links.own("look", frame.firm_id))
    return _form_page(request, "look", form)


@require_POST
@needs(Permission.OWN_COMPANY_EDIT)
def look_preview(request: OfficeRequest) -> HttpResponse:
    """The sample paper with what is typed so far; nothing is kept."""
    frame = frame_of(request, "look")
    form = AppearanceForm(request.POST)
    form.is_valid()
    for name, value in form.cleaned_data.items():
        setattr(frame.own, name, value)
    context = PreviewPiece(frame)
    return page(request, "companies/_preview.html", context)


@needs(Permission.OWN_COMPANY_VIEW)
@asks_again
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
            return go(request, links.own("terms"))
    state = contract_state(request, None)
    context = OwnTermsPage(
        frame=frame_of(request, "terms"),
        state=state,
        form=form,
        may_sign=may_sign,
        details_url=links.own("details"),
        standing=_standing(state),
        firms=firms_to_choose(request, state),
    )
    status = _status(form) if form is not None else 200
    return page(request, "companies/own_terms.html", context, status=status)


def _standing(state: ContractState) -> list[Fact]:
    """The contract with the platform in short, and what hangs on it."""
    case = state.case
    contract = state.contract or contracts.current(None, Contract.Kind.PLATFORM)
    stage = str(Stage(case.stage).label) if case else _("Not signed yet.")
    if case is None and contract:
        stage = str(Stage.IN_FORCE.label)
    is_open = has_signed_with_platform()
    return [
        (_("Contract with the platform"), contract.number if contract else ""),
        (_("State"), stage),
        (_("Signed on"), day(contract.signed_on) if contract else ""),
        (
            _("Publishing on the exchange"),
            pgettext("publishing", "open") if is_open else _("closed until the contract is signed"),
        ),
    ]


@needs(Permission.OWN_COMPANY_VIEW)
def support(request: OfficeRequest) -> HttpResponse:
    reseller = request.reseller
    initial = {name: str(getattr(reseller, name)) for name in FIELDS}
    form = SupportForm(posted_by_editor(request), initial=initial, region=reseller.country).of_row()
    if form.is_bound and form.is_valid():
        own.set_help_contacts(
            values=form.cleaned_data,
            was=initial,
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("Saved."))
        return go(request, links.own("support"))
    return _form_page(request, "support", form)


@needs(Permission.OWN_COMPANY_VIEW)
def zone(request: OfficeRequest) -> HttpResponse:
    """Time zone of the office, and the currency of its books."""
    was = str(request.reseller.zone)
    form = ZoneForm(
        posted_by_editor(request),
        in_force=was,
        currency=request.reseller.currency,
        holds=currency.holds(),
    ).of_row()
    if form.is_bound and form.is_valid() and _is_currency_kept(request, form):
        own.choose_zone(
            time_zone=form.cleaned_data["time_zone"],
            was=was,
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("Saved."))
        return go(request, links.own("zone"))
    return _form_page(request, "zone", form)


def _is_currency_kept(request: OfficeRequest, form: ZoneForm) -> bool:
    try:
        currency.choose_currency(
            currency=form.cleaned_data["currency"],
            was=request.reseller.currency,
            by=request.actor,
            at=clock.now(),
        )
    except currency.CannotChangeCurrency as refused:
        form.add_error("currency", str(refused))
        return False
    return True


@needs(Permission.OWN_COMPANY_VIEW)
def dates(request: OfficeRequest) -> HttpResponse:
    was = request.reseller.buddhist_era
    form = EraForm(
        posted_by_editor(request),
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
        return go(request, links.own("dates"))
    return _form_page(request, "dates", form)


def images_page(
    request: OfficeRequest,
    bound: Mapping[str, PictureForm],
) -> HttpResponse:
    """`bound` is the form that was refused, by the kind of its picture."""
    titles = {
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
    frame = frame_of(request, "images")
    pictures = []
    for kind, (title, lead) in titles.items():
        file_id = getattr(frame.own, f"{kind}_file_id")
        form = bound.get(kind) or PictureForm(prefix=kind)
        url = links.own_image(kind, file_id, frame.firm_id) if file_id else ""
        pictures.append(Picture(kind, title, lead, form, url))
    status = 422 if any(form.errors for form in bound.values()) else 200
    context = OwnImagesPage(frame, pictures)
    return page(request, "companies/own_images.html", context, status=status)


def _form_page(
    request: OfficeRequest,
    active: str,
    form: AppearanceForm | SupportForm | EraForm | ZoneForm,
) -> HttpResponse:
    context = OwnFormPage(frame_of(request, active), form)
    return page(
        request,
        f"companies/own_{active}.html",
        context,
        status=_status(form),
    )


def _status(form: forms.Form) -> int:
    return 422 if form.errors else 200


def checked_kind(kind: str) -> None:
    if kind not in own.PICTURES:
        raise Http404
