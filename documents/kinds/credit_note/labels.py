from documents.kinds.kind import Label
from documents.kinds.labels import COMMON

LABELS: dict[str, Label] = COMMON | {
    "title": ("Кредит-нота", "ใบลดหนี้", "Credit note", "Кредит-нота"),
    "seller": ("Продавец", "ผู้ขาย", "Seller", "Сатуучу"),
    "buyer": ("Покупатель", "ผู้ซื้อ", "Buyer", "Сатып алуучу"),
    "to_invoice": ("К счёту", "อ้างถึงใบแจ้งหนี้", "To invoice", "Эсепке"),
    "before": ("Сумма счёта", "มูลค่าตามใบแจ้งหนี้เดิม", "The invoice was", "Эсептин суммасы"),
    "after": ("Сумма после уменьшения", "มูลค่าที่ถูกต้อง", "It is now", "Азайтылгандан кийин"),
    "reason": ("Причина", "สาเหตุที่ลดหนี้", "Reason", "Себеби"),
    "taken_off": ("Всего уменьшено на", "รวมมูลค่าที่ลดหนี้", "Taken off in total", "Бардыгы азайтылды"),
}
