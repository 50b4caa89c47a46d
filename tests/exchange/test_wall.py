"""Row security of bargaining and jobs: raw SQL under another role finds nothing, writes nothing;
shown with it off.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import (
    DatabaseError,
    connection,
    connections,
    transaction,
)

from tenants.context import (
    CARRIERS,
    GATE,
    INGEST,
    PLATFORM,
    Scope,
    inside,
)
from tenants.drivers import pool, positions
from tenants.drivers.positions import Fix
from tenants.exchange import acts, jobs
from tenants.exchange.acts import Side
from tests.exchange.helpers import NOW, fleet, partner, publish, thread
from tests.world import Cast

TABLES = (
    "exchange_offer",
    "exchange_round",
    "exchange_award",
    "exchange_job",
)
VIEWS = ("drivers_seenposition", "drivers_seenlastposition")


def raw(scope: Scope, sql: str, *values: Any) -> Any:
    """Statement and result as an injection would have them; None when it is denied."""
    try:
        with (
            inside(scope),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, list(values))
            return cursor.fetchall() if cursor.description else cursor.rowcount
    except (DatabaseError, psycopg.Error):
        return None


def count(scope: Scope, table: str) -> int | None:
    rows = raw(scope, f"SELECT count(*) FROM public.{table}")
    return rows[0][0] if rows else None


@pytest.fixture
def alphas(alpha: Cast) -> dict[str, Any]:
    """Everything of Alpha's: a partner's awarded offer, a job with contacts, a track. Beta has no
    part in it.
    """
    listing = publish(alpha)
    friend = partner(alpha)
    with inside(alpha.scope):
        offer = acts.send_offer(
            listing_id=listing,
            carrier_id=friend.pk,
            price=Decimal(5),
            at=NOW,
        )
        award = acts.accept(offer_id=offer, side=Side.OWNER, at=NOW)
        driver = pool.register_driver(name="Азамат", phone="+996555123456", on=NOW.date(), at=NOW)
        job = jobs.open_job(
            trip_id=uuid4(),
            order_ref="ORD-1",
            owner_name="Alpha",
            carrier_id=friend.pk,
            rate=Decimal(5),
            currency="KGS",
            stops=[{"address": "ул. Тайная, 1"}],
            cargo=[],
            at=NOW,
            award_id=award.id,
        )
    positions.record(
        job=job,
        driver_id=driver.pk,
        points=[Fix(NOW, 42.0, 74.0)],
        at=NOW,
    )
    return {
        "offer": offer,
        "award": award.id,
        "job": job,
        "carrier": friend.pk,
        "driver": driver.pk,
    }


@pytest.mark.parametrize("table", TABLES + VIEWS)
def test_another_reseller_reads_nothing(
    alphas: dict[str, Any], alpha: Cast, beta: Cast, table: str
) -> None:
    assert count(alpha.scope, table) == 1
    assert count(beta.scope, table) == 0
    assert not count(CARRIERS, table)
    for scope in (GATE, PLATFORM, INGEST):
        assert count(scope, table) is None


@pytest.mark.parametrize("table", TABLES)
def test_another_reseller_writes_nothing(alphas: dict[str, Any], beta: Cast, table: str) -> None:
    for scope in (beta.scope, CARRIERS):
        assert not raw(scope, f"DELETE FROM public.{table}")
        assert not raw(scope, f"UPDATE public.{table} SET id = id")


def test_nobody_writes_bargaining_directly(alphas: dict[str, Any], alpha: Cast, beta: Cast) -> None:
    """Not even the sides: only the functions do."""
    for statement in (
        "UPDATE public.exchange_offer SET price = 1",
        "UPDATE public.exchange_listing SET price = 1",
        "DELETE FROM public.exchange_round",
        "UPDATE public.exchange_award SET price = 1",
        "INSERT INTO public.exchange_listing DEFAULT VALUES",
        "DELETE FROM public.exchange_job",
        "SELECT public.exchange_tell('x', 'y', '{}', now())",
        "SELECT public.exchange_hold(gen_random_uuid(), 'owner', now())",
        "SELECT * FROM public.drivers_position",
        "SELECT * FROM public.drivers_lastposition",
        "INSERT INTO public.drivers_position SELECT 1",
    ):
        assert raw(alpha.scope, statement) is None, statement


def test_a_job_cannot_be_made_in_anothers_name(
    alphas: dict[str, Any], alpha: Cast, beta: Cast
) -> None:
    insert = (
        "INSERT INTO public.exchange_job (id, reseller_id, owner_role, owner_name, trip_id, order_ref, award_id,"
        " carrier_id, carrier_role, rate, currency, stage, stops, cargo, created_at, moved_at)"
        " VALUES (gen_random_uuid(), %s, %s, '', gen_random_uuid(), '', %s, %s, %s, 1, 'KGS', 'assigned', '[]', '[]',"
        " now(), now())"
    )
    ours = (
        beta.info.id,
        beta.info.schema,
        None,
        alphas["carrier"],
        alpha.info.schema,
    )
    assert (
        raw(
            beta.scope,
            insert,
            alpha.info.id,
            alpha.info.schema,
            *ours[2:],
        )
        is None
    )
    assert (
        raw(beta.scope, insert, *ours[:2], alphas["award"], *ours[3:]) is None
    )  # an award of Alpha's is no handle
    assert raw(beta.scope, insert, *ours) == 1


@contextmanager
def row_security_off(table: str) -> Iterator[None]:
    """In a database of the test's own: the same questions without the wall."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    yield
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")


