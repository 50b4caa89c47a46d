"""Signing a contract: by a one-time code sent to the signer's e-mail, or entered from paper with
its scan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from companies import contract_life, contracts, signatory, signing_rules
from companies.contract_life import CannotDo
from companies.contract_stages import Act
from companies.contracts import Draft
from companies.models import Contract, ContractCase, Side, Signature, SigningCode
from companies.standing import check_standing
from tenants.accounts import proof
from tenants.accounts.secrets import short_code
from tenants.actor import Actor
from tenants.kit import mail
from tenants.office import files

LIFE = timedelta(minutes=15)
MAX_CODES_AN_HOUR = 5


class CannotSign(CannotDo):
    """No live code, too many codes, no right, a day to come; the message says it."""


class NotYetSigned(CannotSign):
    """The day on the paper has not come yet where the office works."""


class WrongCode(CannotSign):
    """The code is wrong; after the fifth try a new one must be asked for."""


@dataclass(frozen=True, slots=True)
class Device:
    """Where the signature came from: part of the evidence."""

    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned paper, already cleaned by the form."""

    content: bytes
    content_type: str
    name: str


def send_code(*, case: ContractCase, by: Actor, at: datetime) -> SigningCode:
    """Mail the signer a code. Only this person can use it, for this text, for 15 minutes."""
    assert by.member_id is not None
    check_standing(by)
    with transaction.atomic():
        case = contract_life.locked(case)
        check_signer(case, by)
        mine = SigningCode.objects.filter(company=case.company, sent_by=by.member_id)
        if mine.filter(sent_at__gt=at - timedelta(hours=1)).count() >= MAX_CODES_AN_HOUR:
            raise CannotSign(_("Too many codes were sent. Try again in an hour."))
        mine.filter(used_at=None, expires_at__gt=at).update(tries=SigningCode.MAX_TRIES)
        code = short_code()
        identity = uuid4()
        row = SigningCode.objects.create(
            id=identity,
            case_id=case.pk,
            company=case.company,
            kind=case.kind,
            language=case.language,
            number=case.number,
            text=case.text,
            code_hash=_hashed(str(identity), code),
            sent_to=by.email,
            sent_at=at,
            sent_by=by.member_id,
            expires_at=at + LIFE,
        )
        mail.queue(_letter(row, code, by))
    return row


def check_signer(case: ContractCase, by: Actor) -> Side:
    """For which side this person signs now. Raises CannotSign in words: no right, no e-mail, not the
    turn of this side, the rules not accepted.
    """
    side = signatory.side_of(by, case)
    if side is None or not signatory.may_sign(by):
        raise CannotSign(_("You have no right to sign for your company."))
    contract_life.check(Act.SIGN, case, by)
    if contracts.next_side(case) != side:
        raise CannotSign(_("The other side signs first. You will hear of it."))
    why = why_no_code(by)
    if why:
        raise CannotSign(why)
    if not signing_rules.has_accepted(by):
        raise CannotSign(_("Accept the rules of the electronic signature first."))
    return side


def why_no_code(by: Actor) -> str:
    """Why this person can get no code at all; empty when one can be sent."""
    if by.email:
        return ""
    return _("You have no e-mail here, so no code can be sent. Sign the contract on paper.")


def waiting_code(*, case: ContractCase, by: Actor, at: datetime) -> SigningCode | None:
    """The code for this text that the person may still type in."""
    return _live(case, by, at).filter(case_id=case.pk).first()


def sign_with_code(
    *,
    case: ContractCase,
    code: str,
    device: Device,
    by: Actor,
    at: datetime,
) -> ContractCase:
    """Sign the text the code was sent for. A wrong code is counted even though nothing else is
    written.
    """
    check_standing(by)
    with transaction.atomic():
        case = contract_life.locked(case)
        row = _live(case, by, at).first()
        if row is None:
            raise CannotSign(_("The code has expired. Ask for a new one."))
        if row.case_id != case.pk or row.text != case.text:
            raise CannotSign(
                _("The text was changed after this code was sent. Read it and ask for a new code.")
            )
        side = check_signer(case, by)
        if constant_time_compare(row.code_hash, _hashed(str(row.pk), code.strip())):
            _sign(case, row, side, device, by, at)
            return case
        row.tries += 1
        row.save(update_fields=["tries"])
    left = SigningCode.MAX_TRIES - row.tries
    raise WrongCode(
        _("The code is wrong. Tries left: %(left)s.") % {"left": left}
        if left
        else _("The code is wrong. Ask for a new one.")
    )


