from documents.kinds.kind import Label
from documents.kinds.labels import COMMON

LABELS: dict[str, Label] = COMMON | {
    "title": (
        "Акт сверки взаимных расчётов",
        "หนังสือกระทบยอดบัญชี",
        "Reconciliation statement",
        "Өз ара эсептешүүлөрдү салыштыруу актысы",
    ),
    "period": ("Период", "ช่วงเวลา", "Period", "Мезгил"),
    "own_side": ("Сторона 1", "ฝ่ายที่หนึ่ง", "First side", "1-тарап"),
    "other_side": ("Сторона 2", "ฝ่ายที่สอง", "Second side", "2-тарап"),
    "on": ("Дата", "วันที่", "Date", "Күнү"),
    "document": ("Документ", "เอกสาร", "Document", "Документ"),
    "debit": ("Дебет", "เดบิต", "Debit", "Дебет"),
    "credit": ("Кредит", "เครดิต", "Credit", "Кредит"),
    "opening": ("Сальдо на начало", "ยอดยกมา", "Opening balance", "Башындагы сальдо"),
    "turnover": ("Обороты за период", "รายการในช่วงเวลา", "Turnover", "Мезгил ичиндеги жүгүртүү"),
    "closing": ("Сальдо на конец", "ยอดยกไป", "Closing balance", "Аягындагы сальдо"),
    "kind_invoice": ("Счёт", "ใบแจ้งหนี้", "Invoice", "Эсеп"),
    "kind_receipt": ("Оплата", "รับชำระ", "Receipt", "Төлөм"),
    "kind_refund": ("Возврат", "คืนเงิน", "Refund", "Кайтаруу"),
    "kind_cost": ("Перевозка", "ค่าขนส่ง", "Carriage", "Ташуу"),
    "kind_payout": ("Оплата перевозчику", "จ่ายชำระ", "Payout", "Ташуучуга төлөм"),
    "kind_platform_fee": ("Комиссия", "ค่าธรรมเนียม", "Commission", "Комиссия"),
    "kind_correction": ("Исправление", "รายการแก้ไข", "Correction", "Оңдоо"),
    "kind_act": ("Акт", "ใบส่งมอบงาน", "Act", "Акт"),
    "kind_credit_note": ("Кредит-нота", "ใบลดหนี้", "Credit note", "Кредит-нота"),
    "kind_allocation": ("Разнесение оплаты", "จัดสรรเงินรับ", "Allocation", "Төлөмдү бөлүштүрүү"),
    "kind_offset": ("Зачёт аванса", "หักเงินล่วงหน้า", "Advance taken off", "Авансты эсепке алуу"),
    "debt": (
        "На {day} задолженность {debtor} перед {creditor} составляет {sum} ({words}).",
        "ณ วันที่ {day} {debtor} เป็นหนี้ {creditor} เป็นจำนวน {sum} ({words})",
        "As of {day}, {debtor} owes {creditor} {sum} ({words}).",
        "{day} карата {debtor} тарабынын {creditor} алдындагы карызы: {sum} ({words}).",
    ),
    "no_debt": (
        "На {day} взаимной задолженности нет.",
        "ณ วันที่ {day} ไม่มียอดค้างชำระระหว่างกัน",
        "As of {day}, neither side owes the other anything.",
        "{day} карата өз ара карыз жок.",
    ),
}
