"""What people do in the office and at the door, page by page: the steps of which the main job is
made.
"""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from tenants.kit import clock
from tests.e2e.reading import authenticator
from tests.e2e.stack import Stack
from tests.e2e.visitor import Visitor

PASSWORD = "горный-перевал-7"
SIX = r"^\s*(\d{6})\s*$"
DETAILS = {
    "name": "ОсОО «Манас Логистик»",
    "full_name": "Общество с ограниченной ответственностью «Манас Логистик»",
    "inn": "02705201910356",
    "address": "г. Бишкек, ул. Манаса, 40",
    "director": "Манасов Эмиль Таалайбекович",
    "accountant": "Ли Вера",
    "bank": "ОАО «Оптима Банк»",
    "account": "1091820182530113",
    "bik": "109018",
    "phone": "+996312900200",
}


def sign_in(who: Visitor, email: str, password: str) -> None:
    who.go("/login/")
    who.fill(login=email, password=password)
    who.press("form[action='/login/'] button.btn-primary")


def switch_on_second_step(who: Visitor, password: str) -> None:
    """A platform manager is led here before anything else; the password is asked once more."""
    assert who.page.url.endswith("/login/again/?next=%2Fmfa%2Ftotp%2F")
    who.fill(password=password)
    who.press("form:has([name=password]) button.btn-primary")
    assert who.page.url.endswith("/mfa/totp/")
    who.fill(code=authenticator(who.page.locator(".code").inner_text()))
    who.press("form:has([name=code]) button.btn-primary")


def create_reseller(manager: Visitor, *, name: str, slug: str, head: str, email: str) -> None:
    manager.go("/admin/platform/reseller/add/")
    manager.fill(name=name, slug=slug, head_name=head, head_email=email)
    manager.page.select_option("[name=country]", "KG")
    manager.look("admin-new-reseller", widths=(1440,))
    manager.press("input[name=_save]")
    manager.look("admin-resellers", widths=(1440,))


def first_access(head: Visitor, stack: Stack, email: str) -> None:
    """The letter's address, the one-time password, and a password of one's own."""
    address = stack.letter(email, r"(http\S+/login/)")[1]
    once = stack.letter(email, r": ([\w-]{12})$")[1]
    assert address.startswith(stack.url)
    sign_in(head, email, once)
    assert head.page.url.endswith("/password/new/")
    head.look("new-password")
    head.go("/orders/")
    assert head.page.url.endswith("/password/new/"), "nothing opens before the password is changed"
    head.fill(new=PASSWORD, again=PASSWORD)
    head.press("form:has([name=again]) button.btn-primary")


def open_company(head: Visitor, stack: Stack, email: str) -> None:
    """Details, logo, signature and stamp, and the contract with the platform by a code from the
    e-mail.
    """
    head.go("/my-company/")
    head.fill(**DETAILS)
    head.page.select_option("[name=country]", "KG")
    head.send()
    head.look("my-company")
    for kind in ("logo", "signature", "stamp"):
        head.go("/my-company/images/")
        form = f"form[action$='/{kind}/save/']"
        head.page.set_input_files(
            f"{form} input[type=file]",
            {
                "name": f"{kind}.png",
                "mimeType": "image/png",
                "buffer": drawn(kind),
            },
        )
        head.press(f"{form} button.btn-primary")
    head.look("my-company-images")
    sign_contract(head, stack, email, "/my-company/terms/", number=2)


def sign_contract(who: Visitor, stack: Stack, email: str, page: str, *, number: int) -> None:
    """Read, accept the rules, ask for the code, type it in. `number`: which letter to this address
    brings it.
    """
    who.go(page)
    assert len(who.page.locator("main").inner_text()) > 1500, (
        "the text of the contract is there to be read"
    )
    who.look("contract-to-read")
    who.press("form:has([name=accept]) button.btn-primary")
    who.press("form:has([name=language]) button.btn-primary")
    who.fill(
        code="000000"
        if (right := stack.letter(email, SIX, number=number)[1]) != "000000"
        else "111111"
    )
    with who.allowing(422):
        who.press("form:has([name=code]) button.btn-primary")
    who.fill(code=right)
    who.press("form:has([name=code]) button.btn-primary")
    who.look("contract-signed")
    assert re.search(r"SHA-256 [0-9a-f]{64}", who.page.locator("main").inner_text())


