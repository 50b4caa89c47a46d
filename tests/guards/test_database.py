"""The database's own catalog against what the code believes."""

from __future__ import annotations

import os
import re
from typing import Any

import psycopg
import pytest

from tenants.platform import grants
from tenants.platform.bootstrap import SHARED_ROLES
from tests.guards.listed import compare

NOT_AN_EXTENSION_S = (
    "NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = {oid} AND d.deptype = 'e')"
)
OPEN_BY_DESIGN = {  # tables a reseller or carrier may touch without row security
    "exchange_listing": "published data only; all writes go through functions (DESIGN.md)",
}
VIEWS_OF_THE_OWNER = {
    "drivers_seenposition": "a security barrier with its own condition on current_user (DESIGN.md)",
    "drivers_seenlastposition": "a security barrier with its own condition on current_user (DESIGN.md)",
}


def ask(sql: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(os.environ["SUPERUSER_URL"]) as db:
        return db.execute(sql).fetchall()  # type: ignore[arg-type]


TABLE_RIGHTS = """
SELECT r.rolname, c.relname, a.privilege_type, NULL
FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND r.rolname <> 'owner'
UNION ALL
SELECT r.rolname, c.relname, a.privilege_type, t.attname FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid,
  aclexplode(t.attacl) a JOIN pg_roles r ON r.oid = a.grantee
WHERE c.relnamespace = 'public'::regnamespace AND r.rolname <> 'owner'
"""


def test_the_grants_table_is_what_the_database_has() -> None:
    written = {
        (role, table, right, column)
        for role, tables in grants.by_role().items()
        for table, rights in tables.items()
        for right, columns in re.findall(r"([A-Z]+)(?: \(([^)]*)\))?", rights)
        for column in (columns.split(", ") if columns else [None])
    }
    there = {row for row in ask(TABLE_RIGHTS) if row[0] != "postgres"}
    assert {row[0] for row in there} <= set(SHARED_ROLES)
    assert there - written == set(), "the database gives more"
    assert written - there == set(), "the database gives less"


def test_nothing_is_granted_to_everybody() -> None:
    open_tables = ask(
        "SELECT c.relname FROM pg_class c, aclexplode(c.relacl) a"
        " WHERE a.grantee = 0 AND c.relnamespace::regnamespace::text "
        f"NOT IN ('pg_catalog', 'information_schema') AND {NOT_AN_EXTENSION_S.format(oid='c.oid')}"
    )
    assert open_tables == []
    assert (
        ask(
            "SELECT 1 FROM pg_database d, aclexplode(d.datacl) a WHERE d.datname = current_database() AND a.grantee = 0"
        )
        == []
    )
    assert (
        ask(
            "SELECT n.nspname FROM pg_namespace n, aclexplode(n.nspacl) a"
            " WHERE a.grantee = 0 AND n.nspname !~ '^(pg_|information_)'"
        )
        == []
    )


def test_tables_open_to_resellers_have_row_security() -> None:
    touched = {table for role in ("tenant", "carriers") for table in grants.by_role()[role]}
    without = ask(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'p') AND NOT relrowsecurity"
    )
    compare(
        {name for (name,) in without} & touched,
        OPEN_BY_DESIGN,
        "no row security",
    )


def test_row_security_without_a_policy_hides_everything_from_everyone() -> None:
    bare = ask(
        "SELECT relname FROM pg_class c WHERE relrowsecurity"
        " AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)"
    )
    assert bare == []


def test_definer_functions_fix_their_search_path_and_are_open_to_nobody_by_default() -> None:
    ours = f"pronamespace = 'public'::regnamespace AND {NOT_AN_EXTENSION_S.format(oid='p.oid')}"
    loose = ask(
        f"SELECT proname FROM pg_proc p WHERE {ours} AND prosecdef"
        " AND NOT coalesce(proconfig::text, '') LIKE '%search_path=%'"
    )
    assert loose == []
    public = ask(
        f"SELECT proname FROM pg_proc p WHERE {ours} AND (proacl IS NULL"
        " OR EXISTS (SELECT FROM aclexplode(proacl) a WHERE a.grantee = 0))"
    )
    assert public == []


