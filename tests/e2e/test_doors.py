"""People without e-mail on the real stack: invited from the desk, in by a phone, a second company, two
tabs of two companies, a forgotten password.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e import office, people
from tests.e2e.visitor import PHONE as NARROW
from tests.e2e.visitor import WIDE, Visitor

pytestmark = [pytest.mark.browser]
PASSWORD = "зелёный-чай-42"
MOST_SCREENS = 5
MOST_TAPS = 12
COUNT_TAPS = """
addEventListener("pointerdown", () => {
  sessionStorage.setItem("taps", 1 + Number(sessionStorage.getItem("taps")));
}, true);
const loaded = 1 + Number(sessionStorage.getItem("screens"));
sessionStorage.setItem("screens", loaded);
"""
NUMBERS = {"ru": "+996700123401", "th": "+996700123402"}
DISPATCHER = "dispatcher@alatoo.demo"


def invite(staff: Visitor, phone: str, name: str, kind: str = "client", full: str = "Азиз") -> str:
    """A company with a person who has a phone alone; the address of the link."""
    page = staff.go(f"/companies/invite/?kind={kind}")
    page.locator(f"[name=kind][value={kind}]").check(force=True)
    staff.fill(name=name, full_name=full, phone=phone)
    with staff.allowing(422):
        staff.send()
        if page.locator("[name=sure]").count():  # the phone is that of the first company, too
            staff.send()
    return page.input_value("#invitation-link")


@pytest.fixture
def dispatcher(visit: Callable[..., Visitor]) -> Visitor:
    who = visit("dispatcher")
    office.sign_in(who, DISPATCHER, people.PASSWORD)
    return who


def count(who: Visitor, what: str) -> int:
    return int(who.page.evaluate(f"Number(sessionStorage.getItem('{what}'))"))


@pytest.mark.parametrize("language", ["ru", "th"])
def test_an_invited_person_comes_in_by_five_screens_and_twelve_taps(
    visit: Callable[..., Visitor], dispatcher: Visitor, language: str
) -> None:
    link = invite(dispatcher, NUMBERS[language], f"Без почты {language}")
    dispatcher.speak(language)
    dispatcher.page.reload()
    dispatcher.look("invited", by_axe=(WIDE, NARROW))
    guest = visit("guest", language=language)
    guest.context.add_init_script(COUNT_TAPS)
    guest.page.set_viewport_size({"width": NARROW, "height": 844})
    page = guest.go(link)
    page.locator("[name=password]").click()
    page.keyboard.type(PASSWORD)
    with page.expect_navigation(wait_until="load"):
        page.locator("main button.btn-primary").click()
    assert page.url.endswith("/cabinet/company/")
    for name in ("full_name", "address", "director"):
        page.locator(f"[name={name}]").click()
        page.keyboard.type("Айдар Токтогулов 1")
    with page.expect_navigation(wait_until="load"):
        page.locator("form.form-page button.btn-primary").last.click()
    assert page.url.endswith("/cabinet/contract/")
    assert count(guest, "screens") <= MOST_SCREENS
    assert count(guest, "taps") <= MOST_TAPS
    guest.look("contract")


def come_in(guest: Visitor, link: str) -> None:
    guest.go(link)
    guest.fill(password=PASSWORD)
    guest.press("main button.btn-primary")


def test_a_form_of_the_other_company_is_sent_from_there_with_its_text(
    visit: Callable[..., Visitor], dispatcher: Visitor
) -> None:
    phone = "+996700123403"
    guest = visit("guest")
    come_in(guest, invite(dispatcher, phone, "Первая", full="Нурлан Первый"))
    second = invite(dispatcher, phone, "Вторая", full="Нурлан Первый")
    guest.go(second)
    guest.press("main button.btn-primary")
    guest.go("/switch/")
    guest.look("switch", by_axe=(NARROW,))
    guest.press(guest.page.locator("button.place", has_text="Первая"))
    form = guest.go("/cabinet/company/")
    guest.fill(full_name="ОсОО Первая", director="Нурлан Первый", address="")
    form.locator("[name=address]").press_sequentially("Бишкек, Чуй 1")
    other_tab = guest.context.new_page()
    other_tab.goto("/switch/")
    other_tab.locator("button.place", has_text="Вторая").click()
    other_tab.wait_for_url("**/cabinet/**")
    with guest.allowing(409):
        form.locator("form.form-page button.btn-primary").last.click()
        form.locator("#confirm[open]").wait_for()
        words = form.locator("#confirm-yes").inner_text()
        assert words.startswith("Вернуться в") and "Первая" in words
        guest.look("other-company", widths=(WIDE, NARROW))
        form.locator("#confirm button[value=no]").click()
        assert form.input_value("[name=address]") == "Бишкек, Чуй 1"
        form.locator("form.form-page button.btn-primary").last.click()
        form.locator("#confirm[open]").wait_for()
        with form.expect_navigation(wait_until="load"):
            form.locator("#confirm-yes").click()
    guest.go("/cabinet/company/")
    assert form.input_value("[name=name]") == "Первая"
    assert form.input_value("[name=address]") == "Бишкек, Чуй 1"
    other_tab.goto("/switch/")
    other_tab.locator("button.place", has_text="Вторая").click()
    other_tab.wait_for_url("**/cabinet/**")
    other_tab.goto("/cabinet/company/")
    assert other_tab.input_value("[name=address]") == ""
    other_tab.close()


@pytest.mark.parametrize("language", ["ru", "th"])
def test_who_forgot_asks_and_the_office_hands_a_link(
    visit: Callable[..., Visitor], dispatcher: Visitor, language: str
) -> None:
    phone = NUMBERS[language].replace("1234", "5678")
    guest = visit("guest", language=language)
    come_in(guest, invite(dispatcher, phone, f"Забывчивая {language}", full=f"Бек {language}"))
    forgetful = visit("forgetful", language=language)
    forgetful.go("/login/")
    forgetful.look("login", by_axe=(NARROW,))
    forgetful.go("/login/link/")
    forgetful.look("ask", by_axe=(NARROW,))
    forgetful.fill(login=phone)
    forgetful.press("main button.btn-primary")
    forgetful.look("asked")
    dispatcher.speak(language)
    row = dispatcher.page.locator("tr", has_text=phone)
    for _ in range(40):
        dispatcher.go("/link-requests/")
        if row.count():
            break
        dispatcher.page.wait_for_timeout(500)
    dispatcher.page.wait_for_timeout(800)
    dispatcher.look("requests", by_axe=(WIDE, NARROW))
    dispatcher.press(row.locator("button.btn-primary"))
    dispatcher.look("link", by_axe=(WIDE, NARROW))
    forgetful.go(dispatcher.page.input_value("#invitation-link"))
    forgetful.fill(new="чёрный-чай-43", again="чёрный-чай-43")
    forgetful.press("main button.btn-primary")
    assert "/cabinet/" in forgetful.page.url


@pytest.mark.parametrize("language", ["ru", "th"])
def test_people_of_a_company_are_invited_with_rights_and_confirmed(
    visit: Callable[..., Visitor], dispatcher: Visitor, language: str
) -> None:
    phone = NUMBERS[language].replace("1234", "6789")
    link = invite(dispatcher, phone, f"С людьми {language}", full=f"Эмиль {language}")
    card = dispatcher.page.locator("a[href^='/companies/'].btn-primary").get_attribute("href")
    first = visit("first", language=language)
    come_in(first, link)
    first.go("/cabinet/people/")
    first.press("a[href='/cabinet/people/new/']")
    first.look("new", by_axe=(WIDE, NARROW))
    first.fill(name="Айбек Асанов", phone=phone.replace("6789", "9876"))
    first.page.locator("[name=rights][value=client_order]").check()
    first.send()
    first.look("invited", by_axe=(NARROW,))
    colleague = visit("colleague", language=language)
    come_in(colleague, first.page.input_value("#invitation-link"))
    colleague.go("/cabinet/people/")
    colleague.look("people-seen")
    colleague.go("/cabinet/")
    colleague.look("orders-without-sums", widths=(WIDE,))
    page = first.go("/cabinet/people/")
    first.look("people", by_axe=(WIDE, NARROW))
    first.press(page.locator("tr", has_text="Айбек").locator("a.btn"))
    first.look("person", by_axe=(WIDE, NARROW))
    page.locator("[name=rights][value=client_sums]").check()
    first.send()
    dispatcher.speak(language)
    staff = dispatcher.go(f"{card}contacts/")
    dispatcher.look("contacts", by_axe=(WIDE, NARROW))
    dispatcher.press(staff.locator("tr", has_text="Айбек").locator("a.btn"))
    dispatcher.look("confirm", by_axe=(WIDE, NARROW))
    staff.fill("[name=post]", "Коммерческий директор")
    staff.locator("[name=acts_under][value=charter]").check(force=True)
    dispatcher.send("form[action$='/sign/']")
    dispatcher.look("confirmed")
