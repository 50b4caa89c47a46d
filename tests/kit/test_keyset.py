"""Pages by the last row seen: every order, forward and backward, with writers beside."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Event, Thread
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.db.models import F, QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from orders.models import Order
from orders.queries import MARGIN
from tenants.context import inside
from tenants.kit.counting import count_capped
from tenants.kit.cursors import (
    BadCursor,
    Bookmark,
    digest,
    filters_of,
    opened,
    sealed,
)
from tenants.kit.keyset import (
    Column,
    Page,
    Reader,
    Sort,
    cut,
    sort_named,
)
from tests.world import Cast, load

NOW = datetime(2026, 3, 20, 12, 0, 0, 1, tzinfo=UTC)
READER = Reader(uuid4(), "dispatcher")
SORTS = {
    sort.key: sort
    for sort in (
        Sort("created", "created_at"),
        Sort("ref", "ref"),
        Sort("price", "client_price", nullable=True),
        Sort(
            "pickup",
            "pickup_on",
            nullable=True,
            then=(Column("created_at", descending=True),),
        ),
        Sort("customs", "customs", then=(Column("pickup_on", nullable=True),)),
        Sort("by", "created_by", nullable=True),
        Sort("days", "payment_days", nullable=True),
        Sort("margin", "margin_home", nullable=True),
        Sort("client", "client__name", nullable=True),
        Sort("id", "id"),
    )
}
NAMES = [name for key in SORTS for name in (key, f"-{key}")]


def order(number: int, dice: random.Random) -> Order:
    """Few different values, so that many rows share one, and many are unknown."""
    return Order(
        ref=f"K-{number:05d}",
        currency="KGS",
        carrier_currency="KGS",
        client_price=dice.choice([None, Decimal("0.01"), Decimal("0.10"), Decimal("99999999.99")]),
        carrier_rate=dice.choice([None, Decimal("0.01"), Decimal("7.30")]),
        pickup_on=dice.choice([None, date(2024, 2, 29), date(2027, 3, 28)]),
        created_by=dice.choice([None, UUID(int=1), UUID(int=2**127)]),
        payment_days=dice.choice([None, 0, 30]),
        customs=dice.choice([True, False]),
        created_at=NOW + timedelta(microseconds=dice.randrange(4)),
    )


def fill(count: int, seed: int = 1) -> None:
    dice = random.Random(seed)
    Order.objects.bulk_create(order(number, dice) for number in range(count))


def rows() -> QuerySet[Order]:
    return Order.objects.annotate(margin_home=MARGIN)


def page(name: str, cursor: str | None = None, **more: Any) -> Page[Any]:
    sort = sort_named(SORTS, name)
    assert sort
    arguments: dict[str, Any] = {
        "sort": sort,
        "cursor": cursor,
        "size": 3,
        "list_name": "orders",
        "filters": {},
        "reader": READER,
    }
    return cut(more.pop("rows", rows()), **(arguments | more))


def walk(name: str, **more: Any) -> Iterator[Page[Any]]:
    """All pages from the first on."""
    cursor = None
    while True:
        piece = page(name, cursor, **more)
        yield piece
        cursor = piece.next
        if cursor is None:
            return


def refs(pages: list[Page[Any]]) -> list[str]:
    return [row.ref for piece in pages for row in piece.rows]


def in_order(name: str) -> list[str]:
    sort = sort_named(SORTS, name)
    assert sort
    columns = [column.order(backward=False) for column in sort.columns]
    return list(rows().order_by(*columns).values_list("ref", flat=True))


@pytest.mark.parametrize("name", NAMES)
def test_a_walk_shows_every_row_once_and_comes_back_the_same_way(in_alpha: Cast, name: str) -> None:
    fill(20)
    pages = list(walk(name))
    assert refs(pages) == in_order(name)
    assert [len(piece.rows) for piece in pages] == [3, 3, 3, 3, 3, 3, 2]
    assert pages[0].previous is None and pages[-1].next is None
    back = pages[-1]
    for expected in reversed(pages[:-1]):
        back = page(name, back.previous)
        assert refs([back]) == refs([expected])
        assert back.next == expected.next
    assert back.previous is None


@pytest.mark.parametrize("name", ["-pickup", "client", "-margin"])
def test_rows_may_be_dicts_and_keep_only_what_was_asked(in_alpha: Cast, name: str) -> None:
    fill(8)
    columns = rows().values("ref", "client_price", where=F("place_from"))
    pages = list(walk(name, rows=columns))
    assert [row["ref"] for piece in pages for row in piece.rows] == in_order(name)
    assert {frozenset(row) for piece in pages for row in piece.rows} == {
        frozenset({"ref", "client_price", "where"})
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("-created", "Index Cond: (ROW(created_at, id) < ROW("),
        ("-price", "Filter: ("),
    ],
)
def test_a_page_is_one_statement(committed: None, name: str, index: str) -> None:
    cast = load("alpha")
    with inside(cast.scope):
        fill(3000)
        cursor = page(name).next
        with CaptureQueriesContext(connection) as captured:
            page(name, cursor)
    (statement,) = [query["sql"] for query in captured.captured_queries]
    plan = explained(cast, statement)
    assert index in plan, plan
    assert ("order_newest" in plan) is (name == "-created")


def explained(cast: Cast, statement: str) -> str:
    """The plan of a statement, asked by the superuser: the product's own roles may not ask."""
    name = os.environ["DATABASE_URL"].rsplit("/", 1)[1].split("?")[0]
    url = os.environ["TEST_SUPERUSER_URL"].replace("/postgres?", f"/{name}?")
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(f'SET search_path = "{cast.info.schema}"')  # type: ignore[arg-type]
        db.execute("VACUUM ANALYZE orders_order")
        lines = db.execute(f"EXPLAIN {statement}").fetchall()  # type: ignore[arg-type]
    return "\n".join(line for (line,) in lines)


