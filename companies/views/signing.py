"""The page of a contract, for whoever signs it: its text, the code, the signature. And the paper
one, for the office.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from companies import contracts, signing
from companies.contracts import CannotDraw, Draft
from companies.editing import local_day
from companies.forms import CodeForm, PaperForm
from companies.models import Company, Contract
from companies.queries import company_for, file_of
from companies.signing import CannotSign, Device
from companies.views.card import card_context
from tenants.kit import clock
from tenants.kit.limits import address_of
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office import files
from tenants.permissions import Permission


def contract_context(request: OfficeRequest, company: Company | None) -> dict[str, Any]:
    """The contract in force, and where there is none the draft to read, or why there is no draft."""
    current = contracts.current(company)
    context: dict[str, Any] = {
        "contract": current,
        "company": company,
        "languages_of_contract": contracts.LANGUAGES,
    }
    if current and "new" not in request.GET:
        return context
    waiting = signing.waiting_code(company=company, by=request.actor, at=clock.now())
    if waiting:
        shown = {
            "number": waiting.number,
            "text": waiting.text,
            "language": waiting.language,
        }
        return context | {
            "draft": shown,
            "waiting": waiting,
            "contract": None,
        }
    try:
        return context | {
            "draft": _draft(request, company),
            "contract": None,
        }
    except CannotDraw as error:
        return context | {"cannot": str(error)}


def sign(request: OfficeRequest, company: Company | None) -> tuple[CodeForm, bool]:
    """One post of the signing page: ask for a code, or type it in. Answers the form and whether it
    is done.
    """
    form = CodeForm(request.POST if "code" in request.POST else None)
    now = clock.now()
    try:
        if "code" not in request.POST:
            code = signing.send_code(draft=_draft(request, company), by=request.actor, at=now)
            messages.success(
                request,
                _("The code was sent to %(email)s.") % {"email": code.sent_to},
            )
            return form, True
        if form.is_valid():
            device = Device(
                address_of(request),
                request.headers.get("User-Agent", ""),
            )
            typed = form.cleaned_data["code"]
            signing.sign_with_code(
                company=company,
                code=typed,
                device=device,
                by=request.actor,
                at=now,
            )
            messages.success(request, _("The contract is signed."))
            return form, True
    except (CannotSign, CannotDraw) as error:
        if form.is_bound:
            form.add_error("code", str(error))
        else:
            messages.error(request, str(error))
            return form, True
    return form, False


@needs(Permission.COMPANY_VIEW)
def company_contract(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    context = card_context(request, company, "contract") | contract_context(request, company)
    context["signed"] = Contract.objects.filter(company=company).order_by("-signed_at")
    return page(request, "companies/contract.html", context)


@needs(Permission.COMPANY_EDIT)
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
            return go(request, f"/companies/{company.pk}/contract/")
        except (CannotSign, CannotDraw) as error:
            form.add_error(None, str(error))
    return page(
        request,
        "companies/paper.html",
        {"form": form, "company": company},
        status=422 if form.errors else 200,
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
    asked = request.POST.get("language") or request.GET.get("language") or ""
    fallback = company.language if company else request.reseller.language
    language = asked if asked in contracts.LANGUAGES else fallback
    on = local_day(request.actor, clock.now())
    return contracts.draft(
        company=company,
        reseller=request.reseller,
        on=on,
        language=language,
    )
