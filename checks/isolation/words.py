"""Canaries: a word for each owner of a text, a number for each secret sum and phone, and who may
meet them.

A word is CANARY_<RESELLER>_<OWNER>, a number seven digits that begin with 713; both are found in an
answer however they are written. Whoever meets one without being named in `ALLOWED` has seen
somebody else's data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

WORD = re.compile(r"canary_([a-z]+)_([a-z0-9]+)", re.IGNORECASE)
# Seven digits 713dddd with whatever stands between groups, the two last digits of a phone or of a sum
# in cents behind them; not inside a longer number, nor at the beginning or the middle of an id.
NUMBER = re.compile(
    "(?<![0-9a-fA-F-])(?:\\+?(?:996|66)[ \u00a0\u202f]*)?"
    "7[ \u00a0\u202f,.']*13((?:[ \u00a0\u202f,.'()]*\\d){4})"
    "(?=(?:[ \u00a0\u202f,.'()]*(?:00|46))?(?![0-9a-fA-F]))"
)

TAILS = Random(713).sample(range(10_000), 2_000)

BARGAINERS = frozenset({"head", "dispatcher", "dispatcher 2"})
OFFICE = BARGAINERS | {"accountant"}
CARGO_DESK = frozenset({"head", "cargo manager", "cargo staff"})
CARGO_HEADS = frozenset({"head", "cargo manager"})
CLIENTS = frozenset({"client", "client 2"})
PARTNERS = frozenset({"partner", "partner 2"})
DRIVERS = frozenset(
    {
        "own driver",
        "own driver 2",
        "independent driver",
        "independent driver 2",
        "partner driver",
        "partner driver 2",
    }
)
CARGO = frozenset({"cargo manager", "cargo staff", "cargo sale", "cargo sale 2"})
# They meet what the first person of the same company meets: one has a place for a client and one
# for a partner of the reseller and walks in each, one is a client of the other reseller, too.
ALSO = {
    "client": ("client of two", "client of both"),
    "client 2": ("client of two 2", "client of both 2"),
    "partner": ("partner of two",),
    "partner 2": ("partner of two 2",),
}
# The colleague of the same company has fewer rights: no sums and no people.
COLLEAGUES = {"client": "client colleague", "partner": "partner colleague"}
MEMBERS = OFFICE | CARGO | CLIENTS | PARTNERS  # of the reseller whose people walk
EXCHANGE = BARGAINERS | PARTNERS | DRIVERS
PLATFORM = frozenset({"platform manager"})
EVERYBODY = MEMBERS | DRIVERS | PLATFORM | {"anonymous"}


def together(*may: Iterable[str], sums: bool = False) -> frozenset[str]:
    """Everybody who is named, and who stands in the same place as somebody named; `sums` are hidden
    from a colleague without the right to them.
    """
    names = frozenset().union(*may)
    everybody = names.union(*(ALSO.get(name, ()) for name in names))
    if sums:
        return everybody
    return everybody.union(COLLEAGUES[name] for name in names if name in COLLEAGUES)


@dataclass
class Words:
    """The words and numbers of one world. `mark` and `number` make them; `strangers` says who met
    what wrongly.
    """

    allowed: dict[str, frozenset[str]] = field(default_factory=dict)
    meaning: dict[str, str] = field(default_factory=dict)  # digits → what the number is

    def mark(self, reseller: str, owner: str, *may: Iterable[str], sums: bool = False) -> str:
        """A word for texts of this owner; asked for again, it may be met by more people."""
        word = f"CANARY_{reseller}_{owner}".upper()
        self.allowed[word] = self.allowed.get(word, frozenset()) | together(*may, sums=sums)
        return word

    def number(self, meaning: str, *may: Iterable[str]) -> Decimal:
        """A sum of money that stands nowhere else, like 7130042.46."""
        return Decimal(f"{self._number(meaning, together(*may, sums=True))}.46")

    def digits(self, meaning: str, *may: Iterable[str]) -> str:
        """A short number of a paper, where a word has no room."""
        return self._number(meaning, together(*may))

    def phone(self, meaning: str, *may: Iterable[str]) -> str:
        """A Kyrgyz mobile number: +996 and nine digits, of which seven are marked."""
        return f"+996{self._number(meaning, together(*may))}00"

    def _number(self, meaning: str, may: frozenset[str]) -> str:
        """Seven digits that stand nowhere else."""
        digits = f"713{TAILS[len(self.meaning)]:04d}"
        self.meaning[digits] = meaning
        self.allowed[digits] = may
        return digits

    def met(self, text: str) -> set[str]:
        """Every canary in a text."""
        words = {match.group(0).upper() for match in WORD.finditer(text)}
        numbers = {
            "713" + "".join(filter(str.isdigit, match.group(1))) for match in NUMBER.finditer(text)
        }
        return words | (numbers & self.allowed.keys())

    def leaks(self, text: str, person: str) -> list[str]:
        """Those this person should not have met, numbers with their meaning."""
        wrong = (
            word for word in self.met(text) if person not in self.allowed.get(word, frozenset())
        )
        return sorted(
            f"{word} ({self.meaning[word]})" if word in self.meaning else word for word in wrong
        )
