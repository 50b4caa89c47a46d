"""Cards, people, shipments, months: what each act does, refuses and leaves alone."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from commission.cargo import locks
from commission.cargo.codes import CodeTaken
from commission.cargo.models import (
    Adjustment,
    Customer,
    RateCard,
    Shipment,
)
from commission.cargo.months import closing
from commission.cargo.people import customers
from commission.cargo.queries import dashboard, report
from commission.cargo.rates import cards, rate_cards, recalculate
from commission.cargo.rates.pricing import Rates
from commission.cargo.shipments import editing
from tenants.office.models import AuditEvent
from tests.cargo.conftest import NOW, PRICES, Shop

LATER = NOW + timedelta(days=20)  # February
DEARER = PRICES | {("GENERAL", "truck"): Rates(D(900), D(70))}


def money(row: Any) -> tuple[Any, ...]:
    return (
        row.cost,
        row.cost_rule,
        row.commission,
        row.commission_method,
        row.status,
    )


def fresh(row: Shipment) -> Shipment:
    return Shipment.objects.select_related("customer").get(pk=row.pk)


def test_the_seeds_example(shop: Shop) -> None:
    card = shop.card()
    row = fresh(shop.shipment())
    assert money(row) == (
        D("930.00"),
        "KG",
        D("1570.00"),
        "DIFF",
        "normal",
    )
    assert (
        row.card_id,
        row.card_version,
        row.rate_cbm,
        row.rate_kg,
    ) == (card.pk, 1, D(900), D(60))


def test_activating_prices_what_awaits_after_showing_it(
    shop: Shop,
) -> None:
    waiting = shop.shipment()
    assert money(waiting) == (None, None, None, None, "awaiting_rate")
    card = shop.card(active=False)
    (change,) = rate_cards.preview(card)
    assert (
        change.month,
        change.count,
        change.cost_before,
        change.cost_after,
        change.commission_after,
    ) == (
        date(2026, 1, 1),
        1,
        D(0),
        D("930.00"),
        D("1570.00"),
    )
    assert rate_cards.activate(card=card, past_months=True, by=shop.actor(), at=NOW).priced == 1
    assert fresh(waiting).cost == D("930.00")


def test_past_months_are_left_alone_unless_asked_for(
    shop: Shop,
) -> None:
    waiting = shop.shipment()
    card = shop.card(active=False)
    assert rate_cards.activate(card=card, past_months=False, by=shop.actor(), at=LATER).priced == 0
    assert fresh(waiting).status == "awaiting_rate"


def test_the_database_allows_one_active_card(shop: Shop) -> None:
    shop.card()
    other = shop.card(active=False, name="Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        RateCard.objects.filter(pk=other.pk).update(is_active=True)
    rate_cards.activate(card=other, past_months=True, by=shop.actor(), at=LATER)
    assert list(RateCard.objects.filter(is_active=True)) == [other]


def test_an_empty_card_is_not_activated(shop: Shop) -> None:
    with pytest.raises(rate_cards.NothingToActivate):
        shop.card(prices={})


def test_the_card_of_the_day_prices(shop: Shop) -> None:
    """Active at the end of the day received; where none was, the one active now."""
    shop.card()
    dearer = shop.card(active=False, name="Dearer", prices=DEARER)
    rate_cards.activate(card=dearer, past_months=True, by=shop.actor(), at=LATER)
    day_before = LATER.astimezone(shop.cast.info.zone).date() - timedelta(days=1)
    assert shop.shipment(tracking_number="A", received_on=day_before, at=LATER).cost == D("930.00")
    assert shop.shipment(
        tracking_number="B",
        received_on=day_before + timedelta(days=1),
        at=LATER,
    ).cost == D("1085.00")
    assert shop.shipment(tracking_number="C", received_on=date(2025, 12, 1), at=LATER).cost == D(
        "1085.00"
    )


def test_changing_an_active_card_makes_a_version_and_moves_nothing(
    shop: Shop,
) -> None:
    card = shop.card()
    row = shop.shipment()
    card = rate_cards.change(
        card=card,
        name=card.name,
        prices=DEARER,
        by=shop.actor(),
        at=LATER,
    )
    assert card.version == 2 and fresh(row).cost == D("930.00")
    edited = editing.edit(
        shipment=row,
        entry=shop.entry(price=D("2600")),
        by=shop.actor(),
        at=LATER,
    )
    assert (edited.cost, edited.card_version, edited.commission) == (
        D("930.00"),
        1,
        D("1670.00"),
    )
    assert cards.grid_of(card)["GENERAL", "truck"].per_kg == D(70)


def test_a_recalculation_is_shown_then_done(shop: Shop) -> None:
    card = shop.card()
    row = shop.shipment()
    Shipment.objects.filter(pk=row.pk).update(cost=D(1), commission=D(2499))
    first = date(2026, 1, 1)
    last = date(2026, 1, 31)
    (change,) = recalculate.preview(first=first, last=last, by=shop.actor())
    assert (change.count, change.cost_before, change.cost_after) == (
        1,
        D("1.00"),
        D("930.00"),
    )
    assert (
        recalculate.recalculate(
            first=first,
            last=last,
            reason="typing",
            by=shop.actor(),
            at=NOW,
        )
        == 1
    )
    assert fresh(row).cost == D("930.00") and fresh(row).card_id == card.pk
    assert AuditEvent.objects.get(action="cargo.recalculate").reason == "typing"
    assert recalculate.preview(first=first, last=last, by=shop.actor()) == []


def test_giving_stamps_what_is_unstamped_after_counting(
    shop: Shop,
) -> None:
    shop.card()
    one = shop.salesperson()
    two = shop.salesperson("S-02")
    row = shop.shipment()
    assert row.salesperson_id is None
    plan = customers.plan_giving(salesperson=one, codes=["pr-001", "PR-NEW"])
    assert (plan.customers, plan.new_codes, plan.stamped) == (
        2,
        ("PR-NEW",),
        1,
    )
    assert (
        customers.give(
            salesperson=one,
            codes=["pr-001", "PR-NEW"],
            by=shop.actor(),
            at=NOW,
        ).stamped
        == 1
    )
    moved = customers.give(salesperson=two, codes=["PR-001"], by=shop.actor(), at=LATER)
    assert (moved.moved, moved.stamped, fresh(row).salesperson_id) == (
        ("PR-001",),
        0,
        one.pk,
    )
    assert shop.shipment(tracking_number="later", at=LATER).salesperson_id == two.pk
    history = (
        Customer.objects.get(code="PR-001")
        .history.order_by("id")
        .values_list("salesperson", "until")
    )
    assert list(history) == [
        (one.pk, LATER.astimezone(shop.cast.info.zone).date()),
        (two.pk, None),
    ]


def test_a_customer_has_one_salesperson_at_a_time_by_the_databases_word(
    shop: Shop,
) -> None:
    one = shop.salesperson()
    two = shop.salesperson("S-02")
    customer = shop.customer(of=one)
    with pytest.raises(IntegrityError), transaction.atomic():
        customer.history.create(salesperson=two, since=date(2026, 3, 1))


def test_codes_are_taken_in_any_case(shop: Shop) -> None:
    shop.customer("PR-001")
    with pytest.raises(CodeTaken):
        shop.customer("pr-001")


def test_a_double_tracking_number_is_saved_only_when_asked(
    shop: Shop,
) -> None:
    shop.shipment()
    with pytest.raises(editing.DoubleTracking):
        shop.shipment(tracking_number="th12345678")
    shop.shipment(tracking_number="th12345678", allow_double=True)
    assert Shipment.objects.count() == 2


def test_each_edit_keeps_before_and_after(shop: Shop) -> None:
    shop.card()
    row = shop.shipment()
    editing.edit(
        shipment=row,
        entry=shop.entry(price=D(900)),
        by=shop.actor("cargo_staff"),
        at=NOW,
    )
    event = AuditEvent.objects.get(action="cargo.shipment_edit")
    assert (
        event.before["price"],
        event.after["price"],
        event.after["status"],
    ) == ("2500.00", "900.00", "loss")
    assert "tracking_number" not in event.after and event.by == shop.actor("cargo_staff").member_id
    editing.delete(shipment=row, by=shop.actor(), at=NOW)
    assert (
        AuditEvent.objects.get(action="cargo.shipment_delete").before["tracking_number"]
        == "TH12345678"
    )


def test_a_locked_month_keeps_its_money(shop: Shop) -> None:
    shop.card()
    row = shop.shipment()
    who = shop.salesperson()
    with pytest.raises(closing.NotOver):
        closing.lock(month=date(2026, 1, 1), by=shop.actor(), at=NOW)
    locked = closing.lock(month=date(2026, 1, 1), by=shop.actor(), at=LATER)
    assert locked.totals["commission"] == "1570.00"
    for act in (
        lambda: editing.delete(shipment=row, by=shop.actor(), at=LATER),
        lambda: shop.shipment(tracking_number="late", at=LATER),
        lambda: editing.edit(
            shipment=shop.shipment(
                tracking_number="feb",
                received_on=date(2026, 2, 1),
                at=LATER,
            ),
            entry=shop.entry(),
            by=shop.actor(),
            at=LATER,
        ),
    ):
        with pytest.raises(locks.MonthIsLocked):
            act()
    with pytest.raises(editing.MoneyIsLocked):
        editing.edit(
            shipment=row,
            entry=shop.entry(price=D(1)),
            by=shop.actor(),
            at=LATER,
        )
    assert (
        editing.edit(
            shipment=row,
            entry=shop.entry(note="fragile"),
            by=shop.actor(),
            at=LATER,
        ).note
        == "fragile"
    )
    assert (
        customers.give(salesperson=who, codes=["PR-001"], by=shop.actor(), at=LATER).stamped == 1
    )  # February's alone
    assert fresh(row).salesperson_id is None
    with pytest.raises(closing.AlreadyLocked):
        closing.lock(month=date(2026, 1, 1), by=shop.actor(), at=LATER)


def test_later_corrections_count_in_the_open_month(shop: Shop) -> None:
    shop.card()
    row = shop.shipment()
    closing.lock(month=date(2026, 1, 1), by=shop.actor(), at=LATER)
    before = report.totals(shop.actor(), date(2026, 1, 1))
    closing.adjust(
        shipment=row,
        price=D(2600),
        cost=D(930),
        reason="price was wrong",
        by=shop.actor(),
        at=LATER,
    )
    closing.adjust(
        shipment=row,
        price=D(930),
        cost=D(930),
        reason="again",
        by=shop.actor(),
        at=LATER,
    )
    assert list(
        Adjustment.objects.order_by("made_at", "price").values_list("price", "cost", "commission")
    ) == [
        (D("-1670.00"), D("0.00"), D("-1660.70")),
        (D("100.00"), D("0.00"), D("100.00")),
    ]
    assert closing.effective(row) == closing.Effective(D("930.00"), D("930.00"), D("9.30"))
    assert report.totals(shop.actor(), date(2026, 1, 1)) == before
    assert dict(dashboard.six_months(shop.actor(), date(2026, 2, 1)))[date(2026, 1, 1)] == before
    february = report.totals(shop.actor(), date(2026, 2, 1))
    assert (february.count, february.sales, february.commission) == (
        0,
        D("-1570.00"),
        D("-1560.70"),
    )


def test_the_summary_adds_up_with_a_line_for_no_salesperson(
    shop: Shop,
) -> None:
    shop.card()
    shop.shipment(customer_code="PR-FREE", tracking_number="free")
    shop.customer(of=shop.salesperson())
    shop.shipment()
    shop.shipment(tracking_number="wait", weight_kg=D(0), volume_cbm=D(0))
    summary = report.summary(shop.actor(), date(2026, 1, 1))
    assert [(line.code, line.totals.count) for line in summary.salespeople] == [
        ("S-01", 2),
        ("", 1),
    ]
    assert [(line.code, line.totals.count) for line in summary.customers] == [
        ("PR-001", 2),
        ("PR-FREE", 1),
    ]
    assert (
        summary.totals.count,
        summary.totals.awaiting,
        summary.totals.sales,
        summary.totals.commission,
    ) == (
        3,
        1,
        D("7500.00"),
        D("3140.00"),
    )
    (line,) = report.statement(shop.actor(), date(2026, 1, 1), summary.salespeople[0].id)
    assert (line.code, line.totals) == (
        "PR-001",
        summary.salespeople[0].totals,
    )
