"""The reseller's own firms: one more is added, another becomes the main one, one goes out of use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from companies import trail
from companies.models import OPEN, ContractCase, OwnFirm
from companies.own import DETAILS, Value, locked
from companies.standing import line_of
from tenants.actor import Actor

MOST_FIRMS = 20
OpenMatters = Callable[[OwnFirm], str]


class CannotChangeFirm(Exception):
    """The act does not fit the firm's state; the text says why."""


class PrefixTaken(CannotChangeFirm):
    """Numbers of two firms would be the same."""

    def __init__(self) -> None:
        super().__init__(_("Another firm has this prefix."))


def _waiting_contracts(firm: OwnFirm) -> str:
    """Contracts of the firm that wait for signatures, in one line."""
    waiting = ContractCase.objects.filter(
        firm_id=firm.pk,
        stage__in=OPEN,
    )
    numbers = waiting.order_by("number").values_list("number", flat=True)
    return line_of(_("Contracts that wait for signatures"), numbers)


_open_matters: list[OpenMatters] = [_waiting_contracts]


def add_open_matters(tell: OpenMatters) -> None:
    """Apps above say what is open with a firm: one line, empty when nothing is."""
    if tell not in _open_matters:
        _open_matters.append(tell)


def open_matters(
    firm: OwnFirm,
) -> list[str]:
    lines = (tell(firm) for tell in _open_matters)
    return [line for line in lines if line]


@transaction.atomic
def add_firm(
    *,
    values: Mapping[str, Value],
    by: Actor,
    at: datetime,
) -> OwnFirm:
    """One firm more, not the main one. Raises CannotChangeFirm beyond MOST_FIRMS,
    PrefixTaken."""
    locked()
    last = OwnFirm.objects.aggregate(last=Max("pk"))["last"]
    if OwnFirm.objects.count() >= MOST_FIRMS:
        raise CannotChangeFirm(_("There are %(count)s firms already.") % {"count": MOST_FIRMS})
    if OwnFirm.objects.filter(number_prefix=values["number_prefix"]).exists():
        raise PrefixTaken
    firm = OwnFirm(pk=last + 1, is_main=False, details_at=at)
    for name in (*DETAILS, "number_prefix"):
        if name in values:
            setattr(firm, name, values[name])
    firm.save(force_insert=True)
    trail.write("own.firm_add", firm, by, at)
    return firm


@transaction.atomic
def make_main(
    *,
    firm: OwnFirm,
    by: Actor,
    at: datetime,
) -> None:
    """What names no firm is this firm's from now on; issued papers keep theirs."""
    before = locked()
    row = locked(firm.pk)
    if row.archived_at:
        raise CannotChangeFirm(_("Bring the firm back from the archive first."))
    if row.is_main:
        return
    OwnFirm.objects.filter(pk=before.pk).update(is_main=False)
    row.is_main = True
    row.save(update_fields=["is_main"])
    trail.write("own.firm_main", row, by, at)


@transaction.atomic
def archive_firm(
    *,
    firm: OwnFirm,
    by: Actor,
    at: datetime,
) -> None:
    """Out of what is offered; its papers stay. Raises CannotChangeFirm with what is still open."""
    row = locked(firm.pk)
    if row.is_main:
        raise CannotChangeFirm(_("This is the main firm. Make another one the main firm first."))
    if matters := open_matters(row):
        raise CannotChangeFirm("; ".join(matters))
    row.archived_at = at
    row.save(update_fields=["archived_at"])
    trail.write("own.firm_archive", row, by, at)


@transaction.atomic
def restore_firm(
    *,
    firm: OwnFirm,
    by: Actor,
    at: datetime,
) -> None:
    row = locked(firm.pk)
    row.archived_at = None
    row.save(update_fields=["archived_at"])
    trail.write("own.firm_restore", row, by, at)