def test_no_function_stands_in_a_reseller_s_schema() -> None:
    assert (
        ask(r"SELECT proname FROM pg_proc WHERE pronamespace::regnamespace::text LIKE 't\_%'") == []
    )


def test_views_ask_with_the_caller_s_rights_or_are_barriers() -> None:
    views = ask(
        "SELECT relname, coalesce(reloptions::text, '') FROM pg_class c"
        " WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace "
        f"AND {NOT_AN_EXTENSION_S.format(oid='c.oid')}"
    )
    compare(
        {name for name, options in views if "security_invoker=true" not in options},
        VIEWS_OF_THE_OWNER,
        "views",
    )
    assert [
        name
        for name, options in views
        if name in VIEWS_OF_THE_OWNER and "security_barrier=true" not in options
    ] == []


def test_the_doors_of_injection_are_shut() -> None:
    assert (
        ask(
            "SELECT 1 FROM pg_proc p, aclexplode(p.proacl) a WHERE p.proname = 'set_config' AND a.grantee = 0"
        )
        == []
    )
    assert (
        ask(
            "SELECT lanname FROM pg_language l, aclexplode(l.lanacl) a"
            " WHERE lanname IN ('sql', 'plpgsql') AND a.grantee = 0"
        )
        == []
    )
    assert (
        ask(
            "SELECT extname FROM pg_extension WHERE extname NOT IN ('plpgsql', 'pg_trgm', 'btree_gist')"
        )
        == []
    )


@pytest.mark.parametrize(
    "flag",
    ["rolsuper", "rolbypassrls", "rolreplication", "rolcreatedb"],
)
def test_no_role_of_ours_stands_above_the_walls(flag: str) -> None:
    assert (
        ask(
            f"SELECT rolname FROM pg_roles WHERE {flag} AND"
            rf" (rolname = ANY('{{app,owner,{','.join(SHARED_ROLES)}}}') OR rolname LIKE 't\_%')"
        )
        == []
    )


def test_only_the_owner_makes_roles_and_things() -> None:
    makers = ask(
        r"SELECT rolname FROM pg_roles WHERE rolcreaterole AND rolname NOT LIKE 'pg\_%' AND NOT rolsuper"
    )
    assert makers == [("owner",)]
    owners = ask(
        "SELECT DISTINCT relowner::regrole::text FROM pg_class WHERE relnamespace::regnamespace::text ~ '^(public|t_)' "
        f"AND {NOT_AN_EXTENSION_S.format(oid='pg_class.oid')}"
    )
    assert owners == [("owner",)]


def test_the_app_s_login_inherits_nothing() -> None:
    assert ask("SELECT rolinherit, rolcanlogin FROM pg_roles WHERE rolname = 'app'") == [
        (False, True)
    ]
    assert (
        ask(
            "SELECT roleid::regrole FROM pg_auth_members"
            " WHERE member = 'app'::regrole AND (inherit_option OR admin_option)"
        )
        == []
    )


def test_no_foreign_key_crosses_schemas() -> None:
    crossing = ask(
        "SELECT c.conname FROM pg_constraint c"
        " JOIN pg_class a ON a.oid = c.conrelid JOIN pg_class b ON b.oid = c.confrelid "
        "WHERE c.contype = 'f' AND a.relnamespace <> b.relnamespace"
    )
    assert crossing == []


def test_no_text_column_has_a_second_index_for_patterns() -> None:
    """`unique=True` or `db_index=True` on text makes a twin in every schema: declare indexes in
    Meta (PERFORMANCE.md 1a).
    """
    twins = ask(
        r"SELECT DISTINCT tablename FROM pg_indexes WHERE schemaname ~ '^t_' AND indexname LIKE '%\_like'"
    )
    compare(
        {name for (name,) in twins},
        {
            "cargo_goodstype": "the code is the key, of a dozen rows",
            "cargo_rate": "points at that code",
        },
        "twin indexes",
    )
