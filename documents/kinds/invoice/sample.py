from datetime import date

from documents.kinds import sample_parties, samples
from documents.kinds.invoice.context import InvoiceContext

PURPOSE = {
    "ru": "Оплата за транспортные услуги по счёту",
    "ky": "Эсеп боюнча транспорттук кызматтар үчүн төлөм",
    "th": "ชำระค่าบริการขนส่งตามใบแจ้งหนี้",
    "en": "Payment for transport services",
}
# The published PromptPay example: a mobile number, no amount.
QR = {"th": "00020101021129370016A000000677010111011300660000000005802TH53037646304823E"}


def sample(language: str) -> InvoiceContext:
    return InvoiceContext(
        buyer=sample_parties.OTHER[language],
        lines=samples.lines(language),
        currency=samples.currency(language),
        due_on=date(2026, 3, 27),
        order_ref=samples.ORDER_REF,
        contract=samples.CONTRACT[language],
        purpose=PURPOSE[language],
        payment_qr=QR.get(language, ""),
    )
