"""Commission Cargo's two years: a rate card, salespeople with their customers, a paste of shipments
a month.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from commission.cargo.imports import confirm, start
from commission.cargo.people import customers, salespeople
from commission.cargo.rates import defaults, rate_cards
from commission.cargo.rates.pricing import Rates
from demo.cast import Firm
from tenants.context import inside

# THB for one CBM and one kg, by truck and by ship: what such firms ask (DOMAIN.md §3.5)
PRICES = {
    "GENERAL": {"truck": ("7000", "35"), "ship": ("5000", "25")},
    "TISI": {"truck": ("8000", "40"), "ship": ("6000", "30")},
    "FDA": {"truck": ("14000", "80"), "ship": ("12000", "60")},
    "SPECIAL": {"truck": ("18000", "150"), "ship": ("16000", "140")},
}
KINDS = ["GENERAL"] * 6 + ["TISI"] * 2 + ["FDA", "SPECIAL"]
SALESPEOPLE = [
    ("S-01", "สมชาย ขยันขาย", 14),
    ("S-02", "วิภา รักงาน", 10),
    ("S-03", "ธนากร มั่นคง", 8),
]
CUSTOMERS = 40  # PR-001 … PR-040, the last few without a salesperson
SHIPMENTS = 5_000
MONTHS = 24


def load(firm: Firm, begins: datetime, now: datetime, rng: Random) -> None:
    with inside(firm.info.scope):
        _set_up(firm, begins)
        for number in range(MONTHS):
            first = (
                now.date().replace(day=1) - timedelta(days=30 * (MONTHS - 1 - number))
            ).replace(day=1)
            _month(firm, first, now, rng)


def _set_up(firm: Firm, at: datetime) -> None:
    defaults.ensure()
    grid = {
        (kind, transport): Rates(Decimal(cbm), Decimal(kg))
        for kind, by in PRICES.items()
        for transport, (cbm, kg) in by.items()
    }
    card = rate_cards.create(name="เรทมาตรฐาน", prices=grid, by=firm.head, at=at)
    rate_cards.activate(card=card, past_months=False, by=firm.head, at=at)
    for number in range(1, CUSTOMERS + 1):
        customers.add(
            code=f"PR-{number:03d}",
            by=firm.head,
            at=at,
            name=f"ลูกค้า {number}",
            phone=f"+66812340{number:03d}",
        )
    last_number = 0
    for code, name, count in SALESPEOPLE:
        salesperson = salespeople.add(
            code=code,
            name=name,
            phone="",
            email="",
            by=firm.head,
            at=at,
        )
        customers.give(
            salesperson=salesperson,
            codes=[f"PR-{n:03d}" for n in range(last_number + 1, last_number + count + 1)],
            by=firm.head,
            at=at,
        )
        last_number += count
        if code == "S-01":
            sale = next(who for who in firm.staff if who.email.startswith("sale@"))
            salespeople.tie_login(
                salesperson=salesperson,
                member=sale.member_id,
                by=firm.head,
                at=at,
            )


def _month(firm: Firm, first: date, now: datetime, rng: Random) -> None:
    days = (
        min(
            (first + timedelta(days=32)).replace(day=1),
            now.date() + timedelta(days=1),
        )
        - first
    )
    rows = [
        _row(rng, first + timedelta(days=rng.randrange(days.days)))
        for _ in range(SHIPMENTS // MONTHS)
    ]
    at = min(
        now,
        datetime(first.year, first.month, 28, 10, tzinfo=now.tzinfo),
    )
    batch = start.of_paste(text="\n".join(sorted(rows)), by=firm.head, at=at)
    confirm.confirm(batch=batch, by=firm.head, at=at)


def _row(rng: Random, on: date) -> str:
    kind = rng.choice(KINDS)
    transport = rng.choice(["truck", "truck", "ship"])
    kilograms = Decimal(round(rng.lognormvariate(2.6, 0.9) * 2)) / 2 + 1
    volume = (kilograms / Decimal(rng.randint(90, 320))).quantize(Decimal("0.001"))
    cbm, kg = (Decimal(price) for price in PRICES[kind][transport])
    cost = max(volume * cbm, kilograms * kg)
    price = (
        cost.quantize(Decimal("0.01"))
        if rng.random() < 0.02
        else (cost * Decimal(str(rng.uniform(0.93, 1.55)))).quantize(Decimal(1))
    )
    customer = f"PR-{rng.randint(1, CUSTOMERS):03d}"
    tracking = f"TH{rng.randint(10**9, 10**10 - 1)}"
    cells = [
        f"{on:%d/%m/%Y}",
        customer,
        tracking,
        kind,
        transport,
        kilograms,
        volume,
        price,
        "AUTO",
    ]
    return "\t".join(str(cell) for cell in cells)
