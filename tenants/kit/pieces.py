"""What the macros of templates/ui take: small frozen things with named fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Tone = Literal["neutral", "info", "good", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Tab:
    """A link of a row of tabs."""

    label: str
    url: str
    active: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class CardFigure:
    """A figure in the head of a card."""

    label: str
    value: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class NavItem:
    """A line of the main menu or of the person's menu."""

    label: str
    icon: str
    url: str
    active: bool = False
    count_url: str = ""  # of a small number beside it


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A button or an entry of a menu; `why` says why it cannot be pressed, `open` names a dialog,
    `sent` are hidden fields of a posting one.
    """

    label: str = ""
    url: str = ""
    icon: str = ""
    method: Literal["get", "post"] = "get"
    tone: str = ""
    confirm: str = ""
    why: str = ""
    open: str = ""
    rule: bool = False
    sent: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One line of a history; `at` is the moment in words."""

    text: str
    note: str
    at: str
    by: str
    icon: str
    tone: str


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of a process."""

    label: str
    state: Literal["done", "now", "next", "bad"]
    note: str = ""


@dataclass(frozen=True, slots=True)
class LadderStep:
    """A step of the ladder; `to` is its upper bound in words, `part` how much of it is used up."""

    label: str
    to: str
    state: Literal["done", "now", "next"]
    part: float


@dataclass(frozen=True, slots=True)
class LadderMeter:
    """The ladder of a month, and how far the next step is in words."""

    steps: Sequence[LadderStep]
    text: str


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a bar of money."""

    label: str
    text: str
    value: float
    tone: int | str


@dataclass(frozen=True, slots=True)
class Series:
    """A line or a row of bars of a chart; without a type of its own it takes the chart's."""

    label: str
    data: Sequence[float]
    tone: int | str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, and the table that says the same in words."""

    labels: Sequence[str]
    datasets: Sequence[Series]
    currency: str = ""
    type: str = "bar"


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A point of a map: how old it is in words, and where it leads."""

    lat: float
    lon: float
    label: str
    tone: str = ""
    stale: bool = False
    age: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class MapLine:
    """A line over pairs of longitude and latitude."""

    path: Sequence[tuple[float, float]]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class MapShapes:
    """What a map draws."""

    points: Sequence[MapPoint] = ()
    lines: Sequence[MapLine] = ()


@dataclass(frozen=True, slots=True)
class CalendarSum:
    """A sum on a day, and the list behind it."""

    text: str
    tone: Tone
    href: str


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A cell of a month; `other` belongs to a month beside."""

    day: int
    sums: Sequence[CalendarSum] = ()
    today: bool = False
    other: bool = False


def as_json(thing: DataclassInstance) -> dict[str, object]:
    """A thing of this module for a script of the page. Raises TypeError for anything else."""
    if not is_dataclass(thing):
        raise TypeError(f"{type(thing).__name__} is no JSON")
    return asdict(thing)
