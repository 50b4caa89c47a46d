"""The page of a contract, for whoever signs it: its text, the code, the signature. And the paper
one, for the office.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from companies import contracts, links, signing
from companies.contracts import CannotDraw, Draft
from companies.editing import local_day
from companies.forms import CodeForm, PaperForm
from companies.models import Company, Contract, SigningCode
from companies.queries import company_for, file_of
from companies.signing import CannotSign, Device
from companies.views.card import CompanyCard, card_of
from tenants.kit import clock
from tenants.kit.asked_again import asks_again
from tenants.kit.limits import address_of
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office import files
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class ContractState:
    """The contract in force; where there is none, the text to sign, or why there is none.

    `waiting` is a code that was sent and may still be typed in, for the very text of `draft`.
    """

    contract: Contract | None = None
    draft: Draft | SigningCode | None = None
    waiting: SigningCode | None = None
    cannot: str = ""
    languages: Sequence[str] = contracts.LANGUAGES


@dataclass(frozen=True, slots=True)
class ContractTab:
    """The contract on a company's card; `signed` are all of its contracts, the newest first."""

    card: CompanyCard
    state: ContractState
    signed: Sequence[Contract]


@dataclass(frozen=True, slots=True)
class PaperPage:
    form: PaperForm
    company: Company


def contract_state(request: OfficeRequest, company: Company | None) -> ContractState:
    """What this person may read or sign; `?new=1` draws the contract up anew."""
    current = contracts.current(company)
    if current and "new" not in request.GET:
        return ContractState(contract=current)
    waiting = signing.waiting_code(company=company, by=request.actor, at=clock.now())
    if waiting:
        return ContractState(draft=waiting, waiting=waiting)
    try:
        return ContractState(draft=_draft(request, company))
    except CannotDraw as error:
        return ContractState(contract=current, cannot=str(error))


def sign(request: OfficeRequest, company: Company | None) -> tuple[CodeForm, bool]:
    """One post of the signing page: ask for a code, or type it in. Answers the form and whether it
    is done.
    """
    form = CodeForm(request.POST if "code" in request.POST else None)
    try:
        if "code" not in request.POST:
            _send_code(request, company)
            return form, True
        if form.is_valid():
            _sign_with_code(request, company, form.cleaned_data["code"])
            return form, True
    except (CannotSign, CannotDraw) as error:
        if form.is_bound:
            form.add_error("code", str(error))
        else:
            messages.error(request, str(error))
            return form, True
    return form, False


def _send_code(request: OfficeRequest, company: Company | None) -> None:
    draft = _draft(request, company)
    code = signing.send_code(draft=draft, by=request.actor, at=clock.now())
    messages.success(
        request,
        _("The code was sent to %(email)s.") % {"email": code.sent_to},
    )


def _sign_with_code(request: OfficeRequest, company: Company | None, code: str) -> None:
    device = Device(address_of(request), request.headers.get("User-Agent", ""))
    signing.sign_with_code(
        company=company,
        code=code,
        device=device,
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("The contract is signed."))


@needs(Permission.COMPANY_VIEW)
def company_contract(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    signed = Contract.objects.filter(company=company).order_by("-signed_at")
    context = ContractTab(
        card=card_of(request, company, "contract"),
        state=contract_state(request, company),
        signed=list(signed),
    )
    return page(request, "companies/contract.html", context)


@needs(Permission.COMPANY_EDIT)
@asks_again
def contract_paper(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    """«Подписан на бумаге»: the date and the scan."""
    company = company_for(request.actor, company_id)
    now = clock.now()
    form = PaperForm(
        posted(request),
        request.FILES or None,
        initial={"signed_on": local_day(request.actor, now)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            signing.sign_on_paper(
                draft=_draft(request, company),
                **form.cleaned_data,
                by=request.actor,
                at=now,
            )
            messages.success(request, _("The contract is signed."))
            return go(request, links.contract(company.pk))
        except (CannotSign, CannotDraw) as error:
            form.add_error(None, str(error))
    status = 422 if form.errors else 200
    return page(
        request,
        "companies/paper.html",
        PaperPage(form, company),
        status=status,
    )


@needs(
    Permission.COMPANY_VIEW,
    Permission.CLIENT_CABINET,
    Permission.PARTNER_CABINET,
)
def contract_scan(request: OfficeRequest, company_id: UUID, contract_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    contract = Contract.objects.filter(pk=contract_id, company=company).first()
    if contract is None:
        raise Http404
    kept = file_of(contract.scan_file_id)
    answer = HttpResponse(files.read(kept), content_type=kept.content_type)
    answer["Content-Disposition"] = f'attachment; filename="{kept.name}"'
    return answer


def _draft(request: OfficeRequest, company: Company | None) -> Draft:
    chosen = request.POST.get("language") or request.GET.get("language") or ""
    fallback = company.language if company else request.reseller.language
    language = chosen if chosen in contracts.LANGUAGES else fallback
    on = local_day(request.actor, clock.now())
    return contracts.draft(
        company=company,
        reseller=request.reseller,
        on=on,
        language=language,
    )
