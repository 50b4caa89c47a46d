"""No page reads a whole table to show fifty rows of it (FAULTS H3, H5, H6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
from django.db import connection
from lxml import html

from checks.isolation.patterns import patterns
from finance.models import Entry, Invoice
from tenants.context import inside
from tenants.kit import clock
from tests.volume.rows import MANY
from tests.world import Cast

pytestmark = pytest.mark.slow
MOST_NODES = 4_000  # of a page; 4,000 debtors were 21,269
MOST_BYTES = 300_000  # of a page before it is compressed
MOST = 8_000  # rows of one table that one step of a plan may look at
WHOLE = ("export", "format=")  # answers that are all rows by nature
UNDER_A_POLICY = "row security is asked before a text may be compared, so no index of words serves"
READ_WHOLE = {
    "/drivers/?q=": UNDER_A_POLICY,
    "/fleet/?q=": UNDER_A_POLICY,
    "/fleet/vehicles/?q=": UNDER_A_POLICY,
    "/finance/ageing/": "sums of everything that is open",
    "/finance/pnl/by/": "sums of all lines of the months that are asked for",
    "/finance/books/": "the taxes of all lines of the months that are asked for",
}
assert MOST < MANY


@contextmanager
def plans_kept(kept: list[dict[str, Any]]) -> Iterator[None]:
    """Every SELECT runs once more as EXPLAIN ANALYZE; its plan is kept."""

    def explain(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        if isinstance(sql, str) and sql.lstrip("(").startswith(("SELECT", "WITH")):
            assert "EXISTS(" not in columns_of(sql), f"kit/subqueries.py has_row: {sql}"
            with connection.cursor() as cursor:
                wrapped: Any = cursor.cursor
                wrapped.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
                kept.append(cursor.fetchone()[0][0]["Plan"])
        return answer

    with connection.execute_wrapper(explain):
        yield


def tables_read(plan: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """Each step that reads a table, and how many of its rows it looked at."""
    if table := plan.get("Relation Name"):
        removed = sum(plan.get(f"Rows Removed by {how}", 0) for how in ("Filter", "Index Recheck"))
        rows = (plan["Actual Rows"] + removed) * plan["Actual Loops"]
        yield f"{plan['Node Type']} on {table}", rows
    for part in plan.get("Plans", ()):
        yield from tables_read(part)


def addresses(browser: Any) -> Iterator[str]:
    """Every page without arguments; each list also by its tabs, sorts, next page and a search; the
    first record that it leads to.
    """
    for root in roots():
        answer = browser.get(root)
        if answer.status_code == 200 and "text/html" in answer.get("Content-Type", ""):
            yield root
            yield from _led_to(root, answer.content.decode())


def _led_to(root: str, page: str) -> Iterator[str]:
    links = dict.fromkeys(unescape(link) for link in re.findall(r'href="([^"#]+)"', page))
    for link in links:
        if link.startswith("?"):
            yield root + link
        if link.startswith(f"{root}?"):
            yield link
    if 'name="q"' in page:
        yield f"{root}?q=zzzq"
        yield f"{root}?q=Town"
    yield from re.findall(r'class="code" href="(/[^"]+)"', page)[:1]


def columns_of(sql: str) -> str:
    """What stands between SELECT and its own FROM."""
    depth = 0
    for part in re.finditer(r"[()]|\bFROM\b", sql):
        if part[0] == "FROM" and not depth:
            return sql[: part.start()]
        depth += {"(": 1, ")": -1}.get(part[0], 0)
    return sql


def too_many(plan: dict[str, Any]) -> list[str]:
    """The steps that look at more rows than a page may need."""
    return [f"{step}, {rows:.0f} rows" for step, rows in tables_read(plan) if rows > MOST]


def read_whole(browser: Any, address: str) -> list[str]:
    plans: list[dict[str, Any]] = []
    with plans_kept(plans):
        assert browser.get(address).status_code == 200, address
    steps = [step for plan in plans for step in too_many(plan)]
    return [f"{address.partition('cursor')[0]}: {step}" for step in steps]


def roots() -> list[str]:
    """Addresses without a record of their own."""
    pages = [one.path({}) for one in patterns() if not one.arguments and one.tree == "pages"]
    return sorted(filter(None, pages))


def nodes_of(page: str) -> int:
    return sum(1 for _ in html.fromstring(page).iter())


def test_no_page_grows_with_the_rows(crowded: Cast, browse: Any) -> None:
    """Of thousands of clients none is in a choice, of thousands of debtors fifty on a page (FAULTS H4, H8)."""
    browser = browse(crowded)
    drawn = {}
    for address in roots():
        answer = browser.get(address)
        if answer.status_code == 200 and "text/html" in answer.get("Content-Type", ""):
            page = answer.content.decode()
            drawn[address] = (nodes_of(page), len(answer.content)) if page.strip() else (0, 0)
    assert {"/finance/ageing/", "/orders/", "/orders/new/"} <= drawn.keys()
    heavy = [
        (address, nodes, size)
        for address, (nodes, size) in drawn.items()
        if nodes > MOST_NODES or size > MOST_BYTES
    ]
    assert heavy == []


@pytest.mark.parametrize("name", ["head", "accountant"])
def test_no_page_reads_a_whole_table(crowded: Cast, browse: Any, name: str) -> None:
    browser = browse(crowded, name)
    addresses_read = [
        address
        for address in dict.fromkeys(addresses(browser))
        if not any(part in address for part in WHOLE) and not address.startswith(tuple(READ_WHOLE))
    ]
    assert len(addresses_read) > 100
    faults = [step for address in addresses_read for step in read_whole(browser, address)]
    assert not faults, "\n".join(faults)


def test_no_report_of_the_books_reads_all_lines(crowded: Cast, browse: Any) -> None:
    """A card reads its month, a statement its company, ageing what is open."""
    with inside(crowded.scope):
        company = Invoice.objects.filter(number="ORD-V-7").values_list("company_id", flat=True)[0]
        entry = Entry.objects.values_list("pk", flat=True)[0]
    day = clock.now().date()
    month = f"from={day:%Y-%m}-01&to={day:%Y-%m-%d}"
    browser = browse(crowded, "accountant")
    reports = [
        f"/finance/accounts/?{month}",
        f"/finance/accounts/receivable/?{month}",
        f"/finance/entries/{entry}/",
        f"/companies/{company}/statement/",
    ]
    faults = [step for address in reports for step in read_whole(browser, address)]
    assert not faults, "\n".join(faults)
