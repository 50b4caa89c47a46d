"""Every write says who and when: `by` and `at`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.guards.listed import compare

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = (
    "tenants",
    "companies",
    "documents",
    "fleet",
    "orders",
    "commission",
    "finance",
)
NO_ACTS = frozenset(
    {
        "migrations",
        "management",
        "views",
        "forms",
        "queries",
        "models",
        "api",
        "render",
        "kinds",
    }
)
WRITES = frozenset(
    {
        "create",
        "bulk_create",
        "get_or_create",
        "update_or_create",
        "update",
        "bulk_update",
        "save",
        "delete",
    }
)
# A module or one function of it, and why its writes name nobody or no moment.
UNSIGNED = {
    # before anybody is signed in, or of the person's own login
    "tenants/accounts/driver_login.py": "the driver's own login; fleet/access.py leaves the rows",
    "tenants/accounts/invitations.py": "part of companies/invites.py, which leaves the rows",
    "tenants/accounts/new_links.py:end_password": "part of making a link, which leaves the row",
    "tenants/accounts/memberships.py:add_member": "part of inviting, which leaves the row",
    "tenants/accounts/passwords.py": "a login's own password",
    "finance/carrier_advances.py:clear": "part of a debt, whose entry says who",
    "tenants/accounts/proof.py": "the proof of a login's own address, part of a signature",
    "tenants/accounts/tokens.py": "a login's own token",
    "tenants/accounts/driver_devices.py:end": "the driver's own phone; fleet/access.py leaves the row",
    "tenants/accounts/open_sessions.py": "a login's own sessions and tokens",
    # the machinery, which acts for nobody
    "tenants/kit/outbox.py": "the outbox's own book",
    "tenants/kit/idempotency.py:claim": "the key of a call or a form",
    "tenants/platform/retention.py": "takes away what is done and old",
    "commission/cargo/imports/undo_later.py:give_up": "the worker's outcome of what a person asked for",
    "finance/bank/bulk.py:give_up": "the worker's outcome of what a person asked for",
    "finance/bank/bulk.py:work": "the payload names who asked; each line is booked in that name",
    "tenants/platform/migrating.py": "the owner's tables of schemas",
    "tenants/platform/grants.py": "collects a dict",
    "tenants/platform/paper_codes.py": "part of documents/issue.py, which leaves the row",
    "tenants/office/preparing.py:finish": "the worker's outcome of what a person asked for",
    "tenants/office/notifications.py:read_all": "read marks are the reader's own, not business",
    "tenants/office/notifications.py:set_mail": "the reader's own choice, not business",
    "tenants/drivers/pool.py:own_fleet": "the fleet's carrier, made when first needed",
    "tenants/drivers/positions.py:record": "the track itself: each point has its moment",
    "companies/own.py:locked": "makes the one row",
    "documents/seal/keys.py": "the worker makes a firm's key when a paper first needs it",
    "finance/months.py": "makes the month's row to lock it",
    "commission/cargo/rates/defaults.py:ensure": "the first goods types",
    # parts of acts that leave the row
    "tenants/accounts/memberships.py:move_to_company": "part of merging, which leaves the rows",
    "tenants/drivers/pool.py:hand_carrier_over": "part of merging, which leaves the rows",
    "tenants/panel/resellers.py:create": "the reseller's trail begins with it",
    "tenants/platform/domains.py": "parts of companies/own_domain.py, which leaves the rows",
    "tenants/platform/support.py": "parts of companies/own.py, which leaves the rows",
    "tenants/drivers/bookings.py": "part of assigning, which leaves the row",
    "tenants/exchange/jobs.py": "the carrier's copy of a trip; orders leaves the rows",
    "orders/assignment.py:end": "part of replacing and cancelling, which leave the row",
    "documents/issue.py:take_number": "part of issuing, which leaves the row",
    "commission/cargo/imports/confirm.py:allow": "rows of a preview; confirming leaves the row",
    "commission/cargo/imports/reading.py:keep": "how a preview is read; confirming leaves the row",
    "commission/cargo/imports/edit_line.py:fix": "rows of a preview; confirming leaves the row",
    "commission/cargo/imports/start.py": "rows of a preview; confirming leaves the row",
}


def sources() -> Iterator[Path]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if not NO_ACTS & set(path.parts):
                yield path


def acts_in(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Public functions that write rows themselves."""
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        if writes(node):
            yield node


def writes(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in WRITES
        and not (isinstance(call.func.value, ast.Name) and call.func.value.id in ("image", "text"))
        for call in ast.walk(node)
    )


def unsigned(tree: ast.Module) -> list[str]:
    """Acts that lack `by` or `at`."""
    return [
        act.name
        for act in acts_in(tree)
        if not {"by", "at"} <= {one.arg for one in (*act.args.args, *act.args.kwonlyargs)}
    ]


def test_every_write_says_who_and_when() -> None:
    lacking = set()
    for path in sources():
        name = str(path.relative_to(ROOT))
        for act in unsigned(ast.parse(path.read_text(encoding="utf-8"))):
            lacking.add(name if name in UNSIGNED else f"{name}:{act}")
    compare(lacking, UNSIGNED, "writes without `by` and `at`")


def test_the_guard_sees_a_write_that_names_nobody() -> None:
    tree = ast.parse(
        "def mark(*, row, at):\n    row.save()\n"
        "def close(*, row, by, at):\n    row.save()\n"
        "def show(*, rows):\n    return rows\n"
        "def _part(row):\n    row.delete()\n"
    )
    assert unsigned(tree) == ["mark"]