def sign_on_paper(
    *,
    draft: Draft | ContractCase,
    signed_on: date,
    scan: Scan,
    by: Actor,
    at: datetime,
) -> Contract | None:
    """Enter a contract that both sides signed on paper; the scan is kept beside the text. Of a
    supplementary agreement there is no record of its own, and None is returned.
    """
    if signed_on > contract_life.day_of(by, at):
        raise NotYetSigned(_("The day of signing lies in the future."))
    with transaction.atomic():
        contract_life.lock(draft.company)
        case = (
            contract_life.locked(draft)
            if isinstance(draft, ContractCase)
            else contract_life.open_silently(draft=draft, by=by, at=at)
        )
        contract_life.check(Act.ENTER_PAPER, case, by)
        file = files.store(
            content=scan.content,
            name=scan.name,
            content_type=scan.content_type,
            by=by,
            at=at,
        )
        _paper_signatures(case, file.sha256, by, at)
        contract_life.put_in_force(
            case=case,
            how=Contract.How.PAPER,
            on=signed_on,
            by=by,
            at=at,
            scan_file_id=file.pk,
        )
        return case.contract


def _paper_signatures(case: ContractCase, scan_sha256: str, by: Actor, at: datetime) -> None:
    """Both heads signed the paper, as its text names them."""
    signed = set(case.signatures.values_list("side", flat=True))
    for side in contracts.sides(case):
        if side in signed:
            continue
        firm = contract_life.firm_of(case, side)
        Signature.objects.create(
            case=case,
            side=side,
            how=Signature.How.PAPER,
            name=firm.name,
            post=firm.post,
            basis=firm.basis,
            signed_at=at,
            signed_by=by.member_id,
            evidence={"scan_sha256": scan_sha256},
        )


def _live(case: ContractCase, by: Actor, at: datetime) -> models.QuerySet[SigningCode]:
    """This person's codes with the company that still open something, the newest first."""
    mine = SigningCode.objects.filter(
        company=case.company,
        sent_by=by.member_id,
        used_at=None,
        expires_at__gt=at,
    )
    return mine.filter(tries__lt=SigningCode.MAX_TRIES).order_by("-sent_at")


def _sign(
    case: ContractCase,
    row: SigningCode,
    side: Side,
    device: Device,
    by: Actor,
    at: datetime,
) -> None:
    row.used_at = at
    row.save(update_fields=["used_at"])
    proof.prove(user_id=by.user_id, email=row.sent_to, at=at)
    contract_life.sign(
        case=case,
        side=side,
        how=Signature.How.CODE,
        who=signatory.signatory_of(by, side, case),
        evidence=_evidence(case, row, device, by),
        by=by,
        at=at,
    )


def _evidence(case: ContractCase, row: SigningCode, device: Device, by: Actor) -> dict[str, str]:
    rules = signing_rules.accepted(by)
    return {
        "email": row.sent_to,
        "code_hash": row.code_hash,
        "code_sent_at": row.sent_at.isoformat(),
        "shown_sha256": contracts.sha256(row.text),
        "address": device.address,
        "agent": device.agent[:300],
        "zone": str(by.reseller.zone) if by.reseller else "UTC",
        "rules_version": str(rules.version),
        "rules_sha256": rules.sha256,
        "rules_accepted_at": rules.accepted_at.isoformat(),
    }


def _hashed(salt: str, code: str) -> str:
    """Keyed with the installation's secret: a million codes are tried in no time otherwise."""
    key = f"signing-code:{salt}"
    keyed = salted_hmac(key, code, algorithm="sha256")
    return keyed.hexdigest()


def _letter(
    row: SigningCode,
    code: str,
    by: Actor,
) -> dict[str, str]:
    sender = by.reseller.name if by.reseller else ""
    context = {
        "code": code,
        "number": row.number,
        "minutes": int(LIFE.total_seconds() // 60),
        "reseller": sender,
    }
    with translation.override(by.language):
        return {
            "to": row.sent_to,
            "subject": _("Code to sign contract %(number)s") % {"number": row.number},
            "text": render_to_string("companies/mail/code.txt", context, using="jinja2"),
            "html": render_to_string("companies/mail/code.html", context, using="jinja2"),
            "sender_name": sender,
        }
