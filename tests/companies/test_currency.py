"""The currency of the books changes as long as no sum is counted in it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from companies import credit, currency
from companies.currency import CannotChangeCurrency
from companies.models import Company
from tenants.context import PLATFORM, inside
from tenants.kit import clock
from tenants.office.models import AuditEvent
from tenants.platform.models import Reseller
from tests.orders import order_samples
from tests.world import Cast

ZONE = "Asia/Bishkek"


def of(cast: Cast) -> str:
    with inside(PLATFORM):
        return Reseller.objects.get(pk=cast.info.id).currency


def test_a_new_reseller_changes_it_on_the_page(in_alpha: Cast, browse: Any) -> None:
    head = browse(in_alpha)
    typed = {"time_zone": ZONE, "currency": "USD"}
    assert head.post("/my-company/zone/", typed).status_code == 302
    assert of(in_alpha) == "USD"
    event = AuditEvent.objects.get(action="own.currency")
    assert (event.before, event.after) == ({"currency": "KGS"}, {"currency": "USD"})
    assert not AuditEvent.objects.filter(action="own.zone").exists()


def _priced(cast: Cast) -> None:
    order_samples.order(cast)


def _limited(cast: Cast) -> None:
    company = Company.objects.get(pk=cast.company_id("client"))
    credit.set_limit(company=company, limit=Decimal(100), by=cast.actor(), at=clock.now())


@pytest.mark.parametrize(
    ("begin", "words"), [(_priced, "Заказы с ценой"), (_limited, "Кредитные лимиты клиентов")]
)
def test_sums_that_stand_keep_it_and_the_field_says_which(
    in_alpha: Cast, browse: Any, begin: Any, words: str
) -> None:
    begin(in_alpha)
    head = browse(in_alpha)
    shown = head.get("/my-company/zone/").content.decode()
    assert words in shown and "disabled" in shown
    head.post("/my-company/zone/", {"time_zone": ZONE, "currency": "USD"})
    assert of(in_alpha) == "KGS"
    with pytest.raises(CannotChangeCurrency, match=words):
        currency.choose_currency(currency="USD", was="KGS", by=in_alpha.actor(), at=clock.now())
    assert of(in_alpha) == "KGS"
    assert not AuditEvent.objects.filter(action="own.currency").exists()


def test_the_other_reseller_s_currency_stays(in_alpha: Cast, beta: Cast, browse: Any) -> None:
    before = of(beta)
    browse(in_alpha).post("/my-company/zone/", {"time_zone": ZONE, "currency": "RUB"})
    assert (of(in_alpha), of(beta)) == ("RUB", before)


def test_a_currency_that_is_not_ours_is_refused(in_alpha: Cast, browse: Any) -> None:
    typed = {"time_zone": ZONE, "currency": "XXX"}
    assert browse(in_alpha).post("/my-company/zone/", typed).status_code == 422
    with pytest.raises(CannotChangeCurrency):
        currency.choose_currency(currency="XXX", was="KGS", by=in_alpha.actor(), at=clock.now())
    assert of(in_alpha) == "KGS"


def test_a_colleague_does_not_change_it(in_alpha: Cast, browse: Any) -> None:
    typed = {"time_zone": ZONE, "currency": "USD"}
    assert browse(in_alpha, "dispatcher").post("/my-company/zone/", typed).status_code == 403
    assert of(in_alpha) == "KGS"
