"""Two people enter the same driver at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from fleet import drivers
from tenants.context import inside
from tenants.drivers import pool
from tenants.drivers.models import DriverPrivate
from tenants.drivers.pool import AlreadyRegistered
from tenants.kit import clock
from tests.fleet.conftest import new_phone, values
from tests.world import load


def after_all_have_looked(check: Callable[[str], None]) -> Callable[[str], None]:
    """The check, after which each of eight waits until the others have passed it too."""
    all_have_looked = Barrier(8)

    def look(phone: str) -> None:
        check(phone)
        all_have_looked.wait(timeout=30)

    return look


@pytest.mark.slow
@pytest.mark.parametrize("locked", [False, True])
def test_of_eight_entries_of_one_phone_one_stands(
    committed: None, monkeypatch: pytest.MonkeyPatch, locked: bool
) -> None:
    """Without the lock several stand; the database has no rule for it, which would tell strangers
    of the phone.
    """
    alpha = load("alpha")
    phone = new_phone()
    with inside(alpha.scope):
        pool.own_fleet(at=clock.now())
    if not locked:
        monkeypatch.setattr(drivers, "hold_fleet", lambda at: nullcontext())
        monkeypatch.setattr(pool, "_refuse_known", after_all_have_looked(pool._refuse_known))
    fields: dict[str, Any] = values(phone=phone) | {"adr": False}

    def enter(_number: int) -> str:
        try:
            with inside(alpha.scope):
                drivers.add(
                    values=fields,
                    by=alpha.actor("dispatcher"),
                    at=clock.now(),
                )
            return "added"
        except AlreadyRegistered:
            return "known"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        answers = sorted(threads.map(enter, range(8)))
    with inside(alpha.scope):
        standing = DriverPrivate.objects.filter(phone=phone).count()
    assert (standing == 1) is locked and answers.count("added") == standing
