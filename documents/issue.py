"""Issuing a paper: the act after which it never changes."""

import secrets
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from documents import links
from documents.kinds import KINDS, LANGUAGES
from documents.kinds.codec import to_json
from documents.kinds.kind import Context
from documents.kinds.letterhead import Letterhead, frozen
from documents.models import FIRST_ISSUER, Audience, Document, NumberCounter, Status
from documents.render.paper_words import PaperWords
from tenants.actor import Actor
from tenants.kit.outbox import announce
from tenants.office import audit
from tenants.office.hearing import Firm, Hearer, News, tell
from tenants.platform import paper_codes

TOPIC = "documents.render"
# The books tell of an invoice, with its sum; the signing of a contract tells of it.
TOLD_ELSEWHERE = frozenset({"invoice", "contract"})
# 16 bytes: nobody meets a paper by trying codes.
CODE_BYTES = 16


class CannotIssue(Exception):
    """The kind, language or context is not one that papers are made of, or there is nothing to
    correct.
    """


def issue(
    *,
    kind: str,
    context: Context,
    letterhead: Letterhead,
    subject: str,
    company_id: UUID | None,
    audience: Audience | str,
    language: str,
    by: Actor | None,
    at: datetime,
    on: date | None = None,
    series: str = "",
    issuer: int = FIRST_ISSUER,
    reference: str = "",
    signed: bool = True,
    corrects: Document | None = None,
) -> Document:
    """Freeze what the paper says, give it its number and send it to be rendered.

    `on` is the day printed on it, by default the reseller's local day of `at`; the number is
    counted in its year, for each issuer apart. With `corrects` it is «исправление № n» of that paper, which stays as it
    is.
    """
    _check(kind, context, language, corrects)
    on = on or _local_day(at, by)
    data = to_json(context)
    head = frozen(letterhead)
    with transaction.atomic():
        number = take_number(kind=kind, year=on.year, issuer=issuer)
        document = Document(
            issuer=issuer,
            kind=kind,
            series=series,
            reference=reference,
            number=number,
            year=on.year,
            language=language,
            subject=subject,
            company_id=company_id,
            audience=audience,
            context=data,
            letterhead=head,
            signed=signed,
            verify_code=secrets.token_urlsafe(CODE_BYTES),
            corrects=corrects,
            issued_on=on,
            issued_at=at,
            correction_index=_next_correction(corrects),
            issued_by=by.member_id if by else None,
        )
        document.title = title(document)
        document.save(force_insert=True)
        paper_codes.enter(document.verify_code)
        audit.record(
            action="document.issue",
            subject=f"document:{document.id}",
            title=document.title,
            by=by,
            at=at,
            after={
                "about": subject,
                "kind": kind,
                "number": document.code,
                "audience": str(audience),
            },
        )
        announce(TOPIC, {"document": str(document.id)})
        _tell(document, by=by, at=at)
    return document


def _tell(document: Document, *, by: Actor | None, at: datetime) -> None:
    """The company that may see the paper hears of it."""
    if document.company_id is None or document.audience == Audience.OFFICE:
        return
    if document.kind in TOLD_ELSEWHERE:
        return
    is_partner = document.audience == Audience.PARTNER
    hearer = Hearer.PARTNER if is_partner else Hearer.CLIENT
    news = News(
        "document.issued",
        {"title": document.title},
        url=links.document(document.pk),
        firms={hearer: Firm(document.company_id, document.language)},
    )
    tell(news, by=by, at=at)


def take_number(*, kind: str, year: int, issuer: int = FIRST_ISSUER) -> int:
    """Take the issuer's next number of a kind in a year. The counter stays locked until the caller's
    transaction ends, so a rollback gives it back.
    """
    counters = NumberCounter.objects.select_for_update()
    counter, _ = counters.get_or_create(issuer=issuer, kind=kind, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def render_again(*, document: Document, by: Actor | None, at: datetime) -> None:
    """After a failure has been mended. A paper that is ready is never rendered anew."""
    with transaction.atomic():
        failed = Document.objects.filter(id=document.id, status=Status.FAILED)
        if not failed.update(status=Status.QUEUED, failed_reason=""):
            raise CannotIssue("only a failed paper is rendered again")
        audit.record(
            action="document.render_again",
            subject=f"document:{document.id}",
            title=document.title,
            by=by,
            at=at,
        )
        announce(TOPIC, {"document": str(document.id)})


def title(document: Document) -> str:
    """«Счёт на оплату № 42», in the paper's language."""
    say = PaperWords(document.language, KINDS[document.kind].labels)
    name = "addendum" if document.context.get("addendum") else "title"
    return f"{say(name)} {say('number')} {document.code}"


def _check(
    kind: str,
    context: Context,
    language: str,
    corrects: Document | None,
) -> None:
    if kind not in KINDS or not isinstance(context, KINDS[kind].context):
        raise CannotIssue(f"{type(context).__name__} is no {kind}")
    if language not in LANGUAGES:
        raise CannotIssue(f"no papers in {language!r}")
    if corrects is not None and corrects.kind != kind:
        raise CannotIssue(f"a {kind} cannot correct a {corrects.kind}")


def _local_day(
    at: datetime,
    by: Actor | None,
) -> date:
    zone = by.reseller.zone if by and by.reseller else timezone.get_current_timezone()
    return at.astimezone(zone).date()


def _next_correction(corrects: Document | None) -> int:
    """Counted under the lock of the corrected paper: two corrections at once are № 1 and № 2."""
    if corrects is None:
        return 0
    Document.objects.select_for_update().get(id=corrects.id)
    return corrects.corrections.count() + 1
