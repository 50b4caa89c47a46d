"""Two clocks: the business asks tenants/kit/clock.py, which can pretend a day; what limits, leases
and expires asks the real one, and stands on this list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guards.listed import compare
from tests.guards.test_source import PACKAGES, ROOT

REAL_CLOCK = {
    "checks/bench/ground.py": "building schemas of a bench: no business day",
    "checks/bench/migrate.py": "building schemas of a bench: no business day",
    "checks/bench/provisioning.py": "building schemas of a bench: no business day",
    "checks/isolation/callers.py": "tokens live by the real clock",
    "checks/isolation/prepare.py": "spare schemas",
    "tenants/accounts/identify.py": "invitations live by the real clock",
    "tenants/accounts/open_sessions.py": "lives of sessions",
    "tenants/accounts/views/own_sessions.py": "lives of sessions and tokens",
    "tenants/entry/session_life.py": "lives of sessions",
    "tenants/kit/asked_again.py": "how long ago the password was asked",
    "tenants/kit/sent_forms.py": "leases of keys",
    "companies/invites.py": "invitations live by the real clock",
    "companies/inviting_people.py": "ends of invitations",
    "companies/views/people.py": "ends of invitations",
    "companies/joining.py": "invitations live by the real clock",
    "companies/merging.py": "invitations end by the real clock",
    "companies/views/card.py": "until when an invitation lives",
    "companies/views/images.py": "invitations live by the real clock",
    "companies/views/joining.py": "invitations live by the real clock",
    "config/cache.py": "windows of limits",
    "config/settings.py": "the real day on which the pretending begins",
    "config/supervise.py": "the real day on which the pretending begins",
    "demo/cast.py": "when a demo login's e-mail was proven",
    "demo/management/commands/demo.py": "spare schemas",
    "demo/run.py": "the outbox lives by the real clock",
    "fleet/access.py": "codes and phones of drivers live by the real clock",
    "tenants/accounts/api.py": "tokens, codes and phones",
    "tenants/accounts/models/user.py": "when a row was written; nothing is compared with it",
    "tenants/accounts/passwords.py": "when an e-mail was proven",
    "tenants/accounts/views/driver.py": "codes and phones",
    "tenants/drivers/sql/functions.sql": "limit of look-ups in a minute",
    "tenants/entry/middleware.py": "tokens and the longest session",
    "tenants/exchange/migrations/0003_outbox_by_the_real_clock.py": "the outbox waits by the real clock",
    "tenants/exchange/sql/helpers.sql": "the outbox waits by the real clock",
    "tenants/kit/clock.py": "the clock itself",
    "tenants/kit/heartbeats.py": "signs of life",
    "config/health.py": "the age of what waits",
    "tenants/kit/management/commands/outbox.py": "the outbox waits by the real clock",
    "tenants/panel/given_up.py": "the outbox waits by the real clock",
    "tenants/panel/given_up_page.py": "the outbox waits by the real clock",
    "tenants/kit/idempotency.py": "leases of keys",
    "tenants/kit/outbox.py": "when rows are sent, leased and tried again",
    "tenants/kit/relay.py": "when rows are sent",
    "tenants/kit/tasks.py": "when rows are done",
    "tenants/platform/management/commands/retention.py": "what is done and old",
    "tenants/platform/tasks.py": "what is done and old",
    "tenants/panel/management/commands/reseller_create.py": "spare schemas",
    "tenants/platform/management/commands/provisioner.py": "spare schemas",
    "tenants/platform/management/commands/tenants_migrate.py": "spare schemas",
    "tenants/platform/models/reseller.py": "when a row was written; nothing is compared with it",
}
REAL_CLOCK_IN_SCRIPTS = {
    "static/js/draft_store.js": "how old a draft is",
    "static/js/drafts.js": "how old a draft is",
    "static/js/positions.js": "the phone's own moment of a position; tests shift the browser's clock",
    "static/js/stages.js": "the phone's own moment of a stage; tests shift the browser's clock",
}
REAL_CLOCK_IN_TESTS = {
    "tests/accounts/test_open_sessions.py": "lives of sessions",
    "tests/accounts/test_session_life.py": "lives of sessions",
    "tests/fleet/test_forgotten_pin.py": "codes",
    "tests/forms/test_shown_once.py": "how long a result is shown",
    "tests/accounts/test_access.py": "suspension, devices and codes",
    "tests/accounts/test_api_door.py": "tokens",
    "tests/accounts/test_doors.py": "codes and phones",
    "tests/accounts/test_driver_login.py": "codes and phones",
    "tests/accounts/test_driver_devices.py": "codes and phones",
    "tests/accounts/test_driver_return.py": "codes",
    "tests/accounts/conftest.py": "when an e-mail was proven",
    "tests/accounts/test_passwords.py": "one-time passwords",
    "tests/accounts/test_proof.py": "one-time links",
    "tests/accounts/test_without_cache.py": "windows of limits",
    "tests/api/test_frame.py": "leases of keys, sweeping",
    "tests/api/test_main_job.py": "codes of drivers",
    "tests/api/walk.py": "codes of drivers",
    "tests/browser_client.py": "tokens",
    "tests/companies/test_invites.py": "ends of invitations",
    "tests/companies/test_people.py": "tokens",
    "tests/companies/test_several_companies.py": "ends of invitations, when an e-mail was proven",
    "tests/accounts/test_link_requests.py": "when an e-mail was proven",
    "tests/documents/test_storage_away.py": "the outbox",
    "tests/e2e/reading.py": "one-time codes of the second step",
    "tests/e2e/people.py": "spare schemas, codes of drivers",
    "tests/exchange/test_wall.py": "arguments of calls that are refused",
    "tests/cargo/test_undo_by_worker.py": "the outbox",
    "tests/cargo/test_large.py": "when made-up rows were written",
    "tests/kit/test_clock.py": "both clocks are compared",
    "tests/kit/test_events.py": "signed addresses of streams",
    "tests/kit/test_outbox.py": "the outbox",
    "tests/kit/test_outbox_races.py": "the outbox",
    "tests/platform/test_health.py": "the outbox",
    "tests/platform/test_panel.py": "spare schemas",
    "tests/tools.py": "shifts the browser's clock",
    "tests/servers.py": "the real day on which the pretending begins",
    "tests/orders/test_phone_device.py": "codes of drivers",
}
PYTHON = r"timezone\.now\b|datetime\.now\(|date\.today\(|\blocaldate\(|\butcnow\(|\btime\.time\(|\bauto_now"
SQL = (
    r"(?<![.\w])(?<!def )now\(\)|\bcurrent_(date|time|timestamp)\b"
    r"|\b(clock|statement|transaction)_timestamp\b|\blocaltime(stamp)?\b(?!\()"
)
JAVASCRIPT = r"\bnew Date\(\)|\bDate\.now\(|\bDate\(\)"
CLOCKS = {
    ".py": re.compile(f"{PYTHON}|{SQL}", re.IGNORECASE),
    ".sql": re.compile(SQL, re.IGNORECASE),
    ".js": re.compile(JAVASCRIPT),
    ".html": re.compile(r"{%\s*now\b|\bnow\(\)|\bDate\.now\("),
}
DUE_TO_DJANGO = re.compile(
    r"\bauto_now_add=True\)"
)  # the state of old migrations repeats the models


def places(*tops: str) -> Iterator[str]:
    """Files under these folders that ask the real clock."""
    for top in tops:
        for path in sorted((ROOT / top).rglob("*")):
            clocks = CLOCKS.get(path.suffix)
            if clocks is None or "vendor" in path.parts or path == Path(__file__):
                continue
            if asks(
                path.read_text(encoding="utf-8"),
                clocks,
                "migrations" in path.parts,
            ):
                yield str(path.relative_to(ROOT))


def asks(text: str, clocks: re.Pattern[str], is_migration: bool = False) -> bool:
    return bool(clocks.search(DUE_TO_DJANGO.sub("", text) if is_migration else text))


def test_who_asks_the_real_clock_is_listed() -> None:
    compare(places(*PACKAGES), REAL_CLOCK, "asks the real clock")


def test_scripts_and_templates_ask_no_clock() -> None:
    compare(
        places("static", "templates"),
        REAL_CLOCK_IN_SCRIPTS,
        "asks the browser's clock",
    )


def test_tests_play_on_the_day_of_the_run() -> None:
    compare(places("tests"), REAL_CLOCK_IN_TESTS, "asks the real clock")


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".py", "at=timezone.now()"),
        (".py", "default=timezone.now"),
        (".py", "date.today()"),
        (".py", "timezone.localdate()"),
        (".py", 'cursor.execute("UPDATE x SET at = now()")'),
        (".py", 'RunSQL("SELECT CURRENT_DATE")'),
        (".sql", "WHERE expires_at > NOW()"),
        (".sql", "at timestamptz DEFAULT current_timestamp"),
        (".sql", "clock_timestamp()"),
        (".js", "const at = new Date();"),
        (".html", "{% now 'Y' %}"),
    ],
)
def test_the_guard_sees_each_clock(suffix: str, text: str) -> None:
    assert asks(text, CLOCKS[suffix])


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".py", "at=clock.now()"),
        (".py", "def now() -> datetime:"),
        (".py", "timezone.localtime(value)"),
        (".js", "new Date(fix.timestamp)"),
    ],
)
def test_the_guard_lets_the_business_ask_its_own(suffix: str, text: str) -> None:
    assert not asks(text, CLOCKS[suffix])
