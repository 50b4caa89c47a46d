"""Moving an order: the only code that sets its stage. The table of steps is orders/stages.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from companies.standing import check_standing
from orders import notifications
from orders.drafting import copy, create, edit, hand_over
from orders.errors import (
    AlreadyThere,
    CannotAdvance,
    Forbidden,
    Missing,
    Stale,
)
from orders.history import write_event
from orders.models import Order, OrderEvent, Stage, StopKind
from orders.stages import ACT_WORDS, NEEDS, ORDER, Act, Need, Step
from tenants.actor import Actor
from tenants.permissions import Kind

__all__ = [
    "AlreadyThere",
    "CannotAdvance",
    "Choice",
    "Forbidden",
    "Missing",
    "advance",
    "available",
    "check",
    "complete",
    "copy",
    "create",
    "edit",
    "hand_over",
    "lock",
]

Facts = Mapping[str, object]
LATER = {
    Stage.ASSIGNED: ("in_transit_at", "delivered_at"),
    Stage.IN_TRANSIT: ("delivered_at",),
}


def _route(order: Order, _facts: Facts) -> bool:
    kinds = set(order.stops.values_list("kind", flat=True))
    return {StopKind.LOADING, StopKind.UNLOADING} <= kinds


def _cargo(order: Order, _facts: Facts) -> bool:
    return bool(order.cargo_name)


IS_KNOWN: dict[Need, Callable[[Order, Facts], bool]] = {
    Need.CLIENT: lambda order, _facts: order.client_id is not None,
    Need.ROUTE: _route,
    Need.CARGO: _cargo,
    Need.PRICE: lambda order, _facts: order.client_price is not None,
    Need.RATE: lambda order, _facts: order.carrier_rate is not None,
    Need.AGREED: lambda order, _facts: order.agreed_at is None,
    Need.REASON: lambda _order, facts: bool(str(facts.get("reason", "")).strip()),
}


def missing(
    order: Order,
    needs: Iterable[Need],
    facts: Facts,
) -> list[Need]:
    return [need for need in needs if not IS_KNOWN[need](order, facts)]


@dataclass(frozen=True, slots=True)
class Choice:
    """An act a person may take now; `why` says what is missing when it cannot be taken yet."""

    act: Act
    to: str
    why: str = ""

    @property
    def label(self) -> str:
        return str(ACT_WORDS[self.act])


def lock(order: Order) -> Order:
    """The order's row, held until the transaction ends."""
    return Order.objects.select_for_update(of=("self",)).get(pk=order.pk)


def check_version(order: Order, version: int | None) -> None:
    """Refuse an act on an order that was changed since the page showed it. Raises Stale."""
    if version is not None and version != order.version:
        raise Stale(
            _("Somebody has changed %(ref)s meanwhile. Reload it and enter your change again.")
            % {"ref": order.ref}
        )


@transaction.atomic
def advance(
    *,
    order: Order,
    act: Act,
    by: Actor | None,
    at: datetime,
    facts: Facts | None = None,
    sets: Facts | None = None,
    reached_at: datetime | None = None,
) -> OrderEvent:
    """Take one step of the table; `sets` are fields written with it, `facts` what the history
    keeps, `reached_at` is the true time of the stage when it was entered later.

    Writes the event and the audit row, tells followers; raises AlreadyThere on a second press,
    Forbidden, Missing.
    """
    if by is not None and by.kind is Kind.CLIENT:
        check_standing(by)
    row = lock(order)
    facts = dict(facts or {})
    sets = dict(sets or {})
    step = _step(row, act)
    _write(row, sets)
    _check(row, step, by, facts)
    pressed = at if act is Act.COMPLETE else reached_at or at  # months of the books stand on it
    written = sets | _moments(row, act, pressed, facts)
    _write(row, written)
    old = row.stage
    row.stage = step.to
    row.version = row.version + 1
    row.save(update_fields=["stage", "version", *written])
    _write(
        order,
        {name: getattr(row, name) for name in ("stage", "version", *written)},
    )
    event = write_event(order=row, old=old, act=act, by=by, at=at, facts=facts)
    notifications.of_step(row, act, by=by, at=at)
    return event


