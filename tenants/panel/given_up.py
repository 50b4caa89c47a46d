"""What was given up in the whole installation: events whose tries have ended, and what apps above
know of (papers that failed). Each can be tried again; the trail says who did it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.admin.models import CHANGE, LogEntry
from django.utils import timezone

from tenants.actor import Actor
from tenants.context import PLATFORM, RELAY, Scope, inside
from tenants.kit import outbox
from tenants.office import audit
from tenants.platform.models import Reseller

EVENT = "event"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that was given up, as its app tells it; `id` is the app's own."""

    id: UUID
    topic: str
    since: datetime
    error: str


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The same with its place. `key` names it on the page: source, schema and id."""

    key: str
    reseller: str
    thing: Thing


@dataclass(frozen=True, slots=True)
class Source:
    """What an app above knows of. All is called in a reseller's own scope; `again` is False when
    there is nothing to do any more.
    """

    name: str
    count: Callable[[], int]
    find: Callable[[], list[Thing]]
    again: Callable[[UUID, Actor, datetime], bool]


_sources: dict[str, Source] = {}


def add_source(source: Source) -> None:
    """Once a name, however often an app is made ready."""
    _sources[source.name] = source


def count() -> int:
    with inside(RELAY):
        total = outbox.dead().count()
    for scope in _resellers():
        with inside(scope):
            total += sum(source.count() for source in _sources.values())
    return total


def everything() -> list[GivenUp]:
    """The oldest first."""
    names = _resellers()
    rows = _events({scope.reseller_id: name for scope, name in names.items()})
    for scope, name in names.items():
        with inside(scope):
            rows += [
                GivenUp(f"{source.name}:{scope.schema}:{thing.id}", name, thing)
                for source in _sources.values()
                for thing in source.find()
            ]
    return sorted(rows, key=lambda row: (row.thing.since, row.key))


def again(keys: Collection[str], *, by: Actor, at: datetime) -> int:
    """Try these again. Returns how many; what is no longer given up is passed over."""
    scopes = {scope.schema: scope for scope in _resellers()}
    done = 0
    for row in everything():
        if row.key not in keys:
            continue
        source, schema, _id = row.key.split(":")
        if source == EVENT:
            done += _try_event(row, scopes.get(schema), by=by, at=at)
        else:
            with inside(scopes[schema]):
                done += _sources[source].again(row.thing.id, by, at)
    return done


def _resellers() -> dict[Scope, str]:
    with inside(PLATFORM):
        resellers = list(Reseller.objects.order_by("name"))
    return {_scope(reseller): reseller.name for reseller in resellers}


def _scope(reseller: Reseller) -> Scope:
    schema = reseller.schema_name
    return Scope(
        role=schema,
        schema=schema,
        reseller_id=reseller.pk,
    )


def _events(names: dict[UUID | None, str]) -> list[GivenUp]:
    with inside(RELAY):
        rows = outbox.dead().values_list(
            "id", "role", "reseller_id", "topic", "created_at", "error", named=True
        )
        return [
            GivenUp(
                key=f"{EVENT}:{row.role}:{row.id}",
                reseller=names.get(row.reseller_id, "") if row.reseller_id else "",
                thing=Thing(row.id, row.topic, row.created_at, row.error),
            )
            for row in rows
        ]


def _try_event(row: GivenUp, scope: Scope | None, *, by: Actor, at: datetime) -> int:
    """The panel's own trail has the row; a reseller's trail has it, too, when it is theirs."""
    tried = outbox.again(row.thing.topic, at=timezone.now(), event_id=row.thing.id)
    if not tried:
        return 0
    with inside(PLATFORM):
        LogEntry.objects.create(
            user_id=by.user_id,
            object_id=str(row.thing.id),
            object_repr=row.thing.topic,
            action_flag=CHANGE,
            change_message="tried again",
        )
    if scope:
        with inside(scope):
            audit.record(
                action="outbox.again",
                subject=f"event:{row.thing.id}",
                title=row.thing.topic,
                by=by,
                at=at,
            )
    return tried
