"""How long things are kept that nobody needs for ever: one table, one job (FAULTS G12).

Each app says what of its own goes when (`keeps`). The job takes rows away in small batches, each a
transaction of its own: it can be killed and goes on with its next run. What is not in the table is
kept for ever; `tests/guards/test_retention.py` asks every model for its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import QuerySet

from tenants.context import GATE, Scope, inside
from tenants.platform.models import Reseller
from tenants.platform.resellers import scope_of

BATCH = 1000
MOST_BATCHES = 100  # of a rule in one run: the next run goes on
Rows = Callable[[datetime], "QuerySet[Any, Any]"]
Count = Callable[[datetime], int]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Rule:
    """What goes once it is older than `kept`, and why not sooner. Without a scope it is of every
    reseller. Both functions get the moment before which things go.
    """

    name: str
    kept: timedelta
    why: str
    scope: Scope | None
    count: Count
    take_away: Count

    def scopes(self) -> Iterator[Scope]:
        if self.scope:
            yield self.scope
            return
        with inside(GATE):
            ids = list(Reseller.objects.order_by("pk").values_list("pk", flat=True))
        yield from map(scope_of, ids)


_rules: dict[str, Rule] = {}


def keeps(*rules: Rule) -> None:
    """Apps name their rules when they start."""
    for rule in rules:
        _rules[rule.name] = rule


def rules() -> list[Rule]:
    return [rule for _name, rule in sorted(_rules.items())]


def of_rows(
    name: str,
    kept: timedelta,
    why: str,
    scope: Scope | None,
    rows: Rows,
    *,
    unread: bool = False,
) -> Rule:
    """A rule by which rows are deleted; `unread` ones by their keys alone, where nothing hangs on
    them and the role may not read what they hold.
    """

    def count(before: datetime) -> int:
        return rows(before).count()

    def take_away(before: datetime) -> int:
        gone = 0
        for _batch in range(MOST_BATCHES):
            with transaction.atomic():
                keys = list(rows(before).values_list("pk", flat=True)[:BATCH])
                old = rows(before).model._default_manager.filter(pk__in=keys)
                if unread:
                    old._raw_delete(old.db)
                else:
                    old.delete()
            gone += len(keys)
            if len(keys) < BATCH:
                break
        return gone

    return Rule(name, kept, why, scope, count, take_away)


def waiting_to_go(rule: Rule, *, at: datetime) -> int:
    """How many things the rule would take away now."""
    total = 0
    for scope in rule.scopes():
        with inside(scope):
            total += rule.count(at - rule.kept)
    return total


def take_away(*, at: datetime) -> dict[str, int]:
    """Apply every rule. Returns how much went by each; one that fails does not stop the others."""
    gone = {}
    for rule in rules():
        try:
            gone[rule.name] = _applied(rule, at)
        except Exception:
            log.exception("retention.failed", rule=rule.name)
    log.info("retention", **gone)
    return gone


def _applied(rule: Rule, at: datetime) -> int:
    gone = 0
    for scope in rule.scopes():
        with inside(scope):
            gone += rule.take_away(at - rule.kept)
    return gone
