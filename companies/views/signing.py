"""The page of a contract, for whoever signs it: its text, the rules, the code, the signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from companies import contract_life, contracts, signatory, signing, signing_rules
from companies.contract_life import CannotDo
from companies.contract_stages import Act, is_allowed
from companies.contract_templates import LANGUAGES
from companies.contracts import CannotDraw, Draft
from companies.editing import local_day
from companies.forms import CodeForm
from companies.models import Company, Contract, ContractCase, Side, Signature, SigningCode
from companies.queries import firm_names, own_firms
from companies.signing import CannotSign, Device
from companies.signing_rules import Rules
from companies.views.own_frame import OwnTab
from tenants.kit import clock
from tenants.kit.limits import address_of
from tenants.kit.web import OfficeRequest, uuid_of


@dataclass(frozen=True, slots=True)
class ContractState:
    """The contract that is shown: one in force, one that waits for signatures, or the text to sign;
    where there is none, why.

    `waiting` is a code that was sent and may still be typed in, `rules` are those to be accepted
    first, `is_my_turn` says that this reader's signature is next, `no_code` why no code can be sent.
    """

    contract: Contract | None = None
    case: ContractCase | None = None
    draft: Draft | ContractCase | None = None
    waiting: SigningCode | None = None
    rules: Rules | None = None
    is_my_turn: bool = False
    has_signed: bool = False  # this reader's side
    cannot: str = ""
    no_code: str = ""
    shown: str = ""  # the hash of the text on the page
    firm_names: Mapping[int, str] = field(default_factory=dict)  # nothing while there is one
    signatures: Sequence[Signature] = ()
    addenda: Sequence[ContractCase] = ()
    acts: frozenset[Act] = field(default_factory=frozenset)
    languages: Sequence[str] = LANGUAGES


def contract_state(request: OfficeRequest, company: Company | None) -> ContractState:
    """What this person may read or sign; `?new=1` draws the contract up anew, `?case=` shows one of
    the others.
    """
    case = _chosen(request, company)
    if case:
        return _state_of(request, case)
    current = contracts.current(company, kind_of(request, company))
    if current and "new" not in request.GET:
        kept = ContractCase.objects.filter(contract=current).first()
        return _state_of(request, kept) if kept else ContractState(contract=current)
    try:
        draft = draft_for(request, company)
    except CannotDraw as error:
        return ContractState(contract=current, cannot=str(error))
    rules = _rules_to_accept(request)
    can_begin = company is None or request.actor.company_id is not None
    return ContractState(
        draft=draft,
        rules=rules,
        is_my_turn=can_begin,
        no_code=signing.why_no_code(request.actor),
        shown=draft.sha256,
        firm_names=firm_names(),
    )


def _state_of(request: OfficeRequest, case: ContractCase) -> ContractState:
    actor = request.actor
    side = signatory.side_of(actor, case)
    is_my_turn = contracts.next_side(case) == side
    signatures = list(case.signatures.order_by("signed_at"))
    waiting = signing.waiting_code(case=case, by=actor, at=clock.now()) if is_my_turn else None
    return ContractState(
        contract=case.contract,
        case=case,
        draft=case,
        waiting=waiting,
        rules=_rules_to_accept(request) if is_my_turn else None,
        is_my_turn=is_my_turn,
        has_signed=any(one.side == side for one in signatures),
        no_code=signing.why_no_code(actor),
        shown=case.sha256,
        firm_names=firm_names(),
        signatures=signatures,
        addenda=list(case.addenda.order_by("-sent_at")),
        acts=frozenset(act for act in Act if is_allowed(act, case, actor)),
    )


def _chosen(request: OfficeRequest, company: Company | None) -> ContractCase | None:
    """The contract that the address names, else the one that waits for signatures."""
    named = request.GET.get("case")
    if not named:
        return contracts.open_case(company, kind_of(request, company))
    case = case_of(company, uuid_of(named))
    is_of_other_side = case.kind != kind_of(request, company)
    if request.actor.company_id is not None and is_of_other_side:
        raise Http404
    return case


def kind_of(request: OfficeRequest, company: Company | None) -> Contract.Kind:
    """Which of the contracts with a company that is both: a cabinet's own, in the office the one
    that is asked for.
    """
    wish = request.POST.get("kind") or request.GET.get("kind")
    if request.actor.company_id is not None:
        wish = str(request.actor.role)
    return contracts.kind_with(company, wish)


def case_of(company: Company | None, case_id: UUID | None) -> ContractCase:
    """A contract of this company, in any stage. Else 404."""
    case = ContractCase.objects.filter(pk=case_id, company=company).first()
    if case is None:
        raise Http404
    return case


def _rules_to_accept(request: OfficeRequest) -> Rules | None:
    """The rules in the language of the page; None once they are accepted."""
    has_accepted = signing_rules.has_accepted(request.actor)
    return None if has_accepted else signing_rules.rules(request.LANGUAGE_CODE)


def sign(request: OfficeRequest, company: Company | None) -> tuple[CodeForm, bool]:
    """One post of the signing page: accept the rules, ask for a code, type it in, or decline.
    Answers the form and whether it is done.
    """
    form = CodeForm(request.POST if "code" in request.POST else None)
    try:
        if form.is_bound:
            if not form.is_valid():
                return form, False
            _sign_with_code(request, company, form.cleaned_data["code"])
        elif "accept" in request.POST:
            _accept(request)
        elif "reason" in request.POST:
            _decline(request, company)
        else:
            _send_code(request, company)
    except (CannotDo, CannotDraw) as error:
        if form.is_bound:
            form.add_error("code", str(error))
            return form, False
        messages.error(request, str(error))
    return form, True


def _accept(request: OfficeRequest) -> None:
    """The rules in the language in which this page showed them."""
    language = request.POST["accept"]
    if language not in signing_rules.LANGUAGES:
        raise CannotSign(_("Read the rules once more and accept them."))
    signing_rules.accept(
        language=language,
        address=address_of(request),
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("The rules are accepted."))


def _decline(request: OfficeRequest, company: Company | None) -> None:
    contract_life.decline(
        case=_waiting_case(request, company),
        reason=request.POST["reason"],
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("The contract is declined; the other side will read why."))


def _send_code(request: OfficeRequest, company: Company | None) -> None:
    now = clock.now()
    with transaction.atomic():
        case = _chosen(request, company) or _begun(request, company)
        code = signing.send_code(case=case, by=request.actor, at=now)
    messages.success(request, _("The code was sent to %(email)s.") % {"email": code.sent_to})


def _begun(request: OfficeRequest, company: Company | None) -> ContractCase:
    """The text that the page showed, fixed: whoever asks for a code signs first."""
    draft = draft_for(request, company)
    if request.POST.get("shown") != draft.sha256:
        raise CannotSign(_("The details have changed, and the text with them. Read it once more."))
    by, now = request.actor, clock.now()
    if company is None:
        return contract_life.send(draft=draft, first=Side.PLATFORM, by=by, at=now)
    contract_life.lock(company)
    return contract_life.open_silently(draft=draft, by=by, at=now)


def _sign_with_code(request: OfficeRequest, company: Company | None, code: str) -> None:
    device = Device(address_of(request), request.headers.get("User-Agent", ""))
    case = signing.sign_with_code(
        case=_waiting_case(request, company),
        code=code,
        device=device,
        by=request.actor,
        at=clock.now(),
    )
    messages.success(
        request,
        _("Signed. The contract is in force when the other side has signed too.")
        if case.is_open
        else _("The contract is signed."),
    )


def _waiting_case(request: OfficeRequest, company: Company | None) -> ContractCase:
    case = _chosen(request, company)
    if case is None:
        raise CannotSign(_("The code has expired. Ask for a new one."))
    return case


def draft_for(request: OfficeRequest, company: Company | None) -> Draft:
    """The contract as it would be today, in the chosen language."""
    chosen = request.POST.get("language") or request.GET.get("language") or ""
    fallback = company.language if company else request.reseller.language
    language = chosen if chosen in LANGUAGES else fallback
    on = local_day(request.actor, clock.now())
    return contracts.draft(
        company=company,
        reseller=request.reseller,
        on=on,
        language=language,
        kind=kind_of(request, company),
        firm_id=_firm_id(request),
    )


def _firm_id(request: OfficeRequest) -> int | None:
    """The own firm that the office chose; the main one for others and where none is named."""
    named = request.POST.get("firm") or request.GET.get("firm")
    if not named or request.actor.company_id is not None:
        return None
    chosen = [one.pk for one in own_firms() if str(one.pk) == named]
    if not chosen:
        raise Http404
    return chosen[0]


def firms_to_choose(request: OfficeRequest, state: ContractState) -> list[OwnTab]:
    """The own firms that a text not yet sent may be drawn up for; nothing while there is one."""
    firms = own_firms()
    if len(firms) < 2 or not isinstance(state.draft, Draft):
        return []
    tabs = []
    for firm in firms:
        query = request.GET.copy()
        query["new"] = "1"
        query["firm"] = str(firm.pk)
        address = f"{request.path}?{query.urlencode()}"
        tabs.append(OwnTab(firm.name, address, firm.pk == state.draft.firm_id))
    return tabs
