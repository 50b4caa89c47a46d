"""`/healthz`: the process answers. `/readyz`: database, cache and every schema at head."""

from __future__ import annotations

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from tenants.context import PLATFORM, inside
from tenants.kit.web import public
from tenants.platform import ddl
from tenants.platform.models import SchemaSlot


@public("a load balancer asks")
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"ok": True})


@public("a load balancer asks")
def readyz(request: HttpRequest) -> JsonResponse:
    report = {
        "database": False,
        "cache": False,
        "schemas": False,
    }
    try:
        with inside(PLATFORM):
            connection.ensure_connection()
            report["database"] = True
            report["schemas"] = not SchemaSlot.objects.exclude(
                applied__contains=ddl.head()
            ).exists()
    except DatabaseError:
        pass
    report["cache"] = _cache_answers()
    return JsonResponse(report, status=200 if all(report.values()) else 503)


def _cache_answers() -> bool:
    try:
        return bool(
            redis.Redis.from_url(
                settings.REDIS_URL,
                socket_connect_timeout=0.5,
                socket_timeout=0.5,
            ).ping()
        )
    except redis.RedisError:
        return False
