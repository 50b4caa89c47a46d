"""SQL that a database superuser runs once: logins, roles, and what PUBLIC must not have
(SECURITY.md §4.1).

`app` may become any of the shared roles and each reseller's role but inherits nothing: forgetting
to switch is "permission denied". `owner` owns every schema and is never used by web or worker.
"""

from __future__ import annotations

LOGINS = ("app", "owner")
SHARED_ROLES = (
    "gate",
    "platform",
    "carriers",
    "ingest",
    "relay",
    "tenant",
)

ROLES = """
DO $$
DECLARE r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['gate','platform','carriers','ingest','relay','tenant'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN EXECUTE format('CREATE ROLE %I NOLOGIN', r); END IF;
  END LOOP;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN CREATE ROLE app LOGIN NOINHERIT; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'owner') THEN CREATE ROLE owner LOGIN CREATEROLE; END IF;
END $$;
GRANT gate, platform, carriers, ingest, relay TO app WITH INHERIT FALSE, SET TRUE;
GRANT tenant TO owner WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;
ALTER ROLE app SET TimeZone = 'UTC';
ALTER ROLE owner SET TimeZone = 'UTC';
"""

DOOR = """
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO app, owner;
GRANT CREATE ON DATABASE {database} TO owner;
"""

CONTENTS = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER SCHEMA public OWNER TO owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO gate, platform, carriers, ingest, relay, tenant;
REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) TO app, owner;
REVOKE USAGE ON LANGUAGE plpgsql, sql FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql, sql TO owner;
REVOKE EXECUTE ON FUNCTION pg_catalog.lo_create(oid), pg_catalog.lo_creat(integer),
  pg_catalog.lo_from_bytea(oid, bytea) FROM PUBLIC;
"""


def statements(database: str) -> list[str]:
    """The three scripts for one database, to be run by a superuser connected to it."""
    return [ROLES.strip(), door(database), CONTENTS.strip()]


def door(database: str) -> str:
    """Who may connect: rights on the database itself, which a copy made from a template does not
    inherit.
    """
    quoted = '"' + database.replace('"', '""') + '"'
    return DOOR.strip().replace("{database}", quoted)
