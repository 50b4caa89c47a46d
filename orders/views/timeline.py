"""The order's history as the kit's timeline shows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from orders import queries
from orders.access import may_bargain
from orders.audit_wording import act_label
from orders.models import IncidentKind, Order, OrderEvent, Stage, Trip, TripEvent
from orders.words import ICONS, LOOK
from tenants.actor import Actor
from tenants.kit import formats
from tenants.kit.pieces import TimelineEvent
from tenants.office.audit_log import field_words
from tenants.office.people import names_of

NOTICED = timedelta(minutes=1)  # an entry so much later than the event is said
PRICED = frozenset({"offer"})  # acts whose facts hold prices still bargained over


def of_order(
    order: Order,
    actor: Actor,
    *,
    limit: int | None = None,
) -> list[TimelineEvent]:
    """Newest first; people by the names of today."""
    rows = list(queries.history(order)[:limit] if limit else queries.history(order))
    names = names_of({row.by for row in rows if row.by})
    return [
        _event(
            row,
            names.get(row.by) if row.by else row.by_name,
            actor,
        )
        for row in rows
    ]


def _event(row: OrderEvent, by: str | None, actor: Actor) -> TimelineEvent:
    tone, icon = (
        LOOK[Stage(row.new)]
        if row.old != row.new
        else ("neutral", ICONS.get(row.act, "point-filled"))
    )
    return TimelineEvent(
        text=act_label(row.act),
        note=_note(row, actor),
        at=formats.moment(row.at),
        by=by or row.by_name or _("the system"),
        icon=icon,
        tone=tone,
    )


def _note(row: OrderEvent, actor: Actor) -> str:
    facts = row.facts
    if row.act in PRICED and not may_bargain(actor):
        return ""
    words = [
        str(facts[name])
        for name in ("carrier", "driver", "plate", "reason", "text")
        if facts.get(name)
    ]
    if row.act == "incident" and facts.get("kind") in IncidentKind.values:
        words.insert(0, str(IncidentKind(facts["kind"]).label))
    amount = facts.get("price") or facts.get("rate")
    if amount:
        words.append(formats.money(Decimal(str(amount)), facts.get("currency", "")))
    if row.act == "edit":
        names = ", ".join(_field_names(facts))
        words = [_("changed: %(names)s") % {"names": names}] if facts else []
    return " · ".join(words)


def _field_names(facts: Iterable[str]) -> list[str]:
    """The fields of an edit as the order's form calls them."""
    labels = field_words("order.edit")
    return sorted({str(labels.get(name, name)) for name in facts})


def of_trip(trip: Trip) -> list[TimelineEvent]:
    """The stages of a trip, the latest entry first."""
    rows = list(trip.events.order_by("-entered_at", "-at"))
    names = names_of({row.by for row in rows if row.by})
    return [
        TimelineEvent(
            text=row.get_stage_display(),
            note=_note_of_stage(row),
            at=formats.moment(row.at),
            by=(names.get(row.by, "") if row.by else row.by_name) + _source(row.source),
            icon="truck",
            tone="info",
        )
        for row in rows
    ]


def _note_of_stage(row: TripEvent) -> str:
    """The reason of a correction, and when a stage was entered that had been reached before."""
    words = [str(row.facts.get("reason", ""))]
    if row.entered_at - row.at >= NOTICED:
        words.append(_("entered %(at)s") % {"at": formats.moment(row.entered_at)})
    return " · ".join(filter(None, words))


def _source(source: str) -> str:
    return "" if source == "driver" else f" · {_('as told by the driver')}"
