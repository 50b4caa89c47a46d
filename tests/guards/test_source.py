"""What must not stand in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.guards.listed import compare

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = (
    "config",
    "checks",
    "demo",
    "tenants",
    "companies",
    "documents",
    "fleet",
    "tariffs",
    "orders",
    "commission",
    "finance",
)
MOST_LINES = 400
MOST_LINES_OF_TESTS = 700
WIDEST_LINE = 120
WIDE_LINES: dict[str, str] = {}
MEAN_OF_JS = 32
MEAN_OF_CSS = 30
TOOLS = ("checks/bench/", "checks/isolation/")
TRUSTED_MARKUP = {
    "templates/ui/_cards.html": "a constant opening tag; format() escapes what is put in",
    "config/jinja.py": "the catalogue's own words, as jinja2's gettext does",
}
RAW_SQL = {
    "config/cache.py": "counts under a row's lock",
    "config/wall/place.py": "the wall itself",
    "tenants/platform/provisioning.py": "the claim of a spare schema and the DDL of a new one",
    "tenants/platform/migrating.py": "replays migrations",
    "tenants/platform/ddl.py": "the type of the owner's connection",
    "tenants/exchange/acts.py": "calls the exchange's functions",
    "tenants/exchange/jobs.py": "calls the exchange's functions",
    "tenants/drivers/queries.py": "calls the pool's search functions",
    "tenants/drivers/home.py": "the pool's counter",
    "tenants/drivers/positions.py": "COPY, and the last position of many",
    "tenants/office/refs.py": "one locked counter row",
    "tenants/kit/counting.py": "several counts in one statement",
    "finance/ledger.py": "entries and their sums in one statement",
    "finance/months.py": "a share lock on the month",
    "commission/cargo/rates/repricing.py": "one statement over a month of shipments",
    "commission/cargo/locks.py": "locks months",
    "tenants/drivers/bookings.py": "locks a driver or vehicle",
    "commission/cargo/people/customers.py": "case-insensitive codes in one condition",
    "commission/cargo/imports/undoing.py": "the audit rows of thousands in one statement",
    "commission/cargo/imports/confirm.py": "thousands of rows in one statement",
    "commission/cargo/imports/staging.py": "COPY",
    "commission/cargo/queries/report.py": "one statement a report",
    "commission/cargo/queries/dashboard.py": "one statement a dashboard",
    "commission/cargo/queries/imports.py": "one statement a preview",
}


def sources(*suffixes: str, under: tuple[str, ...] = PACKAGES) -> Iterator[tuple[str, str]]:
    for top in under:
        for path in sorted((ROOT / top).rglob("*")):
            if (
                path.suffix in suffixes
                and "migrations" not in path.parts
                and "__pycache__" not in path.parts
                and "vendor" not in path.parts
            ):
                yield (
                    str(path.relative_to(ROOT)),
                    path.read_text(encoding="utf-8"),
                )


def templates() -> list[tuple[str, str]]:
    """Pages, mails and papers."""
    return [*sources(".html", ".txt", under=("templates", *PACKAGES))]


def acting() -> Iterator[tuple[str, str]]:
    """Code that serves people; what measures and attacks it speaks SQL by trade."""
    return (file for file in sources(".py") if not file[0].startswith(TOOLS))


def pages() -> list[tuple[str, str]]:
    return [file for file in templates() if file[0].endswith(".html")]


def having(
    pattern: str,
    files: Iterator[tuple[str, str]] | list[tuple[str, str]],
) -> list[str]:
    expression = re.compile(pattern, re.IGNORECASE | re.DOTALL)
    return [name for name, text in files if expression.search(text)]


def test_no_file_is_longer_than_400_lines() -> None:
    """A file of tests may have 700: a case is read alone."""
    product = [*sources(".py", under=(*PACKAGES, "script")), *templates()]
    assert longer_than(MOST_LINES, product) == {}
    assert longer_than(MOST_LINES_OF_TESTS, sources(".py", under=("tests",))) == {}


def test_no_line_is_wider_than_120() -> None:
    """Migrations are left out: they are written by Django and never changed."""
    files = [
        *sources(".js", ".css", under=("static",)),
        *sources(".py", under=(*PACKAGES, "script", "tests")),
        *pages(),
    ]
    wide = {
        name for name, text in files if any(len(line) > WIDEST_LINE for line in text.splitlines())
    }
    compare(sorted(wide), WIDE_LINES, "lines too wide")


def test_scripts_and_styles_are_short_files_of_short_lines() -> None:
    files = dict(sources(".js", ".css", under=("static",)))
    assert longer_than(MOST_LINES, files.items()) == {}
    assert mean_line(text for name, text in files.items() if name.endswith(".js")) <= MEAN_OF_JS
    assert mean_line(text for name, text in files.items() if name.endswith(".css")) <= MEAN_OF_CSS


def mean_line(texts: Iterable[str]) -> float:
    """Mean characters of a line that is neither blank nor a comment, without its indent."""
    lines = [line.strip() for text in texts for line in text.splitlines()]
    code = [line for line in lines if line and not line.startswith(("//", "/*", "*"))]
    return sum(map(len, code)) / len(code)


def longer_than(most: int, files: Iterable[tuple[str, str]]) -> dict[str, int]:
    lengths = {name: text.count("\n") for name, text in files}
    return {name: lines for name, lines in lengths.items() if lines > most}


def test_pages_stay_under_200_lines() -> None:
    assert [name for name, text in templates() if text.count("\n") >= 200] == []


def test_markup_is_trusted_nowhere_else() -> None:
    trusting = having(r"\|\s*safe\b", pages()) + having(
        r"\bmark_safe\b|\bMarkup\(|\bSafeString\(|autoescape\s+false",
        [*sources(".py"), *pages()],
    )
    compare(trusting, TRUSTED_MARKUP, "markup trusted")


def test_scripts_come_from_files() -> None:
    bare = r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>"
    assert having(bare, templates()) == []


def test_every_script_carries_the_nonce() -> None:
    without = r"<script(?=[^>]*\bsrc=)(?![^>]*\bnonce=)[^>]*>"
    assert having(without, templates()) == []


@pytest.mark.parametrize(
    "attribute",
    [
        r"<[a-z][^>]*\sstyle\s*=",
        r"<[a-z][^>]*\son[a-z]+\s*=\s*[\"']",
        r"hx-on[:-]",
        r"hx-vals\s*=\s*[\"']js:",
        r"href\s*=\s*[\"']\s*javascript:",
    ],
)
def test_no_attribute_runs_code_or_styles(attribute: str) -> None:
    assert having(attribute, [*sources(".html", under=("templates",))]) == []


ADDRESSES = {
    "config/postgres.py": "a program of the system, no page",
    "config/settings.py": "settings are read before addresses exist",
    "tenants/kit/web.py": "the beginning of the API, of every version",
}


def test_addresses_come_from_their_names() -> None:
    served = (file for file in acting() if not file[0].startswith("checks/"))
    by_hand = having(r"[\"']/[a-z][a-z-]*/", served) + having(
        r"(?:href|action|hx-(?:get|post))=[\"']/[a-z{]", pages()
    )
    compare(by_hand, ADDRESSES, "addresses written by hand")


def test_raw_sql_stands_only_where_it_is_listed() -> None:
    compare(
        having(
            r"\.raw\(|\.extra\(|[.\s](?:Client)?[cC]ursor\(|RawSQL\(",
            acting(),
        ),
        RAW_SQL,
        "raw SQL",
    )


def test_app_code_never_says_set_role() -> None:
    files = having(r"\bSET\s+(?:LOCAL\s+)?(?:ROLE|search_path)\b", acting())
    compare(files, SET_ROLE, "SET ROLE")


SET_ROLE = {
    "config/wall/place.py": "the wall itself",
    "tenants/platform/migrating.py": "the owner's login, not the app's",
    "tenants/platform/provisioning.py": "the owner's login, not the app's",
}


def test_only_the_edge_asks_the_clock() -> None:
    """Views, tasks, commands, forms and the machinery of requests; acts get `at`."""
    files = having(
        r"\btimezone\.now\(\)|datetime\.now\(|date\.today\(",
        sources(
            ".py",
            under=(
                "companies",
                "documents",
                "fleet",
                "tariffs",
                "orders",
                "commission",
                "finance",
            ),
        ),
    )
    inner = [
        name
        for name in files
        if not re.search(
            r"/(views|management|imports)/|/(views|api\w*|tasks|receivers|forms|bench)\.py$|/api/",
            name,
        )
    ]
    compare(inner, CLOCKS, "the clock asked inside")


CLOCKS = {
    "companies/inviting_people.py": "the act is of the business, its link lives by the real clock",
    "companies/invites.py": "the act is of the business, its link lives by the real clock",
    "companies/joining.py": "the act is of the business, its link lives by the real clock",
    "companies/merging.py": "the act is of the business, links end by the real clock",
    "fleet/access.py": "the act is of the business, its code lives by the real clock",
}


def test_every_announced_topic_is_handled() -> None:
    from tenants.kit import outbox

    topics = {
        topic
        for _name, text in sources(".py")
        for topic in re.findall(r"\bannounce\(\s*\"([^\"]+)\"", text)
    }
    assert topics <= outbox.topics()


def test_letters_go_by_the_one_door_that_knows_people_without_e_mail() -> None:
    doors = [name for name, text in sources(".py") if re.search(r"\bannounce\(\s*\"mail", text)]
    assert doors == ["tenants/kit/mail.py"]


def test_no_task_but_the_known_ones() -> None:
    from config.celery import app

    app.loader.import_default_modules()
    ours = {name for name in app.tasks if not name.startswith("celery.")}
    compare(ours, TASKS, "Celery tasks")


TASKS = {
    "outbox.handle": "every piece of work goes through the outbox",
    "platform.retention": "takes away what is done and old",
    "platform.own_domains": "announces which open doors are to be looked at again",
    "exchange.expire": "ends listings and offers whose time is over",
}


def test_every_heading_of_a_table_says_something() -> None:
    """An empty corner is a cell; a column of buttons has a heading for who listens."""
    empty = re.compile(r"<th\b[^>]*>\s*</th>")
    assert [name for name, text in templates() if empty.search(text)] == []
