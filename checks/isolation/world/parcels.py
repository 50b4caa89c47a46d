"""The cargo module: two salespeople with a customer and shipments each, an active rate card, an
import.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from checks.isolation.words import CARGO_DESK, CARGO_HEADS, EVERYBODY, Words
from checks.isolation.world.made import Firm
from commission.cargo.imports import choosing, start
from commission.cargo.models import Customer, ImportWord, ImportWordKind, Shipment, Transport
from commission.cargo.people import customers, salespeople
from commission.cargo.rates import rate_cards
from commission.cargo.rates.pricing import Rates
from commission.cargo.shipments import editing, lots, parcels
from commission.cargo.shipments.editing import Entry
from tenants.context import inside
from tenants.office import preparing

TIMES = {"sale": "cargo sale", "sale2": "cargo sale 2"}


def fill(firm: Firm, words: Words, at: datetime) -> None:
    by = firm.people["cargo manager"]
    desk = firm.may(CARGO_DESK)
    with inside(firm.info.scope):
        grid = {("GENERAL", way): Rates(Decimal(900), Decimal(60)) for way in Transport.values}
        name = words.mark(firm.word, "ratecard", firm.may(CARGO_DESK, TIMES.values()))
        card = rate_cards.create(name=name, prices=grid, by=by, at=at)
        spare = rate_cards.create(
            name=words.mark(firm.word, "sparecard", firm.may(CARGO_HEADS)),
            prices=grid,
            by=by,
            at=at,
        )
        rate_cards.activate(card=card, past_months=True, by=by, at=at)
        firm.keep("card", spare.pk, firm.may(CARGO_HEADS))
        firm.keep("shop", parcels.token_of(firm.info), EVERYBODY)
        batch = start.of_paste(
            text=_paste(words.mark(firm.word, "import", desk)),
            by=by,
            at=at,
        )
        firm.keep("import", batch.pk, desk)
        _word_of_the_shop(firm, words, at)
        firm.keep("prepared file", _prepared_file(firm, at), firm.may(["cargo manager"]))
        lot = lots.create(
            code=words.mark(firm.word, "lot", desk, firm.may(["cargo sale"]))[:30],
            transport="truck",
            by=by,
            at=at,
        )
        firm.keep("lot", lot.pk, desk)
        for owner, person in TIMES.items():
            _salesperson(firm, words, owner, person, at)
        first = firm.ids("shipment")[0]
        lots.fill(
            lot=lot,
            tracking_numbers=[Shipment.objects.get(pk=first).tracking_number],
            by=by,
            at=at,
        )


def _word_of_the_shop(firm: Firm, words: Words, at: datetime) -> None:
    """A heading of the shop's own tables; who enters parcels reads it."""
    desk = firm.may(CARGO_DESK)
    heading = words.mark(firm.word, "heading", desk).lower()
    choosing.remember(
        kind=ImportWordKind.COLUMN,
        meanings={heading: "tracking_number"},
        by=firm.people["cargo manager"],
        at=at,
    )
    firm.keep("import word", ImportWord.objects.get(kind=ImportWordKind.COLUMN).pk, desk)


def _prepared_file(firm: Firm, at: datetime) -> UUID:
    """A long answer that one person has asked for."""
    path = reverse("cargo:shipment-export")
    return preparing.ask(path=path, query="", by=firm.people["cargo manager"], at=at).pk


def _paste(word: str) -> str:
    """One row to be confirmed, one that is wrong."""
    row = [
        "2026-03-13",
        f"{word}-C"[:30],
        f"{word}-I",
        "GENERAL",
        "truck",
        "10",
        "0.5",
        "900",
        "AUTO",
        "",
    ]
    return "\n".join("\t".join(cells) for cells in (row, [*row[:2], f"{word}-J", "NONE", *row[4:]]))


def _salesperson(firm: Firm, words: Words, owner: str, person: str, at: datetime) -> None:
    """What a salesperson earns on is the own and the desk's; so are the customer's name and
    parcels.
    """
    by = firm.people["cargo manager"]
    may = firm.may(CARGO_DESK, [person])
    word = words.mark(firm.word, f"parcel{owner}", may)
    salesperson = salespeople.add(
        code=f"{word}-S"[:30],
        name=word,
        phone="",
        email=f"{word.lower()}@example.test",
        by=by,
        at=at,
    )
    salespeople.tie_login(
        salesperson=salesperson,
        member=firm.people[person].member_id,
        by=by,
        at=at,
    )
    customers.add(code=f"{word}-C"[:30], by=by, at=at, name=word, line=word)
    customers.give(salesperson=salesperson, codes=[f"{word}-C"[:30]], by=by, at=at)
    entry = Entry(
        received_on=at.date(),
        customer_code=f"{word}-C"[:30],
        tracking_number=f"{word}-T",
        goods_type="GENERAL",
        transport="truck",
        weight_kg=Decimal(10),
        volume_cbm=Decimal("0.5"),
        price=words.number(f"{firm.word} price of {owner}", may),
        note=word,
    )
    row = editing.add(entry=entry, by=by, at=at)
    desk = firm.may(CARGO_DESK)
    firm.keep("shipment", row.pk, may)
    firm.keep("salesperson", salesperson.code, desk)
    firm.keep("salesperson id", salesperson.pk, desk)
    firm.keep("customer", Customer.objects.get(code=f"{word}-C"[:30]).pk, desk)
    firm.keep("customer code", f"{word}-C"[:30], desk)
