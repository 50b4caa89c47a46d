"""1CClientBankExchange: sections of "key=value", in the encoding that its keys stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from finance.bank import texts, values
from finance.bank.statement import (
    MOST_LINES,
    ZERO,
    Line,
    Note,
    Statement,
    Unreadable,
    balance_notes,
    first_and_last,
    total_notes,
)

MARK = "1CClientBankExchange"
START = MARK.encode()
TELLING = ("СекцияДокумент", "СекцияРасчСчет", "ВерсияФормата", "РасчСчет", "КонецФайла")
PAGES = ("utf-8", "cp1251", "cp866")
SAID = {
    "windows": ("cp1251",),
    "dos": ("cp866",),
    "utf-8": ("utf-8", "utf-8-sig"),
    "utf8": ("utf-8", "utf-8-sig"),
}
KEY = re.compile(r"([A-Za-zА-Яа-яЁё][A-Za-zА-Яа-яЁё0-9_]*)=(.*)")
TAX_NUMBER_IN_NAME = re.compile(r"^ИНН\s*\d+(?:/\d+)?\s+", re.IGNORECASE)
# the code of the currency within a Russian account of twenty figures
CODES = {
    "810": "RUB",
    "643": "RUB",
    "840": "USD",
    "978": "EUR",
    "156": "CNY",
    "398": "KZT",
    "417": "KGS",
    "860": "UZS",
    "764": "THB",
}

Values = dict[str, str]


@dataclass
class Section:
    """A section of the file with what stands in it."""

    kind: str  # "account" or "document"
    place: int
    values: Values = field(default_factory=dict)
    is_closed: bool = False


def is_mine(
    data: bytes,
) -> bool:
    head = data[:200].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    return head.startswith(START)


def read(
    data: bytes,
) -> tuple[str, tuple[Statement, ...]]:
    """The encoding, and a statement for each account. Raises Unreadable."""
    encoding, text, is_sign_whole = _text(data)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    header, sections, is_ended = _sections(lines)
    is_whole = is_ended and is_sign_whole and all(one.is_closed for one in sections)
    notes = _encoding_notes(header, encoding)
    if texts.is_lossy(text):
        notes.append(Note("letters_lost"))
    if not is_whole:
        notes.append(Note("cut"))
    return encoding, _statements(
        header,
        sections,
        notes,
        is_whole=is_whole,
    )


def _text(data: bytes) -> tuple[str, str, bool]:
    """Encoding, text, and whether its last sign is whole. The keys themselves tell the encoding."""
    named = texts.marked(data)
    for page in [named] if named else PAGES:
        try:
            text, is_sign_whole = texts.decoded(data, page)
        except UnicodeError:
            continue
        if any(word in text for word in TELLING):
            return page, text, is_sign_whole
    if any(word in data.decode(page, errors="ignore") for page in PAGES for word in TELLING):
        raise Unreadable("mixed_encodings")
    raise Unreadable("wrong_encoding")


def _encoding_notes(
    header: Values,
    encoding: str,
) -> list[Note]:
    """Said where the header names another encoding than the bytes have."""
    name = header.get("Кодировка", "").strip().lower()
    if name in SAID and encoding not in SAID[name]:
        return [Note("encoding_differs", facts={"named": name, "encoding": encoding})]
    return []


def _sections(lines: list[str]) -> tuple[Values, list[Section], bool]:
    """The values above the sections, the sections, and whether the file has its end."""
    header: Values = {}
    sections: list[Section] = []
    section: Section | None = None
    last_key = ""
    for place, raw in enumerate(lines, 1):
        line = raw.strip()
        if line == "КонецФайла":
            return header, sections, True
        if line in ("КонецДокумента", "КонецРасчСчет"):
            if section is not None:
                section.is_closed = True
            section = None
            continue
        if line == "СекцияРасчСчет" or line.startswith("СекцияДокумент"):
            kind = "document" if line.startswith("СекцияДокумент") else "account"
            section = Section(kind, place)
            sections.append(section)
            last_key = ""
            continue
        into = section.values if section is not None else header
        match = KEY.fullmatch(line)
        if match is None:
            if last_key and line and section is not None:
                into[last_key] = f"{into.get(last_key, '')} {line}"  # a purpose of several lines
            continue
        last_key = match[1]
        if section is None and last_key == "РасчСчет":
            header.setdefault("РасчСчет:все", "")
            header["РасчСчет:все"] += f" {match[2].strip()}"
        into[last_key] = match[2].strip()
    return header, sections, False


def _statements(
    header: Values, sections: list[Section], notes: list[Note], *, is_whole: bool
) -> tuple[Statement, ...]:
    accounts = dict.fromkeys(header.get("РасчСчет:все", "").split())
    balances: dict[str, list[Section]] = {}
    for section in sections:
        number = section.values.get("РасчСчет", "").replace(" ", "")
        if section.kind == "account" and number:
            accounts[number] = None
            balances.setdefault(number, []).append(section)
    documents = [one for one in sections if one.kind == "document" and one.is_closed]
    if not accounts:
        accounts[_account_of_all(documents)] = None
    if len(documents) > MOST_LINES:
        raise Unreadable("too_many_lines")
    own: dict[str, list[Line]] = {number: [] for number in accounts}
    left_out: dict[str, list[Note]] = {number: [] for number in accounts}
    for document in documents:
        _place(document, own, left_out)
    return tuple(
        _statement(
            number,
            tuple(own[number]),
            balances.get(number, []),
            header,
            [*notes, *left_out[number]],
            is_whole=is_whole,
        )
        for number in accounts
    )


def _account_of_all(documents: list[Section]) -> str:
    """A file without an account is of the one that stands in all its documents. Raises Unreadable."""
    sides = [
        {_account(one.values, "Плательщик"), _account(one.values, "Получатель")}
        for one in documents
    ]
    shared = set.intersection(*sides) if sides else set()
    if len(shared) != 1 or shared == {""}:
        raise Unreadable("not_a_statement")
    return shared.pop()


def _place(document: Section, own: dict[str, list[Line]], left_out: dict[str, list[Note]]) -> None:
    """Put a document where it moved money: an account of the file that paid, one that received, or
    both.
    """
    payer = _account(document.values, "Плательщик")
    payee = _account(document.values, "Получатель")
    sides = [(number, number == payee) for number in own if number in (payer, payee)]
    for number, is_in in sides:
        line = _line(document, is_in=is_in)
        if isinstance(line, Note):
            left_out[number].append(line)
        else:
            own[number].append(line)
    if not sides:
        for notes in left_out.values():
            notes.append(_left_out(document, "foreign_document"))


def _account(
    fields: Mapping[str, str],
    side: str,
) -> str:
    number = fields.get(f"{side}Счет") or fields.get(f"{side}РасчСчет") or ""
    return number.replace(" ", "")


def _left_out(
    document: Section,
    why: str,
) -> Note:
    facts = {"why": why, "number": document.values.get("Номер", "")}
    return Note("left_out", document.place, facts)


def _line(document: Section, *, is_in: bool) -> Line | Note:
    """The movement of a document, or why it is none."""
    fields = document.values
    moved = [fields.get("ДатаСписано", ""), fields.get("ДатаПоступило", "")]
    if is_in:
        moved.reverse()
    written = next((text for text in moved if text.strip(" .")), "")
    if not written:
        return _left_out(document, "not_executed")
    on = values.day(written)
    amount = values.amount(fields.get("Сумма", ""))
    if on is None:
        return _left_out(document, "bad_day")
    if amount is None or amount < ZERO:
        return _left_out(document, "bad_amount")
    if amount == ZERO:
        return _left_out(document, "zero")
    other = "Плательщик" if is_in else "Получатель"
    return Line(
        document.place,
        on,
        amount,
        is_in,
        counterparty=_name(fields, other),
        tax_number=values.words(fields.get(f"{other}ИНН", "")),
        other_account=_account(fields, other),
        number=values.words(fields.get("Номер", "")),
        purpose=_purpose(fields),
    )


def _name(
    fields: Mapping[str, str],
    side: str,
) -> str:
    name = fields.get(f"{side}1") or fields.get(side) or ""
    return TAX_NUMBER_IN_NAME.sub("", values.words(name))


def _purpose(
    fields: Mapping[str, str],
) -> str:
    parts = [fields.get("НазначениеПлатежа", "")]
    if not parts[0]:
        parts = [
            fields.get(
                f"НазначениеПлатежа{number}",
                "",
            )
            for number in range(1, 7)
        ]
    return values.words(" ".join(parts))


def _statement(
    account: str,
    lines: tuple[Line, ...],
    balances: list[Section],
    header: Values,
    notes: list[Note],
    *,
    is_whole: bool,
) -> Statement:
    days = [dict(one.values) for one in balances]
    opening = _sum(days[0], "НачальныйОстаток") if days else None
    closing = _sum(days[-1], "КонечныйОстаток") if days else None
    first, last = first_and_last(
        lines,
        _day((days[0] if days else header).get("ДатаНачала") or header.get("ДатаНачала")),
        _day((days[-1] if days else header).get("ДатаКонца") or header.get("ДатаКонца")),
    )
    checked = balance_notes(opening, lines, closing)
    totals = total_notes(lines, _total(days, "ВсегоПоступило"), _total(days, "ВсегоСписано"))
    return Statement(
        lines,
        account=account,
        currency=CODES.get(account[5:8], "") if len(account) == 20 else "",
        first=first,
        last=last,
        opening=opening,
        closing=closing,
        notes=(*notes, *checked, *totals, *_outside(lines, first, last)),
        is_whole=is_whole,
    )


def _outside(
    lines: tuple[Line, ...],
    first: date | None,
    last: date | None,
) -> Iterator[Note]:
    """Movements of other days than those the file says it holds."""
    for line in lines:
        if first and last and not first <= line.on <= last:
            yield Note("outside", line.place, {"day": line.on.isoformat()})


def _day(
    text: str | None,
) -> date | None:
    return values.day(text or "")


def _sum(
    fields: Values,
    key: str,
) -> Decimal | None:
    return values.amount(fields.get(key, ""))


def _total(
    days: list[Values],
    key: str,
) -> Decimal | None:
    """What the sections of an account add up to; None where one of them does not say."""
    sums = [_sum(one, key) for one in days]
    if not sums or any(one is None for one in sums):
        return None
    return sum((one for one in sums if one is not None), ZERO)
