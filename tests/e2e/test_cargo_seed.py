"""The seed of Commission Cargo, page by page in Thai, each role in its own browser, with pictures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tenants.kit import clock
from tests.e2e import office, people
from tests.e2e.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.proof]
CARD = {
    "GENERAL": (900, 60, 500, 25),
    "TISI": (8000, 40, 6000, 30),
    "FDA": (14000, 80, 12000, 60),
    "SPECIAL": (18000, 150, 16000, 140),
}
NOW = clock.now() + timedelta(
    hours=7
)  # in Bangkok; the card that is activated here prices today's parcels
TODAY = f"{NOW:%d/%m/%Y}"
BUDDHIST = f"{NOW:%d/%m}/{NOW.year + 543}"
BEFORE = f"{NOW.replace(day=1) - timedelta(days=1):%Y-%m}"
PASTE = (
    "วันที่นำเข้า\tรหัสลูกค้า\tเลขพัสดุ\tประเภทสินค้า\tประเภทขนส่ง\tน้ำหนัก (กก.)\tปริมาตร (CBM)\tราคาขาย\tโหมดต้นทุน\n"
    f"{BUDDHIST}\tPR-701\tTH-A-1\tทั่วไป\tทางเรือ\t1,015.50\t2.5\t45,000.00\tAUTO\n"
    f"{BUDDHIST}\tPR-704\tTH-A-2\tมอก.\tทางบก\t2\t0.01\t300\tMANUAL\t250\n"
    "32/01/2569\tPR-701\tTH-A-3\tอย.\tทางบก\tabc\t0.01\t300\tAUTO\n"
    f"{BUDDHIST}\tPR-701\tTH-A-1\tพิเศษ\tทางบก\t1\t0.01\t300\tAUTO\n"
)


@pytest.fixture
def as_role(visit: Callable[..., Visitor]) -> Callable[[str], Visitor]:
    def come(role: str) -> Visitor:
        who = visit(role, language="th")
        office.sign_in(who, f"{role}@prcargo.demo", people.PASSWORD)
        return who

    return come


def test_the_seed_is_walked_in_thai(
    as_role: Callable[[str], Visitor],
) -> None:
    """Chapter by chapter: rates, salespeople, customers, a shipment, an import, reports, the
    month's close.
    """
    admin = as_role("admin")
    staff = as_role("staff")
    admin.go("/cargo/")
    admin.look("dashboard-empty")
    set_rates(admin)
    salesperson_and_customers(admin)
    one_shipment(staff)
    many_shipments(staff)
    own_view(staff)
    look_round(admin)
    years(admin)
    close_the_month(admin)
    manager(as_role("manager"))
    sale(as_role("sale"))


def set_rates(admin: Visitor) -> None:
    """2.1, by the keyboard: a block pasted from Excel, then Enter from cell to cell."""
    page = admin.go("/cargo/rate-cards/new/")
    admin.fill(name="เรทของการเดิน")
    for kind, prices in CARD.items():
        for name, price in zip(
            ("truck.cbm", "truck.kg", "ship.cbm", "ship.kg"),
            prices,
            strict=True,
        ):
            page.fill(f"[name='{kind}.{name}']", str(price))
    page.focus("[name='GENERAL.truck.cbm']")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.name") == "TISI.truck.cbm"
    admin.look("rate-card")
    admin.press("form:has([name=name]) .form-acts button.btn-primary")
    admin.press("a[href$='/activate/']")
    admin.look("rate-card-activate")
    admin.press("main form .btn-primary")
    admin.look("rate-cards")


def salesperson_and_customers(admin: Visitor) -> None:
    """2.2 and 2.3."""
    admin.go("/cargo/salespeople/")
    admin.fill(code="S-77", phone="0812345678", email="somchai@prcargo.test")
    admin.page.fill("form:has([name=code]) [name=name]", "สมชาย ใจดี")
    admin.press("form:has([name=code]) button.btn-primary")
    admin.fill(codes="PR-701")
    admin.press("form:has([name=codes]) button.btn-primary")
    admin.look("give-customers")
    admin.press("form:has([name=codes]) button.btn-primary")
    assert "PR-701" in admin.look("salesperson").inner_text("main")


def one_shipment(staff: Visitor) -> None:
    """3.1 and 3.2: 930.00 by KG appears while the form is filled in."""
    page = staff.go("/cargo/shipments/new/")
    staff.fill(
        received_on=TODAY,
        customer_code="PR-701",
        tracking_number="TH77345678",
        weight_kg="15.5",
        volume_cbm="0.125",
        price="2,500",
    )
    page.locator("#price .notice").wait_for()
    page.wait_for_load_state("networkidle")
    price = page.inner_text("#price")
    assert "930.00" in price and "KG" in price and "1,570.00" in price
    staff.look("shipment-form")
    page.wait_for_load_state("networkidle")
    staff.press(".form-acts button.btn-primary")
    staff.look("shipments")
    staff.press("tbody a.code:has-text('TH77345678')")
    assert "930" in staff.look("shipment-why").inner_text("main")


def many_shipments(staff: Visitor) -> None:
    """3.1.1: paste, see what is wrong, mend it in the grid, confirm."""
    page = staff.go("/cargo/import/")
    staff.look("import")
    page.fill("#paste", PASTE)
    staff.press("form:has(#paste) button.btn-primary")
    assert page.locator("input.is-invalid").count() == 3
    staff.look("import-preview")
    page.fill("#line-4 [name=received_on]", BUDDHIST)
    page.fill("#line-4 [name=weight_kg]", "12")
    with page.expect_response("**/lines/4/"):
        page.press("#line-4 [name=weight_kg]", "Enter")
    page.locator("#line-4 input.is-invalid").first.wait_for(state="detached")
    with page.expect_response("**/lines/5/"):
        page.check("#line-5 [name=is_allowed]")
    page.locator("#counts button.btn-primary:enabled").wait_for()
    staff.look("import-mended")
    staff.press("#counts button.btn-primary")
    staff.look("import-saved")
    staff.go("/cargo/shipments/?customer=PR-701")
    assert page.locator("tbody tr").count() == 4


def own_view(staff: Visitor) -> None:
    """Columns are chosen, a search narrows the list as it is typed, and both are kept as a tab;
    picked rows go on a label.
    """
    page = staff.go("/cargo/shipments/")
    page.locator(".list-tools-end .dropdown button").first.click()
    with page.expect_response("**/cargo/shipments/?**"):
        page.uncheck("[name=cols][value=weight]")
    page.keyboard.press("Escape")
    with page.expect_response("**/cargo/shipments/?**"):
        page.fill("[name=q]", "PR-701")
    page.locator(".list-totals").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.locator("th.num").count() == 4 and page.locator("tbody tr").count() == 4
    staff.look("shipments-found")
    page.check("tbody tr:first-child [name=pick]")
    staff.look("shipments-picked")
    page.uncheck("tbody tr:first-child [name=pick]")
    page.click("[data-open=save-view]")
    page.fill("#view-name", "ร้าน 701")
    staff.press("#view-form button.btn-primary")
    assert (
        page.locator(".view.active").inner_text() == "ร้าน 701"
        and page.locator("tbody tr").count() == 4
    )
    staff.look("shipments-tab")


def years(admin: Visitor) -> None:
    """Buddhist years by the head's choice, and back."""
    page = admin.go("/my-company/dates/")
    page.check("[name=era][value=buddhist]")
    admin.look("era")
    admin.press("form:has([name=era]) button.btn-primary")
    assert BUDDHIST in admin.go("/cargo/shipments/").inner_text("tbody")
    admin.look("shipments-buddhist")
    admin.go("/cargo/")
    admin.look("dashboard-buddhist")
    page = admin.go("/my-company/dates/")
    page.check("[name=era][value=common]")
    admin.press("form:has([name=era]) button.btn-primary")
    assert TODAY in admin.go("/cargo/shipments/").inner_text("tbody")


