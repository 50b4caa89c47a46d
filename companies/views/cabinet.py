"""A client's or partner's own pages: its details, its contract with the reseller."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from companies import editing, links
from companies.contracts import current
from companies.forms import CodeForm, DetailsForm
from companies.models import Company, ContractCase
from companies.queries import company_for
from companies.signatory import may_sign
from companies.standing import check_standing
from companies.views.card import initial
from companies.views.own_frame import OwnTab
from companies.views.signing import ContractState, contract_state, kind_of, sign
from tenants.actor import Actor
from tenants.kit import clock
from tenants.kit.asked_again import asks_again
from tenants.kit.form_changes import changed_values
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import PEOPLE_OF, SIGNING_OF, Permission, Role


@dataclass(frozen=True, slots=True)
class CabinetStep:
    """A step of coming into the cabinet; `state` is done, now or next."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class CabinetDetails:
    """A company's own details; `doubts` are fields that look mistyped, with the reason."""

    form: DetailsForm
    company: Company
    doubts: dict[str, str]
    accounts_url: str
    steps: list[CabinetStep]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class CabinetContract:
    """The contract with the reseller, to read and sign."""

    state: ContractState
    form: CodeForm | None
    steps: list[CabinetStep]
    details_url: str
    may_sign: bool
    others: Sequence[ContractCase] = ()
    firms: Sequence[OwnTab] = ()  # the office alone chooses


@needs(Permission.CLIENT_CABINET)
@asks_again
def client_company(request: OfficeRequest) -> HttpResponse:
    return _details(request)


@needs(Permission.PARTNER_CABINET)
@asks_again
def partner_company(request: OfficeRequest) -> HttpResponse:
    return _details(request)


@needs(Permission.CLIENT_CABINET)
@asks_again
def client_contract(request: OfficeRequest) -> HttpResponse:
    return _contract(request)


@needs(Permission.PARTNER_CABINET)
@asks_again
def partner_contract(request: OfficeRequest) -> HttpResponse:
    return _contract(request)


def _details(request: OfficeRequest) -> HttpResponse:
    """The form the invited one fills in first; the contract is the next step."""
    company = _own(request)
    kind = request.actor.kind
    form = DetailsForm(
        posted(request),
        initial=initial(company),
        region=company.country or request.reseller.country,
    ).of_row()
    may_edit = may_change_details(request.actor)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        editing.change(
            company=company,
            values=changed_values(form),
            by=request.actor,
            at=clock.now(),
            own=True,
        )
        messages.success(request, _("Saved."))
        is_signed = current(company, kind_of(request, company)) is not None
        return go(
            request,
            links.cabinet_details(kind) if is_signed else links.cabinet_contract(kind),
        )
    context = CabinetDetails(
        form=form,
        company=company,
        doubts=company.doubts,
        accounts_url=links.cabinet_accounts(kind),
        steps=_steps(request, company),
        may_edit=may_edit,
    )
    status = 422 if form.errors else 200
    return page(request, "companies/cabinet_details.html", context, status=status)


def _contract(request: OfficeRequest) -> HttpResponse:
    company = _own(request)
    form = None
    if request.method == "POST":
        check_standing(request.actor)
        form, done = sign(request, company)
        if done:
            return go(request, request.get_full_path())
    state = contract_state(request, company)
    cases = ContractCase.objects.filter(company=company, kind=kind_of(request, company)).order_by(
        "-sent_at"
    )
    others = [case for case in cases if state.case is None or case != state.case]
    context = CabinetContract(
        state=state,
        form=form,
        steps=_steps(request, company),
        details_url=links.cabinet_details(request.actor.kind),
        may_sign=may_sign(request.actor),
        others=others,
    )
    status = 422 if form is not None and form.errors else 200
    return page(request, "companies/cabinet_contract.html", context, status=status)


def may_change_details(actor: Actor) -> bool:
    """Money goes where the details say: they are for those who sign or who lead the people."""
    role = Role(actor.role)
    return actor.can(SIGNING_OF[role]) or actor.can(PEOPLE_OF[role])


def _own(request: OfficeRequest) -> Company:
    if request.actor.company_id is None:
        raise Http404
    return company_for(request.actor, request.actor.company_id)


def _steps(request: OfficeRequest, company: Company) -> list[CabinetStep]:
    """Shown until the contract is signed: by then the details are in, whoever typed them."""
    if current(company, kind_of(request, company)) is not None:
        return []
    filled = company.details_at is not None
    return [
        CabinetStep(_("Password"), "done"),
        CabinetStep(_("Company details"), "done" if filled else "now"),
        CabinetStep(_("Contract"), "now" if filled else "next"),
    ]
