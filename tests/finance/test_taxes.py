"""Optional taxes are charged from the day they are chosen until the day they are dropped."""

from datetime import date
from decimal import Decimal
from typing import Any

from companies import own_taxes
from companies.models import OwnTax
from tenants.context import inside
from tests.finance.money_samples import invoice, noon, own
from tests.tools import clocks_stand_at
from tests.world import Cast


def test_a_chosen_tax_stands_on_invoices_from_that_day(
    in_alpha: Cast,
) -> None:
    own(vat_payer=True)
    head = in_alpha.actor("head")
    own_taxes.choose(kinds=["НСП", "nonsense"], by=head, at=noon("2026-03-10"))
    own_taxes.choose(kinds=["НСП"], by=head, at=noon("2026-03-11"))
    assert [
        str(invoice(in_alpha, "1000.00", on=day).tax) for day in ("2026-03-09", "2026-03-10")
    ] == ["120.00", "140.00"]
    own_taxes.choose(kinds=[], by=head, at=noon("2026-03-20"))
    assert invoice(in_alpha, "1000.00", on="2026-03-20").tax == Decimal("120.00")
    assert [(row.since, row.until) for row in OwnTax.objects.all()] == [
        (date(2026, 3, 10), date(2026, 3, 20))
    ]


def test_the_page_shows_the_rows_and_saves_the_choice(alpha: Cast, browse: Any) -> None:
    with clocks_stand_at(noon("2026-03-20")):
        with inside(alpha.scope):
            own(vat_payer=True)
        browser = browse(alpha, "accountant")
        assert "НСП" in browser.get("/finance/taxes/").content.decode()
        assert browser.post("/finance/taxes/", {"kinds": ["VAT"]}).status_code == 422
        assert browser.post("/finance/taxes/", {"kinds": ["НСП"]}).status_code == 302
        assert browse(alpha, "dispatcher").post("/finance/taxes/", {"kinds": []}).status_code == 403
        with inside(alpha.scope):
            assert own_taxes.chosen(date(2026, 3, 20)) == {"НСП"}
