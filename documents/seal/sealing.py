"""Sealing a PDF (PAdES). The worker alone imports this module: pyHanko takes seconds to load."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from asn1crypto import keys as asn1_keys
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.seal.keys import KeyPair, opened

FIELD = "Seal"
SECONDS_FOR_A_TIMESTAMP = 10
# Room for the seal: one certificate and, with a service's, its chain. Without a number the library
# signs twice to learn it, which is half of the time.
ROOM = 4096
ROOM_WITH_TIMESTAMP = 20480


def seal(pdf: bytes, pair: KeyPair) -> bytes:
    """The file with a seal over every byte of it: PAdES B-B, or B-T where TSA_URL names a time
    stamping service. A service that is away is an error, and the paper is tried again later.
    """
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
    )
    sealer = signers.PdfSigner(meta, _signer(pair), timestamper=_timestamper(settings.TSA_URL))
    sealed = BytesIO()
    room = ROOM_WITH_TIMESTAMP if settings.TSA_URL else ROOM
    sealer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=sealed, bytes_reserved=room)
    return sealed.getvalue()


@lru_cache(maxsize=32)
def _signer(pair: KeyPair) -> signers.SimpleSigner:
    """Kept for a process: unlocking a key costs more than using it."""
    certificate = asn1_x509.Certificate.load(_der(pair.certificate.encode()))
    key = asn1_keys.PrivateKeyInfo.load(_der(opened(pair)))
    store = SimpleCertificateStore()
    return signers.SimpleSigner(certificate, key, store)


@lru_cache(maxsize=1)
def _timestamper(url: str) -> HTTPTimeStamper | None:
    return HTTPTimeStamper(url, timeout=SECONDS_FOR_A_TIMESTAMP) if url else None


def _der(text: bytes) -> bytes:
    armoured = pem.unarmor(text)
    der = armoured[2]
    return bytes(der)
