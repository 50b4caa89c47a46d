"""Taking a large import back: asked on the page, done by the worker with progress (FAULTS E3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commission.cargo import links
from commission.cargo.imports import confirm, undoing
from commission.cargo.models import ImportBatch
from tenants.accounts.identify import member
from tenants.accounts.models import Membership
from tenants.actor import Actor
from tenants.context import GATE, inside
from tenants.kit import events, later
from tenants.kit.outbox import announce
from tenants.office.hearing import Name, News, tell

TOPIC = "cargo.import_undo"


def undo(*, batch: ImportBatch, by: Actor, at: datetime) -> int | None:
    """Take an import back. Returns how many shipments went; None when there are so many that the
    worker does it. Raises CannotUndo, NotAllowed, IsBeingUndone.
    """
    if undoing.shipments_of(batch).count() <= later.AT_ONCE:
        return confirm.undo(batch=batch, by=by, at=at)
    with transaction.atomic():
        locked = confirm.undoable(batch=batch, by=by, at=at)
        if locked.undo_asked_at:
            raise confirm.IsBeingUndone
        locked.undo_asked_at = at
        locked.save(update_fields=["undo_asked_at"])
        announce(TOPIC, {"batch": str(locked.pk), "by": str(by.member_id)})
    return None


def topic_of(batch: ImportBatch) -> str:
    return f"import-undo:{batch.pk}"


def work(payload: Mapping[str, str], at: datetime) -> None:
    """The worker's part, as of the moment in which it was asked. What does not hold any more is
    told, and the import stays as it is.
    """
    batch = ImportBatch.objects.get(pk=payload["batch"])
    if batch.undo_asked_at is None:
        return
    count = undoing.shipments_of(batch).count()
    who = _person(payload)

    def report(done: int) -> None:
        _publish(batch, "running", done=done, total=count)

    try:
        if who is None:
            raise confirm.NotAllowed
        removed = confirm.undo(batch=batch, by=who, at=batch.undo_asked_at, report=report)
    except (confirm.CannotUndo, confirm.NotAllowed):
        give_up(payload, at)
        return
    _tell(batch, payload, partial(_removed, removed), at)
    _publish(batch, "done", done=removed, total=removed)


def give_up(payload: Mapping[str, str], at: datetime) -> None:
    """It can be asked for again."""
    waiting = ImportBatch.objects.filter(pk=payload["batch"], undo_asked_at__isnull=False)
    if waiting.update(undo_asked_at=None):
        batch = ImportBatch.objects.get(pk=payload["batch"])
        _tell(batch, payload, _failed, at)
        _publish(batch, "failed")


def _person(payload: Mapping[str, str]) -> Actor | None:
    with inside(GATE):
        memberships = Membership.objects.select_related("user", "reseller")
        membership = memberships.filter(pk=payload["by"]).first()
        return member(membership) if membership else None


def _tell(batch: ImportBatch, payload: Mapping[str, str], outcome: Name, at: datetime) -> None:
    """Whoever left the page finds what came of it among the notifications."""
    news = News(
        "cargo.import_undone",
        {"file": batch.source or _pasted, "outcome": outcome},
        url=_url(batch),
        person=UUID(payload["by"]),
    )
    tell(news, by=None, at=at)


def _removed(count: int) -> str:
    text = ngettext(
        "%(count)s shipment was taken back.",
        "%(count)s shipments were taken back.",
        count,
    )
    return text % {"count": f"{count:,}"}


def _pasted() -> str:
    return _("Paste")


def _failed() -> str:
    return _("The import could not be taken back.")


def _publish(batch: ImportBatch, state: str, *, done: int = 0, total: int = 0) -> None:
    news = {
        "state": state,
        "done": done,
        "total": total,
        "text": "",
        "url": _url(batch),
    }
    events.publish(topic_of(batch), news)


def _url(batch: ImportBatch) -> str:
    return links.import_batch(batch.pk)
