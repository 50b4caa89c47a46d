"""The books over the API, in the contract's shape."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from finance import settlement
from finance.models import Invoice, Payment
from tenants.context import inside
from tests.finance.money_samples import (
    completed,
    invoice,
    noon,
    order,
    own,
    pay,
)
from tests.tools import clocks_stand_at
from tests.world import Cast


def key() -> dict[str, str]:
    """A fresh Idempotency-Key, which money calls demand."""
    return {"Idempotency-Key": uuid4().hex}


@pytest.fixture(autouse=True)
def _in_march() -> Any:
    with clocks_stand_at(noon("2026-03-20")):
        yield


@pytest.fixture
def bill(alpha: Cast) -> Invoice:
    with inside(alpha.scope):
        own()
        return invoice(alpha, "1000.00", on="2026-03-10")


def test_an_order_is_invoiced_and_the_invoice_paid(alpha: Cast, call: Any) -> None:
    with inside(alpha.scope):
        own()
        ref = order(alpha, price="1000.00").ref
    api = call(alpha, "accountant")
    answer = api.send("post", "invoices", {"order": ref})
    bill = answer.json()
    assert answer.status_code == 201
    assert (
        bill["gross"],
        bill["rest"],
        bill["status"],
        bill["order"],
        bill["currency"],
    ) == (
        "1000.00",
        "1000.00",
        "issued",
        ref,
        "KGS",
    )
    assert api.send("post", "invoices", {"order": ref}).status_code == 409
    paid = api.send(
        "post",
        "payments",
        {
            "invoice": bill["id"],
            "amount": "400.00",
            "paid_on": "2026-03-19",
        },
        **key(),
    )
    assert (
        paid.status_code,
        paid.json()["amount"],
        paid.json()["month"],
    ) == (201, "400.00", "2026-03")
    card = api.send("get", f"invoices/{bill['id']}").json()
    assert (
        card["paid"],
        card["status"],
        len(card["lines"]),
        len(card["payments"]),
    ) == ("400.00", "part_paid", 1, 1)
    assert api.send("get", f"invoices/{bill['number']}").json()["id"] == bill["id"]


def test_the_fee_of_a_month_has_the_contracts_shape(alpha: Cast, call: Any, bill: Invoice) -> None:
    with inside(alpha.scope):
        completed(alpha, 31, "2026-03-12")
        pay(alpha, bill, "100.00", "2026-03-15")
    assert call(alpha, "accountant").send("get", "finance/platform-fee?month=2026-03").json() == {
        "month": "2026-03",
        "orders": 31,
        "rate": "7.00",
        "paid": "100.00",
        "fee": "7.00",
        "currency": "KGS",
        "closed": False,
        "lines": [
            {
                "invoice": bill.number,
                "kind": "receipt",
                "on": "2026-03-15",
                "paid": "100.00",
                "rate": "7.00",
                "fee": "7.00",
            },
        ],
    }


def test_too_much_is_refused_with_the_field(alpha: Cast, call: Any, bill: Invoice) -> None:
    body = {
        "invoice": str(bill.pk),
        "amount": "1000.01",
        "paid_on": "2026-03-19",
    }
    answer = call(alpha, "accountant").send("post", "payments", body, **key())
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["amount"]
    with inside(alpha.scope):
        assert not Payment.objects.exists()


def test_a_call_repeated_with_its_key_is_one_payment(alpha: Cast, call: Any, bill: Invoice) -> None:
    api = call(alpha, "accountant")
    body = {
        "invoice": str(bill.pk),
        "amount": "10.00",
        "paid_on": "2026-03-19",
    }
    ids = {
        api.send("post", "payments", body, **{"Idempotency-Key": "k1"}).json()["id"]
        for _ in range(2)
    }
    assert len(ids) == 1


def test_a_refund_gives_back_all_that_is_left_by_default(
    alpha: Cast, call: Any, bill: Invoice
) -> None:
    with inside(alpha.scope):
        payment = pay(alpha, bill, "300.00", "2026-03-15")
    api = call(alpha, "accountant")
    assert (
        api.send("post", f"payments/{payment.pk}/refund", {"amount": "100.00"}, **key()).status_code
        == 201
    )
    back = api.send("post", f"payments/{payment.pk}/refund", {}, **key())
    assert (
        back.status_code,
        back.json()["amount"],
        back.json()["refund_of"],
    ) == (201, "200.00", str(payment.pk))
    assert api.send("post", f"payments/{payment.pk}/refund", {}, **key()).status_code == 422


def test_a_carrier_is_paid_and_sees_its_payouts_alone(alpha: Cast, call: Any) -> None:
    with inside(alpha.scope):
        own()
        done = order(
            alpha,
            carrier_rate=Decimal("800.00"),
            stage="completed",
            completed_at=noon("2026-03-10"),
        )
        settlement.settle(order=done, by=None, at=noon("2026-03-10"))
    api = call(alpha, "accountant")
    body = {
        "order": done.ref,
        "amount": "500.00",
        "paid_on": "2026-03-15",
    }
    assert api.send("post", "payouts", body, **key()).status_code == 201
    assert api.send("post", "payouts", body, **key()).status_code == 422
    assert [row["amount"] for row in api.send("get", "payouts").json()["results"]] == ["500.00"]
    assert call(alpha, "partner").send("get", "payouts").json()["results"] == []


def test_reports_answer_by_api(alpha: Cast, call: Any, bill: Invoice) -> None:
    api = call(alpha, "accountant")
    ageing = api.send("get", "finance/ageing").json()
    assert (ageing["currency"], ageing["receivables"]["total"]) == (
        "KGS",
        "1000.00",
    )
    assert ageing["receivables"]["buckets"] == {
        "not_due": "0.00",
        "1-30": "1000.00",
        "31-60": "0.00",
        "61-90": "0.00",
        "90+": "0.00",
    }
    pnl = api.send("get", "finance/pnl?month=2026-03").json()
    assert (
        pnl["revenue"],
        pnl["cost"],
        pnl["platform_fee"],
        pnl["profit"],
    ) == ("1000.00", "0.00", "0.00", "1000.00")
    assert api.send("get", "finance/pnl?month=march").status_code == 422


def test_clients_see_their_own_invoices_alone(alpha: Cast, call: Any, bill: Invoice) -> None:
    mine = call(alpha, "client")
    theirs = call(alpha, "client2")
    assert [row["number"] for row in mine.send("get", "invoices").json()["results"]] == [
        bill.number
    ]
    assert theirs.send("get", "invoices").json()["results"] == []
    assert [api.send("get", f"invoices/{bill.pk}").status_code for api in (mine, theirs)] == [
        200,
        404,
    ]
    assert mine.send("get", "finance/platform-fee").status_code == 404
    assert (
        mine.send(
            "post", "payments", {"invoice": str(bill.pk), "amount": "1.00"}, **key()
        ).status_code
        == 404
    )


def test_colleagues_without_the_right_get_403_strangers_404(
    alpha: Cast, beta: Cast, call: Any, bill: Invoice
) -> None:
    body = {
        "invoice": str(bill.pk),
        "amount": "1.00",
        "paid_on": "2026-03-19",
    }
    assert call(alpha, "dispatcher").send("post", "payments", body, **key()).status_code == 403
    assert call(beta, "accountant").send("post", "payments", body, **key()).status_code == 404
    assert call(beta, "accountant").send("get", f"invoices/{bill.pk}").status_code == 404
    assert call(alpha, "accountant").send("get", f"invoices/{uuid4()}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "status=overdue",
        "search=client",
        "sort=-rest",
        "sort=due",
        "limit=1",
        "order=ORD-1",
    ],
)
def test_the_list_takes_what_the_contract_names(
    alpha: Cast, call: Any, bill: Invoice, query: str
) -> None:
    assert call(alpha, "accountant").send("get", f"invoices?{query}").status_code == 200