def look_round(admin: Visitor) -> None:
    """Chapters 4 and 6, and what stands beside the rows of chapter 7."""
    for name, path in (
        ("dashboard", "/cargo/"),
        ("report", "/cargo/reports/"),
        ("audit", "/audit/"),
        ("customers", "/cargo/customers/"),
        ("users", "/cargo/users/"),
        ("lots", "/cargo/lots/"),
        ("billing", "/cargo/billing/"),
        ("recalculate", "/cargo/recalculate/"),
    ):
        admin.go(path)
        admin.look(name)
    admin.go("/cargo/shipments/?status=loss")
    admin.look("losses")


def close_the_month(admin: Visitor) -> None:
    page = admin.go(f"/cargo/months/{BEFORE}/")
    admin.look("month-close")
    admin.press(f"form[action$='/months/{BEFORE}/'] button.btn-primary")
    admin.look("month-closed")
    assert page.locator(f"form[action$='/months/{BEFORE}/'] button.btn-primary").count() == 0


def manager(who: Visitor) -> None:
    assert who.page.url.endswith("/cargo/")
    who.look("manager")
    with who.allowing(403):
        assert who.page.goto("/cargo/users/").status == 403  # type: ignore[union-attr]


def sale(who: Visitor) -> None:
    """Only what carries the own code."""
    page = who.go("/cargo/shipments/")
    who.look("sale-shipments")
    codes = set(page.locator("td[data-label='เซลล์']").all_inner_texts())
    assert len(codes) <= 1 and "S-77" not in codes and "PR-704" not in page.content()
    with who.allowing(403):
        assert page.goto("/cargo/shipments/new/").status == 403  # type: ignore[union-attr]
