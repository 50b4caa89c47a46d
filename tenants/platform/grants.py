"""Rights of the shared roles on public tables, as data; a catalog test compares them with the
database.
"""

from __future__ import annotations

from importlib import import_module

ALL = "SELECT, INSERT, UPDATE, DELETE"
READ = "SELECT"
ADD = "SELECT, INSERT"
EDIT = "SELECT, INSERT, UPDATE"

GRANTS: dict[str, dict[str, str]] = {
    "gate": {
        "django_session": ALL,
        "kit_cache": ALL,
        "account_emailaddress": ALL,
        "account_emailconfirmation": ALL,
        "mfa_authenticator": ALL,
        "accounts_apitoken": ALL,
        "accounts_opensession": ALL,
        "accounts_user": EDIT,
        "accounts_membership": ADD,
        "accounts_invitation": "SELECT, UPDATE, DELETE",
        "accounts_driveraccess": READ,
        "accounts_device": ALL,
        "accounts_enrolcode": "SELECT, UPDATE, DELETE",
        "platform_reseller": READ,
        "platform_domain": READ,
        "platform_papercode": READ,
        "kit_idempotencykey": ALL,
        "kit_outboxevent": EDIT,
    },
    "platform": {
        "accounts_user": EDIT,
        "accounts_membership": EDIT,
        "accounts_invitation": READ,
        "accounts_apitoken": "SELECT, DELETE",
        "platform_reseller": EDIT,
        "platform_domain": ALL,
        "platform_domainclaim": ALL,
        "platform_schemaslot": "SELECT, UPDATE",
        "django_migrations": READ,
        "platform_ladder": EDIT,
        "platform_feeline": READ,
        "platform_platformfirm": EDIT,
        "platform_platformsealkey": ADD,
        "django_admin_log": ADD,
        "django_content_type": READ,
        "kit_outboxevent": EDIT,
        "account_emailaddress": READ,
        "accounts_driveraccess": EDIT,
        "accounts_device": "SELECT, UPDATE",
        "accounts_enrolcode": EDIT,
    },
    "relay": {
        "kit_outboxevent": "SELECT, UPDATE, DELETE",
        "platform_reseller": READ,
        "kit_idempotencykey": "SELECT, DELETE",
    },
    "tenant": {
        "platform_ladder": READ,
        "platform_platformfirm": READ,
        "platform_feeline": ADD,
        "platform_papercode": ADD,  # own ones, by row security
        "kit_outboxevent": EDIT,
        "accounts_invitation": EDIT,  # own ones, by row security
    },
    "carriers": {"kit_outboxevent": EDIT},
}
ELSEWHERE = ("tenants.exchange.grants", "tenants.drivers.grants")


def by_role() -> dict[str, dict[str, str]]:
    """Every grant of every app: role → table → privileges."""
    merged = {role: dict(tables) for role, tables in GRANTS.items()}
    for module in ELSEWHERE:
        for role, tables in import_module(module).GRANTS.items():
            merged.setdefault(role, {}).update(tables)
    return merged


def statements() -> str:
    """Take everything away, then give what the table says: rerunning changes nothing."""
    lines = []
    for role, tables in by_role().items():
        lines.append(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};")
        lines.append(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};")
        lines += [
            f"GRANT {rights} ON public.{table} TO {role};" for table, rights in tables.items()
        ]
    return "\n".join(lines)