def _write(order: Order, values: Facts) -> None:
    for name, value in values.items():
        setattr(order, name, value)


def check(
    *,
    order: Order,
    act: Act,
    by: Actor | None,
    facts: Facts | None = None,
) -> Step:
    """Whether `advance` would go; for acts that must do something elsewhere first. Raises the same
    refusals.
    """
    step = _step(order, act)
    _check(order, step, by, facts or {})
    return step


def _step(order: Order, act: Act) -> Step:
    step = ORDER.get((order.stage, act))
    if step:
        return step
    named = {
        "ref": order.ref,
        "stage": order.stage_label,
        "act": ACT_WORDS[act],
    }
    if any(way.to == order.stage for (_old, name), way in ORDER.items() if name == act):
        raise AlreadyThere(_("%(ref)s already stands at “%(stage)s”.") % named)
    raise CannotAdvance(_("“%(act)s” is not possible: %(ref)s stands at “%(stage)s”.") % named)


def _check(
    order: Order,
    step: Step,
    by: Actor | None,
    facts: Facts,
) -> None:
    """Nobody (`by` None) is the system carrying out what a person decided elsewhere."""
    if by is not None and not (step.who & by.permissions):
        raise Forbidden(_("You have no right to do this."))
    if gaps := missing(order, step.needs, facts):
        raise Missing(
            " ".join(str(NEEDS[need]) for need in gaps),
            tuple(gaps),
        )


def _moments(order: Order, act: Act, at: datetime, facts: Facts) -> dict[str, object]:
    """The moment of the stage entered; going back, what had come later has not been."""
    step = ORDER.get((order.stage, act))
    if step is None:
        return {}
    if act is Act.CANCEL:
        return {
            "cancelled_at": at,
            "cancel_reason": str(facts.get("reason", "")).strip(),
        }
    if act is Act.AGREE:
        return {"agreed_at": at}
    forgotten = dict.fromkeys(
        LATER.get(Stage(step.to), ()) if act in (Act.RECTIFY, Act.REPLACE) else ()
    )
    reached = {} if step.to == Stage.DRAFT or act is Act.RECTIFY else {f"{step.to}_at": at}
    return forgotten | reached


def available(*, order: Order, for_: Actor) -> list[Choice]:
    """What this person may do with the order now, in the table's order; the page draws its buttons
    from it.
    """
    steps = [(act, step) for (stage, act), step in ORDER.items() if stage == order.stage]
    return [
        Choice(act, step.to, _why(order, step))
        for act, step in steps
        if step.who & for_.permissions and _is_offered(order, act)
    ]


def _is_offered(
    order: Order,
    act: Act,
) -> bool:
    """A trip moves the order by itself. After the quote the client is asked only when the price was
    changed.
    """
    if act is Act.AGREE and order.stage != Stage.QUOTED:
        return order.quoted_at is not None and order.agreed_at is None
    return act not in (Act.LOAD, Act.DELIVER, Act.RECTIFY)


def _why(
    order: Order,
    step: Step,
) -> str:
    """Reasons, rates and the client's yes are asked for in the act's own dialog."""
    needs = [need for need in step.needs if need not in (Need.REASON, Need.RATE)]
    return " ".join(str(NEEDS[need]) for need in missing(order, needs, {}))


def complete(*, order: Order, by: Actor, at: datetime) -> OrderEvent:
    """The order is done: it counts in this month, and finance issues invoice and act (topic
    order.completed).
    """
    return advance(
        order=order,
        act=Act.COMPLETE,
        by=by,
        at=at,
        facts={"margin": order.margin},
    )
