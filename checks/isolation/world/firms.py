"""The firm itself and the companies it works with: details, pictures, contracts, people who joined
by an invitation.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from PIL import Image

from checks.isolation.words import (
    BARGAINERS,
    EVERYBODY,
    MEMBERS,
    OFFICE,
    PLATFORM,
    Words,
)
from checks.isolation.world.made import Firm
from checks.isolation.world.people import PASSWORD
from companies import (
    addresses,
    banking,
    contracts,
    editing,
    invites,
    inviting_people,
    joining,
    notes,
    own,
    signing,
)
from companies.inviting_people import Newcomer
from companies.models import BankAccount, Company, Contact, Contract
from tenants.accounts.models import Invitation
from tenants.context import GATE, inside
from tenants.kit.uploads import CleanImage
from tenants.permissions import Role

NAMED = (
    "full_name",
    "address",
    "bank",
    "director",
    "accountant",
    "contact_person",
    "register_number",
)
JOINED = ("client", "client 2", "partner", "partner 2")


def open_office(firm: Firm, words: Words, at: datetime) -> None:
    with inside(firm.info.scope):
        _own(firm, words, at)
        for name in (*JOINED, "guest"):
            _company(firm, words, name, at)
        own.mark_platform_contract(at=at, by=firm.head)


def _own(
    firm: Firm,
    words: Words,
    at: datetime,
) -> None:
    """Our details stand on our people's papers; the stamp's picture is the head's alone."""
    brand = words.mark(firm.word, "brand", firm.may(MEMBERS))
    values: dict[str, own.Value] = dict.fromkeys(("name", *NAMED), brand)
    values |= {
        "country": firm.info.country,
        "vat_payer": False,
        "inn": words.digits(f"tax number of {firm.word}", firm.may(MEMBERS)),
        "email": f"{brand.lower()}@example.test",
    }
    own.save_details(values=values, by=firm.head, at=at)
    own.set_appearance(
        values={
            "accent": "#1f6f5c",
            "footer_note": brand,
            "own_terms": brand,
        },
        by=firm.head,
        at=at,
    )
    seal = words.mark(firm.word, "seal", firm.may(["head"]))
    # The logo greets whoever holds the link of an invitation.
    logo = words.mark(firm.word, "logo", EVERYBODY)
    for kind, word in (
        ("logo", logo),
        ("signature", seal),
        ("stamp", seal),
    ):
        own.set_picture(kind=kind, picture=_picture(word), by=firm.head, at=at)
    draft = contracts.draft(company=None, reseller=firm.info, on=at.date(), language="ru")
    signed = signing.sign_on_paper(
        draft=draft,
        signed_on=at.date(),
        scan=_scan(brand),
        by=firm.head,
        at=at,
    )
    assert signed is not None
    firm.keep("contract", signed.pk, firm.office)
    firm.keep("case", signed.case.pk, firm.office)


def _picture(word: str) -> CleanImage:
    """A pixel with the word behind it, which no browser draws but every answer carries."""
    buffer = BytesIO()
    Image.new("RGB", (1, 1)).save(buffer, "PNG")
    return CleanImage(buffer.getvalue() + word.encode(), "image/png", 1, 1)


def _scan(word: str) -> signing.Scan:
    return signing.Scan(
        _picture(word).content,
        "image/png",
        f"{word}.png",
    )


def _company(firm: Firm, words: Words, name: str, at: datetime) -> None:
    """Invited, joined, filled in, under contract. The guest's link stays unused: it is a public
    key.
    """
    owner = name.replace(" ", "")
    kind = Company.Kind.PARTNER if name.startswith("partner") else Company.Kind.CLIENT
    mine = firm.may(OFFICE, [name])
    login = words.mark(
        firm.word,
        f"login{owner}",
        mine,
        PLATFORM,
        EVERYBODY if name == "guest" else (),
    )
    called = words.mark(
        firm.word,
        f"{kind}name{owner}",
        mine,
        EVERYBODY if name == "guest" else (),
    )
    invitation = invites.invite(
        kind=kind,
        name=called,
        full_name=login,
        email=f"{login.lower()}@example.test",
        phone=words.phone(f"phone of {firm.word} {name}", mine),
        language="ru",
        by=firm.head,
        at=at,
    )
    firm.companies[name] = invitation.company
    firm.keep("company", invitation.company.pk, mine)
    _fill_in(firm, words, name, at)
    token = invitation.link.rstrip("/").rsplit("/", 1)[-1]
    if name == "guest":
        firm.keep("token", token, EVERYBODY)
        return
    with inside(GATE):
        joined = joining.join(token, name=login, password=PASSWORD, signed_in=None, at=at)
    firm.people[name] = joined.actor
    inviters = firm.may(BARGAINERS, [name])
    firm.keep("person", joined.actor.member_id, inviters, parent=firm.companies[name].pk, sums=True)
    _invite_colleague(firm, words, name, at)


