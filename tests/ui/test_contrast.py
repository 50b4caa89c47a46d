"""Words that say a state can be read on every ground they stand on, in the light and in the dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

ENOUGH = 4.5
WORDS = ("ink", "ink-2", "info", "good", "warn", "bad", "neutral")
GROUNDS = ("ground", "paper", "raise", "hover", "press")
MIXED = 0.09  # --brand-soft: the ground of a chosen row


def colours(theme: int) -> dict[str, tuple[int, int, int]]:
    """The kit's colours of a theme: 0 light, 1 dark."""
    text = (Path(settings.BASE_DIR) / "static/css/ground.css").read_text()
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", text)
    channels = {name: _channels(both[theme]) for name, *both in pairs}
    brand = re.search(r"--brand: (#\w+);", text)
    assert brand
    return channels | {"brand-soft": _mixed(_channels(brand[1]), channels["paper"])}


def _channels(text: str) -> tuple[int, int, int]:
    digits = text.lstrip("#")
    full = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    red, green, blue = bytes.fromhex(full)
    return red, green, blue


def _mixed(over: tuple[int, int, int], under: tuple[int, int, int]) -> tuple[int, int, int]:
    red, green, blue = (
        round(top * MIXED + base * (1 - MIXED)) for top, base in zip(over, under, strict=True)
    )
    return red, green, blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """As WCAG counts it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    shares = [channel / 255 for channel in colour]
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    ]
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize("word", WORDS)
def test_words_of_a_state_are_readable_on_every_ground(word: str, theme: int) -> None:
    channels = colours(theme)
    grounds = [
        *GROUNDS,
        "brand-soft",
        *([f"{word}-bg"] if f"{word}-bg" in channels else []),
    ]
    poor = {
        background: round(contrast(channels[word], channels[background]), 2)
        for background in grounds
        if contrast(channels[word], channels[background]) < ENOUGH
    }
    assert poor == {}


def test_contrast_is_counted_as_wcag_does() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((0x77, 0x77, 0x77), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)
