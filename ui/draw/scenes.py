"""A drawing is data: which numbers and sentences stand where, and no markup. No Streamlit.

What follows the slider of a scene has one value for each of its positions, all computed in Python; what stays
the same has one value alone. The browser (ui/draw/js/page.js) picks, scales and writes; it never
differentiates.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeAlias, TypeVar

T = TypeVar("T")
Following: TypeAlias = T | Sequence[T]
"""One value, or one for each position of the slider."""


@dataclass(frozen=True, slots=True)
class Slider:
    """What moves everything.

    Attributes:
        key: of its parameter, and the name of its element.
        label: what it is called.
        positions: the numbers it can be moved to, in order.
        step: between two positions; where one is off this grid, a link asks for it.
        texts: the positions as people read them.
    """

    key: str
    label: str
    positions: Sequence[float]
    step: float
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Number:
    """A number, written rounded, with all its digits in `data-value`.

    Attributes:
        value: the number.
        kind, name: its other data attribute: data-term="x" of kind "term" and name "x"; none if empty.
        form: how it is written: 1.5; with its sign, +1.5; or, as a factor, in brackets if negative.
        before: text in front of it.
        shown: what is rounded for the reader, where that is not the value: 0 for what rounding leaves of 0.
    """

    value: Following[float] | Following[float | None]
    kind: str = ""
    name: str = ""
    form: Literal["short", "signed", "factor"] = "signed"
    before: str = ""
    shown: Following[float] | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence, or a heading.

    Attributes:
        text: as people read it.
        role: how it looks.
        test_id: by which tests find it.
        is_spoken: whether it is what the slider tells those who cannot see it.
    """

    text: Following[str]
    role: Literal["heading", "verdict", "caption", "note"] = "note"
    test_id: str = ""
    is_spoken: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """MathML made on the server; its elements with data-slot 0, 1, … take the numbers."""

    mathml: str
    numbers: Sequence[Number] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Of a table."""

    head: str
    cells: Sequence[Number]


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers with names."""

    head: Sequence[str]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Node:
    """Of a network: in its column, below those of the same column that come before it."""

    name: str
    column: int
    number: Number


@dataclass(frozen=True, slots=True)
class Edge:
    """From node to node, with the derivative along it; its colour is that of the path's product."""

    start: str
    end: str
    number: Number
    product: Following[float]


@dataclass(frozen=True, slots=True)
class Network:
    """Three columns of nodes; the name of an edge's number is written above it."""

    title: str
    alt: Following[str]
    nodes: Sequence[Node]
    edges: Sequence[Edge]


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled number; its bar ends at `end`."""

    label: str
    number: Number
    end: Following[float]


@dataclass(frozen=True, slots=True)
class Bars:
    """Products that add up, each bar from where the last one ended; their sum; the measured one as a line."""

    title: str
    alt: Following[str]
    bars: Sequence[Bar]
    total: Bar
    truth: Bar


@dataclass(frozen=True, slots=True)
class Slope:
    """A line through the point of a curve; null where it is not drawn.

    Attributes:
        name: its data-slope, and how it looks: "total" is the tangent, "single" what is wrong.
        label: what the legend calls it.
        number: how steep it is.
    """

    name: Literal["total", "single"]
    label: Following[str]
    number: Number


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve over the positions of the slider, with a point to drag.

    Attributes:
        low, high: what is shown of it; the point is always.
    """

    title: str
    alt: Following[str]
    number: Number
    slopes: Sequence[Slope]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Group:
    """Parts beside each other, as far as there is room, or one below another."""

    layout: Literal["pictures", "columns", "column"]
    parts: "Sequence[Part]"


Part = Words | Formula | Table | Network | Bars | Curve | Group


@dataclass(frozen=True, slots=True)
class Scene:
    """One slider and what follows it."""

    slider: Slider
    parts: Sequence[Part]


def following(values: Sequence[T]) -> Following[T]:
    """One value for each position, or one alone where all are the same."""
    return values[0] if all(value == values[0] for value in values) else list(values)


def written(scene: Scene) -> str:
    """The scene as JSON, every number with all its digits.

    What follows the slider is in `series`, each once, since a number may stand in several places.
    """
    series: dict[tuple[Any, ...], int] = {}

    def record(part: Any) -> dict[str, Any]:
        held = {"part": type(part).__name__} if isinstance(part, Part) else {}
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(value, list) and len(value) == len(scene.slider.positions):
                value = {"series": series.setdefault(tuple(value), len(series))}
            if value not in (None, "", ()):
                held[field.name] = value
        return held

    form: dict[str, Any] = {
        "default": record,
        "ensure_ascii": False,
        "allow_nan": False,
        "separators": (",", ":"),
    }
    return f'{{"scene":{json.dumps(scene, **form)},"series":{json.dumps(list(series), **form)}}}'
