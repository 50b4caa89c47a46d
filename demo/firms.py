"""What stands before the first order: details, pictures, contracts, clients, partners, own drivers."""

from __future__ import annotations

from datetime import datetime
from random import Random

from django.db import transaction

from companies import contracts, invites, own, signing
from companies.models import Company
from demo import cast, pictures
from demo.cast import Firm
from tenants.context import inside

DETAILS = {
    "alatoo": {
        "name": "ОсОО «Ала-Тоо Логистик»",
        "full_name": "Общество с ограниченной ответственностью «Ала-Тоо Логистик»",
        "country": "KG",
        "inn": "02705201910356",
        "okpo": "29345678",
        "address": "г. Бишкек, пр. Чуй, 164, оф. 12",
        "phone": "+996312900100",
        "email": "office@alatoo.demo",
        "bank": "ОАО «Оптима Банк»",
        "account": "1091820182530113",
        "bik": "109018",
        "director": "Асанов Бакыт Жумабекович",
        "accountant": "Ким Наталья Сергеевна",
    },
    "osh": {
        "name": "ОсОО «Ош Транс Сервис»",
        "full_name": "Общество с ограниченной ответственностью «Ош Транс Сервис»",
        "country": "KG",
        "inn": "01403201510112",
        "okpo": "28123456",
        "address": "г. Ош, ул. Курманжан Датка, 271",
        "phone": "+996322255100",
        "email": "office@osh.demo",
        "bank": "ОАО «Бакай Банк»",
        "account": "1240020001066497",
        "bik": "124002",
        "director": "Маматов Улан Токторович",
        "accountant": "Садыкова Гульнара",
    },
    "prcargo": {
        "name": "PR Cargo Co., Ltd.",
        "full_name": "บริษัท พีอาร์ คาร์โก้ จำกัด",
        "country": "TH",
        "inn": "0105561000011",
        "address": "99/1 ถนนพระราม 2 แขวงแสมดำ เขตบางขุนเทียน กรุงเทพฯ 10150",
        "phone": "+6621234567",
        "email": "support@prcargo.com",
        "bank": "ธนาคารกสิกรไทย",
        "account": "0123456789",
        "director": "ประเสริฐ รุ่งเรือง",
        "accountant": "มาลี ศรีสุข",
    },
}
ACCENTS = {"alatoo": "#1f6f5c", "osh": "#7a3b8f", "prcargo": "#c2410c"}
TOWNS = {"alatoo": "Бишкек", "osh": "Ош", "prcargo": "Bangkok"}
CLIENTS = {
    "alatoo": [
        "Кыргыз Текстиль",
        "Дордой Импорт",
        "АгроПром Чуй",
        "Тянь-Шань Фарм",
        "Бишкек Стройматериалы",
        "Нарын Мёд",
        "Электро Мир",
        "Азия Фрукт",
        "Мебель Люкс",
        "Токмок Стекло",
    ],
    "osh": [
        "Ферганский Хлопок",
        "Ошский Кирпич",
        "Кара-Суу Торг",
        "Южный Сад",
        "Джалал-Абад Орех",
        "Алай Вода",
    ],
    "prcargo": [
        "Siam Home Decor",
        "Chao Phraya Trading",
        "Lanna Textile",
    ],
}
PARTNERS = {
    "alatoo": ["Азия Авто Транс", "Шёлковый путь", "Достук Карго"],
    "osh": ["Памир Транс", "Ферган Авто"],
    "prcargo": ["Mekong Express"],
}


def open_office(firm: Firm, at: datetime, rng: Random) -> None:
    """Details, pictures, the contract with the platform, companies with their contracts and logins."""
    with inside(firm.info.scope), transaction.atomic():
        own.save_details(values=DETAILS[firm.slug], by=firm.head, at=at)
        own.set_appearance(
            values={
                "accent": ACCENTS[firm.slug],
                "footer_note": "",
                "own_terms": "",
            },
            by=firm.head,
            at=at,
        )
        _pictures(firm, at)
        draft = contracts.draft(
            company=None,
            reseller=firm.info,
            on=at.date(),
            language=firm.info.language,
        )
        signing.sign_on_paper(
            draft=draft,
            signed_on=at.date(),
            scan=_scan(),
            by=firm.head,
            at=at,
        )
        own.mark_platform_contract(at=at, by=firm.head)
        firm.clients = [
            _company("client", name, number, firm, at, rng)
            for number, name in enumerate(CLIENTS[firm.slug])
        ]
        firm.partners = [
            _company("partner", name, number, firm, at, rng)
            for number, name in enumerate(PARTNERS[firm.slug])
        ]
    if firm.slug != "prcargo":
        cast.cabinet(f"client@{firm.slug}.demo", firm.clients[0], firm)
        cast.cabinet(f"partner@{firm.slug}.demo", firm.partners[0], firm)


def _pictures(firm: Firm, at: datetime) -> None:
    name = cast.FIRMS[firm.slug][0]
    drawn = {
        "logo": pictures.logo(name, ACCENTS[firm.slug]),
        "signature": pictures.signature(len(name)),
        "stamp": pictures.stamp(name, TOWNS[firm.slug]),
    }
    for kind, picture in drawn.items():
        own.set_picture(kind=kind, picture=picture, by=firm.head, at=at)


def _scan() -> signing.Scan:
    picture = pictures.signature(3)
    return signing.Scan(picture.content, picture.content_type, "contract.png")


def _company(
    kind: str,
    name: str,
    number: int,
    firm: Firm,
    at: datetime,
    rng: Random,
) -> Company:
    thai = firm.info.country == "TH"
    values = {
        "name": name if thai else f"ОсОО «{name}»",
        "full_name": name,
        "country": firm.info.country,
        "contact_person": rng.choice(
            [
                "Сыдыкова Айнура",
                "Петров Игорь",
                "Осмонов Тимур",
                "Ибраимова Чолпон",
            ]
        ),
        "inn": ""
        if thai
        else f"0{rng.randint(10, 28)}0{rng.randint(1, 9)}{rng.randint(2005, 2023)}1{rng.randint(1000, 9999)}",
        "address": f"{TOWNS[firm.slug]}, {number + 1}",
        "phone": f"+66812345{number:03d}" if thai else f"+99655012{number:04d}",
        "email": f"{kind}{number or ''}@{firm.slug}.demo",
        "director": "Сыдыкова Айнура Маратовна" if not thai else "สมหญิง ตั้งใจ",
        "language": "th" if thai else "ru",
    }
    company = invites.enter(kind=kind, values=values, by=firm.head, at=at)
    draft = contracts.draft(
        company=company,
        reseller=firm.info,
        on=at.date(),
        language=company.language,
    )
    signing.sign_on_paper(
        draft=draft,
        signed_on=at.date(),
        scan=_scan(),
        by=firm.head,
        at=at,
    )
    return Company.objects.get(pk=company.pk)