@pytest.mark.slow
def test_without_row_security_it_would_leak(committed: None) -> None:
    from tests.world import load

    alpha = load("alpha")
    beta = load("beta")
    listing = publish(alpha)
    friend = partner(alpha)
    with inside(alpha.scope):
        acts.send_offer(
            listing_id=listing,
            carrier_id=friend.pk,
            price=Decimal(5),
            at=NOW,
        )
    assert count(beta.scope, "exchange_offer") == 0
    with row_security_off("exchange_offer"):
        assert count(beta.scope, "exchange_offer") == 1
        assert count(beta.scope, "exchange_round") == 1  # rounds follow their offer
    assert count(beta.scope, "exchange_offer") == 0


def test_both_sides_of_a_thread_see_it(alpha: Cast, beta: Cast) -> None:
    thread(alpha, beta)
    assert [count(cast.scope, table) for cast in (alpha, beta) for table in TABLES[:2]] == [
        1,
        1,
        1,
        1,
    ]


def test_listings_are_for_all_but_the_gate(alpha: Cast, beta: Cast) -> None:
    publish(alpha)
    assert [
        count(scope, "exchange_listing") for scope in (alpha.scope, beta.scope, CARRIERS, PLATFORM)
    ] == [1, 1, 1, 1]
    assert count(GATE, "exchange_listing") is None


def test_a_track_is_seen_by_both_sides_of_the_job_alone(alpha: Cast, beta: Cast) -> None:
    carrier = fleet(beta)
    with inside(beta.scope):
        driver = pool.register_driver(name="Сомчай", on=NOW.date(), at=NOW)
    with inside(alpha.scope):
        job = jobs.open_job(
            trip_id=uuid4(),
            order_ref="ORD-2",
            owner_name="Alpha",
            carrier_id=carrier.pk,
            driver_id=driver.pk,
            rate=Decimal(5),
            currency="KGS",
            stops=[],
            cargo=[],
            at=NOW,
        )
    positions.record(
        job=job,
        driver_id=driver.pk,
        points=[Fix(NOW + timedelta(minutes=n), 42.0, 74.0) for n in (0, 1)],
        at=NOW + timedelta(minutes=1),
    )
    for scope in (alpha.scope, beta.scope, CARRIERS):
        assert (count(scope, VIEWS[0]), count(scope, VIEWS[1])) == (
            2,
            1,
        )
        with inside(scope):
            assert positions.last_known([job])[job].at == NOW + timedelta(minutes=1)
            assert len(positions.track(job)) == 2


def test_every_function_has_a_fixed_path_and_no_public_right(
    db: None,
) -> None:
    with inside(PLATFORM), connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, p.prosecdef, coalesce(array_to_string(p.proconfig, ','), ''),"
            " has_function_privilege('gate', p.oid, 'EXECUTE')"
            " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_roles r ON r.oid = p.proowner"
            " WHERE n.nspname = 'public' AND r.rolname = 'owner'"
            " AND (p.proname ~ '^exchange_|_listing$|_offer$|_exchange$'"
            " OR p.proname IN ('tell_carrier', 'next_pool_ref', 'find_drivers', 'expire_due')) ORDER BY 1"
        )
        rows = cursor.fetchall()
    definers = {name for name, definer, _, _ in rows if definer}
    assert definers == {
        "publish_listing",
        "withdraw_listing",
        "expire_due",
        "leave_exchange",
        "send_offer",
        "counter_offer",
        "accept_offer",
        "reject_offer",
        "withdraw_offer",
        "tell_carrier",
        "next_pool_ref",
        "find_drivers",
    }
    assert [row for row in rows if row[2] != "search_path=public, pg_temp" or row[3]] == []
