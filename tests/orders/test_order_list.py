"""The list: one statement whatever its length, filters, totals, export, saved views."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from orders import lifecycle
from orders.models import Order
from orders.queries import order_list
from orders.queries.order_list import OrderFilter
from orders.stages import Act
from tenants.actor import Actor
from tenants.kit import keyset
from tenants.kit.tables import harmless
from tenants.office.models import SavedView
from tests.orders import order_samples
from tests.orders.order_samples import NOW
from tests.world import Cast

PAGE_QUERIES = 5  # the person with memberships, lists of clients and people, the rows, saved views


def page_of(
    actor: Actor, filters: OrderFilter, sort: str = "-created"
) -> keyset.Page[dict[str, Any]]:
    """The first page of the list."""
    named = keyset.sort_named(order_list.SORTS, sort)
    assert named
    return keyset.cut(
        order_list.rows(actor, filters),
        sort=named,
        cursor=None,
        size=50,
        list_name="orders",
        filters={},
        reader=keyset.reader_of(actor),
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_is_one_statement(
    in_alpha: Cast, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        order_samples.order(in_alpha)
    with django_assert_num_queries(1):
        page = page_of(in_alpha.actor("dispatcher"), OrderFilter(search="лук"))
    totals = order_list.totals_of(page.rows)
    assert (
        len(page.rows),
        totals.count,
        totals.price,
        page.next,
    ) == (rows, (rows, False), order_samples.PRICE * rows, None)


def test_a_page_costs_the_same_with_one_row_and_three(
    in_alpha: Cast, browse: Any, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = browse(in_alpha, "dispatcher")
    counts = []
    browser.get("/orders/")
    for _ in range(2):
        order_samples.order(in_alpha)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get("/orders/").status_code == 200
        counts.append(len(seen))
        order_samples.order(in_alpha)
    assert counts == [PAGE_QUERIES, PAGE_QUERIES]


def test_filters_and_sorting(in_alpha: Cast) -> None:
    first = order_samples.order(in_alpha)
    second = order_samples.order(
        in_alpha,
        client_id=in_alpha.company_id("client2"),
        client_price=order_samples.PRICE + 5,
    )
    lifecycle.advance(order=second, act=Act.REQUEST, by=in_alpha.actor("head"), at=NOW)
    head = in_alpha.actor("head")

    def refs(sort: str = "-created", **filters: Any) -> list[str]:
        return [row["ref"] for row in page_of(head, OrderFilter(**filters), sort).rows]

    assert refs(sort="ref") == [first.ref, second.ref]
    assert refs(sort="-price") == [second.ref, first.ref]
    assert refs(stages=("requested",)) == [second.ref]
    assert refs(client=in_alpha.company_id("client")) == [first.ref]
    assert refs(search="client2") == [second.ref]
    assert refs(search="бишкек лук", sort="ref") == [
        first.ref,
        second.ref,
    ]
    assert refs(view="exchange") == []
    assert refs(view="mine") == []  # entered by the dispatcher
    assert refs(
        date_from=NOW.date(),
        date_to=NOW.date().replace(year=NOW.year + 1),
        sort="ref",
    ) == [first.ref, second.ref]


def test_saved_views_are_tabs(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha, "dispatcher")
    browser.post(
        "/orders/views/",
        {"name": "Мои срочные", "query": "view=mine&stage=draft"},
    )
    view = SavedView.objects.get()
    assert "Мои срочные" in browser.get("/orders/?view=mine&stage=draft").content.decode()
    assert browse(in_alpha, "head").post(f"/orders/views/{view.pk}/delete/").status_code == 404
    assert SavedView.objects.exists()  # another's view stays
    browser.post(f"/orders/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()


def test_adr_class_is_a_column_one_asks_for(in_alpha: Cast, browse: Any) -> None:
    order_samples.order(in_alpha, adr="3")
    browser = browse(in_alpha, "dispatcher")
    usual, chosen = (browser.get(f"/orders/{ask}").content.decode() for ask in ("", "?cols=adr"))
    cell = 'data-label="Класс АДР">3</td>'
    assert cell not in usual and cell in chosen
    assert ';"3";' in browser.get("/orders/export/?format=csv").content.decode()


def test_export_cannot_run_as_a_formula(in_alpha: Cast, browse: Any) -> None:
    from orders.drafts import CargoData

    order_samples.order(in_alpha, cargo=(CargoData('=HYPERLINK("http://x")'),))
    browser = browse(in_alpha, "dispatcher")
    text = browser.get("/orders/export/?format=csv").content.decode()
    assert "'=HYPERLINK" in text
    sheet = (
        CalamineWorkbook.from_filelike(BytesIO(browser.get("/orders/export/?format=xlsx").content))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert (sheet[1][7], sheet[1][11]) == (
        '\'=HYPERLINK("http://x")',
        float(order_samples.PRICE),
    )
    assert [harmless(value) for value in ("@x", "\tx", "ok", 5)] == [
        "'@x",
        "'\tx",
        "ok",
        5,
    ]


def test_picked_orders_change_hands(in_alpha: Cast, browse: Any) -> None:
    order = order_samples.order(in_alpha)
    head = in_alpha.actor("head")
    browse(in_alpha, "dispatcher").post(
        "/orders/hand-over/",
        {"pick": [str(order.pk)], "to": str(head.member_id)},
    )
    assert Order.objects.get().responsible == head.member_id


def test_places_answer_while_typing(in_alpha: Cast, browse: Any) -> None:
    places = browse(in_alpha, "dispatcher").get("/places/?q=биш").json()
    assert places[0]["text"] == "Бишкек"
    assert places[0]["note"] == "Кыргызстан"
