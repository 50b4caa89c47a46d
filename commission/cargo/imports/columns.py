"""Which column of a table holds what: told by its heading, else by the order of C-4.

Titles above the heading, a heading that stands again and rows of totals are no parcels: they are
left out and counted. The shop's own words for headings are kept as its template.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, islice

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from commission.cargo.imports import cells
from commission.cargo.imports.cells import FIELDS
from commission.cargo.models import Transport
from commission.cargo.words import transport_word

SEARCHED = 10  # rows in which the heading is looked for
TITLE_CELLS = 4  # a row above the heading with more filled cells than these is a parcel
LEFT_OUT = "-"  # the shop's word for a column that is not read
KNOWN = 3  # so many known words make a heading
NEEDED = FIELDS[:8]
WORDS = {
    "received_on": (
        "วันที่นำเข้า|วันที่|วันที่รับสินค้า|วันที่รับ|date|date received|received|"
        "received on|received_on|дата|日期|入库日期"
    ),
    "customer_code": "รหัสลูกค้า|ลูกค้า|customer|customer code|customer_code|код клиента|клиент|客户|客户编号|唛头",
    "tracking_number": (
        "เลขพัสดุ|หมายเลขพัสดุ|แทรคกิ้ง|tracking|tracking number|tracking no|"
        "tracking_number|трек-номер|трек|单号|快递单号|运单号"
    ),
    "goods_type": "ประเภทสินค้า|goods|goods type|goods_type|тип товара|货物类型|类型",
    "transport": "ประเภทขนส่ง|ขนส่ง|การขนส่ง|transport|транспорт|运输方式|运输",
    "weight_kg": "น้ำหนัก|น้ำหนัก (กก.)|น้ำหนักรวม|kg|kgs|กก|กก.|weight|weight_kg|weight, kg|weight kg|вес|вес, кг|重量",
    "volume_cbm": "ปริมาตร|ปริมาตร (cbm)|คิว|cbm|m3|m³|volume|volume_cbm|volume cbm|объём|объем|体积|立方",
    "price": "ราคาขาย|ราคา|price|selling price|цена|цена продажи|售价|价格",
    "cost_mode": "โหมดต้นทุน|cost mode|cost_mode|режим себестоимости",
    "cost": "ต้นทุน|cost|себестоимость|成本",
}
TOTALS = re.compile(r"(?:ยอด)?รวม(?:ทั้งสิ้น|ทั้งหมด)?|ทั้งหมด|(?:grand )?total|sum|итого|всего|合计|总计")
IN_BRACKETS = re.compile(r"\s*[(（\[][^)）\]]*[)）\]]\s*")

NumberedRow = tuple[int, list[str]]


class ColumnsAreUnknown(Exception):
    """The heading names no column for some fields; the person says which is which."""

    def __init__(self, heading: list[str], fields: list[str], missing: list[str]) -> None:
        super().__init__(",".join(missing))
        self.heading = heading
        self.fields = ["" if name == LEFT_OUT else name for name in fields]
        self.missing = missing


@dataclass(slots=True)
class Arranged:
    """Rows with their cells in the order of FIELDS, and what was done to get them there."""

    rows: Iterable[NumberedRow]
    words: Mapping[str, str]  # the shop's own words for headings → field
    heading: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)  # of each column of the heading; "" is left out
    left_out: int = 0  # titles, headings that stand again, rows of totals

    def __iter__(self) -> Iterator[NumberedRow]:
        """Raises ColumnsAreUnknown."""
        rows = iter(self.rows)
        first = list(islice(rows, SEARCHED))
        at = self._heading_among(first)
        if at is None:
            yield from self._parcels(chain(first, rows))
            return
        self.heading = [cells.clean(cell) for cell in first[at][1]]
        self.fields = self._fields_of(self.heading)
        self.left_out = at
        yield from self._picked(chain(first[at + 1 :], rows))

    def _heading_among(
        self,
        rows: list[NumberedRow],
    ) -> int | None:
        for place, (_number, row) in enumerate(rows):
            if self._is_heading(row):
                return place
            filled = [cell for cell in row if cells.clean(cell)]
            if len(filled) > TITLE_CELLS:
                return None
        return None

    def _is_heading(self, row: list[str]) -> bool:
        """At least three of the known headings, or the first column's own."""
        texts = [cells.clean(cell) for cell in row]
        fields = {self._field(text) for text in texts if text} - {"", LEFT_OUT}
        return len(fields) >= KNOWN or self._field(texts[0]) == FIELDS[0]

    def _field(self, heading: str) -> str:
        """The field that a heading means; "" for an unknown one."""
        word = plain(heading)
        usual = usual_words()
        bare = plain(IN_BRACKETS.sub(" ", heading))
        return self.words.get(word) or usual.get(word) or usual.get(bare) or ""

    def _fields_of(self, heading: list[str]) -> list[str]:
        """Raises ColumnsAreUnknown."""
        fields = [self._field(text) for text in heading]
        counts = Counter(name for name in fields if name not in ("", LEFT_OUT))
        twice = [name for name, count in counts.items() if count > 1]
        if twice:
            raise ColumnsAreUnknown(heading, fields, twice)
        if _in_order(fields):
            fields = _filled_in_order(fields, heading)
        missing = [name for name in NEEDED if name not in fields]
        if missing:
            raise ColumnsAreUnknown(heading, fields, missing)
        return ["" if name == LEFT_OUT else name for name in fields]

    def _picked(self, rows: Iterable[NumberedRow]) -> Iterator[NumberedRow]:
        """The cells of each row in the order of FIELDS."""
        places = [self.fields.index(name) if name in self.fields else -1 for name in FIELDS]
        again = [plain(text) for text in self.heading]
        for number, row in self._parcels(rows):
            if row and plain(row[0]) == again[0] and [plain(cell) for cell in row] == again:
                self.left_out += 1
                continue
            width = len(row)
            yield number, [row[at] if 0 <= at < width else "" for at in places]

    def _parcels(self, rows: Iterable[NumberedRow]) -> Iterator[NumberedRow]:
        """Rows without those that add up the others."""
        for number, row in rows:
            if _adds_up(row):
                self.left_out += 1
            else:
                yield number, row


