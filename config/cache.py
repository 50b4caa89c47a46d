"""A cache that outlives its server: Redis first, a table of PostgreSQL while Redis is away.

Limits on login, PIN and reset must go on counting, and a cache error is never an error of the page.
"""

from __future__ import annotations

import base64
import pickle
import time
from collections.abc import Callable
from typing import cast

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from django.db import connection, transaction
from redis.exceptions import RedisError

from tenants.context import GATE, inside

RETRY_AFTER_SECONDS = 5.0
PATIENCE = 1.0  # seconds for an answer of Redis
MOST_ROWS = 100_000  # more and the counters of limits could be pushed out


class TableCache(DatabaseCache):
    """Django's own, but it counts under the row's lock, and counting does not move the end of the
    window.
    """

    _table: str

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        name = self.make_and_validate_key(key, version=version)
        table = connection.ops.quote_name(self._table)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT value FROM {table} WHERE cache_key = %s AND expires > now() FOR UPDATE",  # noqa: S608
                [name],
            )
            row = cursor.fetchone()
            if row is None:
                raise ValueError(f"no counter {key}")
            counted = int(pickle.loads(base64.b64decode(row[0]))) + delta  # noqa: S301
            packed = base64.b64encode(pickle.dumps(counted, self.pickle_protocol)).decode("ascii")
            cursor.execute(
                f"UPDATE {table} SET value = %s WHERE cache_key = %s",  # noqa: S608
                [packed, name],
            )
        return counted


class SurvivingCache(BaseCache):
    def __init__(self, server: str, params: dict[str, object]) -> None:
        super().__init__(params)
        options = cast("dict[str, object]", params.pop("OPTIONS", {}))
        table = str(options.get("table", "kit_cache"))
        patience = options.get("patience", PATIENCE)
        timeouts = {"socket_connect_timeout": patience, "socket_timeout": patience}
        self._redis = RedisCache(server, {**params, "OPTIONS": timeouts})
        self._table = TableCache(table, {**params, "OPTIONS": {"MAX_ENTRIES": MOST_ROWS}})
        self._away_until = 0.0

    def _ask(self, method: str, *args: object, **kwargs: object) -> object:
        if time.monotonic() >= self._away_until:
            try:
                return getattr(self._redis, method)(*args, **kwargs)
            except (RedisError, OSError):
                self._away_until = time.monotonic() + RETRY_AFTER_SECONDS
        with inside(GATE):
            return getattr(self._table, method)(*args, **kwargs)


def _through(method: str) -> Callable[..., object]:
    def call(self: SurvivingCache, *args: object, **kwargs: object) -> object:
        return self._ask(method, *args, **kwargs)

    return call


for _method in (
    "add",
    "get",
    "set",
    "touch",
    "delete",
    "incr",
    "has_key",
    "clear",
    "get_many",
    "set_many",
    "delete_many",
):
    setattr(SurvivingCache, _method, _through(_method))
