"""The seal of papers: what it proves, what a changed byte does, whose key it is."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pikepdf
import pytest
from cryptography import x509
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import DatabaseError, transaction
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from config.processes import ROOT
from documents.kinds import KINDS, samples
from documents.models import Document, SealKey
from documents.rendering import on_render
from documents.seal import keys, sealing
from documents.seal.sealing import seal
from tenants.context import inside
from tenants.office import files
from tenants.office.models import File
from tenants.platform.models import PlatformSealKey
from tests.documents.papers import ISSUED_AT, issued
from tests.world import Cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 13, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.STORAGE_DIR = tmp_path


def sealed(cast: Cast, **changes: Any) -> tuple[Document, bytes]:
    document = issued(cast, **changes)
    on_render({"document": str(document.id)}, ISSUED_AT)
    document.refresh_from_db()
    return document, files.read(File.objects.get(id=document.file_id))


def status_of(pdf: bytes) -> Any:
    """pyHanko's own word; the certificate that the seal carries is taken as trusted."""
    signature = PdfFileReader(BytesIO(pdf)).embedded_signatures[0]
    trusted = ValidationContext(trust_roots=[signature.signer_cert])
    return validate_pdf_signature(signature, trusted)


def holds(pdf: bytes) -> bool:
    """Whether the seal is intact, right, and covers the whole file."""
    try:
        status = status_of(pdf)
    except Exception:
        return False
    return bool(status.intact and status.valid and status.coverage.name == "ENTIRE_FILE")


def test_the_seal_is_valid_covers_the_whole_file_and_names_the_firm_alone(in_alpha: Cast) -> None:
    document, pdf = sealed(in_alpha)
    assert holds(pdf)
    certificate = x509.load_pem_x509_certificate(SealKey.objects.get().certificate.encode())
    name = document.letterhead["own"]["name"]
    assert certificate.subject == certificate.issuer
    assert {part.value for part in certificate.subject} == {name}
    assert isinstance(certificate.public_key(), ec.EllipticCurvePublicKey)
    assert b"Track" not in pdf and b"ETSI.CAdES.detached" in pdf
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.check_pdf_syntax() == []
        assert opened.Root.AcroForm.SigFlags == 3


