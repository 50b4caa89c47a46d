"""The sums of pricing.py as SQL expressions, for whole sets of rows at once.

Each function takes SQL expressions of the program's own (column names, never input) and gives one
back. PostgreSQL's `round(numeric, 2)` rounds half away from zero, as tenants.kit.money does.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the values stand; all numeric but `mode`, all nullable but weight, volume, price and
    mode.
    """

    weight: str
    volume: str
    price: str
    mode: str
    manual: str
    per_cbm: str
    per_kg: str


def cost(c: Columns) -> str:
    return (
        f"CASE WHEN {c.mode} = 'MANUAL' THEN round({c.manual}, 2)"
        f" WHEN {c.per_cbm} IS NULL AND {c.per_kg} IS NULL THEN NULL"
        f" ELSE round(greatest({_by_cbm(c)}, {_by_kg(c)}), 2) END"
    )


def rule(c: Columns, cost: str) -> str:
    return (
        f"CASE WHEN {c.mode} = 'MANUAL' OR {cost} IS NULL OR {cost} = 0 THEN NULL"
        f" WHEN {_by_cbm(c)} >= {_by_kg(c)} THEN 'CBM' ELSE 'KG' END"
    )


def commission(price: str, cost: str) -> str:
    return (
        f"CASE WHEN {cost} IS NULL OR {cost} = 0 THEN NULL"
        f" WHEN {price} = {cost} THEN round({price} / 100, 2) ELSE {price} - {cost} END"
    )


def method(
    price: str,
    cost: str,
) -> str:
    return f"CASE WHEN {cost} IS NULL OR {cost} = 0 THEN NULL WHEN {price} = {cost} THEN 'ONEPCT' ELSE 'DIFF' END"


def status(
    price: str,
    cost: str,
) -> str:
    return (
        f"CASE WHEN {cost} IS NULL OR {cost} = 0 THEN 'awaiting_rate'"
        f" WHEN {cost} > {price} THEN 'loss' ELSE 'normal' END"
    )


def _by_cbm(c: Columns) -> str:
    return f"{c.volume} * coalesce({c.per_cbm}, 0)"


def _by_kg(c: Columns) -> str:
    return f"{c.weight} * coalesce({c.per_kg}, 0)"
