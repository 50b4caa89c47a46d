"""Texts as people type and paste them, without the characters that nobody sees.

Two names that look the same are then the same, and a name of nothing but such characters is empty.
"""

from __future__ import annotations

import re
import unicodedata

JOINER = "\u200d"
SELECTOR = "\ufe0f"  # shows the sign before it as a coloured picture
# Letters and marks that are drawn as nothing, though Unicode does not call them controls.
UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0e\U000e0100-\U000e01ef"
UNSEEN_SIGNS = re.compile(f"[{UNSEEN}]")
LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
BLANKS_OF_A_LINE = re.compile(r"[^\S\n]+")
HIDDEN_KINDS = ("Cc", "Cf", "Cs")  # controls, formatting, half characters


def one_line(text: str) -> str:
    """A name, a number, a reason: one line with single blanks."""
    return " ".join(_visible(text).split())


def lines(text: str) -> str:
    """A note: its line ends stay, blanks at the ends of a line go."""
    whole = _visible(text)
    return "\n".join(BLANKS_OF_A_LINE.sub(" ", line).rstrip() for line in whole.split("\n")).strip()


def is_broken(text: str) -> bool:
    """Whether the text has half of a character, which can neither be stored nor shown."""
    return not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text)


def _visible(text: str) -> str:
    """The text as one spelling (NFC), every line end as "\\n", without what is not seen."""
    if text.isprintable() and (text.isascii() or _is_plain(text)):
        return text
    text = unicodedata.normalize("NFC", LINE_ENDS.sub("\n", text))
    text = UNSEEN_SIGNS.sub("", text)
    return "".join(sign for place, sign in enumerate(text) if _is_kept(text, place, sign))


def _is_plain(text: str) -> bool:
    """Whether a text that is printable has nothing to be taken out of it: most have nothing."""
    is_one_spelling = unicodedata.is_normalized("NFC", text)
    return is_one_spelling and SELECTOR not in text and not UNSEEN_SIGNS.search(text)


def _is_kept(text: str, place: int, sign: str) -> bool:
    if sign == SELECTOR:
        return _is_beside_a_sign(text, place)
    if sign == JOINER:
        return _joins_pictures(text, place)
    return sign in "\n\t" or sign.isprintable() or unicodedata.category(sign) not in HIDDEN_KINDS


def _is_beside_a_sign(text: str, place: int) -> bool:
    """A selector gives the sign before it its colours; behind a letter or a blank it does nothing."""
    before = text[place - 1 : place] if place else ""
    return bool(before) and unicodedata.category(before)[0] not in "LZCM"


def _joins_pictures(text: str, place: int) -> bool:
    """A joiner stays between two pictures, which it makes one (a family, a flag).

    Nowhere else: Thai, Cyrillic, Latin and Chinese letters are written without joiners.
    """
    before = text[place - 1 : place] if place else ""
    after = text[place + 1 : place + 2]
    return _is_of_picture(before) and _is_of_picture(after)


def _is_of_picture(sign: str) -> bool:
    return bool(sign) and (sign == SELECTOR or unicodedata.category(sign) in ("So", "Sk"))
