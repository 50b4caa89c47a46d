"""Which column of a table holds what: told by the words of its heading, or by the person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

FIELDS = (
    "on",
    "amount",
    "amount_in",
    "amount_out",
    "direction",
    "balance",
    "currency",
    "account",
    "counterparty",
    "payer",
    "payee",
    "tax_number",
    "payer_tax",
    "payee_tax",
    "other_account",
    "number",
    "purpose",
)
IGNORED = "-"
WORDS = {
    "on": (
        "дата|дата операции|дата проводки|дата документа|дата платежа|дата транзакции|күнү|date|"
        "transaction date|booking date|posting date|value date|txn date|tran date|date/time|"
        "date and time|วันที่|วันที่ทำรายการ|วันเดือนปี|วันที่รายการ|วัน/เดือน/ปี"
    ),
    "amount": (
        "сумма|сумма операции|сумма платежа|сумма документа|сумма в валюте счета|amount|"
        "transaction amount|sum|суммасы|จำนวนเงิน|ยอดเงิน|จำนวน"
    ),
    "amount_in": (
        "кредит|приход|поступление|поступления|зачисление|зачислено|сумма по кредиту|"
        "оборот по кредиту|кириш|credit|credits|deposit|deposits|paid in|money in|in|"
        "credit amount|ฝาก|ฝากเงิน|เงินฝาก|รายการฝาก|เงินเข้า|เครดิต|ยอดฝาก|ฝาก/เครดิต"
    ),
    "amount_out": (
        "дебет|расход|списание|списания|списано|сумма по дебету|оборот по дебету|чыгыш|debit|"
        "debits|withdrawal|withdrawals|paid out|money out|out|debit amount|ถอน|ถอนเงิน|"
        "เงินถอน|รายการถอน|เงินออก|เดบิต|ยอดถอน|ถอน/เดบิต"
    ),
    "direction": (
        "тип|тип операции|вид операции|направление|дт/кт|д/к|приход/расход|direction|type|"
        "dr/cr|cr/dr|d/c|c/d|debit/credit|transaction type|ประเภท|ประเภทรายการ"
    ),
    "balance": (
        "остаток|исходящий остаток|баланс|остаток после операции|калдык|balance|"
        "running balance|closing balance|outstanding balance|ledger balance|"
        "คงเหลือ|ยอดคงเหลือ|ยอดเงินคงเหลือ"
    ),
    "currency": "валюта|валюта счета|валюта операции|currency|ccy|curr|สกุลเงิน",
    "account": (
        "счет|номер счета|наш счет|счет клиента|расчетный счет|account|account number|"
        "account no|own account|เลขที่บัญชี|บัญชี"
    ),
    "counterparty": (
        "контрагент|отправитель/получатель|плательщик/получатель|получатель/плательщик|"
        "корреспондент|наименование контрагента|counterparty|name|payer/payee|"
        "beneficiary/remitter|counterparty name|ชื่อ|คู่บัญชี|ชื่อคู่บัญชี|ผู้โอน/ผู้รับ"
    ),
    "payer": "плательщик|отправитель|наименование плательщика|payer|sender|remitter|ผู้โอน|ผู้จ่าย",
    "payee": "получатель|наименование получателя|бенефициар|payee|recipient|beneficiary|ผู้รับ|ผู้รับเงิน",
    "tax_number": (
        "инн|инн контрагента|инн плательщика/получателя|бин|бин/иин|иин|tax number|tax id|"
        "counterparty tax number|inn|เลขประจำตัวผู้เสียภาษี"
    ),
    "payer_tax": "инн плательщика|инн отправителя|payer tax number|payer inn",
    "payee_tax": "инн получателя|payee tax number|payee inn",
    "other_account": (
        "счет контрагента|номер счета контрагента|счет корреспондента|корр счет|"
        "counterparty account|account of counterparty|iban|บัญชีคู่โอน|เลขที่บัญชีคู่โอน"
    ),
    "number": (
        "номер|номер документа|№|№ документа|n документа|№ док|ном док|номер операции|"
        "номер платежа|document|document number|reference|ref|ref no|transaction id|"
        "cheque no|cheque number|number|no|เลขที่|เลขที่เอกสาร|เลขที่อ้างอิง|เลขอ้างอิง"
    ),
    "purpose": (
        "назначение|назначение платежа|основание|содержание|содержание операции|описание|"
        "комментарий|детали|детали платежа|төлөмдүн максаты|description|details|purpose|"
        "purpose of payment|payment details|narrative|remarks|memo|particulars|"
        "รายละเอียด|รายการ|คำอธิบาย|หมายเหตุ|บันทึก"
    ),
}
MEANINGS = {word: name for name, words in WORDS.items() for word in words.split("|")}
IN_WORDS = (
    "приход|поступление|зачисление|кредит|входящий|вх|кт|к|кириш|credit|cr|c|in|incoming|"
    "deposit|+|ฝาก|รับ|รับโอน|โอนเข้า|เงินเข้า|เครดิต"
)
OUT_WORDS = (
    "расход|списание|дебет|исходящий|исх|дт|д|чыгыш|debit|dr|d|out|outgoing|withdrawal|-|"
    "ถอน|จ่าย|โอนออก|เงินออก|เดบิต"
)
DIRECTIONS = dict.fromkeys(IN_WORDS.split("|"), True) | dict.fromkeys(OUT_WORDS.split("|"), False)
IN_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
CURRENCY_BEHIND = re.compile(
    r"[,/ ]+(?:KGS|USD|EUR|RUB|KZT|THB|CNY|UZS|сом|руб|baht|บาท)\.?$", re.IGNORECASE
)


def plain(
    heading: str,
) -> str:
    """A heading as it is compared: small letters, single blanks, no brackets, ё as е."""
    text = " ".join(heading.replace("\n", " ").lower().replace("ё", "е").split())
    text = text.strip(" .:*\"'")
    return text.replace(". ", " ").replace("no.", "no")


def meaning(heading: str) -> str:
    """The field that a heading names; empty for one that nobody knows."""
    text = plain(heading)
    for form in (text, plain(IN_BRACKETS.sub(" ", text)), plain(CURRENCY_BEHIND.sub("", text))):
        if form in MEANINGS:
            return MEANINGS[form]
    return ""


def key_of(
    heading: Sequence[str],
) -> str:
    """What a mapping is remembered under: the heading's own words."""
    return "|".join(plain(cell) for cell in heading).rstrip("|")


def columns(row: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """Field → place of its column. The person's own words go before ours; of two columns with one
    meaning the first one counts.
    """
    places: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = mapping.get(plain(cell)) or meaning(cell)
        if name and name != IGNORED:
            places.setdefault(name, place)
    return places


def is_enough(
    places: Mapping[str, int],
) -> bool:
    """A day and an amount are what a movement needs."""
    return "on" in places and bool(places.keys() & {"amount", "amount_in", "amount_out"})


def direction(
    cell: str,
) -> bool | None:
    """Whether money came in; None for a word that says nothing of it."""
    text = plain(cell) or cell.strip()
    if cell.strip() in ("+", "-"):
        text = cell.strip()
    if text in DIRECTIONS:
        return DIRECTIONS[text]
    first = text.split(" ")[0].split("/")[0] if text else ""
    return DIRECTIONS.get(first) if len(first) > 2 else None