def test_a_list_without_rows(in_alpha: Cast) -> None:
    assert page("created") == Page([])
    assert count_capped(rows()) == (0, False)


def test_a_page_back_to_rows_that_are_gone_is_the_first_page(
    in_alpha: Cast,
) -> None:
    fill(6)
    second = page("ref", page("ref").next)
    Order.objects.filter(ref__lt="K-00003").delete()
    first = page("ref", second.previous)
    assert refs([first]) == ["K-00003", "K-00004", "K-00005"]
    assert (first.previous, first.next) == (None, None)


def test_rows_are_counted_up_to_a_limit(in_alpha: Cast) -> None:
    fill(5)
    counts = [count_capped(rows(), most) for most in (4, 5, 6)]
    assert counts == [(4, True), (5, False), (5, False)]
    assert count_capped(rows().filter(ref="K-00001").values("ref")) == (
        1,
        False,
    )


@pytest.mark.parametrize(
    "change",
    [
        {"list_name": "invoices"},
        {"filters": {"stage": ["draft"]}},
        {"reader": READER._replace(reseller_id=uuid4())},
        {"reader": READER._replace(role="accountant")},
        {"sort": SORTS["created"].turned()},
        {"sort": SORTS["ref"]},
    ],
)
def test_a_cursor_fits_only_what_it_was_given_for(in_alpha: Cast, change: dict[str, Any]) -> None:
    fill(5)
    cursor = page("created").next
    assert page("created", cursor).rows
    with pytest.raises(BadCursor):
        page("created", cursor, **change)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-1],
        lambda text: "x" + text[1:],
        lambda text: text.split(".")[0],
        lambda text: text * 40,
        lambda text: "\x00",
        lambda text: "ก" + text,
        lambda text: "[]",
    ],
)
def test_a_cursor_that_was_changed_is_refused(in_alpha: Cast, spoil: Any) -> None:
    fill(5)
    cursor = page("created").next
    assert cursor
    with pytest.raises(BadCursor):
        page("created", spoil(cursor))


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**62), 2**62),
    st.text(max_size=50),
    st.uuids(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.decimals(allow_nan=False, allow_infinity=False),
)


