"""Invented parties and loads, for previews of templates, golden tests and the bench. No real firm
is meant.
"""

from datetime import date
from decimal import Decimal

from documents.kinds.letterhead import Letterhead
from documents.kinds.parts import (
    Cargo,
    Contract,
    DriverCard,
    Line,
    Stop,
    StopKind,
    Vehicle,
)
from documents.kinds.sample_parties import OWN
from tenants.kit.money import TaxRate, rounded, split_tax

CONTRACT = {
    "ru": Contract("ТЭ-17/25", date(2025, 11, 3)),
    "ky": Contract("ТЭ-17/25", date(2025, 11, 3)),
    "th": Contract("TS-17/2025", date(2025, 11, 3)),
    "en": Contract("TE-17/25", date(2025, 11, 3)),
}
ORDER_REF = "ORD-260313-0003"
_PLACES = {
    "ru": (
        "Бишкек, Кыргызстан",
        "ул. Льва Толстого, 126, склад № 3",
        "КПП «Ак-Жол»",
        "Москва, Россия",
        "Люблинская ул., 60, стр. 2, рампа 4",
        "Айбек",
        "Дежурный брокер",
        "Сергей Иванов",
    ),
    "ky": (
        "Бишкек, Кыргызстан",
        "Лев Толстой көчөсү, 126, № 3 кампа",
        "«Ак-Жол» өткөрмө бекети",
        "Москва, Россия",
        "Люблинская көч., 60, 2-имарат, 4-рампа",
        "Айбек",
        "Кезметчи брокер",
        "Сергей Иванов",
    ),
    "th": (
        "คุนหมิง ประเทศจีน",
        "ศูนย์กระจายสินค้า หลัวหยาง โกดัง 3",
        "ด่านศุลกากรเชียงของ",
        "สมุทรปราการ",
        "15 หมู่ 4 ตำบลบางปู ลานจอด 4",
        "คุณหวัง",
        "ตัวแทนออกของ",
        "คุณน้ำฝน",
    ),
    "en": (
        "Bishkek, Kyrgyzstan",
        "126 Lev Tolstoy St., warehouse 3",
        "Ak-Zhol border post",
        "Moscow, Russia",
        "60 Lyublinskaya St., bld. 2, dock 4",
        "Aibek",
        "Broker on duty",
        "Sergei Ivanov",
    ),
}
_CARGO = {
    "ru": (
        ("Трикотаж хлопковый", "короба", "NT-2026/03", "850 000 сом"),
        ("Пряжа", "мешки", "", "210 000 сом"),
    ),
    "ky": (
        ("Пахта трикотажы", "кутулар", "NT-2026/03", "850 000 сом"),
        ("Жип", "каптар", "", "210 000 сом"),
    ),
    "th": (
        ("อะไหล่ปั๊มน้ำมัน", "ลังไม้", "PT-2026/03", "420,000 บาท"),
        ("ป้ายไฟ LED", "กล่อง", "", "95,000 บาท"),
    ),
    "en": (
        ("Cotton knitwear", "cartons", "NT-2026/03", "850,000 KGS"),
        ("Yarn", "bags", "", "210,000 KGS"),
    ),
}
_VEHICLE = {
    "ru": Vehicle(
        "тент",
        "боковая, задняя",
        "20 т, 86 м³",
        "01KG 345 ABC / 01KG 678 PR",
        "Ремни — 10 шт., коники",
    ),
    "ky": Vehicle(
        "тент",
        "капталынан, артынан",
        "20 т, 86 м³",
        "01KG 345 ABC / 01KG 678 PR",
        "Кайыштар — 10 даана",
    ),
    "th": Vehicle(
        "รถพ่วงผ้าใบ",
        "ด้านข้างและด้านหลัง",
        "20 ตัน 86 ลบ.ม.",
        "70-1234 / 70-1235 กรุงเทพฯ",
        "สายรัด 10 เส้น ห้ามซ้อนสินค้า",
    ),
    "en": Vehicle(
        "curtain-sider",
        "side, rear",
        "20 t, 86 m³",
        "01KG 345 ABC / 01KG 678 PR",
        "10 straps, stanchions",
    ),
}
_DRIVER = {
    "ru": DriverCard("Жумабеков Эрмек Талантович", "+996 555 00-00-01", "KG 0123456"),
    "ky": DriverCard("Жумабеков Эрмек Талантович", "+996 555 00-00-01", "KG 0123456"),
    "th": DriverCard("นายวิชัย ขับดี", "089-000-0001", "บ.4 60123456"),
    "en": DriverCard("Ermek Zhumabekov", "+996 555 00-00-01", "KG 0123456"),
}
_SERVICES = {
    "ru": (
        (
            "Перевозка груза автотранспортом Бишкек — Москва, заказ ORD-260313-0003",
            "рейс",
        ),
        ("Таможенное сопровождение", "усл."),
        ("Простой под погрузкой сверх нормы", "час"),
    ),
    "ky": (
        (
            "Жүктү автоунаа менен ташуу Бишкек — Москва, ORD-260313-0003 буйрутмасы",
            "каттам",
        ),
        ("Бажылык коштоо", "кызмат"),
        ("Жүктөөдө нормадан ашык күтүү", "саат"),
    ),
    "th": (
        (
            "ค่าขนส่งทางบก คุนหมิง – สมุทรปราการ คำสั่งงาน ORD-260313-0003",
            "เที่ยว",
        ),
        ("ค่าดำเนินพิธีการศุลกากร", "ครั้ง"),
        ("ค่ารถรอขึ้นสินค้าเกินกำหนด", "ชั่วโมง"),
    ),
    "en": (
        (
            "Road carriage Bishkek – Moscow, order ORD-260313-0003",
            "trip",
        ),
        ("Customs escort", "service"),
        ("Waiting at loading beyond the free time", "hour"),
    ),
}
_TAXES = {
    "ru": (("НДС", 12), ("НСП", 2)),
    "ky": (("КНС", 12), ("СС", 2)),
    "en": (("VAT", 12), ("Sales tax", 2)),
    "th": (("ภาษีมูลค่าเพิ่ม", 7),),
}
_TERMS = {
    "ru": (
        "Перегруз и догруз без письменного согласия заказчика не допускаются.",
        "Водитель сообщает о задержке более двух часов незамедлительно.",
    ),
    "ky": (
        "Буйрутмачынын жазуу жүзүндөгү макулдугусуз кошумча жүктөөгө жол берилбейт.",
        "Айдоочу эки сааттан ашык кечигүүнү токтоосуз билдирет.",
    ),
    "th": (
        "ห้ามบรรทุกสินค้าอื่นร่วมโดยไม่ได้รับความยินยอมเป็นลายลักษณ์อักษร",
        "หากล่าช้าเกินสองชั่วโมง พนักงานขับรถต้องแจ้งทันที",
    ),
    "en": (
        "No other goods may be added without the customer's written consent.",
        "The driver reports a delay of over two hours at once.",
    ),
}
_FOOTER = {
    "ru": "Тянь-Шань Экспедиция · грузы из Кыргызстана по всей Евразии",
    "ky": "Тянь-Шань Экспедиция · Кыргызстандан бүт Евразияга жүктөр",
    "th": "ภูผา คาร์โก้ · ขนส่งจีน–ไทย ส่งตรงถึงหน้าบ้าน",
    "en": "Tien-Shan Forwarding · from Kyrgyzstan across Eurasia",
}


