"""The main job over the API alone: an order is sold, bargained over across resellers, driven,
invoiced and paid.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pypdf import PdfReader

from companies import own
from tenants.accounts import driver_login
from tenants.context import inside
from tenants.kit import clock
from tenants.kit.outbox import work_off
from tests.api.conftest import Caller
from tests.documents.reading import by_poppler
from tests.orders import order_samples
from tests.world import PASSWORD, Cast, email

Enter = Callable[..., Caller]
PRICE = "987651.00"
RATE = "700000.00"
AGREED = "720000.00"
SECRETS = (
    "987651",
    "287651",
    "267651",
    "client of alpha",
    "client@alpha",
)
WAY = [
    "to_loading",
    "at_loading",
    "loaded",
    "in_transit",
    "at_unloading",
    "unloaded",
    "papers_in",
]
MONEY = re.compile(r"-?\d+\.\d\d")
BISHKEK = ZoneInfo("Asia/Bishkek")  # the last evening of a month in UTC is the next month there
LOADING = clock.now().date() + timedelta(days=3)


def member(enter: Enter, slug: str, name: str) -> Caller:
    return enter({"email": email(slug, name), "password": PASSWORD})


@pytest.fixture
def office(alpha: Cast, enter: Enter) -> Caller:
    """Alpha's head: the firm's details and the contract with the platform, which are signed on
    pages, are there.
    """
    with inside(alpha.scope):
        details = {
            "name": "Alpha",
            "full_name": "ОсОО «Альфа»",
            "inn": "02705201910356",
            "country": "KG",
            "address": "Бишкек",
        }
        own.save_details(values=details, by=alpha.actor(), at=clock.now())
        order_samples.sign_platform_contract(alpha)
    return member(enter, "alpha", "head")


@pytest.fixture
def rival(beta: Cast, enter: Enter) -> Caller:
    with inside(beta.scope):
        order_samples.partner_carrier(beta)
    return member(enter, "beta", "partner")


@pytest.fixture
def driver(alpha: Cast, enter: Enter) -> Caller:
    """An independent driver: phone, enrolment code, PIN."""
    phone = "+996555321321"
    free = order_samples.pool_driver("Эрмек", phone)
    pin, code = driver_login.give_access(driver_id=free.pk, phone=phone, at=timezone.now())
    device = Caller().call("post", "auth/driver/enrol", {"phone": phone, "code": code})
    assert set(device) == {"device"}
    return enter(
        {"phone": phone, "pin": pin, "device": device["device"]},
        "auth/driver",
    )


def body(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "client": str(cast.company_id("client")),
        "client_price": PRICE,
        "carrier_rate": RATE,
        "currency": "KGS",
        "body": "tent",
        "stops": [
            {
                "kind": "loading",
                "place": "Бишкек",
                "date": LOADING.isoformat(),
                "address": "ул. Тайная, 7",
            },
            {"kind": "unloading", "place": "Ош"},
        ],
        "cargo": [{"name": "Курага", "weight_kg": "5000", "volume_m3": "12"}],
        **more,
    }


def test_main_job(
    alpha: Cast,
    office: Caller,
    rival: Caller,
    driver: Caller,
    enter: Enter,
) -> None:
    ref = sold(alpha, office)
    seen = [
        bargained(office, rival, driver, ref),
        driven(office, driver, ref),
    ]
    for text in seen:
        assert not [secret for secret in SECRETS if secret in text]
    completed(office, ref)
    papers(office, member(enter, "alpha", "client"), rival, ref)
    paid(member(enter, "alpha", "accountant"), ref)


def sold(cast: Cast, office: Caller) -> str:
    order = office.call("post", "orders", body(cast), key="order-1", expect=201)
    ref: str = order["ref"]
    assert re.fullmatch(r"ORD-\d{6}-\d{4}", ref)
    assert (
        order["client_price"],
        order["carrier_rate"],
        order["margin"],
        order["result"],
    ) == (
        PRICE,
        RATE,
        "287651.00",
        None,  # until the act
    )
    assert (
        order["currency"],
        order["carrier_currency"],
        order["stage"],
    ) == ("KGS", "KGS", "draft")
    assert (
        order["carrier_name"] or None,
        order["trip"],
        order["adr"] or None,
    ) == (None, None, None)
    assert [(stop["kind"], stop["place"], stop["date"]) for stop in order["stops"]] == [
        ("loading", "Бишкек", LOADING.isoformat()),
        ("unloading", "Ош", None),
    ]
    listed = office.call("get", f"orders?search={ref}&limit=1")
    assert set(listed) == {"results", "next"} and [row["ref"] for row in listed["results"]] == [ref]
    assert office.call("post", f"orders/{ref}/publish", key="publish-1")["stage"] == "published"
    return ref


def bargained(office: Caller, rival: Caller, driver: Caller, ref: str) -> str:
    """Returns all that the carriers were told."""
    boards = [caller.call("get", "exchange/listings?body=tent") for caller in (rival, driver)]
    (listing,) = boards[0]["results"]
    assert (
        listing["from"]["place"],
        listing["to"]["place"],
        listing["price"],
        listing["own"],
    ) == ("Бишкек", "Ош", RATE, False)
    assert not {
        "client",
        "client_price",
        "margin",
        "stops",
        "address",
        "contact",
    } & set(listing)
    bid = rival.call(
        "post",
        f"exchange/listings/{listing['id']}/offers",
        {"price": "745000.00"},
        expect=201,
    )
    mine = driver.call(
        "post",
        f"exchange/listings/{listing['id']}/offers",
        {"price": "735000.00"},
        expect=201,
    )
    assert (
        office.call(
            "post",
            f"exchange/offers/{mine['id']}/counter",
            {"price": AGREED},
        )["turn"]
        == "carrier"
    )
    rival.call("post", f"exchange/offers/{mine['id']}/accept", expect=404)
    taken = driver.call("post", f"exchange/offers/{mine['id']}/accept", key="take")
    assert taken["status"] == "accepted" and [one["price"] for one in taken["rounds"]] == [
        "735000.00",
        AGREED,
    ]
    refused = office.call("post", f"exchange/offers/{bid['id']}/accept", expect=409)
    assert refused["title"] == "already_awarded" and refused["detail"]
    work_off()
    order = office.call("get", f"orders/{ref}")
    assert (order["stage"], order["carrier_rate"], order["margin"]) == (
        "assigned",
        AGREED,
        "267651.00",
    )
    return json.dumps(
        [boards, bid, mine, taken, rival.call("get", "trips")],
        ensure_ascii=False,
    )


def driven(office: Caller, driver: Caller, ref: str) -> str:
    (trip,) = driver.call("get", "trips")["results"]
    assert (
        trip["order"],
        trip["rate"],
        trip["stage"],
        trip["stops"][0]["address"],
    ) == (ref, AGREED, "assigned", "ул. Тайная, 7")
    points = [
        {
            "at": (clock.now() - timedelta(minutes=ago)).isoformat(),
            "lat": 42.8,
            "lon": 74.6,
        }
        for ago in (20, 10)
    ]
    assert driver.call("post", f"trips/{trip['id']}/positions", points) == {
        "stored": 2,
        "refused": [],
    }
    skipped = driver.call(
        "post",
        f"trips/{trip['id']}/advance",
        {"stage": "unloaded"},
        expect=409,
    )
    assert skipped["detail"]
    stages = [
        driver.call(
            "post",
            f"trips/{trip['id']}/advance",
            {"stage": stage},
            key=f"s-{stage}",
        )
        for stage in WAY
    ]
    assert [one["stage"] for one in stages] == WAY
    assert office.call("get", f"orders/{ref}")["stage"] == "delivered"
    return json.dumps([trip, stages], ensure_ascii=False)


def completed(office: Caller, ref: str) -> None:
    done = office.call("post", f"orders/{ref}/complete", key="done")
    assert (done["stage"], done["margin"]) == ("completed", "267651.00")
    work_off()


def papers(office: Caller, client: Caller, rival: Caller, ref: str) -> None:
    """Four papers under the reseller's brand; the client has three of them, the other reseller's
    partner none.
    """
    rows = office.call("get", f"documents?order={ref}")["results"]
    assert {paper["kind"] for paper in rows} == {
        "request",
        "instruction",
        "invoice",
        "act",
    }
    assert {paper["status"] for paper in rows} == {"ready"}
    for paper in rows:
        pdf = office.call("get", f"documents/{paper['id']}/pdf")
        text = by_poppler(pdf) + str(PdfReader(io.BytesIO(pdf)).metadata)
        assert "«Альфа»" in text and "track" not in text.lower(), paper["kind"]
    mine = client.call("get", f"documents?order={ref}")["results"]
    assert {paper["kind"] for paper in mine} == {
        "request",
        "invoice",
        "act",
    }
    (hidden,) = [paper for paper in rows if paper["kind"] == "instruction"]
    client.call("get", f"documents/{hidden['id']}/pdf", expect=404)
    rival.call("get", f"documents/{hidden['id']}", expect=404)
    order = client.call("get", f"orders/{ref}")
    assert "carrier_rate" not in order and "margin" not in order and order["client_price"] == PRICE


def paid(books: Caller, ref: str) -> None:
    """The same payment sent twice is one; a tenth of it is the platform's."""
    (bill,) = books.call("get", f"invoices?order={ref}")["results"]
    gross = bill["gross"]
    assert all(MONEY.fullmatch(bill[name]) for name in ("net", "tax", "gross", "paid", "rest"))
    sent = {
        "invoice": bill["id"],
        "amount": gross,
        "paid_on": clock.now().astimezone(BISHKEK).date().isoformat(),
    }
    first, second = (
        books.call("post", "payments", sent, key="pay-1", expect=201) for _ in range(2)
    )
    assert first == second and first["amount"] == gross
    card = books.call("get", f"invoices/{bill['number']}")
    assert (
        card["status"],
        card["paid"],
        card["rest"],
        len(card["payments"]),
    ) == ("paid", gross, "0.00", 1)
    books.call(
        "post",
        "payments",
        sent | {"amount": "1.00"},
        key="pay-2",
        expect=422,
    )
    fee = books.call("get", f"finance/platform-fee?month={first['month']}")
    tenth = f"{(Decimal(gross) / 10).quantize(Decimal('0.01'))}"
    assert fee == {
        "month": first["month"],
        "orders": 1,
        "rate": "10.00",
        "paid": gross,
        "fee": tenth,
        "currency": "KGS",
        "closed": False,
        "lines": [
            {
                "invoice": bill["number"],
                "kind": "receipt",
                "on": sent["paid_on"],
                "paid": gross,
                "rate": "10.00",
                "fee": tenth,
            }
        ],
    }
    assert books.call("get", f"finance/pnl?month={first['month']}")["platform_fee"] == tenth
    assert books.call("get", "finance/ageing")["receivables"]["total"] == "0.00"


