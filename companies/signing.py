"""Signing a contract: by a one-time code sent to the signer's e-mail, or entered from paper with
its scan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from companies import links, own
from companies.contracts import Draft, sha256
from companies.models import Company, Contract, SigningCode
from companies.standing import check_standing
from tenants.accounts.secrets import short_code
from tenants.actor import Actor
from tenants.kit import mail
from tenants.office import audit, files
from tenants.office.hearing import Firm, Hearer, News, tell

LIFE = timedelta(minutes=15)
MAX_CODES_AN_HOUR = 5


class CannotSign(Exception):
    """No live code, too many codes, a day to come; the message says it."""


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


def send_code(*, draft: Draft, by: Actor, at: datetime) -> SigningCode:
    """Keep the very text and mail its signer a code. Only this person can use it, for this text,
    for 15 minutes.
    """
    assert by.member_id is not None
    check_standing(by)
    with transaction.atomic():
        _lock(draft.company)
        mine = SigningCode.objects.filter(company=draft.company, sent_by=by.member_id)
        if mine.filter(sent_at__gt=at - timedelta(hours=1)).count() >= MAX_CODES_AN_HOUR:
            raise CannotSign(_("Too many codes were sent. Try again in an hour."))
        mine.filter(used_at=None, expires_at__gt=at).update(tries=SigningCode.MAX_TRIES)
        code = short_code()
        identity = uuid4()
        row = SigningCode.objects.create(
            id=identity,
            company=draft.company,
            kind=draft.kind,
            language=draft.language,
            number=draft.number,
            text=draft.text,
            code_hash=_hashed(str(identity), code),
            sent_to=by.email,
            sent_at=at,
            sent_by=by.member_id,
            expires_at=at + LIFE,
        )
        mail.queue(_letter(row, code, by))
    return row


def waiting_code(*, company: Company | None, by: Actor, at: datetime) -> SigningCode | None:
    """The code this person may still type in."""
    mine = SigningCode.objects.filter(
        company=company,
        sent_by=by.member_id,
        used_at=None,
        expires_at__gt=at,
    )
    return mine.filter(tries__lt=SigningCode.MAX_TRIES).order_by("-sent_at").first()


def sign_with_code(
    *,
    company: Company | None,
    code: str,
    device: Device,
    by: Actor,
    at: datetime,
) -> Contract:
    """Sign the text the code was sent for. A wrong code is counted even though nothing else is
    written.
    """
    check_standing(by)
    with transaction.atomic():
        _lock(company)
        row = waiting_code(company=company, by=by, at=at)
        if row is None:
            raise CannotSign(_("The code has expired. Ask for a new one."))
        if constant_time_compare(row.code_hash, _hashed(str(row.pk), code.strip())):
            return _signed(row, device, by, at)
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
    draft: Draft,
    signed_on: date,
    scan: Scan,
    by: Actor,
    at: datetime,
) -> Contract:
    """Enter a contract that both sides signed on paper; the scan is kept beside the text."""
    if signed_on > at.date() + timedelta(days=1):
        raise CannotSign(_("The day of signing lies in the future."))
    with transaction.atomic():
        _lock(draft.company)
        file = files.store(
            content=scan.content,
            name=scan.name,
            content_type=scan.content_type,
            by=by,
            at=at,
        )
        return _add(
            draft,
            Contract.How.PAPER,
            signed_on,
            by,
            at,
            evidence={"scan_sha256": file.sha256},
            scan_file_id=file.pk,
        )


def _signed(row: SigningCode, device: Device, by: Actor, at: datetime) -> Contract:
    row.used_at = at
    row.save(update_fields=["used_at"])
    day = at.astimezone(by.reseller.zone).date() if by.reseller else at.date()
    evidence = {
        "email": row.sent_to,
        "code_hash": row.code_hash,
        "code_sent_at": row.sent_at.isoformat(),
        "address": device.address,
        "agent": device.agent[:300],
    }
    contract = _add(row, Contract.How.CODE, day, by, at, evidence=evidence)
    if row.kind == Contract.Kind.PLATFORM:
        own.mark_platform_contract(at=at, by=by)
    return contract


def _add(
    draft: Draft | SigningCode,
    how: Contract.How,
    day: date,
    by: Actor,
    at: datetime,
    *,
    evidence: dict[str, str],
    scan_file_id: UUID | None = None,
) -> Contract:
    """Write the row of the signature. A text whose number was used up meanwhile is refused."""
    company = draft.company
    if Contract.objects.filter(number=draft.number).exists():
        raise CannotSign(_("A contract with this number is signed already. Open the page anew."))
    contract = Contract.objects.create(
        company=company,
        number=draft.number,
        kind=draft.kind,
        language=draft.language,
        text=draft.text,
        sha256=sha256(draft.text),
        how=how,
        signed_on=day,
        signed_at=at,
        signed_by=by.member_id,
        signed_name=by.name,
        evidence=evidence,
        scan_file_id=scan_file_id,
    )
    audit.record(
        action="contract.sign",
        subject=company.subject if company else own.SUBJECT,
        title=contract.number,
        by=by,
        at=at,
        after={"how": how, "sha256": contract.sha256, "signed_on": day},
    )
    if company:
        _tell(contract, company, by, at)
    return contract


def _tell(contract: Contract, company: Company, by: Actor, at: datetime) -> None:
    """The office hears that the company signed, the company that its paper was entered."""
    is_office = by.company_id is None
    firm = Firm(company.pk, company.language)
    is_client = company.kind == Company.Kind.CLIENT
    news = News(
        "contract.entered" if is_office else "contract.signed",
        {"number": contract.number, "company": company.name},
        url=links.contract(company.pk),
        firms={Hearer.CLIENT if is_client else Hearer.PARTNER: firm} if is_office else {},
    )
    tell(news, by=by, at=at)


def _lock(company: Company | None) -> None:
    """One signing at a time for each side: numbers and tries are counted in peace."""
    if company:
        Company.objects.select_for_update().get(pk=company.pk)
    else:
        own.locked()


def _hashed(salt: str, code: str) -> str:
    """Keyed with the installation's secret: a million codes are tried in no time otherwise."""
    return salted_hmac(f"signing-code:{salt}", code, algorithm="sha256").hexdigest()


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
