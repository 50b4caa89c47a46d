"""Random secrets and how they are kept: only their SHA-256 is stored, since they carry 128 bits and
more.
"""

from __future__ import annotations

import hashlib
import secrets


def fresh() -> str:
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def short_code(digits: int = 6) -> str:
    """A code to type; guesses must be limited where it is checked."""
    return "".join(secrets.choice("0123456789") for _ in range(digits))
