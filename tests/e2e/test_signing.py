"""A contract is signed on a phone, in Russian and in Thai: invitation, password, details, rules, the
code from the letter; the sealed file is in both cabinets and is what the check page knows. And on
paper with a photo, by who was invited without an e-mail.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.e2e import office, people
from tests.e2e.stack import Stack
from tests.e2e.test_doors import invite
from tests.e2e.visitor import PHONE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.proof]
HEAD = "head@sary.example"
RESELLER = "Сары-Өзөк Транс"
PEOPLE = {
    "ru": ("client", "Нур Текстиль", "Айжан", "client@nur.example"),
    "th": ("client", "Siam Textile", "Somchai", "client@siam.example"),
}
PARTNERS = {
    "ru": ("partner", "Барс Карго", "Бакыт", "+996700123421"),
    "th": ("partner", "Isan Cargo", "Somsak", "+66812345621"),
}


@pytest.fixture
def head(visit: Callable[..., Visitor], stack: Stack) -> Visitor:
    manager = visit("manager")
    office.sign_in(manager, people.MANAGER, people.PASSWORD)
    office.switch_on_second_step(manager, people.PASSWORD)
    office.create_reseller(manager, name=RESELLER, slug="sary", head="Эмиль", email=HEAD)
    who = visit("head")
    office.first_access(who, stack, HEAD)
    office.open_company(who, stack, HEAD)
    return who


def test_contracts_are_signed_on_a_phone_and_on_paper(
    visit: Callable[..., Visitor], stack: Stack, head: Visitor
) -> None:
    terms = "/my-company/terms/"
    head.go(terms)
    assert sealed(head, stack).startswith(b"%PDF-")
    for language, person in PEOPLE.items():
        client = visit("client", language=language)
        signs_by_code(client, head, stack, language, person)
    for language, person in PARTNERS.items():
        on_paper(visit("partner", language=language), head, language, person)


def signs_by_code(
    client: Visitor,
    head: Visitor,
    stack: Stack,
    language: str,
    person: tuple[str, str, str, str],
) -> None:
    kind, company, name, mail = person
    last = 8 if language == "th" else 6
    office.invite(head, kind=kind, name=company, person=name, email=mail, last=last)
    client.speak(language)
    join(client, stack.letter(mail, r"(http\S+/invitations/\S+)")[1], company)
    contract = "/cabinet/contract/"
    client.go(f"{contract}?new=1&language={language}")
    client.look("rules", widths=(PHONE,), by_axe=(PHONE,))
    client.press("form:has([name=accept]) button.btn-primary")
    client.press("form:has([name=language]) button.btn-primary")
    client.look("code", widths=(PHONE,), by_axe=(PHONE,))
    client.fill(code=stack.letter(mail, office.SIX, number=2)[1])
    client.press("form:has([name=code]) button.btn-primary")
    client.look("half-signed", widths=(PHONE,), by_axe=(PHONE,))
    page = card_of(head, company)
    head.look("to-countersign", by_axe=(PHONE,))
    before = len(codes_to(stack, HEAD))
    head.press("form:has([name=shown]) button.btn-primary")
    code = stack.wait(lambda: (codes_to(stack, HEAD)[before:] or [None])[0], "the head's code")
    head.fill(code=code)
    head.press("form:has([name=code]) button.btn-primary")
    head.go(page)
    head.look("in-force", by_axe=(PHONE,))
    client.go(contract)
    client.look("in-force", widths=(PHONE,), by_axe=(PHONE,))
    ours, theirs = sealed(head, stack), sealed(client, stack)
    assert ours == theirs and b"ETSI.CAdES.detached" in ours
    checked(client, ours)


def codes_to(stack: Stack, mail: str) -> list[str]:
    """Every code sent to an address, the newest last."""
    codes: list[str] = []
    for letter in stack.letters(mail):
        body = letter.get_body(("plain",))
        codes += re.findall(office.SIX, body.get_content(), re.MULTILINE) if body else []
    return codes


def join(who: Visitor, link: str, company: str) -> None:
    """The link of the invitation, a password, the company's details."""
    who.go(link)
    who.fill(name=company, password=office.PASSWORD)
    who.press("form:has([name=password]) button.btn-primary")
    who.fill(full_name=f"«{company}»", address="Chuy 5", director=company)
    who.look("details", widths=(PHONE,))
    who.send()


def card_of(head: Visitor, company: str) -> str:
    """The tab «Contract» of the company's card."""
    head.go("/companies/")
    row = head.page.locator("main tr[data-href]", has_text=company)
    link = row.first.get_attribute("data-href")
    assert link
    head.go(f"{link}contract/")
    return f"{link}contract/"


def sealed(who: Visitor, stack: Stack) -> bytes:
    """The file behind the button, once the worker has made it."""
    href = who.page.locator("a[href*='/pdf/']").first.get_attribute("href")
    assert href

    def ready() -> bytes | None:
        answer = who.page.request.get(href)
        body = answer.body()
        return body if body.startswith(b"%PDF-") else None

    return stack.wait(ready, "the sealed contract")


def checked(who: Visitor, content: bytes) -> None:
    """The address on the paper answers; the same file is the same, one changed byte is found."""
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    address = re.search(r"/verify/[\w-]+/", text.replace("\n", ""))
    assert address
    who.go(address[0])
    who.look("verify", widths=(PHONE,), by_axe=(PHONE,))
    box = who.page.locator("[data-fingerprint]")
    changed = bytearray(content)
    changed[len(changed) // 2] ^= 1
    for file, answer in ((content, "data-same"), (bytes(changed), "data-other")):
        upload = {"name": "contract.pdf", "mimeType": "application/pdf", "buffer": file}
        box.locator("input").set_input_files(upload)
        words = box.get_attribute(answer)
        assert words
        who.page.locator("[data-fingerprint-answer]", has_text=words).wait_for()
    who.look("verify-changed", widths=(PHONE,))


def on_paper(
    partner: Visitor,
    head: Visitor,
    language: str,
    person: tuple[str, str, str, str],
) -> None:
    """A partner without an e-mail comes in by a link and signs on paper; the office photographs it."""
    kind, company, name, phone = person
    link = invite(head, phone, company, kind, name)
    head.speak(language)
    partner.speak(language)
    join(partner, link, company)
    card_of(head, company)
    head.press(".notice a[href*='/contract/paper/']")
    photo = BytesIO()
    Image.new("RGB", (1200, 1600), (240, 240, 235)).save(photo, "JPEG")
    upload = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
    head.page.set_input_files("[name=scan]", upload)
    head.look("paper", widths=(PHONE,), by_axe=(PHONE,))
    head.send()
    head.look("paper-signed", widths=(PHONE,))
    partner.go("/partner/contract/")
    partner.look("paper-signed", widths=(PHONE,))
    assert partner.page.locator("a[href*='/scan/']").count() == 1
    head.speak("ru")
