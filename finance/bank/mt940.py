"""MT940: fields of ":61:" and their like. Strict: what does not read as a movement is said, never
guessed. (docs/adr: the library for it joins several accounts into one, turns the sign of a
reversal and takes a cut amount for a whole one.)
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from finance.bank import texts, values
from finance.bank.statement import (
    LARGEST,
    MOST_LINES,
    ZERO,
    Line,
    Note,
    Statement,
    Unreadable,
    balance_notes,
    first_and_last,
)

START = re.compile(rb"(?:^|\n|\r|\}|\A\xef\xbb\xbf):20:")
ACCOUNT = re.compile(rb":25P?:")
TAG = re.compile(r":(\d{2}[A-Z]?):(.*)")
BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})(\d{1,15},\d{0,2})")
MOVEMENT = re.compile(
    r"(?P<value>\d{6})(?P<entry>\d{4})?(?P<mark>R?[CD]|E[CD])(?P<funds>[A-Z])?"
    r"(?P<amount>\d{1,15},\d{0,2})(?P<kind>[A-Z][A-Z0-9]{3})(?P<rest>[^\n]*)(?:\n(?P<more>.*))?",
    re.DOTALL,
)
PARTS = re.compile(r"\?(\d{2})([^?]*)")
WORDS = re.compile(r"/([A-Z]{2,8})/")
NO_REFERENCE = "NONREF"
INTO = ("C", "RD", "EC")  # credit, and the reversal of a debit
PURPOSE = (*range(20, 30), *range(60, 64))
HALF_A_YEAR = 6


@dataclass
class Page:
    """One ":20:" message: a page of a statement, or the whole of it."""

    account: str = ""
    number: str = ""
    page: str = ""
    currency: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    opened: date | None = None
    closed: date | None = None
    goes_on: bool = False  # its closing balance is of a page, not of the statement
    continues: bool = False
    lines: list[Line] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def is_mine(
    data: bytes,
) -> bool:
    head = data[:4000]
    return START.search(head) is not None and ACCOUNT.search(head) is not None


def read(
    data: bytes,
) -> tuple[str, tuple[Statement, ...]]:
    """The encoding, and a statement for each account and number. Raises Unreadable."""
    encoding, text = _text(data)
    pages = [_page(fields) for fields in _messages(_fields(text))]
    if not pages:
        raise Unreadable("not_a_statement")
    if sum(len(page.lines) for page in pages) > MOST_LINES:
        raise Unreadable("too_many_lines")
    joined: dict[str, list[Page]] = {}
    for page in pages:
        joined.setdefault(
            page.account,
            [],
        ).append(page)
    return encoding, tuple(_statement(account, parts) for account, parts in joined.items())


def _text(data: bytes) -> tuple[str, str]:
    """The encoding and the text; raises Unreadable."""
    for encoding in texts.likely(data):
        try:
            text, _is_sign_whole = texts.decoded(data, encoding)
        except UnicodeError:
            continue
        texts.refuse_spoilt(text)
        return encoding, text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    raise Unreadable("mixed_encodings")


Field = tuple[int, str, str]  # line of the file, tag, value


def _fields(
    text: str,
) -> list[Field]:
    """The fields in their order; lines without a tag go on with the one before."""
    fields: list[Field] = []
    for place, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip()
        at = line.find("{4:")
        if at >= 0:
            line = line[at + 3 :]
        if line.startswith(("{", "-}")) or line.strip() in ("", "-"):
            continue
        if match := TAG.match(line):
            fields.append((place, match[1], match[2]))
        elif fields:
            start, tag, value = fields[-1]
            fields[-1] = (start, tag, f"{value}\n{line}")
    return fields


def _messages(fields: list[Field]) -> list[list[Field]]:
    """Fields by message; each begins with field 20."""
    messages: list[list[Field]] = []
    for one in fields:
        if one[1] == "20":
            messages.append([])
        if messages:
            messages[-1].append(one)
    return messages


def _page(
    fields: list[Field],
) -> Page:
    page = Page()
    for at, (place, tag, value) in enumerate(fields):
        if tag in ("25", "25P"):
            page.account = _account(value)
        elif tag in ("28C", "28"):
            page.number, _slash, page.page = value.strip().partition("/")
        elif tag in ("60F", "60M"):
            page.continues = tag == "60M"
            page.opening, page.opened, page.currency = _balance(page, place, value)
        elif tag in ("62F", "62M"):
            page.goes_on = tag == "62M"
            page.closing, page.closed, _currency = _balance(page, place, value)
        elif tag == "61":
            _add(
                page,
                place,
                value,
                _details(fields, at),
            )
    return page


def _account(value: str) -> str:
    """The account's number: a bank's code may stand before it, a currency behind."""
    first = value.strip().split("\n")[0].replace(" ", "")
    number = first.rpartition("/")[2] or first
    if re.fullmatch(r"\d+[A-Z]{3}", number):
        return number[:-3]
    return number


def _balance(
    page: Page,
    place: int,
    value: str,
) -> tuple[Decimal | None, date | None, str]:
    match = BALANCE.fullmatch(value.strip())
    if match is None:
        page.notes.append(
            Note(
                "bad_balance",
                place,
            )
        )
        return None, None, page.currency
    amount = Decimal(match[4].replace(",", ".") + "0")
    signed = -amount if match[1] == "D" else amount
    return signed.quantize(Decimal("0.01")), _day(match[2]), match[3]


def _day(
    figures: str,
) -> date | None:
    return values.day(f"20{figures[:2]}-{figures[2:4]}-{figures[4:6]}")


def _details(
    fields: list[Field],
    at: int,
) -> str:
    """The ":86:" that belongs to a movement stands right behind it."""
    following = fields[at + 1] if at + 1 < len(fields) else None
    return following[2] if following and following[1] == "86" else ""


def _add(page: Page, place: int, value: str, details: str) -> None:
    """Raises nothing: a movement that cannot be read is left out and said."""
    match = MOVEMENT.fullmatch(value.rstrip())
    valued = _day(match["value"]) if match else None
    if match is None or valued is None:
        page.notes.append(Note("left_out", place, {"why": "bad_line"}))
        return
    on = _entry_day(valued, match["entry"])
    amount = Decimal(match["amount"].replace(",", ".") + "0").quantize(Decimal("0.01"))
    if on is None or not ZERO < amount < LARGEST:
        sums = "bad_amount" if amount else "zero"
        why = "bad_day" if on is None else sums
        page.notes.append(Note("left_out", place, {"why": why}))
        return
    reference, _slashes, of_bank = match["rest"].partition("//")
    reference = reference.strip()
    number = "" if reference == NO_REFERENCE else reference
    counterparty, account, purpose = _said_of(details)
    page.lines.append(
        Line(
            place,
            on,
            amount,
            match["mark"] in INTO,
            counterparty=counterparty,
            other_account=account,
            number=number or of_bank.strip(),
            purpose=purpose or values.words(match["more"] or ""),
        )
    )


def _entry_day(valued: date, entry: str | None) -> date | None:
    """The day of the entry has no year: it is the nearest to the value's day."""
    if not entry:
        return valued
    month = int(entry[:2])
    year = valued.year
    if month - valued.month > HALF_A_YEAR:
        year -= 1
    elif valued.month - month > HALF_A_YEAR:
        year += 1
    return values.day(f"{year:04}-{entry[:2]}-{entry[2:]}")


