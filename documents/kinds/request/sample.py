from decimal import Decimal

from documents.kinds import sample_parties, samples
from documents.kinds.request.context import RequestContext

TEXTS = {
    "ru": (
        "в том числе НДС 12 %, НСП 2 %",
        "безналичный расчёт",
        "10 банковских дней после получения оригиналов",
        "30 % при подаче транспорта",
        "За срыв погрузки виновная сторона платит штраф 20 % от стоимости услуг.",
        "Простой сверх 24 часов оплачивается по 5 000 сом за каждые начатые сутки.",
        "Груз не штабелировать.",
    ),
    "ky": (
        "анын ичинде КНС 12 %, СС 2 %",
        "накталай эмес эсептешүү",
        "түп нускалар алынгандан кийин 10 банк күнү",
        "унаа келгенде 30 %",
        "Жүктөө үзгүлтүккө учураса, күнөөлүү тарап кызматтын баасынын 20 %ын төлөйт.",
        "24 сааттан ашык күтүү ар бир башталган сутка үчүн 5 000 сомдон төлөнөт.",
        "Жүктү үстү-үстүнө койбоңуз.",
    ),
    "th": (
        "รวมภาษีมูลค่าเพิ่ม 7% แล้ว",
        "โอนเงินผ่านธนาคาร",
        "ภายใน 10 วันทำการหลังได้รับเอกสารต้นฉบับ",
        "30% เมื่อรถเข้ารับสินค้า",
        "หากยกเลิกงาน ฝ่ายที่ผิดสัญญาต้องชำระค่าปรับ 20% ของค่าบริการ",
        "ค่ารอเกิน 24 ชั่วโมง คิดวันละ 2,000 บาท",
        "ห้ามวางสินค้าซ้อนกัน",
    ),
    "en": (
        "including VAT 12 %, sales tax 2 %",
        "bank transfer",
        "10 banking days after the originals are received",
        "30 % when the vehicle arrives",
        "Whoever fails the loading pays 20 % of the price.",
        "Waiting beyond 24 hours costs 5,000 KGS for each day begun.",
        "Do not stack.",
    ),
}


def sample(language: str) -> RequestContext:
    tax, form, term, prepayment, failure, waiting, note = TEXTS[language]
    return RequestContext(
        client=sample_parties.OTHER[language],
        route=samples.route(language),
        cargo=samples.cargo(language),
        price=Decimal("438900.00"),
        currency=samples.currency(language),
        order_ref=samples.ORDER_REF,
        contract=samples.CONTRACT[language],
        vehicle=samples.vehicle(language),
        driver=samples.driver(language),
        tax_note=tax,
        payment_form=form,
        payment_term=term,
        prepayment=prepayment,
        penalties=(failure, waiting),
        note=note,
    )
