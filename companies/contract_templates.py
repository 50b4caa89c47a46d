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
    "client.ru": (1, "2fe23b76aed197a1"),
    "client.th": (1, "eaba9a55665eddb6"),
    "client.en": (1, "a0586709a18e9859"),
    "client.ky": (1, "2332f6feb25f079a"),
    "partner.ru": (1, "175326cd567cb232"),
    "partner.th": (1, "91b862e429f2fcc2"),
    "partner.en": (1, "6652afdb1ea951a9"),
    "partner.ky": (1, "751bc2b671f9fba1"),
    "platform.ru": (1, "a0d6203403b8a202"),
    "platform.th": (1, "1b0f6ae31ec6fb1d"),
    "platform.en": (1, "69d64bd8d5271827"),
    "platform.ky": (1, "78a0d261a077b612"),
    "addendum.ru": (1, "ebb79c9096dca8da"),
    "addendum.th": (1, "0f5cd4c94b4ebb37"),
    "addendum.en": (1, "da20adf086242631"),
    "addendum.ky": (1, "d4d7cd6d7af4e9da"),
}