def _said_of(
    details: str,
) -> tuple[str, str, str]:
    """Counterparty, its account and the purpose, out of the field's known forms."""
    joined = details.replace("\n", "")
    parts = {int(number): text for number, text in PARTS.findall(joined)}
    if parts:
        name = values.words(parts.get(32, "") + parts.get(33, ""))
        purpose = values.words("".join(parts.get(number, "") for number in PURPOSE))
        return name, values.words(parts.get(31, "")), purpose
    pieces = WORDS.split(joined)
    if len(pieces) > 1:
        texts_of = dict(zip(pieces[1::2], pieces[2::2], strict=False))
        name = values.words(
            texts_of.get(
                "NAME",
                texts_of.get(
                    "ORDP",
                    texts_of.get("BENM", ""),
                ),
            )
        )
        return (
            name,
            values.words(texts_of.get("IBAN", "")),
            values.words(texts_of.get("REMI", joined)),
        )
    return "", "", values.words(details)


def _statement(
    account: str,
    pages: list[Page],
) -> Statement:
    """The pages of an account, one behind the other."""
    lines = tuple(line for page in pages for line in page.lines)
    notes = [note for page in pages for note in page.notes]
    opening = pages[0].opening
    closing = pages[-1].closing
    has_ends = all(page.closing is not None for page in pages)
    is_whole = has_ends and not pages[-1].goes_on and not pages[0].continues
    if not is_whole:
        notes.append(Note("cut"))
    notes += balance_notes(opening, lines, closing)
    for before, after in itertools.pairwise(pages):
        if before.closing is not None and after.opening not in (None, before.closing):
            facts = {"reached": f"{before.closing:.2f}", "closing": f"{after.opening:.2f}"}
            notes.append(Note("gap", facts=facts))
    first, last = first_and_last(lines, None, pages[-1].closed)
    opened = pages[0].opened
    return Statement(
        lines,
        account=account,
        currency=pages[0].currency,
        first=min(filter(None, (first, opened)), default=None),
        last=max(
            filter(None, (last, *(line.on for line in lines))),
            default=None,
        ),
        opening=opening,
        closing=closing,
        notes=tuple(notes),
        is_whole=is_whole,
    )
