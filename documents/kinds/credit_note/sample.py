from datetime import date

from documents.kinds import sample_parties, samples
from documents.kinds.credit_note.context import CreditNoteContext
from documents.kinds.parts import foot

REASONS = {
    "ru": "Недостача груза при выгрузке по акту № 3",
    "th": "สินค้าขาดจำนวนเมื่อส่งมอบ ตามบันทึกเลขที่ 3",
    "en": "Goods missing at unloading, report No. 3",
    "ky": "Жүк түшүрүүдө кем чыкты, акт № 3",
}


def sample(language: str) -> CreditNoteContext:
    lines = samples.lines(language)
    off = foot(lines)
    return CreditNoteContext(
        buyer=sample_parties.OTHER[language],
        lines=lines,
        currency=samples.currency(language),
        invoice="42",
        invoice_on=date(2026, 3, 13),
        before=off.gross * 2,
        after=off.gross,
        reason=REASONS[language],
        order_ref=samples.ORDER_REF,
        contract=samples.CONTRACT[language],
    )
