"""A chart as the page's script reads it: plain values that become JSON."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Dataset(TypedDict):
    """One line or row of bars; `tone` is its place in the palette or a tone's name."""

    label: str
    data: list[float]
    tone: int | str
    type: NotRequired[str]


class Chart(TypedDict):
    """Bars and lines over the same labels."""

    type: str
    labels: list[str]
    currency: str
    datasets: list[Dataset]
