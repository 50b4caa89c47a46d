"""A company's contracts in the office: sent, reminded of, taken back, entered from paper, ended;
supplementary agreements.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from companies import contract_life, contracts, links, signing
from companies.contract_life import CannotDo
from companies.contract_stages import Act, is_allowed
from companies.contracts import CannotDraw
from companies.editing import local_day
from companies.forms import AddendumForm, CodeForm, PaperForm, ReasonForm, SendForm, TerminateForm
from companies.models import Company, Contract, ContractCase, Side
from companies.queries import company_for, file_of
from companies.signing import NotYetSigned
from companies.views.card import CompanyCard, card_of
from companies.views.own_frame import OwnTab
from companies.views.signing import (
    ContractState,
    case_of,
    contract_state,
    draft_for,
    firms_to_choose,
    kind_of,
    sign,
)
from tenants.kit import clock, formats
from tenants.kit.asked_again import asks_again
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office import files
from tenants.permissions import Permission

ENDS = {Act.WITHDRAW: contract_life.withdraw, Act.DECLINE: contract_life.decline}


@dataclass(frozen=True, slots=True)
class ContractTab:
    """The contract on a company's card; `others` are its other contracts, the newest first."""

    card: CompanyCard
    state: ContractState
    others: Sequence[ContractCase]
    kind: Contract.Kind
    form: CodeForm | None
    send_form: SendForm
    may_sign: bool
    firms: Sequence[OwnTab] = ()


@dataclass(frozen=True, slots=True)
class ActPage:
    """A form about one contract: its end, its paper, a supplementary agreement."""

    form: forms.Form
    title: str
    button: str
    back: str
    name: str
    lead: str = ""
    is_danger: bool = False


