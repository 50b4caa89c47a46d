"""Acts on rate cards: create, copy, change, activate. Prices of a version that was ever active are
never rewritten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from commission.cargo import locks
from commission.cargo.models import Activation, Rate, RateCard
from commission.cargo.rates import defaults, repricing
from commission.cargo.rates.cards import Grid, grid_of
from commission.cargo.rates.pricing import Rates
from commission.cargo.rates.repricing import MonthChange
from tenants.actor import Actor
from tenants.kit import shown as shown_figures
from tenants.office import audit


class NameTaken(Exception):
    """Another card has this name."""


class NothingToActivate(Exception):
    """The card has no price at all, or is the active one already."""


@dataclass(frozen=True, slots=True)
class Activated:
    card: RateCard
    priced: int  # shipments that had awaited a rate


def create(*, name: str, prices: Grid, by: Actor, at: datetime) -> RateCard:
    """A card that is not active yet. Raises NameTaken."""
    defaults.goods_types()
    with transaction.atomic():
        card = RateCard(name=name, created_at=at, created_by=by.member_id)
        _insert(card)
        _write(card, prices)
        audit.record(
            action="cargo.card_create",
            subject=card.subject,
            title=name,
            by=by,
            at=at,
            after=prices_in_words(prices),
        )
    return card


def copy(*, card: RateCard, name: str, by: Actor, at: datetime) -> RateCard:
    """A new card with the same prices."""
    return create(name=name, prices=grid_of(card), by=by, at=at)


def change(*, card: RateCard, name: str, prices: Grid, by: Actor, at: datetime) -> RateCard:
    """New prices. Once a version was active the change makes the next version; shipments keep
    theirs. Raises NameTaken.
    """
    with transaction.atomic():
        locks.one_activation()
        card = RateCard.objects.select_for_update().get(pk=card.pk)
        before = grid_of(card)
        if _same(before, prices) and name == card.name:
            return card
        if not _same(before, prices):
            _next_version(card, by, at)
            card.rates.filter(version=card.version).delete()
            _write(card, prices)
        was = card.name
        card.name = name
        _rename(card)
        audit.record(
            action="cargo.card_change",
            subject=card.subject,
            title=name,
            by=by,
            at=at,
            before=prices_in_words(before) | {"name": was},
            after=prices_in_words(prices) | {"name": name, "version": card.version},
        )
    return card


def preview(card: RateCard) -> list[MonthChange]:
    """What activating would price, month by month; locked months stay out."""
    return repricing.preview(repricing.awaiting(card.pk, card.version))


def mark_of(card: RateCard, changes: list[MonthChange]) -> str:
    """The mark of what a page shows of a card: its prices, and what they change."""
    return shown_figures.mark(*_facts(card, changes))


def _facts(card: RateCard, changes: list[MonthChange]) -> tuple[object, ...]:
    return card.version, sorted(prices_in_words(grid_of(card)).items()), changes


def activate(
    *, card: RateCard, past_months: bool, by: Actor, at: datetime, shown: str = ""
) -> Activated:
    """Make it the one card that prices new shipments, and price those that await a rate.

    Without `past_months` only shipments of the running month are priced. `shown` is the mark of
    what the person saw. Raises NothingToActivate, ChangedMeanwhile.
    """
    with transaction.atomic():
        locks.open_months()
        locks.one_activation()
        card = RateCard.objects.select_for_update().get(pk=card.pk)
        if card.is_active or all(rates.is_blank for rates in grid_of(card).values()):
            raise NothingToActivate
        if shown:
            shown_figures.check(shown, *_facts(card, preview(card)))
        RateCard.objects.filter(is_active=True).update(is_active=False)
        card.is_active = True
        card.save(update_fields=["is_active"])
        _open(card, by, at)
        since = (
            None
            if past_months or by.reseller is None
            else at.astimezone(by.reseller.zone).date().replace(day=1)
        )
        chosen = repricing.awaiting(card.pk, card.version, since=since)
        changes = repricing.preview(chosen)
        priced = repricing.apply(chosen)
        audit.record(
            action="cargo.card_activate",
            subject=card.subject,
            title=card.name,
            by=by,
            at=at,
            after={
                "version": card.version,
                "priced": priced,
                "months": sums(changes),
            },
        )
    return Activated(card, priced)


def sums(changes: list[MonthChange]) -> list[dict[str, str | int]]:
    """Changes as the audit trail keeps them."""
    return [
        {
            "month": f"{c.month:%Y-%m}",
            "count": c.count,
            "cost": f"{c.cost_before} → {c.cost_after}",
            "commission": f"{c.commission_before} → {c.commission_after}",
        }
        for c in changes
    ]


def prices_in_words(prices: Grid) -> dict[str, str]:
    """A grid for the audit trail: "GENERAL truck" → "900 / 60"."""
    return {
        f"{kind} {way}": f"{_plain(r.per_cbm)} / {_plain(r.per_kg)}"
        for (kind, way), r in sorted(prices.items())
    }


def _plain(value: Decimal | None) -> str:
    return "–" if value is None else f"{value.normalize():f}"


def _insert(card: RateCard) -> None:
    try:
        with transaction.atomic():
            card.save(force_insert=True)
    except IntegrityError as taken:
        raise NameTaken from taken


def _rename(card: RateCard) -> None:
    try:
        with transaction.atomic():
            card.save(update_fields=["name", "version"])
    except IntegrityError as taken:
        raise NameTaken from taken


def _write(card: RateCard, prices: Grid) -> None:
    Rate.objects.bulk_create(
        Rate(
            card=card,
            version=card.version,
            goods_type_id=kind,
            transport=way,
            per_cbm=rates.per_cbm,
            per_kg=rates.per_kg,
        )
        for (kind, way), rates in prices.items()
    )


def _next_version(card: RateCard, by: Actor, at: datetime) -> None:
    """A version that was never active is simply overwritten."""
    if not card.activations.filter(version=card.version).exists():
        return
    card.version += 1
    if card.is_active:
        _open(card, by, at)


def _open(card: RateCard, by: Actor, at: datetime) -> None:
    Activation.objects.filter(active_until=None).update(active_until=at)
    Activation.objects.create(
        card=card,
        version=card.version,
        active_from=at,
        activated_by=by.member_id,
        activated_by_name=by.name,
    )


def _same(
    one: Grid,
    other: Grid,
) -> bool:
    empty = Rates(None, None)
    return all(one.get(key, empty) == other.get(key, empty) for key in one.keys() | other.keys())
