"""Spare schemas and claims."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import (
    IntegrityError,
    connection,
    connections,
    transaction,
)
from django.test.utils import CaptureQueriesContext

from tenants.context import PLATFORM, inside
from tenants.panel import resellers
from tenants.platform import ddl, provisioning
from tenants.platform.models import Reseller, SchemaSlot
from tests.platform.catalog import ask, contents, rights

NOW = datetime(2026, 3, 13, 9, 0, tzinfo=UTC)


def new_reseller(slug: str) -> Reseller:
    reseller = Reseller(
        id=uuid4(),
        slug=slug,
        name=slug,
        country="KG",
        currency="KGS",
        language="ru",
        time_zone="Asia/Bishkek",
        schema_name=f"new-{slug}",
    )
    reseller.save(force_insert=True)
    return reseller


def make(slug: str) -> str:
    try:
        creation = resellers.create(
            slug=slug,
            name=slug,
            email=f"head@{slug}.test",
            country="KG",
            cargo=False,
            at=NOW,
        )
    except provisioning.NoSpare:
        return ""
    finally:
        connections.close_all()
    return str(creation.reseller.schema_name)


def test_a_claim_is_one_update(committed: None) -> None:
    provisioning.refill(spares=1, at=NOW)
    with inside(PLATFORM):
        reseller = new_reseller("one")
        with CaptureQueriesContext(connection) as seen:
            schema = provisioning.claim(reseller_id=reseller.pk, at=NOW)
        slot = SchemaSlot.objects.get(name=schema)
    assert [query["sql"].split()[0] for query in seen.captured_queries] == ["UPDATE"]
    assert (slot.state, slot.reseller_id, slot.claimed_at) == (
        "claimed",
        reseller.pk,
        NOW,
    )


def test_without_a_spare_nothing_is_made(committed: None) -> None:
    with inside(PLATFORM):
        SchemaSlot.objects.filter(state="spare").update(applied=[])  # none at head
        before = Reseller.objects.count()
    with pytest.raises(provisioning.NoSpare):
        resellers.create(
            slug="late",
            name="Late",
            email="head@late.test",
            country="KG",
            cargo=False,
            at=NOW,
        )
    with inside(PLATFORM):
        assert Reseller.objects.count() == before


def test_a_spare_behind_head_is_not_given_away(committed: None) -> None:
    provisioning.refill(spares=1, at=NOW)
    with inside(PLATFORM):
        SchemaSlot.objects.filter(state="spare").update(applied=ddl.head()[:-1])
        reseller = new_reseller("behind")
        with pytest.raises(provisioning.NoSpare):
            provisioning.claim(reseller_id=reseller.pk, at=NOW)


@pytest.mark.slow
def test_two_at_once_never_get_the_same_schema(committed: None) -> None:
    """Six ask at once for four spares: four get one each, two are told that none is left."""
    provisioning.refill(spares=4, at=NOW)
    with inside(PLATFORM):
        spares = set(SchemaSlot.objects.filter(state="spare").values_list("name", flat=True))
    with ThreadPoolExecutor(6) as pool:
        schemas = list(pool.map(make, [f"race-{n}" for n in range(6)]))
    taken = [schema for schema in schemas if schema]
    assert len(spares) == 4
    assert set(taken) == spares and len(taken) == 4
    assert schemas.count("") == 2


def test_one_reseller_cannot_hold_two_schemas(committed: None) -> None:
    provisioning.refill(spares=2, at=NOW)
    with inside(PLATFORM):
        reseller = new_reseller("greedy")
        provisioning.claim(reseller_id=reseller.pk, at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            provisioning.claim(reseller_id=reseller.pk, at=NOW)


def test_names_are_opaque(committed: None) -> None:
    import re

    provisioning.refill(spares=2, at=NOW)
    with inside(PLATFORM):
        names = set(
            SchemaSlot.objects.exclude(name=provisioning.TEMPLATE).values_list("name", flat=True)
        )
    assert names and all(re.fullmatch(r"t_[a-z0-9]{8}", name) for name in names)


def test_refill_builds_only_what_is_missing(committed: None) -> None:
    provisioning.refill(spares=2, at=NOW)
    assert provisioning.refill(spares=2, at=NOW) == 0
    assert provisioning.refill(spares=3, at=NOW) == 1


@pytest.mark.slow
def test_a_spare_equals_a_schema_brought_up_by_migrations(
    committed: None,
) -> None:
    spare = provisioning.build_spare(at=NOW)
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE SCHEMA t_migrated")
    call_command(
        "migrate_schemas",
        schema_name="t_migrated",
        verbosity=0,
        interactive=False,
    )
    connections["owner"].set_schema_to_public()
    built = contents(spare)
    migrated = contents("t_migrated")
    for kind in ("columns", "indexes", "constraints"):
        assert built[kind] == migrated[kind], kind
    assert len(built["columns"]) > 100


def test_append_only_tables_have_no_update_and_no_delete(
    committed: None,
) -> None:
    spare = provisioning.build_spare(at=NOW)
    granted = rights(spare)
    sealed = set(ddl.append_only_tables())
    assert sealed, "the ledger and the audit trail are append only"
    for table, privileges in granted.items():
        assert privileges == (
            "INSERT, SELECT" if table in sealed else "DELETE, INSERT, SELECT, UPDATE"
        ), table
    (count,) = ask("SELECT count(*) FROM pg_tables WHERE schemaname = %s", [spare])[0]
    assert len(granted) == count


def test_every_schema_has_the_rights_of_a_fresh_one(
    committed: None,
) -> None:
    expected = rights(provisioning.build_spare(at=NOW))
    with inside(PLATFORM):
        names = list(SchemaSlot.objects.values_list("name", flat=True))
    for name in names:
        assert rights(name) == expected, name


def test_the_role_of_a_schema_owns_nothing_and_makes_nothing(
    committed: None,
) -> None:
    spare = provisioning.build_spare(at=NOW)
    (flags,) = ask(
        "SELECT rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, "
        "has_schema_privilege(rolname, rolname, 'CREATE'), has_schema_privilege(rolname, 'public', 'CREATE'), "
        "EXISTS (SELECT FROM pg_class WHERE relowner = r.oid) FROM pg_roles r WHERE rolname = %s",
        [spare],
    )
    assert flags == (False,) * 8
