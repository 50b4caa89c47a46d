from documents.kinds import sample_parties
from documents.kinds.contract.context import ContractContext, SignatureLine

SIDES = {
    "ru": ("Экспедитор", "Клиент", "одноразовым кодом", "Устав", "+06:00"),
    "th": ("ผู้รับจัดการขนส่ง", "ลูกค้า", "ด้วยรหัสใช้ครั้งเดียว", "ข้อบังคับบริษัท", "+07:00"),
    "en": ("Forwarder", "Client", "by a one-time code", "Charter", "+06:00"),
    "ky": ("Экспедитор", "Кардар", "бир жолку код менен", "Устав", "+06:00"),
}


def sample(language: str) -> ContractContext:
    ours, theirs, how, basis, zone = SIDES[language]
    own, other = sample_parties.OWN[language], sample_parties.OTHER[language]
    names = f"{own.name} — {other.name}"
    return ContractContext(
        lines=(names, "1. …", f"1.1. {names}."),
        sha256="0" * 64,
        template=f"client.{language} 1",
        signatures=tuple(
            SignatureLine(
                side=side,
                name=party.director,
                post=party.director_post,
                basis=basis,
                when=f"2026-03-13 15:00:00 {zone}",
                how=how,
                code="d*****@example.com",
                address="192.0.2.1",
                device="Firefox",
                rules="1",
            )
            for side, party in ((ours, own), (theirs, other))
        ),
    )