@given(st.lists(VALUES, max_size=4), st.booleans())
def test_values_come_back_exactly_as_they_went(values: list[Any], backward: bool) -> None:
    cursor = Bookmark(tuple(values), backward)
    back = opened(sealed(cursor, "about"), "about")
    assert back == cursor
    assert [type(value) for value in back.values] == [type(value) for value in values]
    assert [str(value) for value in back.values] == [str(value) for value in values]


def test_a_list_is_never_sorted_by_a_float() -> None:
    with pytest.raises(TypeError, match="float"):
        sealed(Bookmark((0.1,)), "about")  # type: ignore[arg-type]


def test_filters_are_all_but_the_place_in_the_list() -> None:
    from django.http import QueryDict

    query = QueryDict("stage=a&stage=b&cursor=x&limit=5&page=2&sort=-ref&search=")
    assert filters_of(query) == {"stage": ["a", "b"], "search": [""]}
    assert digest(filters={"a": 1, "b": 2}) == digest(filters={"b": 2, "a": 1})
    assert digest(filters={"a": 1}) != digest(filters={"a": 2})


@dataclass
class Writer:
    """Somebody who writes while a list is read: new rows, rows taken away, other columns changed."""

    dice: random.Random
    gone: set[str] = field(default_factory=set)
    number: int = 10_000

    def write(self) -> None:
        for _ in range(3):
            self.number += 1
            order(self.number, self.dice).save(force_insert=True)
        standing = list(Order.objects.filter(ref__lt="K-10000").values_list("ref", flat=True))
        taken = self.dice.choice(standing)
        self.gone.add(taken)
        Order.objects.filter(ref=taken).delete()
        Order.objects.filter(ref=self.dice.choice(standing)).update(note="changed")


def check(seen: list[str], writer: Writer, count: int) -> None:
    assert len(seen) == len(set(seen)), "no row comes twice"
    stood = {f"K-{number:05d}" for number in range(count)} - writer.gone
    assert stood <= set(seen), "no row that stood all the time is missed"


@settings(max_examples=40)
@given(
    name=st.sampled_from(NAMES),
    seed=st.integers(0, 10**6),
    size=st.integers(1, 7),
)
def test_no_row_is_repeated_or_missed_while_others_write(
    name: str,
    seed: int,
    size: int,
    django_db_blocker: Any,
    _casts: dict[str, Cast],
) -> None:
    with (
        django_db_blocker.unblock(),
        inside(_casts["alpha"].scope),
        transaction.atomic(),
    ):
        fill(20, seed)
        writer = Writer(random.Random(seed))
        seen = []
        for number, piece in enumerate(walk(name, size=size)):
            seen += refs([piece])
            if number < 5:
                writer.write()
        check(seen, writer, 20)
        transaction.set_rollback(True)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["-created", "price", "-pickup"])
def test_two_writers_beside_a_reader(committed: None, name: str) -> None:
    cast = load("alpha")
    with inside(cast.scope):
        fill(300)
    done = Event()
    writers = [Writer(random.Random(seed), number=seed * 10_000) for seed in (1, 2)]

    def work(writer: Writer) -> None:
        with inside(cast.scope):
            while not done.is_set() and len(writer.gone) < 100:
                writer.write()
        connections.close_all()

    threads = [Thread(target=work, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        with inside(cast.scope):
            seen = refs(list(walk(name, size=10)))
    finally:
        done.set()
        for thread in threads:
            thread.join()
    both = Writer(random.Random(), gone=writers[0].gone | writers[1].gone)
    assert both.gone
    check([ref for ref in seen if ref < "K-10000"], both, 300)
