"""Keys of seals: made when first needed, kept encrypted, named after the firm whose papers they seal."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.x509.oid import NameOID
from django.conf import settings

from documents.models import SealKey
from tenants.context import PLATFORM, inside
from tenants.platform.models import PlatformSealKey

LIFE = timedelta(days=365 * 20)  # papers outlive their keys
LONGEST_COMMON_NAME = 64  # bytes, as the library counts them; 32 letters of ours
QUOTED = re.compile(r"[«\"“](.+)[»\"”]")
PURPOSE = b"private keys of seals"


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A certificate (PEM) and its private key (PEM, encrypted), as rows keep them."""

    certificate: str
    private_key: str


def key_of(name: str, *, at: datetime) -> KeyPair:
    """The key of a firm of the open reseller; of two workers that make it, one wins."""
    kept = SealKey.objects.filter(name=name, retired_at=None)
    if row := kept.first():
        return KeyPair(row.certificate, row.private_key)
    pair = fresh(name, at=at)
    row = SealKey(
        name=name,
        certificate=pair.certificate,
        private_key=pair.private_key,
        made_at=at,
    )
    SealKey.objects.bulk_create([row], ignore_conflicts=True)
    row = kept.get()
    return KeyPair(row.certificate, row.private_key)


def key_of_platform(name: str, *, at: datetime) -> KeyPair:
    """The platform's own key, which no reseller's role can read."""
    with inside(PLATFORM):
        row = PlatformSealKey.objects.first()
        if row is None:
            pair = fresh(name, at=at)
            row = PlatformSealKey(
                certificate=pair.certificate,
                private_key=pair.private_key,
                made_at=at,
            )
            PlatformSealKey.objects.bulk_create([row], ignore_conflicts=True)
            row = PlatformSealKey.objects.get()
    return KeyPair(row.certificate, row.private_key)


def fresh(name: str, *, at: datetime) -> KeyPair:
    """A new key on the curve P-256, with a certificate that names the firm alone and is signed by
    itself.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    certificate = _certificate(name, key, at).public_bytes(serialization.Encoding.PEM)
    return KeyPair(certificate.decode(), _lock().encrypt(pem).decode())


def opened(pair: KeyPair) -> bytes:
    """The private key in the clear (PEM). Raises InvalidToken without the right secret."""
    return _lock().decrypt(pair.private_key.encode())


def _certificate(name: str, key: ec.EllipticCurvePrivateKey, at: datetime) -> x509.Certificate:
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name(name)),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = x509.CertificateBuilder(subject_name=subject, issuer_name=subject)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    # A day back: clocks of readers differ.
    builder = builder.not_valid_before(at - timedelta(days=1)).not_valid_after(at + LIFE)
    builder = builder.add_extension(usage, critical=True)
    return builder.sign(key, hashes.SHA256())


def common_name(name: str) -> str:
    """The name as readers show it; of a long one what stands in quotes, and no letter cut in two."""
    quoted = QUOTED.search(name)
    is_long = len(name.encode()) > LONGEST_COMMON_NAME
    shown = quoted[1] if is_long and quoted else name
    return shown.encode()[:LONGEST_COMMON_NAME].decode(errors="ignore")


def _lock() -> MultiFernet:
    return _lock_of(tuple(settings.SEAL_SECRETS))


@cache
def _lock_of(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_stretched(secret)) for secret in secrets])


def _stretched(secret: str) -> bytes:
    derived = HKDF(hashes.SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
