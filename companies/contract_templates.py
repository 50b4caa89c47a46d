"""The templates of contracts and their versions: what is signed says which of them it came from.

A changed template is a new version. The table holds the hash of each, so that a test fails when a
text was changed and its version was not; contracts keep their own text and never follow.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

LANGUAGES = ("ru", "th", "en", "ky")
KINDS = ("client", "partner", "platform", "addendum")
FOLDER = Path(settings.BASE_DIR) / "templates" / "companies" / "contracts"


@dataclass(frozen=True, slots=True)
class Template:
    """One template: `name` is "client.ru"."""

    name: str
    version: int
    sha256: str

    @property
    def path(self) -> str:
        kind, language = self.name.split(".")
        return f"companies/contracts/{language}/{kind}.txt"


@cache
def template(kind: str, language: str) -> Template:
    """The template in use today."""
    name = f"{kind}.{language}"
    return Template(name, VERSIONS[name][0], hash_of(kind, language))


def hash_of(kind: str, language: str) -> str:
    """The hash of a template with the words and requisites that it draws in."""
    pieces = (
        FOLDER / language / f"{kind}.txt",
        FOLDER / language / "_words.txt",
        FOLDER / "_requisites.txt",
    )
    whole = b"\0".join(piece.read_bytes() for piece in pieces)
    return hashlib.sha256(whole).hexdigest()


# name: (version, the first 16 digits of its hash)
VERSIONS: dict[str, tuple[int, str]] = {
    "client.ru": (2, "dcaf95df0e7d69fe"),
    "client.th": (2, "af5b22483dd87cfc"),
    "client.en": (2, "6643305bb03638ff"),
    "client.ky": (2, "f46645dd85afefda"),
    "partner.ru": (2, "6908530eccee09d0"),
    "partner.th": (2, "e52f68f58959dca3"),
    "partner.en": (2, "78d5cf64856021b0"),
    "partner.ky": (2, "5d998d11c389a5ca"),
    "platform.ru": (1, "510746e45139b817"),
    "platform.th": (1, "33754dd6bab6b9b8"),
    "platform.en": (1, "f0bf26ed22ad26f5"),
    "platform.ky": (1, "c9098a47c70450f1"),
    "addendum.ru": (1, "82558921c4c33eaa"),
    "addendum.th": (1, "c443a426d7dd79d7"),
    "addendum.en": (1, "1b8e708c8e96549d"),
    "addendum.ky": (1, "367ff06237c91afa"),
}
