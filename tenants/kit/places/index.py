"""Which places a spelling names: exactly, without its gaps, shortened, by sound, or but for a letter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import takewhile

from tenants.kit.geo import haversine_km
from tenants.kit.places.data import everything
from tenants.kit.places.folding import (
    folded,
    sounding,
    sounding_without_gaps,
    squashed,
)
from tenants.kit.places.place import Place

SAME_TOWN_KM = 15  # a town and its market: one name, one place
LEAST_FOR_TYPOS = 6  # letters; shorter words are too near to each other
WORD = re.compile(r"[^\s./-]+[./]?")
Spelled = dict[str, tuple[Place, ...]]


def named(text: str) -> tuple[Place, ...]:
    """The places of this name; gaps count where they are written, and do not where they are not."""
    whole = folded(text)
    tries: list[Callable[[], Iterable[Place]]] = [
        lambda: _exact().get(whole, ()) if " " in whole else (),
        lambda: _gapless().get(squashed(text), ()),
        lambda: _shortened(text),
        lambda: _sounds().get(sounding(text), ()) if " " in whole else (),
        lambda: _gapless_sounds().get(sounding_without_gaps(text), ()),
    ]
    for attempt in tries:
        places = one_a_town(attempt())
        if places:
            return places
    return ()


def nearly_named(text: str) -> tuple[Place, ...]:
    """The places whose name differs in one letter: another, one too many, one left out, two swapped."""
    word = sounding(text)
    if len(word) < LEAST_FOR_TYPOS or any(ch.isdigit() for ch in word):
        return ()
    places: list[Place] = []
    spellings = _sounds() if " " in word else _gapless_sounds()
    for spelling, those in spellings.items():
        if _is_near(word, spelling) and _is_one_off(word, spelling):
            places += those
    return one_a_town(places)


def begun(text: str) -> list[Place]:
    """Places whose name begins so, then those where a later word does; big ones first."""
    beginning = folded(text)
    if not beginning:
        return []
    ranked = [
        (rank, -place.population, number)
        for number, (place, spellings) in enumerate(_spelled())
        if (rank := _rank(beginning, spellings)) is not None
    ]
    return [_spelled()[number][0] for *_, number in sorted(ranked)]


def one_a_town(places: Iterable[Place]) -> tuple[Place, ...]:
    """The places without those that are a part of another one: its market, its twin in the list."""
    kept: list[Place] = []
    by_size = sorted(set_of(places), key=lambda place: -place.population)
    for place in by_size:
        is_part = any(_is_same_town(place, other) for other in kept)
        if not is_part:
            kept.append(place)
    return tuple(kept)


def set_of(places: Iterable[Place]) -> list[Place]:
    """The places in their order, each once."""
    return list(dict.fromkeys(places))


def _is_same_town(one: Place, other: Place) -> bool:
    is_near = haversine_km(one.point, other.point) <= SAME_TOWN_KM
    return one.country == other.country and is_near


def _shortened(text: str) -> list[Place]:
    """Names of several words with some of them cut: «Н. Новгород», «Наб. Челны», «Ростов н/Д»."""
    words = WORD.findall(text.lower())
    if len(words) < 2:
        return []
    pieces = [(folded(word.rstrip("./")), _is_cut(word)) for word in words]
    if not any(not cut and len(piece) > 3 for piece, cut in pieces):
        return []
    return [
        place
        for name, places in _exact().items()
        if name.count(" ") == len(pieces) - 1 and _fits(pieces, name.split(" "))
        for place in places
    ]


def _is_cut(word: str) -> bool:
    """Whether a word says itself that it is not whole: «Н.», «н/», «С»."""
    bare_word = word.rstrip("./")
    return word != bare_word or len(bare_word) == 1


def _fits(pieces: list[tuple[str, bool]], words: list[str]) -> bool:
    """Whether the pieces are these words, or their beginnings where they are cut."""
    for (piece, cut), word in zip(pieces, words, strict=True):
        if not word.startswith(piece):
            return False
        if not cut and word != piece:
            return False
    return True


def _is_near(word: str, spelling: str) -> bool:
    """Whether they may differ in one letter; people seldom miss the first one."""
    return abs(len(spelling) - len(word)) <= 1 and word[0] == spelling[0]


def _equal_letters(one: str, other: str) -> int:
    """How many letters both begin with."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _is_one_off(one: str, other: str) -> bool:
    """Whether one change of a letter, or a swap of two neighbours, turns one into the other."""
    start = _equal_letters(one, other)
    rest = one[start:]
    other_rest = other[start:]
    behind = rest[1:]
    other_behind = other_rest[1:]
    if len(rest) > len(other_rest):
        return behind == other_rest
    if len(rest) < len(other_rest):
        return rest == other_behind
    if behind == other_behind:
        return True
    is_swap = rest[0] == other_rest[1:2] and rest[1:2] == other_rest[0]
    return is_swap and behind[1:] == other_behind[1:]


def _rank(text: str, spellings: frozenset[str]) -> int | None:
    if text in spellings:
        return 0
    if any(spelling.startswith(text) for spelling in spellings):
        return 1
    return 2 if any(f" {text}" in spelling for spelling in spellings) else None


@lru_cache(maxsize=1)
def _spelled() -> tuple[tuple[Place, frozenset[str]], ...]:
    rows = []
    for place in everything():
        spellings = map(folded, place.spellings)
        rows.append((place, frozenset(spellings)))
    return tuple(rows)


def _by(key: Callable[[str], str]) -> Spelled:
    """The places by their spellings, made comparable by the key."""
    places: dict[str, tuple[Place, ...]] = defaultdict(tuple)
    for place in everything():
        keys = set(map(key, place.spellings))
        for spelling in keys - {""}:
            places[spelling] += (place,)
    return dict(places)


@lru_cache(maxsize=1)
def _exact() -> Spelled:
    return _by(folded)


@lru_cache(maxsize=1)
def _gapless() -> Spelled:
    return _by(squashed)


@lru_cache(maxsize=1)
def _sounds() -> Spelled:
    return _by(sounding)


@lru_cache(maxsize=1)
def _gapless_sounds() -> Spelled:
    return _by(sounding_without_gaps)
