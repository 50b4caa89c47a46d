"""The life of a contract: sent, signed, in force, declined, withdrawn, terminated.

Who may do what and where it leads stands in contract_stages.py. Signing itself is signing.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from companies import contract_news, contract_paper, contracts, own, trail
from companies.contract_stages import Act, is_allowed, step_of
from companies.contracts import Draft
from companies.models import (
    Company,
    Contract,
    ContractCase,
    Side,
    Signature,
    Stage,
)
from companies.queries import firm_names, own_details
from companies.signatory import Signatory, basis_of, may_sign
from companies.standing import check_standing
from tenants.actor import Actor

SEND_AGAIN = timedelta(hours=12)  # between two reminders


class CannotDo(Exception):
    """The contract does not stand where this can be done; the message says what to do."""


def send(*, draft: Draft, first: Side, by: Actor, at: datetime) -> ContractCase:
    """Fix the text that both sides will sign; whoever signs first hears of it.

    The platform's own contract comes with the platform's signature: its seal.
    """
    check_standing(by)
    with transaction.atomic():
        lock(draft.company)
        if contracts.open_case(draft.company, draft.kind, draft.parent):
            raise CannotDo(_("Another text waits for signatures already. Open the page anew."))
        case = _opened(draft, first, by, at)
        trail.write(
            "contract.send",
            case,
            by,
            at,
            after=_facts(case),
        )
        if draft.company is None:
            sign(case=case, side=Side.PLATFORM, how=Signature.How.SEAL, by=by, at=at)
        else:
            contract_news.next_signature(case, by=by, at=at)
    return case


def open_silently(*, draft: Draft, by: Actor, at: datetime) -> ContractCase:
    """Fix a text that nobody needs to hear of: it is signed on paper already, or by its reader at
    once. Runs in the caller's transaction, under the lock of the company.
    """
    case = contracts.open_case(draft.company, draft.kind, draft.parent)
    return case or _opened(draft, Side.COMPANY, by, at)


def sign(
    *,
    case: ContractCase,
    side: Side,
    how: Signature.How,
    by: Actor,
    at: datetime,
    who: Signatory | None = None,
    evidence: dict[str, str] | None = None,
) -> Stage:
    """Write one side's signature and move the contract on; the second puts it in force. Runs in the
    caller's transaction, under the contract's lock.
    """
    signer = who or firm_of(case, side)
    Signature.objects.create(
        case=case,
        side=side,
        how=how,
        name=signer.name,
        post=signer.post,
        basis=signer.basis,
        signed_at=at,
        signed_by=by.member_id,
        evidence=evidence or {},
    )
    step = step_of(Act.SIGN, case)
    assert step is not None and step.to is not None
    case.stage = step.to
    case.save(update_fields=["stage"])
    if case.stage == Stage.HALF_SIGNED:
        trail.write(
            "contract.half_sign",
            case,
            by,
            at,
            after=_facts(case, side=side),
        )
        contract_news.next_signature(case, by=by, at=at)
    else:
        put_in_force(case=case, how=Contract.How.CODE, on=day_of(by, at), by=by, at=at)
    return Stage(case.stage)


def put_in_force(
    *,
    case: ContractCase,
    how: Contract.How,
    on: date,
    by: Actor,
    at: datetime,
    scan_file_id: UUID | None = None,
) -> None:
    """Both sides have signed: the record of it is written, the paper is sent to be made and sealed,
    both sides hear of it. Runs in the caller's transaction.
    """
    case.stage = Stage.IN_FORCE
    if case.parent_id is None:
        case.contract = _record_of(case, how, on, by, at, scan_file_id)
    if how == Contract.How.CODE:
        case.document_id = contract_paper.issue_paper(case=case, on=on, by=by, at=at).pk
    case.save(update_fields=["stage", "contract", "document_id"])
    if case.company_id is None and case.parent_id is None:
        own.mark_platform_contract(at=at, by=by, firm_id=case.firm_id)
    after = _facts(case, how=how, signed_on=on)
    trail.write("contract.sign", case, by, at, after=after)
    contract_news.in_force(case, at=at)


def decline(*, case: ContractCase, reason: str, by: Actor, at: datetime) -> ContractCase:
    """A side does not agree to the text and says why; the other side hears it. It is for those who
    could sign.
    """
    check_standing(by)
    if not may_sign(by):
        raise CannotDo(_("You have no right to sign for your company."))
    with transaction.atomic():
        case = _end(case, Act.DECLINE, reason, by, at)
        contract_news.declined(
            case,
            by=by,
            at=at,
        )
    return case


def withdraw(*, case: ContractCase, reason: str, by: Actor, at: datetime) -> ContractCase:
    """The office takes the text back before it is in force, to draw it up anew."""
    with transaction.atomic():
        case = _end(case, Act.WITHDRAW, reason, by, at)
        contract_news.withdrawn(
            case,
            by=by,
            at=at,
        )
    return case


def terminate(
    *, case: ContractCase, on: date, reason: str, by: Actor, at: datetime
) -> ContractCase:
    """A contract in force ends on a day. With the platform's, publishing closes at once."""
    signed_on = case.contract.signed_on if case.contract else None
    if signed_on and on < signed_on:
        raise CannotDo(_("The day lies before the day of signing."))
    with transaction.atomic():
        case = _end(case, Act.TERMINATE, reason, by, at, on=on)
        if case.company_id is None and case.parent_id is None:
            own.end_platform_contract(at=at, by=by, firm_id=case.firm_id)
        contract_news.terminated(case, by=by, at=at)
    return case


