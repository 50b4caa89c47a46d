"""Exchange rates by day: typed on the page, read from a list, entered over the API."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from finance.rate_list import NotAList, read
from tenants.context import inside
from tenants.kit import clock
from tenants.kit.doubts import Doubt
from tenants.office import rates
from tenants.office.models import AuditEvent, ExchangeRate
from tenants.office.rates import CannotEnter, Rate
from tests.finance.money_samples import noon, rate
from tests.tools import clocks_stand_at
from tests.world import Cast

PAGE = "/finance/rates/"
LIST = "/finance/rates/list/"
MARCH_10 = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _in_march() -> Iterator[None]:
    with clocks_stand_at(noon("2026-03-20")):
        yield


@pytest.fixture
def russian() -> Iterator[None]:
    """Commas are decimal, and refusals are read as a Russian reads them."""
    with translation.override("ru"):
        yield


def kept() -> list[tuple[str, str, str]]:
    rows = ExchangeRate.objects.order_by("on", "currency")
    return [(row.currency, f"{row.on}", f"{row.rate.normalize():f}") for row in rows]


def enter(cast: Cast, *entered: Rate, role: str = "accountant", sure: Any = ()) -> None:
    rates.enter(entered, by=cast.actor(role), at=clock.now(), sure=sure)


def test_the_page_keeps_the_rates_of_a_day_and_shows_them(in_alpha: Cast, browse: Any) -> None:
    client = browse(in_alpha, "accountant")
    typed = {"on": "2026-03-10", "USD": "87,45", "KZT": "0,172"}
    assert client.post(PAGE, typed).status_code == 302
    assert kept() == [("KZT", "2026-03-10", "0.172"), ("USD", "2026-03-10", "87.45")]
    row = ExchangeRate.objects.get(currency="USD")
    assert (row.source, row.entered_name, row.off) == ("typed", "accountant of alpha", None)
    shown = client.get(f"{PAGE}?month=2026-03").content.decode()
    assert "87,45" in shown and "accountant of alpha" in shown
    assert "87,45" not in client.get(f"{PAGE}?month=2026-02").content.decode()


def test_a_rate_entered_anew_is_kept_and_the_log_says_both(in_alpha: Cast) -> None:
    enter(in_alpha, Rate("USD", MARCH_10, Decimal("87.45")))
    enter(in_alpha, Rate("USD", MARCH_10, Decimal("87.45")))
    enter(in_alpha, Rate("USD", MARCH_10, Decimal("88")))
    assert kept() == [("USD", "2026-03-10", "88")]
    events = AuditEvent.objects.filter(action="rate.enter")
    before = {(event.before or {}).get("fx") for event in events}
    assert before == {None, "87.450000"}


def test_a_rate_far_off_is_asked_of_the_head_alone(in_alpha: Cast) -> None:
    rate("2026-03-01", "87.50")
    far = Rate("USD", MARCH_10, Decimal("87500") / 1000 * 2)
    with pytest.raises(CannotEnter) as refused:
        enter(in_alpha, far)
    assert (refused.value.currency, refused.value.on) == ("USD", MARCH_10)
    with pytest.raises(Doubt) as question:
        enter(in_alpha, far, role="head")
    assert kept() == [("USD", "2026-03-01", "87.5")]
    with pytest.raises(Doubt):  # a yes to another sum is no answer
        enter(in_alpha, far, role="head", sure=[question.value.key.replace("175", "185")])
    enter(in_alpha, far, role="head", sure=[question.value.key])
    assert ExchangeRate.objects.get(on=MARCH_10).off == Decimal("100.00")


@pytest.mark.parametrize("value", ["70.00", "105.00"])
def test_twenty_per_cent_are_not_far_off(in_alpha: Cast, value: str) -> None:
    rate("2026-03-01", "87.50")
    enter(in_alpha, Rate("USD", MARCH_10, Decimal(value)))
    assert ExchangeRate.objects.get(on=MARCH_10).off is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("USD", "0"), ("USD", "-1"), ("USD", "1e15"), ("USD", "NaN"), ("USD", "1,2345678")],
)
def test_a_bad_rate_is_said_at_its_field_and_nothing_is_kept(
    in_alpha: Cast, browse: Any, field: str, value: str
) -> None:
    typed = {"on": "2026-03-10", "KZT": "0,172", field: value}
    answer = browse(in_alpha, "accountant").post(PAGE, typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in text or f'aria-describedby="id_{field}' in text
    assert kept() == []


@pytest.mark.parametrize("typed", [{"on": "2026-03-10"}, {"on": "2099-01-01", "USD": "87"}])
def test_a_form_without_a_rate_or_of_a_day_to_come_is_refused(
    in_alpha: Cast, browse: Any, typed: dict[str, str]
) -> None:
    assert browse(in_alpha, "accountant").post(PAGE, typed).status_code == 422
    assert kept() == []


def test_the_page_asks_the_head_and_takes_the_yes(in_alpha: Cast, browse: Any) -> None:
    rate("2026-03-01", "87.50")
    client = browse(in_alpha, "head")
    typed = {"on": "2026-03-10", "USD": "60"}
    text = client.post(PAGE, typed).content.decode()
    assert 'name="sure" value="far_rate:USD:2026-03-10:60"' in text
    answer = client.post(PAGE, typed | {"sure": "far_rate:USD:2026-03-10:60"})
    assert answer.status_code == 302
    assert ("USD", "2026-03-10", "60") in kept()


def test_who_only_reads_the_books_enters_nothing(in_alpha: Cast, browse: Any) -> None:
    client = browse(in_alpha, "dispatcher")
    assert client.post(PAGE, {"on": "2026-03-10", "USD": "87"}).status_code == 403
    assert client.post(LIST, {"text": "10.03.2026;USD;87"}).status_code == 403
    assert kept() == []


LISTS = {
    "rows": "10.03.2026\tUSD\t87,45\n11.03.2026\tusd\t87,5",
    "heading": "дата;валюта;курс\n10.03.2026;USD;87,45\n11.03.2026;USD;87,5",
    "wide": "Дата;USD;RUB\n10.03.2026;87,45;\n11.03.2026;87,5;1,05",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_in_either_shape(name: str, russian: None) -> None:
    entered = [one for one in read(LISTS[name]) if one.currency == "USD"]
    assert entered == [
        Rate("USD", MARCH_10, Decimal("87.45")),
        Rate("USD", date(2026, 3, 11), Decimal("87.5")),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("10.03.2026;USD;87\n32.03.2026;USD;87", "Строка 2"),
        ("10.03.2026;USD;много", "Строка 1"),
        ("10.03.2026;USD", "Строка 1"),
        ("10.03.2026;USD;87\n10.03.2026;USD;88", "USD"),
        ("дата;валюта;курс", "."),
    ],
)
def test_a_list_that_cannot_be_read_says_where(text: str, words: str, russian: None) -> None:
    with pytest.raises(NotAList, match=words):
        read(text)


def test_a_file_is_kept_whole_or_not_at_all(in_alpha: Cast, browse: Any) -> None:
    client = browse(in_alpha, "accountant")
    rows = "Дата;USD\n10.03.2026;87,45\n11.03.2026;87500\n"
    file = SimpleUploadedFile("rates.csv", rows.encode("windows-1251"))
    answer = client.post(LIST, {"file": file})
    assert answer.status_code == 422
    assert kept() == []
    assert "87500" in answer.content.decode()  # what was uploaded stays, to be mended
    mended = client.post(LIST, {"text": rows.replace("87500", "87,5")})
    assert mended.status_code == 302
    assert [value for _code, _on, value in kept()] == ["87.45", "87.5"]
    assert set(ExchangeRate.objects.values_list("source", flat=True)) == {"imported"}


def test_over_the_api(in_alpha: Cast, call: Any) -> None:
    api = call(in_alpha, "accountant")
    body = {"rates": {"USD": "87.45"}}
    assert api.send("put", "finance/rates?on=2026-03-10", body).status_code == 200
    answer = api.send("get", "finance/rates?on=2026-03-17").json()
    (row,) = answer["rates"]
    assert (answer["on"], answer["currency"]) == ("2026-03-17", "KGS")
    assert (row["currency"], row["rate"], row["on"]) == ("USD", "87.450000", "2026-03-10")
    assert api.send("get", "finance/rates?on=2026-03-18").json()["rates"] == []


@pytest.mark.parametrize("sent", [{"KGS": "1"}, {"XXX": "2"}, {"USD": "0"}, {"USD": "1e15"}, {}])
def test_over_the_api_a_bad_rate_is_named(in_alpha: Cast, call: Any, sent: dict[str, str]) -> None:
    answer = call(in_alpha, "accountant").send(
        "put", "finance/rates?on=2026-03-10", {"rates": sent}
    )
    assert answer.status_code == 422
    assert all(name.startswith("rates") for name in answer.json()["errors"])
    assert kept() == []


def test_rates_of_one_reseller_are_not_another_s(alpha: Cast, beta: Cast, call: Any) -> None:
    with inside(alpha.scope):
        rate("2026-03-10", "87.45")
    answer = call(beta, "accountant").send("get", "finance/rates?on=2026-03-10")
    assert answer.json()["rates"] == []