def plain(heading: str) -> str:
    """A heading as it is compared: small letters, single blanks, no marks around."""
    return " ".join(cells.clean(heading).casefold().split()).strip(" :*.：")


@cache
def usual_words() -> dict[str, str]:
    """Headings that are known everywhere, those of the module's own tables in every language."""
    fields = {}
    for name, words in WORDS.items():
        for word in words.split("|"):
            fields[plain(word)] = name
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for name, labels in own_headings().items():
                fields |= {plain(label): name for label in labels}
    return fields


@cache
def transports() -> dict[str, str]:
    """Words for transports, those of the module's own exports in every language among them."""
    codes = dict(cells.TRANSPORTS)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for code, label in Transport.choices:
                codes[str(label).lower()] = str(code)
                codes[transport_word(code).lower()] = str(code)
    return codes


def own_headings() -> dict[str, list[str]]:
    """What pages and exports of the module call the fields."""
    return {
        "received_on": [gettext("Date received")],
        "customer_code": [gettext("Customer code"), gettext("Customer")],
        "tracking_number": [gettext("Tracking number")],
        "goods_type": [gettext("Goods type")],
        "transport": [gettext("Transport")],
        "weight_kg": [gettext("Weight (kg)")],
        "volume_cbm": [gettext("Volume (CBM)"), "CBM"],
        "price": [gettext("Selling price")],
        "cost_mode": [gettext("Cost mode")],
        "cost": [gettext("Cost")],
    }


def _in_order(fields: list[str]) -> bool:
    """All known headings stand where C-4 has them."""
    usual = [*FIELDS, *[""] * len(fields)]
    return all(name in ("", LEFT_OUT, usual[place]) for place, name in enumerate(fields))


def _filled_in_order(fields: list[str], heading: list[str]) -> list[str]:
    """Headings without a known word take the field of their place; so do columns behind them.

    Mode and cost may be missing, so a strange word in their place is a column of the shop's own.
    """
    filled = []
    for place in range(max(len(fields), len(FIELDS))):
        name = fields[place] if place < len(fields) else ""
        text = heading[place] if place < len(heading) else ""
        is_taken = place < len(NEEDED) or (place < len(FIELDS) and not text)
        filled.append(name or (FIELDS[place] if is_taken else ""))
    return filled


def _adds_up(row: list[str]) -> bool:
    """A row of totals has its word in one of the first three cells and no more words there.

    A parcel has two codes, so the look from behind ends at once.
    """
    words = list(islice(filter(_has_letters, reversed(row[:3])), 2))
    return len(words) == 1 and TOTALS.fullmatch(plain(words[0])) is not None


def _has_letters(cell: str) -> bool:
    return any(map(str.isalpha, cell))
