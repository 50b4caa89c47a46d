"""The text of a PromptPay code (EMVCo merchant-presented QR, Bank of Thailand's "Thai QR Payment")."""

from __future__ import annotations

import re
from decimal import Decimal

AID = "A000000677010111"
PHONE = "01"
TAX_ID = "02"


def target(tax_id: str, phone: str) -> str:
    """What the money goes to: a 13-figure tax number, else a Thai phone; empty when there is
    neither.
    """
    digits = re.sub(r"\D", "", tax_id)
    if len(digits) == 13:
        return digits
    called = re.sub(r"\D", "", phone)
    if called.startswith("66") and len(called) == 11:
        called = "0" + called[2:]
    return called if len(called) == 10 and called.startswith("0") else ""


def payload(to: str, amount: Decimal) -> str:
    """A code for one payment of this sum in baht."""
    kind, value = (TAX_ID, to) if len(to) == 13 else (PHONE, "0066" + to[1:])
    account = _field("00", AID) + _field(kind, value)
    text = (
        _field("00", "01")
        + _field("01", "12")
        + _field("29", account)
        + _field("53", "764")
        + _field("54", f"{amount:.2f}")
    )
    text += _field("58", "TH") + "6304"
    return text + f"{crc(text.encode()):04X}"


def shown(to: str) -> str:
    """As people write it."""
    if len(to) == 13:
        return f"{to[0]}-{to[1:5]}-{to[5:10]}-{to[10:12]}-{to[12]}"
    return f"{to[:3]}-{to[3:6]}-{to[6:]}" if to else ""


def crc(data: bytes) -> int:
    """CRC-16/CCITT-FALSE: polynomial 0x1021, starting with 0xFFFF."""
    checksum = 0xFFFF
    for byte in data:
        checksum ^= byte << 8
        for _bit in range(8):
            checksum = (checksum << 1 ^ 0x1021 if checksum & 0x8000 else checksum << 1) & 0xFFFF
    return checksum


def _field(number: str, value: str) -> str:
    return f"{number}{len(value):02d}{value}"
