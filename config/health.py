"""`/healthz`: the process answers. `/readyz`: this node can serve. `/metrics`: the same in figures.

A node is ready with its database and the public schema of its own code. What ails the installation
elsewhere (cache, storage, outbox, schemas behind, dead processes) is reported and makes no node
useless (FAULTS G4).
"""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import validate_host
from django.utils import timezone

from tenants.context import PLATFORM, RELAY, inside
from tenants.kit import heartbeats, outbox
from tenants.kit.models import OutboxEvent
from tenants.kit.web import public
from tenants.platform import ddl
from tenants.platform.domains import open_door
from tenants.platform.models import SchemaSlot

PATIENCE = 0.5  # seconds for an answer of Redis


@dataclass(frozen=True, slots=True)
class OutboxState:
    """Events that wait and that were given up; the age of the oldest due one in seconds."""

    waiting: int
    dead: int
    oldest_seconds: int


@dataclass(frozen=True, slots=True)
class Report:
    """`schemas_behind` and `outbox` are None without a database."""

    database: bool
    public_schema: bool
    cache: bool
    storage: bool
    storage_free_mb: int
    schemas_behind: int | None
    outbox: OutboxState | None
    heartbeats: dict[str, int | None]

    @property
    def is_ready(self) -> bool:
        return self.database and self.public_schema


@public("a load balancer asks")
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"ok": True})


@public("a load balancer asks")
def readyz(request: HttpRequest) -> JsonResponse:
    report = look()
    return JsonResponse(asdict(report), status=200 if report.is_ready else 503)


@public("the proxy asks before it gets a certificate; from outside the address does not exist")
def domain_check(request: HttpRequest) -> HttpResponse:
    """Whether a host is answered here, and nothing more. Who comes through a proxy is outside."""
    is_outside = "X-Forwarded-For" in request.headers
    host = request.GET.get("domain", "").lower()
    is_answered = validate_host(host, settings.ALLOWED_HOSTS) or open_door(host) is not None
    return HttpResponse(status=200 if is_answered and not is_outside else 404)


@public("counts alone, no name of anybody")
def metrics(request: HttpRequest) -> HttpResponse:
    """In the text format of Prometheus."""
    lines = [f"track_{name} {figure}" for name, figure in _figures(look())]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; version=0.0.4")


def look() -> Report:
    has_storage = settings.STORAGE_DIR.is_dir()
    free = shutil.disk_usage(settings.STORAGE_DIR).free if has_storage else 0
    has_database = _database_answers()
    return Report(
        database=has_database,
        public_schema=has_database and _is_public_at_head(),
        cache=_cache_answers(),
        storage=has_storage,
        storage_free_mb=free // 2**20,
        schemas_behind=_schemas_behind() if has_database else None,
        outbox=_outbox() if has_database else None,
        heartbeats=heartbeats.ages() if has_database else {},
    )


def _figures(report: Report) -> list[tuple[str, int]]:
    figures = [
        ("database_up", int(report.database)),
        ("public_schema_up", int(report.public_schema)),
        ("cache_up", int(report.cache)),
        ("storage_up", int(report.storage)),
        ("storage_free_megabytes", report.storage_free_mb),
    ]
    if report.schemas_behind is not None:
        figures.append(("schemas_behind", report.schemas_behind))
    if report.outbox:
        state = report.outbox
        figures += [
            ("outbox_waiting", state.waiting),
            ("outbox_dead", state.dead),
            ("outbox_oldest_seconds", state.oldest_seconds),
        ]
    for process, age in report.heartbeats.items():
        if age is not None:
            figures.append((f'heartbeat_age_seconds{{process="{process}"}}', age))
    return figures


def _database_answers() -> bool:
    try:
        with inside(PLATFORM):
            connection.ensure_connection()
            return connection.is_usable()
    except DatabaseError:
        return False


def _is_public_at_head() -> bool:
    """Whether every migration of the public schema that this code knows is applied."""
    try:
        with inside(PLATFORM):
            applied = set(MigrationRecorder.Migration.objects.values_list("app", "name"))
    except DatabaseError:
        return False
    return set(ddl.public_nodes()) <= applied


def _schemas_behind() -> int:
    """How many resellers' schemas lack a step of this code."""
    with inside(PLATFORM):
        return SchemaSlot.objects.exclude(applied__contains=ddl.head()).count()


def _outbox() -> OutboxState:
    now = timezone.now()
    is_dead = Q(attempts__gte=outbox.MAX_ATTEMPTS)
    with inside(RELAY):
        counts = OutboxEvent.objects.filter(done_at=None).aggregate(
            waiting=Count("id", filter=~is_dead),
            dead=Count("id", filter=is_dead),
            oldest=Min("not_before", filter=~is_dead),
        )
    oldest = counts["oldest"]
    age = max(0, int((now - oldest).total_seconds())) if oldest else 0
    return OutboxState(counts["waiting"], counts["dead"], age)


def _cache_answers() -> bool:
    client = redis.Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=PATIENCE,
        socket_timeout=PATIENCE,
    )
    try:
        with client:
            return bool(client.ping())
    except redis.RedisError:
        return False
