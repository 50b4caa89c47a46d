"""Spellings made comparable: without case, accents and marks, and across alphabets."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters of Kyrgyz, Kazakh, Uzbek and Tajik as Russians type them.
NEAR_LETTERS = str.maketrans("ңөүұқғһәіҳҷҡҙҫў", "ноуукгхаихчкзсу")
MARKS = re.compile(r"[’'‘ʻʼ`´\"«»“”ฯ]")
GAPS = re.compile(r"[-‐–—.\s]+")

# Cyrillic letters of several languages, each under the Latin one that sounds like it.
ONE_LETTER = str.maketrans(
    "абвгғдеёєжҗзийіїкқлмнңоөўпрстуүұфхҳһыэә",
    "abvggdeeejjziiiikklmnnoooprstuuufhhhiea",
    "ъь",
)
SEVERAL_LETTERS = str.maketrans(
    {"ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "iu", "я": "ia"},
)
# Latin spellings of one sound, the longer ones first.
SOUNDS = (
    ("shch", "sh"),
    ("sch", "sh"),
    ("dzh", "j"),
    ("dj", "j"),
    ("zh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ck", "k"),
    ("ye", "e"),
    ("yo", "e"),
    ("q", "k"),
    ("x", "h"),
    ("w", "v"),
    ("y", "i"),
)
DOUBLED = re.compile(r"(.)\1+")


def is_thai(letter: str) -> bool:
    return "\u0e00" <= letter <= "\u0e7f"


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Lower case without accents (ё as е, й as и), marks and hyphens; Thai vowel signs stay, they
    are letters.
    """
    kept = _without_marks(text)
    near = kept.translate(NEAR_LETTERS)
    return GAPS.sub(" ", near).strip()


def _without_marks(text: str) -> str:
    """The text in lower case without apostrophes and accents."""
    small = MARKS.sub("", text.lower())
    plain = unicodedata.normalize("NFKD", small)
    return "".join(ch for ch in plain if _is_kept(ch))


def _is_kept(letter: str) -> bool:
    """Whether it is a letter of its own; accents are not, vowel signs of Thai are."""
    return is_thai(letter) or not unicodedata.combining(letter)


def squashed(text: str) -> str:
    """The same without gaps: «Кара-Балта» as «Карабалта»."""
    return folded(text).replace(" ", "")


@lru_cache(maxsize=4096)
def sounding(text: str) -> str:
    """How it sounds, in one alphabet: «Москва» as "Moskva", "Qaraghandy" as «Қарағанды»."""
    whole = unicodedata.normalize("NFC", text.lower())
    latin = whole.translate(SEVERAL_LETTERS)
    latin = latin.translate(ONE_LETTER)
    kept = _without_marks(latin)
    for spelling, sound in SOUNDS:
        kept = kept.replace(spelling, sound)
    kept = GAPS.sub(" ", kept)
    return DOUBLED.sub(r"\1", kept.strip())


def sounding_without_gaps(text: str) -> str:
    """The same without gaps."""
    return sounding(text).replace(" ", "")