def checked_by_qpdf(pdf: bytes, folder: Path) -> int:
    """What `qpdf --check` ends with: 0 without a fault, 3 with warnings."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    check = pikepdf.Job(["pikepdf", "--check", str(path)])
    check.run()
    return int(check.exit_code)


CONTRACT = KINDS["contract"].sample("ru")
SEALED = {
    "contract": {"kind": "contract", "context": CONTRACT},
    "agreement": {"kind": "contract", "context": replace(CONTRACT, addendum=True)},
    "request": {"kind": "request", "context": KINDS["request"].sample("ru")},
    "invoice": {},
}


@pytest.mark.parametrize("paper", SEALED)
def test_qpdf_finds_no_fault_in_a_sealed_paper(in_alpha: Cast, tmp_path: Path, paper: str) -> None:
    _document, pdf = sealed(in_alpha, **SEALED[paper])
    assert checked_by_qpdf(pdf, tmp_path) == 0
    assert holds(pdf)


def test_qpdf_warns_of_a_paper_that_was_cut(in_alpha: Cast, tmp_path: Path) -> None:
    _document, pdf = sealed(in_alpha)
    assert checked_by_qpdf(pdf[:-200], tmp_path) == 3


def test_each_of_two_hundred_changed_bytes_is_found(in_alpha: Cast) -> None:
    document, pdf = sealed(in_alpha)
    dice = Random(45)
    for place in dice.sample(range(len(pdf)), 200):
        changed = bytearray(pdf)
        changed[place] ^= 1 << dice.randrange(8)
        assert files_differ(document, bytes(changed)), place
        assert not holds(bytes(changed)) or is_between(pdf, place), place


def files_differ(document: Document, content: bytes) -> bool:
    """What the check page compares."""
    from hashlib import sha256

    return sha256(content).hexdigest() != document.sha256


def is_between(pdf: bytes, place: int) -> bool:
    """The room of the seal itself: its unused end is no part of what it covers."""
    start = pdf.index(b"/Contents <") + len("/Contents <")
    return start <= place <= pdf.index(b">", start)


def test_a_file_that_was_added_to_is_found(in_alpha: Cast) -> None:
    _document, pdf = sealed(in_alpha)
    assert not holds(pdf + b"\n% more\n")


@pytest.mark.parametrize(
    ("name", "common"),
    [
        ("ОсОО «Альфа»", "ОсОО «Альфа»"),
        ("Общество с ограниченной ответственностью «Манас Логистик»", "Манас Логистик"),
        ("บริษัท ขนส่งสินค้าระหว่างประเทศและในประเทศ จำกัด", "บริษัท ขนส่งสินค้าระหว"),
        ("Ы" * 300, "Ы" * 32),
    ],
)
def test_a_name_of_any_length_has_a_key(name: str, common: str) -> None:
    certificate = x509.load_pem_x509_certificate(keys.fresh(name, at=NOW).certificate.encode())
    names = {part.oid: part.value for part in certificate.subject}
    assert set(names.values()) == {name, common}
    assert len(common.encode()) <= 64


def test_a_firm_without_a_name_seals_as_the_reseller(in_alpha: Cast) -> None:
    head = samples.letterhead("ru")
    nameless = replace(head, own=replace(head.own, name=""))
    _document, pdf = sealed(in_alpha, letterhead=nameless)
    assert holds(pdf) and SealKey.objects.get().name == in_alpha.info.name


def test_a_firm_has_one_key_and_another_firm_another(in_alpha: Cast, beta: Cast) -> None:
    first = keys.key_of("ОсОО «Альфа»", at=NOW)
    assert keys.key_of("ОсОО «Альфа»", at=NOW) == first
    assert keys.key_of("ИП Альфа", at=NOW) != first
    with inside(beta.scope):
        assert not SealKey.objects.exists()


def test_the_private_key_is_kept_locked(in_alpha: Cast, settings: Any) -> None:
    pair = keys.key_of("Alpha", at=NOW)
    assert "PRIVATE" not in pair.private_key and b"PRIVATE" in keys.opened(pair)
    settings.SEAL_SECRETS = ["another"]
    with pytest.raises(InvalidToken):
        keys.opened(pair)
    settings.SEAL_SECRETS = ["newer", "another"]
    newer = keys.fresh("Alpha", at=NOW)
    settings.SEAL_SECRETS = ["newer"]
    assert b"PRIVATE" in keys.opened(newer)


def test_the_platforms_key_is_out_of_a_resellers_reach(in_alpha: Cast) -> None:
    pair = keys.key_of_platform("Platform", at=NOW)
    assert keys.key_of_platform("Platform", at=NOW) == pair
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        PlatformSealKey.objects.exists()


def test_a_contract_of_the_platform_is_sealed_by_the_platform(in_alpha: Cast) -> None:
    context = replace(KINDS["contract"].sample("ru"), by_platform=True)
    _document, pdf = sealed(in_alpha, kind="contract", context=context)
    assert holds(pdf) and not SealKey.objects.exists()


def test_pages_do_not_load_the_sealing_library() -> None:
    code = (
        "import django, sys; django.setup(); import config.urls;"
        "print([name for name in sys.modules if name.startswith('pyhanko')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_a_seal_signs_once_and_unlocks_the_key_once(
    in_alpha: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Either of them twice doubles the cost that `manage.py bench pdf` measures."""
    pair = keys.key_of("Alpha", at=NOW)
    signed = []
    unlocked = []
    sign = SimpleSigner.sign_raw

    def sign_counted(self: Any, *args: Any) -> bytes:
        signed.append(self)
        return sign(self, *args)

    def unlock_counted(pair: keys.KeyPair) -> bytes:
        unlocked.append(pair)
        return keys.opened(pair)

    monkeypatch.setattr(SimpleSigner, "sign_raw", sign_counted)
    monkeypatch.setattr(sealing, "opened", unlock_counted)
    sealing._signer.cache_clear()
    for _ in range(3):
        assert holds(seal(plain_pdf(), pair))
    assert (len(signed), len(unlocked)) == (3, 1)


def plain_pdf() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    plain = BytesIO()
    pdf.save(plain)
    return plain.getvalue()


def test_a_time_stamping_service_that_is_away_leaves_the_paper_waiting(
    in_alpha: Cast, settings: Any
) -> None:
    settings.TSA_URL = "http://127.0.0.1:9/"
    document = issued(in_alpha)
    with pytest.raises(TimestampRequestError):
        on_render({"document": str(document.id)}, ISSUED_AT)
    document.refresh_from_db()
    assert document.status == "queued"
    settings.TSA_URL = ""
    on_render({"document": str(document.id)}, ISSUED_AT)
    document.refresh_from_db()
    assert document.is_ready