def remind(*, case: ContractCase, by: Actor, at: datetime) -> None:
    """The side whose signature is next hears of it once more."""
    with transaction.atomic():
        case = locked(case)
        check(Act.REMIND, case, by)
        if case.reminded_at and case.reminded_at > at - SEND_AGAIN:
            raise CannotDo(_("A reminder was sent less than 12 hours ago."))
        case.reminded_at = at
        case.save(update_fields=["reminded_at"])
        trail.write("contract.remind", case, by, at)
        contract_news.next_signature(case, by=by, at=at)


def check(act: Act, case: ContractCase, by: Actor) -> None:
    """Raises CannotDo."""
    if not is_allowed(act, case, by):
        raise CannotDo(
            _("This cannot be done any more: the contract stands at “%(stage)s”.")
            % {"stage": Stage(case.stage).label}
        )


def locked(case: ContractCase) -> ContractCase:
    """The row as it stands now, locked until the caller's transaction ends."""
    rows = ContractCase.objects.select_related("company", "contract", "parent")
    return rows.select_for_update(of=("self",)).get(pk=case.pk)


def lock(company: Company | None) -> None:
    """One signing at a time for each company: numbers and tries are counted in peace."""
    if company:
        Company.objects.select_for_update().get(pk=company.pk)
    else:
        own.locked()


def firm_of(case: ContractCase, side: Side) -> Signatory:
    """The head of a side, as its details name the person."""
    if side == Side.PLATFORM:
        platform = contracts.platform_firm()
        return Signatory(platform.director, platform.director_post, platform.acts_under)
    is_theirs = side == Side.COMPANY and case.company
    firm = case.company if is_theirs and case.company else own_details(case.firm_id)
    return Signatory(firm.director, firm.director_post, basis_of(firm))


def day_of(by: Actor, at: datetime) -> date:
    return by.reseller.day(at) if by.reseller else at.date()


def _opened(draft: Draft, first: Side, by: Actor, at: datetime) -> ContractCase:
    is_platform_s = draft.company is None and draft.parent is None
    _check_firm(draft)
    return ContractCase.objects.create(
        company=draft.company,
        firm_id=draft.firm_id,
        kind=draft.kind,
        parent=draft.parent,
        addendum_index=draft.index,
        number=draft.number,
        language=draft.language,
        text=draft.text,
        sha256=draft.sha256,
        template=draft.template.name,
        template_version=draft.template.version,
        template_sha256=draft.template.sha256,
        own_terms=draft.terms,
        first_side=Side.PLATFORM if is_platform_s or draft.company is None else first,
        sent_at=at,
        sent_by=by.member_id,
    )


def _check_firm(draft: Draft) -> None:
    """An archived firm signs nothing new; agreements to its contracts go on. Runs under its lock."""
    firm = own.locked(draft.firm_id)
    if draft.parent is None and firm.archived_at:
        raise CannotDo(_("This firm is archived. Choose another one."))


def _facts(case: ContractCase, **more: object) -> dict[str, object]:
    """What the audit trail keeps of a text; the own firm only where there are several."""
    firm = {"firm_id": case.firm_id} if firm_names() else {}
    return {**more, "sha256": case.sha256, **firm}


def _record_of(
    case: ContractCase,
    how: Contract.How,
    on: date,
    by: Actor,
    at: datetime,
    scan_file_id: UUID | None,
) -> Contract:
    """The row that says the contract is signed. A text whose number was used meanwhile is refused."""
    if Contract.objects.filter(number=case.number).exists():
        raise CannotDo(_("A contract with this number is signed already. Open the page anew."))
    theirs = case.signatures.exclude(side=Side.PLATFORM).order_by("signed_at")
    counterpart = theirs.filter(side=Side.COMPANY).first() or theirs.last()
    return Contract.objects.create(
        company=case.company,
        firm_id=case.firm_id,
        number=case.number,
        kind=case.kind,
        language=case.language,
        text=case.text,
        sha256=case.sha256,
        how=how,
        signed_on=on,
        signed_at=at,
        signed_by=counterpart.signed_by if counterpart else by.member_id,
        signed_name=counterpart.name if counterpart else by.name,
        evidence=counterpart.evidence if counterpart else {},
        scan_file_id=scan_file_id,
    )


def _end(
    case: ContractCase,
    act: Act,
    reason: str,
    by: Actor,
    at: datetime,
    *,
    on: date | None = None,
) -> ContractCase:
    if not reason.strip():
        raise CannotDo(_("Say why."))
    with transaction.atomic():
        case = locked(case)
        check(act, case, by)
        step = step_of(act, case)
        assert step is not None and step.to is not None
        case.stage = step.to
        case.ended_at = at
        case.ended_on = on or day_of(by, at)
        case.ended_by = by.member_id
        case.end_reason = reason.strip()
        case.save(update_fields=["stage", "ended_at", "ended_on", "ended_by", "end_reason"])
        trail.write(f"contract.{act}", case, by, at, reason=case.end_reason)
    return case