def _invite_colleague(firm: Firm, words: Words, name: str, at: datetime) -> None:
    """Somebody who is invited into the company and has not come yet."""
    company = firm.companies[name]
    mine = firm.may(BARGAINERS, [name])
    newcomer = Newcomer(
        role=Role(company.kind),
        name=words.mark(firm.word, f"invited{name.replace(' ', '')}", firm.may(OFFICE, [name])),
        email="",
        phone=words.phone(f"phone of who is invited by {firm.word} {name}", mine),
        login_name="",
        language="ru",
        rights=[],
    )
    inviting_people.invite(company=company, newcomer=newcomer, by=firm.head, at=at)
    with inside(GATE):
        row = Invitation.objects.get(company_id=company.pk, used_at=None)
    firm.keep("invitation", row.pk, mine, parent=company.pk, sums=True)


def _fill_in(
    firm: Firm,
    words: Words,
    name: str,
    at: datetime,
) -> None:
    company = firm.companies[name]
    owner = name.replace(" ", "")
    word = words.mark(firm.word, owner, firm.may(OFFICE, [name]))
    note = words.mark(firm.word, f"note{owner}", firm.may(OFFICE))
    inn = words.digits(f"tax number of {firm.word} {name}", firm.may(OFFICE, [name]))
    values = dict.fromkeys(NAMED, word) | {
        "note": note,
        "inn": inn,
        "phone": str(company.phone),
        "email": company.email,
    }
    editing.change(company=company, values=values, by=firm.head, at=at)
    contact = editing.add_contact(
        company=company,
        values={
            "name": note,
            "email": f"{note.lower()}@example.test",
        },
        by=firm.head,
        at=at,
    )
    assert isinstance(contact, Contact)
    kept_note = notes.add_note(company=company, text=note, by=firm.head, at=at)
    account = _account(firm, words, name, at)
    where = {"name": note, "place": "Ош", "gate_notes": note}
    address = addresses.add_address(company=company, values=where, by=firm.head, at=at)
    company.refresh_from_db()
    draft = contracts.draft(company=company, reseller=firm.info, on=at.date(), language="ru")
    signed = signing.sign_on_paper(
        draft=draft,
        signed_on=at.date(),
        scan=_scan(word),
        by=firm.head,
        at=at,
    )
    firm.keep("note", kept_note.pk, firm.office, parent=company.pk)
    firm.keep("bank account", account.pk, firm.office, parent=company.pk)
    firm.keep("company address", address.pk, firm.office, parent=company.pk)
    assert isinstance(signed, Contract)
    firm.keep("contact", contact.pk, firm.office, parent=company.pk)
    firm.keep("case", signed.case.pk, firm.may(OFFICE, [name]), parent=company.pk)
    firm.keep(
        "contract",
        signed.pk,
        firm.may(OFFICE, [name]),
        parent=company.pk,
    )


def _account(firm: Firm, words: Words, name: str, at: datetime) -> BankAccount:
    """A further account, which the company's own people see in their cabinet."""
    mine = firm.may(OFFICE, [name])
    values = {
        "currency": "USD",
        "bank": words.mark(firm.word, f"bank{name.replace(' ', '')}", mine),
        "account": words.digits(f"account of {firm.word} {name}", mine),
        "bik": "",
        "correspondent": "",
    }
    return banking.add(owner=firm.companies[name], values=values, by=firm.head, at=at)
