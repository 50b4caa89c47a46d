"""Acts that accept figures count only while the page shows what stands (FAULTS A2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal as D
from typing import Any

from commission.cargo.imports import start
from commission.cargo.models import (
    Adjustment,
    Bill,
    CommissionPayment,
    ImportState,
    MonthLock,
    RateCard,
    Shipment,
)
from commission.cargo.months import closing
from commission.cargo.rates import rate_cards
from tests.cargo.conftest import NOW, PRICES, Shop
from tests.page_forms import PageForm, form_with, forms_on

CHANGED = "The figures have changed"
FEBRUARY = datetime(2026, 2, 5, 5, 0, tzinfo=UTC)
DEARER = {key: replace(rates, per_kg=D(99)) for key, rates in PRICES.items()}
LINE = "18/01/2026\tPR-001\t{number}\tGENERAL\tEK\t15.5\t0.125\t{price}"


def page_form(browser: Any, address: str, part: str = "") -> PageForm:
    """The form of a page whose address has this part, with its mark of what is shown."""
    forms = forms_on(browser.get(address).content, address)
    return next(form for form in forms if part in form.action and "shown" in form.fields)


def press(browser: Any, form: PageForm, **more: str) -> Any:
    return browser.post(form.action, form.fields | more)


def is_refused(answer: Any) -> bool:
    return answer.status_code == 409 and CHANGED in answer.content.decode()


def head(shop: Shop, browse: Any) -> Any:
    browser = browse(shop.cast, "head")
    browser.cookies["language"] = "en"
    return browser


def test_a_card_is_activated_with_the_prices_that_were_shown(shop: Shop, browse: Any) -> None:
    browser = head(shop, browse)
    card = shop.card(active=False)
    address = f"/cargo/rate-cards/{card.pk}/activate/"
    old = page_form(browser, address)
    rate_cards.change(card=card, name=card.name, prices=DEARER, by=shop.actor(), at=NOW)
    assert is_refused(press(browser, old))
    old = page_form(browser, address)
    shop.shipment()
    assert is_refused(press(browser, old))
    assert not RateCard.objects.filter(is_active=True).exists()
    assert press(browser, page_form(browser, address)).status_code == 302
    assert RateCard.objects.get(is_active=True).pk == card.pk


def test_a_period_is_recalculated_as_it_was_shown(shop: Shop, browse: Any) -> None:
    """Also when its days are changed in the form that shows another period."""
    shop.shipment(received_on=date(2026, 1, 18))
    shop.shipment(received_on=date(2025, 12, 18), price=D(2600))
    shop.card()
    Shipment.objects.update(cost=D(1), card_id=None, card_version=None)
    browser = head(shop, browse)
    address = "/cargo/recalculate/"
    period = {"first": "01/01/2026", "last": "31/01/2026", "reason": "why"}
    shown = forms_on(browser.post(address, period).content, address)
    old = next(form for form in shown if "shown" in form.fields)
    other = press(browser, old, sure="1", first="01/12/2025")
    assert is_refused(other)
    shop.shipment(price=D(2700))
    Shipment.objects.filter(price=D(2700)).update(cost=D(1), card_id=None, card_version=None)
    anew = press(browser, old, sure="1")
    assert is_refused(anew)
    assert Shipment.objects.filter(cost=D(1)).count() == 3
    new = form_with(anew.content, address, "shown")
    assert press(browser, new, sure="1").status_code == 302
    assert Shipment.objects.filter(cost=D(1)).count() == 1


def test_a_month_is_closed_with_the_figures_that_were_shown(shop: Shop, browse: Any) -> None:
    shop.shipment()
    browser = head(shop, browse)
    address = "/cargo/months/2026-01/"
    old = page_form(browser, address)
    shop.shipment(price=D(9000))
    assert is_refused(press(browser, old))
    assert not MonthLock.objects.exists()
    assert press(browser, page_form(browser, address)).status_code == 302
    assert MonthLock.objects.exists()


def test_a_second_adjustment_never_undoes_the_first_unseen(shop: Shop, browse: Any) -> None:
    shop.card()
    row = shop.shipment()
    closing.lock(month=date(2026, 1, 1), by=shop.actor(), at=FEBRUARY)
    browser = head(shop, browse)
    address = f"/cargo/shipments/{row.pk}/adjust/"
    old = page_form(browser, address)
    first = press(browser, page_form(browser, address), price="3000", reason="one")
    assert first.status_code == 302
    second = press(browser, old, cost="100", reason="two")
    assert is_refused(second) and "3,000.00" in second.content.decode()
    assert Adjustment.objects.count() == 1


def test_commission_is_paid_once_from_two_tabs_and_never_above_what_is_owed(
    shop: Shop, browse: Any
) -> None:
    shop.card()
    shop.customer(of=shop.salesperson())
    shop.shipment()
    browser = head(shop, browse)
    address = "/cargo/months/2026-01/"
    old = page_form(browser, address, "/pay/")
    assert press(browser, old, amount="10").status_code == 302
    assert is_refused(press(browser, old, amount="10"))
    new = page_form(browser, address, "/pay/")
    over = press(browser, new, amount="9999999")
    assert over.status_code == 422 and "More than is owed" in over.content.decode()
    assert [row.amount for row in CommissionPayment.objects.all()] == [D(10)]


def preview(shop: Shop, **numbers: str) -> Any:
    text = "\n".join(LINE.format(number=number, price=price) for number, price in numbers.items())
    return start.of_paste(text=text, by=shop.actor(), at=NOW)


def shown_of(browser: Any, batch: Any) -> str:
    piece = browser.get(f"/cargo/import/{batch.pk}/totals/")
    return str(piece.content.decode().split('name="shown"')[1].split('"')[1])


def test_an_import_is_saved_as_its_preview_showed_it(shop: Shop, browse: Any) -> None:
    batch = preview(shop, TH1="100", TH2="200")
    browser = head(shop, browse)
    url = f"/cargo/import/{batch.pk}/"
    old = shown_of(browser, batch)
    browser.post(f"{url}lines/1/", {"price": "900"})
    browser.post(f"{url}confirm/", {"shown": old})
    assert CHANGED in browser.get(url).content.decode()
    batch.refresh_from_db()
    assert batch.state == ImportState.PREVIEW
    browser.post(f"{url}confirm/", {"shown": shown_of(browser, batch)})
    batch.refresh_from_db()
    assert batch.state == ImportState.CONFIRMED


def test_a_number_saved_meanwhile_is_shown_and_can_be_left_out(shop: Shop, browse: Any) -> None:
    """The person is not told to mend a row that the page does not show."""
    batch = preview(shop, TH1="100", TH2="200")
    browser = head(shop, browse)
    url = f"/cargo/import/{batch.pk}/"
    shop.shipment(tracking_number="TH1")
    browser.post(f"{url}confirm/")
    batch.refresh_from_db()
    assert (batch.state, batch.bad) == (ImportState.PREVIEW, 1)
    form = next(
        form for form in forms_on(browser.get(url).content, url) if "skip_bad" in form.fields
    )
    assert press(browser, form).status_code == 302
    assert set(Shipment.objects.values_list("tracking_number", "price")) == {
        ("TH1", D("2500.00")),
        ("TH2", D("200.00")),
    }


def test_an_answer_about_billed_parcels_is_for_the_period_that_was_asked(
    shop: Shop, browse: Any
) -> None:
    browser = head(shop, browse)
    shop.shipment(received_on=date(2026, 1, 10))
    shop.shipment(received_on=date(2026, 1, 20), price=D(2600))
    address = "/cargo/billing/"
    period = {"first": "01/01/2026", "last": "15/01/2026", "customer_code": "PR-001"}
    whole = period | {"last": "31/01/2026"}
    assert browser.post(address, period).status_code == 302
    assert (
        browser.post(address, period | {"first": "16/01/2026", "last": "31/01/2026"}).status_code
        == 302
    )
    question = form_with(browser.post(address, period).content, address, "shown")
    other = browser.post(address, question.fields | whole | {"billed": "all"})
    assert other.status_code == 422 and "2 parcels" in other.content.decode()
    assert Bill.objects.count() == 2
    assert press(browser, question, billed="all").status_code == 302
    assert Bill.objects.count() == 3
