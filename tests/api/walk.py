"""One walk through every call of the API, by people of Alpha; each answer is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone

from companies import own
from companies.models import OwnFirm
from finance.models import Invoice, Payable
from orders.models import Order
from tenants.accounts import driver_login
from tenants.context import inside
from tenants.kit import clock
from tenants.kit.outbox import work_off
from tests.api.conftest import Caller
from tests.browser_client import ApiClient
from tests.orders import order_samples
from tests.world import PASSWORD, Cast, email

LOADING = (clock.now() + timedelta(days=3)).date().isoformat()
DRIVERS = {
    "Эрмек": "+996555321321",
    "Бакыт": "+996555321322",
    "Улан": "+996555321323",
}
WAY = (
    "to_loading",
    "at_loading",
    "loaded",
    "in_transit",
    "at_unloading",
    "unloaded",
    "papers_in",
)
ROW = "18/01/2026\tPR-9\tN-1\tGENERAL\tเรือ\t1\t1\t900\tAUTO"
STATEMENT = "Дата;Сумма;Назначение\n24.11.2026;5,00;Оплата\n25.11.2026;-5,00;Банк\n"
SHIPMENT = {
    "received_on": "2026-01-18",
    "customer_code": "PR-001",
    "tracking_number": "TH12345678",
    "goods_type": "GENERAL",
    "transport": "truck",
    "weight_kg": "15.5",
    "volume_cbm": "0.125",
    "price": "2500.00",
}
PRICES = {
    "GENERAL": {
        "truck": {"cbm": "900", "kg": "60"},
        "ship": {"cbm": "500", "kg": "25"},
    }
}


@dataclass
class Kept:
    """What a call answered."""

    method: str
    address: str
    status: int
    content_type: str
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)


@dataclass
class Walk:
    cast: Cast
    kept: list[Kept] = field(default_factory=list)
    callers: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, str] = field(
        default_factory=dict
    )  # arguments of addresses, of things that stand

    def call(
        self,
        method: str,
        address: str,
        data: Any = None,
        *,
        by: str = "head",
    ) -> Any:
        is_money = (
            address.split("/")[0] in ("payments", "payouts", "advances", "expenses", "finance")
            or address.endswith(("/credit-notes", "/write-offs", "/reverse"))
            or is_confirm(address)
        )
        key = {"Idempotency-Key": uuid4().hex} if is_money and method == "post" else {}
        return self.keep(method, address, self.caller(by).send(method, address, data, **key))

    def keep(self, method: str, address: str, answer: Any) -> Any:
        assert answer.status_code < 300, (
            method,
            address,
            answer.status_code,
            answer.content,
        )
        kind = answer.get("Content-Type", "")
        kept = Kept(method, address, answer.status_code, kind, answer.content)
        self.kept.append(kept)
        return kept.json if kind.endswith("json") else None

    def get(self, address: str, *, by: str = "head") -> Any:
        return self.call("get", address, by=by)

    def post(self, address: str, data: Any = None, *, by: str = "head") -> Any:
        return self.call("post", address, data, by=by)

    def upload(self, address: str, name: str, text: str, *, by: str = "head") -> Any:
        """A file goes as the part `file` of a form."""
        body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile(name, text.encode())})
        caller = self.caller(by)
        answer = caller.generic("POST", f"/api/v1/{address}", body, MULTIPART_CONTENT)
        return self.keep("post", address, answer)

    def put(self, address: str, data: Any, *, by: str = "head") -> Any:
        return self.call("put", address, data, by=by)

    def caller(self, by: str) -> Any:
        if by not in self.callers:
            self.callers[by] = Caller() if by == "nobody" else ApiClient(self.cast.actor(by))
        return self.callers[by]


def is_confirm(address: str) -> bool:
    return address.startswith("finance/statements/")


def walk_through(cast: Cast) -> Walk:
    walk = Walk(cast)
    with inside(cast.scope):
        prepare(cast)
    doors(walk)
    companies(walk)
    orders(walk)
    bargaining(walk)
    driving(walk)
    papers(walk)
    books(walk)
    cargo(walk)
    imports(walk)
    return walk


def prepare(cast: Cast) -> None:
    details = {
        "name": "Alpha",
        "inn": "02705201910356",
        "country": "KG",
        "address": "Бишкек",
    }
    own.save_details(values=details, by=cast.actor(), at=clock.now())
    order_samples.sign_platform_contract(cast)
    order_samples.partner_carrier(cast)


def doors(walk: Walk) -> None:
    login = {"email": email("alpha", "head"), "password": PASSWORD}
    walk.post("auth/token", login, by="nobody")
    for name, phone in DRIVERS.items():
        driver = order_samples.pool_driver(name, phone)
        pin, code = driver_login.give_access(driver_id=driver.pk, phone=phone, at=timezone.now())
        device = walk.post("auth/driver/enrol", {"phone": phone, "code": code}, by="nobody")
        entry = {"phone": phone, "pin": pin, **device}
        token = walk.post("auth/driver", entry, by="nobody")["token"]
        walk.callers[name] = Caller()
        walk.callers[name].defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"


def companies(walk: Walk) -> None:
    company = walk.post("companies", {"kind": "client", "name": "Курага"})
    walk.ids["company_id"] = company["id"]
    walk.get("companies?limit=2")
    walk.get(f"companies/{company['id']}")
    walk.call("patch", f"companies/{company['id']}", {"note": "x"})
    card(walk, f"companies/{company['id']}")
    person = {
        "kind": "client",
        "name": "Лук",
        "full_name": "Айжан",
        "email": "a@onion.test",
    }
    walk.post("companies/invite", person)


def card(walk: Walk, company: str) -> None:
    """What stands on the card: one of each stays, for those who try its address."""
    account = {"currency": "KGS", "bank": "Банк", "account": "1091820182530186"}
    place = {"name": "Склад", "place": "Ош", "lat": 40.53, "lon": 72.8, "phone": "+996555000010"}
    for part, argument, body in (
        ("accounts", "account_id", account),
        ("addresses", "address_id", place),
        ("notes", "note_id", {"text": "x"}),
    ):
        row = walk.post(f"{company}/{part}", body)
        walk.get(f"{company}/{part}?limit=1")
        walk.call("delete", f"{company}/{part}/{row['id']}")
        walk.ids[argument] = walk.post(f"{company}/{part}", body)["id"]
    walk.get(f"{company}/contracts?limit=1")
    address = f"{company}/addresses/{walk.ids['address_id']}"
    walk.get(address)
    walk.call("patch", address, {"hours": "8–18"})


def wish() -> dict[str, Any]:
    return {
        "stops": [
            {
                "kind": "loading",
                "place": "Бишкек",
                "date": LOADING,
                "time_from": "08:00",
            },
            {"kind": "unloading", "place": "Ош"},
        ],
        "cargo": [
            {
                "name": "Лук",
                "weight_kg": "5000",
                "volume_m3": "12",
                "value": "100",
            }
        ],
    }


def order(walk: Walk) -> str:
    prices = {"client_price": "100000.00", "carrier_rate": "80000.00"}
    client = str(walk.cast.company_id("client"))
    ref: str = walk.post("orders", {**wish(), **prices, "client": client})["ref"]
    return ref


def orders(walk: Walk) -> None:
    ref = order(walk)
    walk.ids["ref"] = ref
    walk.call("patch", f"orders/{ref}", {"note": "срочно"})
    walk.post(f"orders/{ref}/publish")
    walk.get("orders?limit=1&sort=-margin")
    walk.get("places?search=Ош&limit=2", by="client")
    walk.get("places/resolve?text=Аксу", by="Эрмек")
    walk.get("orders?stage=published&stage=draft", by="accountant")
    walk.post(f"orders/{ref}/unpublish")
    walk.post(f"orders/{ref}/cancel", {"reason": "отказ"})
    assigned = order(walk)
    partner = str(walk.cast.company_id("partner"))
    walk.post(f"orders/{assigned}/assign", {"partner": partner, "rate": "79000"})
    walk.ids["assigned"] = assigned
    requested = walk.post("orders", wish(), by="client")["ref"]
    walk.call("patch", f"orders/{requested}", {"client_price": "90000.00"})
    walk.post(f"orders/{requested}/quote")
    walk.post(f"orders/{requested}/agree", {"price": "90000.00"}, by="client")
    walk.get(f"orders/{requested}", by="client")
    walk.get("orders", by="client")


def bargaining(walk: Walk) -> None:
    walk.ids["sold"] = order(walk)
    walk.post(f"orders/{walk.ids['sold']}/publish")
    listing = walk.get("exchange/listings?from=Бишкек", by="Эрмек")["results"][0]["id"]
    walk.ids["listing_id"] = listing
    walk.get(f"exchange/listings/{listing}")
    threads = f"exchange/listings/{listing}/offers"
    offers = {name: walk.post(threads, {"price": "85000"}, by=name)["id"] for name in DRIVERS}
    walk.ids["offer_id"] = offers["Эрмек"]
    walk.get(threads)
    walk.get(threads, by="Улан")
    walk.get("exchange/offers")
    walk.get("exchange/offers?side=carrier", by="Улан")
    walk.get(f"exchange/offers/{offers['Улан']}", by="Улан")
    walk.post(f"exchange/offers/{offers['Бакыт']}/reject")
    walk.post(f"exchange/offers/{offers['Улан']}/withdraw", by="Улан")
    walk.post(f"exchange/offers/{offers['Эрмек']}/counter", {"price": "81000.00"})
    walk.post(f"exchange/offers/{offers['Эрмек']}/accept", by="Эрмек")
    work_off()


def driving(walk: Walk) -> None:
    trip = walk.get("trips", by="Эрмек")["results"][0]["id"]
    walk.ids["job_id"] = trip
    walk.get("trips?stage=assigned")
    walk.get(f"trips/{trip}", by="Эрмек")
    moment = (clock.now() - timedelta(minutes=5)).isoformat()
    point = {"at": moment, "lat": 42.8, "lon": 74.6}
    walk.post(f"trips/{trip}/positions", [point], by="Эрмек")
    walk.post(
        f"trips/{trip}/incidents",
        {"kind": "breakdown", "text": "колесо"},
        by="Эрмек",
    )
    fine = {
        "kind": "fine",
        "text": "вес",
        "cost": "1000",
        "currency": "KGS",
    }
    walk.post(f"trips/{trip}/incidents", fine)
    walk.get(f"trips/{trip}/incidents")
    for stage in WAY:
        walk.post(f"trips/{trip}/advance", {"stage": stage}, by="Эрмек")
    work_off()
    walk.post(f"orders/{walk.ids['sold']}/complete")
    work_off()
    walk.get(f"orders/{walk.ids['sold']}")


def papers(walk: Walk) -> None:
    rows = walk.get(f"documents?order={walk.ids['sold']}")["results"]
    ready = [paper["id"] for paper in rows if paper["status"] == "ready"]
    walk.ids["document_id"] = ready[0]
    walk.get(f"documents/{ready[0]}")
    walk.get(f"documents/{ready[0]}/pdf")


def give_up(walk: Walk, bill: dict[str, str]) -> None:
    """The invoice is long past due."""
    with inside(walk.cast.scope):
        Invoice.objects.filter(pk=bill["id"]).update(due_on=F("issued_on"))
    today = str(clock.now().date() + timedelta(days=1))
    body = {"amount": "10.00", "reason": "Ликвидирован", "on": today}
    given_up = walk.post(f"invoices/{bill['id']}/write-offs", body)
    walk.get(f"invoices/{bill['id']}/write-offs")
    walk.ids["write_off_id"] = given_up["id"]
    walk.post(f"write-offs/{given_up['id']}/reverse", {"reason": "Нашёлся"})


def books(walk: Walk) -> None:
    bill = walk.get(f"invoices?order={walk.ids['sold']}")["results"][0]
    walk.get("invoices?sort=-rest&status=open", by="client")
    half = {"invoice": bill["id"], "amount": "50000.00"}
    payment = walk.post("payments", half)["id"]
    walk.ids["payment_id"] = payment
    walk.post(f"payments/{payment}/refund", {"amount": "10.00"})
    walk.ids["key"] = bill["id"]
    walk.post(f"invoices/{bill['id']}/credit-notes", {"amount": "10.00", "reason": "Недостача"})
    give_up(walk, bill)
    advance = walk.post("payments", {"company": bill["company"], "amount": "500.00"})["id"]
    parts = {"parts": [{"invoice": bill["id"], "amount": "100.00"}]}
    walk.post(f"payments/{advance}/allocations", parts)
    walk.get(f"invoices/{bill['number']}")
    walk.post("payouts", {"order": walk.ids["sold"], "amount": "100.00"})
    walk.get("payouts")
    ahead = walk.post("advances", {"order": walk.ids["assigned"], "amount": "1000.00"})["id"]
    walk.ids["carrier_advance_id"] = ahead
    walk.post(f"advances/{ahead}/return", {"amount": "10.00"})
    walk.get("advances")
    spent = walk.post("expenses", {"category": "fuel", "amount": "10.00"})["id"]
    walk.ids["expense_id"] = spent
    walk.post(f"expenses/{spent}/reverse", {"reason": "дважды"})
    walk.get("expenses")
    stood = walk.post("finance/opening", {"kind": "bank", "amount": "10.00"})["id"]
    walk.ids["opening_id"] = stood
    walk.post(f"finance/opening/{stood}/reverse", {"reason": "дважды"})
    walk.get("finance/opening")
    owed = f"payables/{walk.ids['sold']}"
    walk.get(owed)
    with inside(walk.cast.scope):
        Payable.objects.update(net=F("amount") - 9, tax=9, is_deductible=True)
    walk.put(f"{owed}/tax-invoice", {"number": "ЭСФ 17", "on": str(clock.now().date())})
    walk.call("delete", f"{owed}/tax-invoice")
    walk.post("invoices", {"order": delivered(walk)})
    walk.post(f"orders/{walk.ids['sold']}/close")
    walk.get("finance/platform-fee")
    walk.get("finance/pnl")
    walk.get("finance/pnl-by?by=direction")
    walk.get("finance/sales-book")
    walk.get("finance/purchases-book?firm=1")
    walk.get("finance/ageing")
    walk.get("finance/ageing?on=2026-02-28")
    walk.put("finance/rates", {"rates": {"USD": "87.45"}})
    walk.get("finance/rates")
    walk.ids["account"] = "receivable"
    walk.get("finance/trial-balance?on=2026-03-31")
    walk.get("finance/accounts/receivable?limit=2")
    walk.get(f"companies/{walk.ids['company_id']}/statement")
    with inside(walk.cast.scope):
        OwnFirm.objects.update(account="9990010000000133", account_currency="KGS")
    statement = walk.upload("finance/statements", "a.csv", STATEMENT)["id"]
    walk.ids["statement_id"] = statement
    walk.get("finance/statements?limit=1")
    walk.get(f"finance/statements/{statement}")
    parts = [{"invoice": bill["number"], "amount": "5.00"}]
    walk.post(f"finance/statements/{statement}/confirm", {"matches": [{"line": 1, "parts": parts}]})


def delivered(walk: Walk) -> str:
    """An order whose invoice is not issued by itself."""
    with inside(walk.cast.scope):
        return str(
            Order.objects.create(
                ref="ORD-260101-0001",
                client_id=walk.cast.company_id("client"),
                stage="delivered",
                client_price="700.00",
                currency="KGS",
                carrier_currency="KGS",
                created_at=clock.now(),
            ).ref
        )


def cargo(walk: Walk) -> None:
    card = walk.post("cargo/rate-cards", {"name": "A", "prices": PRICES})["id"]
    walk.ids["card_id"] = card
    walk.get("cargo/rate-cards")
    walk.get(f"cargo/rate-cards/{card}")
    walk.call("patch", f"cargo/rate-cards/{card}", {"name": "B", "prices": PRICES})
    walk.post(f"cargo/rate-cards/{card}/activate", {"past_months": False})
    walk.post("cargo/salespeople", {"code": "S-01", "name": "A"})
    walk.ids["code"] = "S-01"
    walk.get("cargo/salespeople")
    walk.post("cargo/salespeople/S-01/customers", {"codes": ["PR-001"]})
    walk.get("cargo/salespeople/S-01/customers")
    walk.post("cargo/customers", {"code": "PR-002", "name": "B"})
    walk.get("cargo/customers?search=PR&limit=1")
    gone = walk.post("cargo/shipments", SHIPMENT)["id"]
    walk.call("delete", f"cargo/shipments/{gone}")
    stands = walk.post("cargo/shipments", {**SHIPMENT, "tracking_number": "TH2"})["id"]
    walk.ids["shipment_id"] = stands
    walk.get("cargo/shipments?month=2026-01&sort=-cost")
    walk.get(f"cargo/shipments/{stands}")
    walk.call("patch", f"cargo/shipments/{stands}", {"price": "2600"})
    walk.get("cargo/reports/summary?month=2026-01")
    walk.get("audit?limit=100")


def imports(walk: Walk) -> None:
    bad = walk.post("cargo/imports", {"text": f"{ROW}\nnothing"})["id"]
    walk.ids["batch_id"] = bad
    walk.get(f"cargo/imports/{bad}?limit=1")
    heading = "date\tcustomer\ttracking\tx\ty\tz"
    asking = walk.post("cargo/imports", {"text": f"Nr\t{heading}\n1\t{ROW}"})["id"]
    walk.post(f"cargo/imports/{asking}/read", {"columns": {"x": "goods_type"}})
    walk.post(f"cargo/imports/{bad}/confirm", {"skip_bad": True})
    walk.get("cargo/imports")
    walk.post(f"cargo/imports/{bad}/undo")