def test_strangers_and_colleagues(alpha: Cast, beta: Cast, office: Caller, enter: Enter) -> None:
    """Another reseller's head finds nothing, a colleague without the right is told so, nobody's
    token opens nothing.
    """
    ref = sold(alpha, office)
    company = alpha.company_id("client")
    addresses = [
        ("get", f"orders/{ref}"),
        ("patch", f"orders/{ref}"),
        ("post", f"orders/{ref}/publish"),
        ("post", f"orders/{ref}/complete"),
        ("get", f"companies/{company}"),
        ("patch", f"companies/{company}"),
    ]
    stranger = member(enter, "beta", "head")
    colleague = member(enter, "alpha", "accountant")
    for method, address in addresses:
        stranger.call(method, address, {} if method != "get" else None, expect=404)
        enter().call(method, address, {} if method != "get" else None, expect=401)
    colleague.call("post", "orders", body(alpha), expect=403)
    colleague.call("post", f"orders/{ref}/publish", expect=403)
    member(enter, "alpha", "dispatcher").call(
        "post",
        "payments",
        {"invoice": "26-1", "amount": "1.00"},
        expect=403,
    )
    member(enter, "alpha", "client").call("get", f"orders/{ref}/nothing", expect=404)


def test_an_invitation_is_answered_with_its_link(
    office: Caller,
) -> None:
    sent = {
        "kind": "client",
        "name": "Курага",
        "full_name": "Айжан",
        "email": "a@kuraga.test",
        "phone": "+996555123456",
    }
    invitation = office.call("post", "companies/invite", sent, key="invite", expect=201)
    assert "/invitations/" in invitation["link"]
    again = office.call("post", "companies/invite", sent, key="invite", expect=201)
    assert again == invitation | {"link": None}, "a secret is given once"
    office.call(
        "post",
        "companies/invite",
        sent | {"kind": "neither"},
        expect=422,
    )
    listed = office.call("get", "companies?search=Курага")
    assert [(row["name"], row["kind"], row["full_name"]) for row in listed["results"]] == [
        ("Курага", "client", "Айжан")
    ]