def drawn(kind: str) -> bytes:
    """A picture as a person would upload it: a logo, a stroke of the pen, a round stamp."""
    picture = Image.new("RGBA", (360, 180), (255, 255, 255, 0))
    pen = ImageDraw.Draw(picture)
    if kind == "stamp":
        pen.ellipse((95, 5, 265, 175), outline=(30, 60, 160, 255), width=6)
    elif kind == "signature":
        pen.line(
            [(20, 120), (90, 40), (130, 140), (200, 50), (330, 110)],
            fill=(20, 20, 120, 255),
            width=5,
        )
    else:
        pen.polygon([(20, 160), (120, 20), (220, 160)], fill=(31, 111, 92, 255))
        pen.polygon([(140, 160), (230, 60), (340, 160)], fill=(15, 70, 60, 255))
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def invite(
    head: Visitor, *, kind: str, name: str, person: str, email: str, last: int | None = None
) -> None:
    """`last` is the last digit of the phone: an equal phone would be pointed out."""
    head.go("/companies/invite/")
    head.page.check(f"[name=kind][value={kind}]")
    last = last or (6 if kind == "client" else 7)
    head.fill(name=name, full_name=person, email=email, phone=f"+99655512345{last}")
    if kind == "client":
        head.look("invite")
    head.send()
    assert "/invitations/" in head.page.input_value("#invitation-link")


def take_invitation(who: Visitor, stack: Stack, *, email: str, name: str, reseller: str) -> None:
    """The link from the e-mail, a password, the company's details, the contract with the reseller."""
    link = stack.letter(email, r"(http\S+/invitations/\S+)")[1]
    who.go(link)
    who.look(f"{who.name}-invitation")
    assert reseller in who.text() and "Track" not in who.page.locator("body").inner_text()
    who.fill(name=name, password=PASSWORD)
    who.press("form:has([name=password]) button.btn-primary")
    who.fill(
        full_name=f"ОсОО «{name}»",
        inn="01403201510112",
        address="г. Ош, ул. Ленина, 5",
        director=name,
    )
    who.look(f"{who.name}-details")
    who.send()
    sign_contract(
        who,
        stack,
        email,
        f"/{'cabinet' if who.name == 'client' else 'partner'}/contract/",
        number=2,
    )
    stranger_link = who.page.request.get(link)
    assert stranger_link.status == 410 or stranger_link.status == 404, "an invitation works once"


def enter_order(head: Visitor, *, client: str, cargo: str, price: str, rate: str) -> str:
    """The simplified form; the margin is shown while it is typed. Returns the order's code."""
    head.go("/orders/new/")
    head.choose("client", client)
    for number, place in enumerate(("Бишкек", "Ош")):
        head.choose(f"stop-{number}-place", place)
    head.page.fill(
        "[name=stop-0-on]",
        (clock.now().date() + timedelta(days=3)).isoformat(),
    )
    head.page.fill("[name=cargo-0-name]", cargo)
    head.page.fill("[name=cargo-0-weight_kg]", "5000")
    head.page.select_option("[name=body]", "tent")
    head.fill(client_price=price, carrier_rate=rate)
    head.page.locator("[name=carrier_rate]").blur()
    head.look("new-order")
    head.send()
    address = re.search(r"/orders/(ORD-\d{6}-\d{4})/$", head.page.url)
    assert address, head.page.url
    return address[1]


def figures(page: Any) -> dict[str, str]:
    """The figures of a card's head, in their order."""
    return {
        str(n): text for n, text in enumerate(page.locator(".card-figures dd").all_inner_texts())
    }
