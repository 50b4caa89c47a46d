"""What is sent: nothing, garbage under every field name seen on the way, and well-formed words with
another's ids.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import uuid4
from zlib import crc32

from django.core.files.uploadedfile import SimpleUploadedFile

from checks.isolation.world.made import Firm
from tenants.kit import clock

FIELD = re.compile(r"<(?:input|select|textarea)\b[^>]*?\bname=\"([\w.-]+)\"[^>]*>")
# What forms do not show: fields of the API and of acts that a page sends by script.
KNOWN = [
    "amount",
    "accept",
    "address",
    "allow_duplicates",
    "at",
    "body",
    "cargo",
    "carrier_currency",
    "carrier_rate",
    "carrier_tax",
    "client",
    "client_price",
    "code",
    "codes",
    "company",
    "cost",
    "cost_mode",
    "currency",
    "customer_code",
    "date",
    "date_from",
    "date_to",
    "description",
    "device",
    "driver",
    "email",
    "fx",
    "full_name",
    "goods_type",
    "happened_at",
    "id",
    "invoice",
    "items",
    "key",
    "kind",
    "language",
    "lat",
    "lines",
    "listing",
    "lon",
    "margin",
    "membership",
    "method",
    "name",
    "next",
    "note",
    "number",
    "offer",
    "on",
    "once",
    "order",
    "paid_on",
    "partner",
    "password",
    "password1",
    "password2",
    "phone",
    "pin",
    "place",
    "points",
    "price",
    "prices",
    "priority",
    "rate",
    "reason",
    "received_on",
    "ref",
    "reference",
    "responsible",
    "salesperson",
    "search",
    "skip_bad",
    "stage",
    "stops",
    "text",
    "to",
    "tracking_number",
    "transport",
    "url",
    "values",
    "vehicle",
    "version",
    "volume_cbm",
    "volume_m3",
    "weight_kg",
    "month",
    "format",
]
NASTY: list[str] = [
    "\x00",
    "'\"><script>alert(1)</script>",
    "-1",
    "1e9999",
    "NaN",
    "zzz",
    "9" * 400,
    "2026-02-31",
    "[]",
    "🚚ก\u0301",
    "=1+1",
    "%s%d",
]
STRANGE: list[object] = [
    None,
    [],
    {},
    True,
    -1,
    1e308,
    "\x00",
    "x" * 600,
    [[None]],
    {"a": {"b": []}},
    "NaN",
    "2026-02-31",
]
ID_OF = {
    "order": "order",
    "ref": "order",
    "client": "company",
    "company": "company",
    "partner": "company",
    "invoice": "invoice",
    "listing": "listing",
    "offer": "offer",
    "driver": "driver",
    "responsible": "member",
    "membership": "member",
    "to": "member",
    "document": "document",
    "salesperson": "salesperson id",
    "customer_code": "customer code",
    "customer": "customer",
    "token": "token",
    "payment": "payment",
    "trip": "trip",
    "job": "job",
    "id": "order",
}


T = TypeVar("T")


@dataclass
class Fields:
    """Names of form fields met so far."""

    names: set[str] = field(default_factory=lambda: set(KNOWN))
    files: set[str] = field(default_factory=set)

    def learn(
        self,
        html: str,
    ) -> None:
        for match in FIELD.finditer(html):
            if match.group(1) not in (
                "csrfmiddlewaretoken",
                "reseller_stamp",
            ):
                (self.files if 'type="file"' in match.group(0) else self.names).add(match.group(1))

    def garbage(self, turn: int) -> dict[str, object]:
        """Each name gets another nasty value at each turn."""
        filled: dict[str, object] = {name: _pick(NASTY, name, turn) for name in sorted(self.names)}
        files = {
            name: SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\n\x00garbage", "image/png")
            for name in sorted(self.files)
        }
        return filled | files

    def strange(
        self,
        turn: int,
    ) -> dict[str, object]:
        return {name: _pick(STRANGE, name, turn) for name in sorted(self.names)}

    def forged(self, firm: Firm) -> dict[str, object]:
        """Everything as it should be, but about another reseller's things."""
        return {name: _forged(name, firm) for name in sorted(self.names)}


def queries(firm: Firm, tree: str) -> list[str]:
    """What lists are asked: everything that carries a canary, another's rows, nonsense.

    The API refuses a call for one parameter that it does not know: each is asked alone there.
    """
    together = _queries(firm)
    if tree != "api":
        return together
    return [
        "search=canary&limit=200",
        *(one for query in together[1:3] for one in query.split("&")),
    ]


def _queries(firm: Firm) -> list[str]:
    ids = {kind: firm.ids(kind)[0] for kind in ("company", "order", "member", "shipment")}
    return [
        "search=canary&q=canary&limit=200",
        f"company={ids['company']}&client={ids['company']}&responsible={ids['member']}",
        f"order={ids['order']}&ref={ids['order']}&customer={ids['shipment']}",
        "format=csv",
        "page=-1&sort=zzz&search=%00&date_from=zzz&date_to=2026-02-31&month=9999-99&limit=-1&offset=zzz"
        "&company=zzz&order=%27&within_km=x&client=zzz&responsible=zzz&stage=zzz&view=zzz&kind=zzz"
        "&status=zzz&tab=zzz&salesperson=zzz&from=zzz&to=zzz&issued_from=zzz",
    ]


def _pick(
    values: list[T],
    name: str,
    turn: int,
) -> T:
    return values[(crc32(name.encode()) + turn) % len(values)]


def _forged(name: str, firm: Firm) -> object:
    if kind := ID_OF.get(name):
        return next(iter(firm.ids(kind)), "")
    today = f"{clock.now():%Y-%m-%d}"
    plain = {
        "once": str(uuid4()),
        "stage": "to_loading",
        "kind": "client",
        "currency": "KGS",
        "method": "bank",
        "email": "x@example.test",
        "phone": "+996700000001",
        "language": "ru",
        "transport": "truck",
        "goods_type": "GENERAL",
        "cost_mode": "AUTO",
        "text": "x",
        "code": "000000",
        "codes": [f"{firm.ids('customer code')[0]}"],
        "month": today[:7],
        "version": "1",
        "points": [{"at": f"{today}T00:00:00Z", "lat": 42.8, "lon": 74.6}],
        "lat": "42.8",
        "lon": "74.6",
        "stops": [
            {"kind": "loading", "place": "A"},
            {"kind": "unloading", "place": "B"},
        ],
        "cargo": [{"name": "x", "weight_kg": 1}],
    }
    if name in plain:
        return plain[name]
    if name in ("on", "date") or name.endswith("_on") or name.startswith("date"):
        return today
    return (
        "100"
        if any(
            word in name
            for word in (
                "amount",
                "price",
                "rate",
                "cost",
                "kg",
                "m3",
                "cbm",
            )
        )
        else "x"
    )