@needs(Permission.COMPANY_VIEW)
@asks_again
def company_contract(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    """The text and where it stands; the head signs here."""
    company = company_for(request.actor, company_id)
    form = None
    if request.method == "POST":
        form, done = sign(request, company)
        if done:
            return go(request, request.get_full_path())
    state = contract_state(request, company)
    cases = ContractCase.objects.filter(company=company, parent=None).order_by("-sent_at")
    context = ContractTab(
        card=card_of(request, company, "contract"),
        state=state,
        others=[case for case in cases if case != state.case],
        kind=Contract.Kind(state.case.kind) if state.case else kind_of(request, company),
        form=form,
        send_form=SendForm(),
        may_sign=request.actor.can(Permission.PLATFORM_CONTRACT_SIGN),
        firms=firms_to_choose(request, state),
    )
    status = 422 if form is not None and form.errors else 200
    return page(request, "companies/contract.html", context, status=status)


def _page_of(request: OfficeRequest, company: Company) -> str:
    """The page of the contract; of a company that is both, of the one that was asked for."""
    is_both = company.is_client and company.is_partner
    return links.contract(company.pk, kind_of(request, company) if is_both else "")


@needs(Permission.COMPANY_EDIT)
@require_POST
def contract_send(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    """Fix the text as it was shown; whoever signs first hears of it."""
    company = company_for(request.actor, company_id)
    form = SendForm(request.POST)
    try:
        draft = draft_for(request, company)
        if not form.is_valid() or form.cleaned_data["shown"] != draft.sha256:
            raise CannotDo(
                _("The details have changed, and the text with them. Read it once more.")
            )
        contract_life.send(
            draft=draft,
            first=Side(form.cleaned_data["first"]),
            by=request.actor,
            at=clock.now(),
        )
        messages.success(
            request,
            _("The contract was sent for signing."),
        )
    except (CannotDo, CannotDraw) as error:
        messages.error(request, str(error))
    return go(request, _page_of(request, company))


@needs(Permission.COMPANY_EDIT)
@require_POST
def contract_remind(request: OfficeRequest, company_id: UUID, case_id: UUID) -> HttpResponse:
    company = company_for(request.actor, company_id)
    case = case_of(company, case_id)
    try:
        contract_life.remind(case=case, by=request.actor, at=clock.now())
        messages.success(request, _("The reminder was sent."))
    except CannotDo as error:
        messages.error(request, str(error))
    return go(request, links.case(case))


@needs(Permission.COMPANY_EDIT, Permission.PLATFORM_CONTRACT_SIGN)
@asks_again
def contract_end(
    request: OfficeRequest, case_id: UUID, act: str, company_id: UUID | None = None
) -> HttpResponse:
    """Take a text back, decline it, or terminate a contract in force: with a reason."""
    company = company_for(request.actor, company_id) if company_id else None
    case = case_of(company, case_id)
    if act not in (*ENDS, Act.TERMINATE):
        raise Http404
    if not is_allowed(Act(act), case, request.actor):
        messages.error(request, _("This cannot be done any more."))
        return go(request, links.case(case))
    form = _form_of(request, Act(act))
    if request.method == "POST" and form.is_valid():
        try:
            _end(request, case, Act(act), form)
            return go(request, links.case(case))
        except CannotDo as error:
            form.add_error(None, str(error))
    return _act_page(request, form, case, Act(act))


def _form_of(request: OfficeRequest, act: Act) -> ReasonForm:
    if act is Act.TERMINATE:
        today = local_day(request.actor, clock.now())
        return TerminateForm(posted(request), initial={"on": today})
    return ReasonForm(posted(request))


def _end(request: OfficeRequest, case: ContractCase, act: Act, form: ReasonForm) -> None:
    by, now = request.actor, clock.now()
    if act is Act.TERMINATE:
        contract_life.terminate(case=case, **form.cleaned_data, by=by, at=now)
        messages.success(request, _("The contract is terminated."))
    else:
        ENDS[act](case=case, **form.cleaned_data, by=by, at=now)
        messages.success(request, _("The text was taken back."))


def _act_page(
    request: OfficeRequest, form: forms.Form, case: ContractCase, act: Act
) -> HttpResponse:
    names = {
        Act.TERMINATE: (_("Terminate the contract"), _("Terminate")),
        Act.WITHDRAW: (_("Take the text back"), _("Take the text back")),
        Act.DECLINE: (_("Decline the contract"), _("Decline")),
    }
    title, button = names[act]
    context = ActPage(
        form=form,
        title=title,
        button=button,
        back=links.case(case),
        name=f"№ {case.number}",
        lead=_("This cannot be undone; the other side will read the reason."),
        is_danger=True,
    )
    status = 422 if form.errors else 200
    return page(request, "companies/contract_act.html", context, status=status)


@needs(Permission.COMPANY_EDIT)
def contract_addendum(request: OfficeRequest, company_id: UUID, case_id: UUID) -> HttpResponse:
    """Write a supplementary agreement and send it for signing."""
    company = company_for(request.actor, company_id)
    parent = case_of(company, case_id)
    now = clock.now()
    today = local_day(request.actor, now)
    form = AddendumForm(posted(request), initial={"works_from": today})
    if request.method == "POST" and form.is_valid():
        try:
            values = dict(form.cleaned_data)
            first = Side(values.pop("first"))
            draft = contracts.addendum(parent=parent, on=today, **values)
            case = contract_life.send(draft=draft, first=first, by=request.actor, at=now)
            messages.success(request, _("The contract was sent for signing."))
            return go(request, links.case(case))
        except (CannotDo, CannotDraw) as error:
            form.add_error(None, str(error))
    context = ActPage(
        form=form,
        title=_("Supplementary agreement"),
        button=_("Send for signing"),
        back=links.case(parent),
        name=f"№ {parent.number}",
        lead=_("It gets the next number under the contract; all else in the contract stays."),
    )
    status = 422 if form.errors else 200
    return page(request, "companies/contract_act.html", context, status=status)


@needs(Permission.COMPANY_EDIT)
@asks_again
def contract_paper(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    """«Подписан на бумаге»: the date and the scan, of the text that waits or of today's."""
    company = company_for(request.actor, company_id)
    today = local_day(request.actor, clock.now())
    initial = {"signed_on": formats.day(today)}
    form = PaperForm(posted(request), request.FILES or None, initial=initial)
    kind = kind_of(request, company)
    if request.method == "POST" and form.is_valid():
        try:
            _enter_paper(request, company, kind, form)
        except NotYetSigned as error:
            form.add_error("signed_on", str(error))
        except (CannotDo, CannotDraw) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The contract is signed."))
            return go(request, _page_of(request, company))
    case = contracts.open_case(company, kind)
    current = _in_force(company, kind)
    context = PaperPage(form, company, kind, case, current)
    status = 422 if form.errors else 200
    return page(request, "companies/paper.html", context, status=status)


def _enter_paper(
    request: OfficeRequest, company: Company, kind: Contract.Kind, form: PaperForm
) -> None:
    """Raises CannotDo, also when another contract came into force since the page was opened."""
    with transaction.atomic():
        contract_life.lock(company)
        if request.POST.get("current", "") != _in_force(company, kind):
            raise CannotDo(_("A contract with this number is signed already. Open the page anew."))
        signing.sign_on_paper(
            draft=contracts.open_case(company, kind) or draft_for(request, company),
            **form.cleaned_data,
            by=request.actor,
            at=clock.now(),
        )


def _in_force(company: Company, kind: Contract.Kind) -> str:
    """The contract in force as a page carries it; empty when there is none."""
    current = contracts.current(company, kind)
    if current is None:
        return ""
    return str(current.pk)


@dataclass(frozen=True, slots=True)
class PaperPage:
    """`kind` says which contract with the company it is; `case` is the text that waits, if one does;
    `current` the contract in force that the page knows: a second press finds another one.
    """

    form: PaperForm
    company: Company
    kind: Contract.Kind
    case: ContractCase | None
    current: str


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