def letterhead(language: str) -> Letterhead:
    return Letterhead(
        OWN[language],
        footer=_FOOTER[language],
        terms=_TERMS[language],
        site="https://papers.example",
        accent="#1f4e79" if language != "th" else "#0f6b5c",
    )


def currency(language: str) -> str:
    return "THB" if language == "th" else "KGS"


def route(language: str) -> tuple[Stop, ...]:
    start, store, border, end, dock, loader, broker, receiver = _PLACES[language]
    return (
        Stop(
            StopKind.LOADING,
            start,
            store,
            date(2026, 3, 16),
            "08:00–12:00",
            f"{loader}, +996 700 11-22-33",
        ),
        Stop(StopKind.CUSTOMS, border, "", date(2026, 3, 17), "", broker),
        Stop(
            StopKind.UNLOADING,
            end,
            dock,
            date(2026, 3, 23),
            "09:00–18:00",
            f"{receiver}, +7 916 555-44-33",
        ),
    )


def cargo(language: str) -> tuple[Cargo, ...]:
    first, second = _CARGO[language]
    return (
        Cargo(
            first[0],
            first[1],
            first[2],
            420,
            Decimal("8400"),
            Decimal("46.5"),
            first[3],
        ),
        Cargo(
            second[0],
            second[1],
            second[2],
            85,
            Decimal("2125.5"),
            Decimal("12"),
            second[3],
            "+5…+20 °C",
            "9",
        ),
    )


def vehicle(language: str) -> Vehicle:
    return _VEHICLE[language]


def driver(language: str) -> DriverCard:
    return _DRIVER[language]


def services(language: str) -> tuple[str, ...]:
    return tuple(name for name, _ in _SERVICES[language])


def lines(language: str) -> tuple[Line, ...]:
    """Two taxes a line in Kyrgyzstan (НДС and НСП), one in Thailand."""
    rates = [TaxRate(kind, Decimal(percent)) for kind, percent in _TAXES[language]]
    figures = (
        (Decimal(1), Decimal("385000.00")),
        (Decimal(1), Decimal("12500.00")),
        (Decimal("3.5"), Decimal("850.33")),
    )
    return tuple(
        Line(
            name,
            quantity,
            unit,
            price,
            split_tax(net=rounded(quantity * price), rates=rates),
        )
        for (name, unit), (quantity, price) in zip(_SERVICES[language], figures, strict=True)
    )
