"""Curves to drag along, and bars of before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from backprop.arrays import FloatArray
from ui.draw.scenes.controls import Following
from ui.draw.scenes.texts import Number, Said, Sum


@dataclass(frozen=True, slots=True)
class Slope:
    """A line through the point of a curve; null where it is not drawn.

    Attributes:
        name: its data-slope, and how it looks: "total" is the tangent, "single" what is wrong.
        label: what the legend calls it.
        number: how steep it is.
        sum: what it adds up, where some of that can be switched out.
    """

    name: Literal["total", "single"]
    label: Said
    number: Number
    sum: Sum | None = None


@dataclass(frozen=True, slots=True)
class Frozen:
    """The curve around each position with all but one variable standing still.

    Attributes:
        heights: a row for each position, at even distances.
        reach: from the position to the first and to the last of them.
    """

    heights: FloatArray
    reach: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve over the positions of the slider, with a point to drag.

    Attributes:
        low, high: what is shown of it; the point is always.
        frozen: for each variable, as the switches have them, the curve where it alone moves.
    """

    title: str
    alt: Following[str]
    number: Number
    slopes: Sequence[Slope]
    low: float
    high: float
    frozen: Sequence[Frozen] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Of a plot.

    Attributes:
        name: how it looks, and what tests know it by.
        label: what the legend calls it.
        heights: at evenly spaced numbers from 0 to the end of the plot; where one is not finite it ends.
        number: its height where the slider is, which is marked.
    """

    name: Literal["cost", "prediction", "mean"]
    label: str
    heights: FloatArray
    number: Number


@dataclass(frozen=True, slots=True)
class Mark:
    """A named point of a plot."""

    number: float
    height: float
    text: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Lines over the number of the slider, from 0 up; their points can be dragged.

    With two lines the gap between their points is drawn.

    Attributes:
        axes: what is to the right, and upwards.
        end: of the horizontal axis.
        top: of the vertical axis, which begins at 0.
        point: what the first line's point is called.
        at: where the points are, in a scene without a slider.
    """

    alt: Following[str]
    axes: Sequence[str]
    end: float
    top: Following[float]
    lines: Sequence[Line]
    point: Following[str] = ""
    marks: Sequence[Mark] = ()
    at: float | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A number before and after, and its change."""

    title: str
    is_target: bool
    before: Number
    after: Number
    change: Number


@dataclass(frozen=True, slots=True)
class Pairs:
    """Bars of what was and what is now."""

    title: str
    alt: Following[str]
    pairs: Sequence[Pair]
