"""A drawing is data: which numbers and sentences stand where, and no markup. No Streamlit.

What follows the control of a scene, a slider or a choice, has one value for each of its positions, all
computed in Python; what stays the same has one value alone. The browser (ui/draw/js/page.js) picks, scales
and writes; it never differentiates.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypeVar

import numpy as np

from backprop.arrays import FloatArray
from ui.names.equations import mathml

T = TypeVar("T")


class Each(list[T]):
    """One value for each position of the control; a list that is none of that stays as it is."""


Following: TypeAlias = T | Sequence[T]
"""One value, or one for each position of the control."""


@dataclass(frozen=True, slots=True)
class Slider:
    """A number that moves everything.

    Attributes:
        key: of its parameter, and the name of its element.
        label: what it is called.
        positions: the numbers it can be moved to, in order.
        step: between two positions; where one is off this grid, a link asks for it. 0 where they are not
            evenly spaced: the element then counts them.
        texts: the positions as people read them.
        name: what it is called for those who cannot see it, where that is not the label.
    """

    key: str
    label: str
    positions: Sequence[float]
    step: float
    texts: Sequence[str]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several, picked by a button, or by a click on what stands for it: data-option, its position.

    Attributes:
        keys: of its parameters, such as row and col.
        label: what is chosen.
        positions: for each option what its parameters are in a link.
        texts: the options as people read them; none where no buttons are drawn for them.
        help: what explains them.
    """

    keys: Sequence[str]
    label: str
    positions: Sequence[Sequence[str]]
    texts: Sequence[str] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class Combination:
    """One of each of several, such as a row and a column, by a click on what stands for them: data-option.

    Pointing at that shows it as long as the pointer is there. Its positions are all combinations, those of
    the last key next to each other.

    Attributes:
        keys: of its parameters.
        options: for each of them the texts that a link has.
    """

    keys: Sequence[str]
    options: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Switches:
    """What can be taken out of a sum, each by a button, or by a click on what stands for it.

    That has its number as data-switch.

    Attributes:
        key: of the parameter that has those that are out.
        label: what happens to them.
        options: each as a link has it.
        texts: each as people read it.
    """

    key: str
    label: str
    options: Sequence[str]
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Times:
    """The slider's number times these, one after another."""

    factors: Sequence[float]


@dataclass(frozen=True, slots=True)
class Number:
    """A number, written rounded, with all its digits in `data-value`.

    Attributes:
        value: the number.
        kind, name: its other data attribute: data-term="x" of kind "term" and name "x"; no kind, none.
        form: how it is written: 1.5; with its sign, +1.5; as a factor, in brackets if negative; or with up to
            six digits, as somebody typed it.
        before: text in front of it.
        shown: what is rounded for the reader, where that is not the value: 0 for what rounding leaves of 0.
        text: what is written, where that is no form of its own.
        less: what is taken away from the value.
        noise: what rounding alone could make: what is no larger is 0.
    """

    value: Following[float] | Following[float | None] | Times
    kind: str = ""
    name: Following[str] = ""
    form: Literal["short", "signed", "factor", "typed"] = "signed"
    before: str = ""
    shown: Following[float] | None = None
    text: Following[str] = ""
    less: Following[float] | Times | None = None
    noise: Following[float] | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """Products that add up, but for those that are switched out.

    Attributes:
        terms: the products, in order; their switches have the same.
        noise: how much of each is rounding: a sum no larger than its own is 0.
        total: of all of them.
        marks: of the products.
    """

    terms: Sequence[Following[float]]
    noise: Sequence[Following[float]]
    total: Following[float]
    marks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Cases:
    """What is said of a sum, by what is out of it: the first that fits and is not empty.

    In it {out} are the marks of what is out, {kept} is how many are not, {off} how far off the sum is, and
    {share} which share that is of the total.

    Attributes:
        whole: nothing is out.
        cancel: what is out cancels.
        idle, idles: it carries nothing: one product, or more.
        reversed: the sum has the other sign than the total.
        none: all are out.
        some: anything else.
    """

    sum: Sum
    whole: Following[str]
    some: Following[str]
    none: Following[str] = ""
    reversed: Following[str] = ""
    cancel: str = ""
    idle: str = ""
    idles: str = ""


Said: TypeAlias = Following[str] | Cases


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence, or a heading.

    Attributes:
        text: as people read it; {0}, {1}, … are its numbers.
        role: how it looks.
        test_id: by which tests find it.
        is_spoken: whether it is what the slider tells those who cannot see it.
    """

    text: Said
    role: Literal["title", "heading", "verdict", "caption", "note", "beside"] = "note"
    test_id: str = ""
    is_spoken: bool = False
    numbers: Sequence[Number] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """To another view of this app."""

    text: str
    href: Following[str]


@dataclass(frozen=True, slots=True)
class Formula:
    """MathML made on the server; its elements with data-slot 0, 1, … take the numbers."""

    mathml: str
    numbers: Sequence[Number] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Of a table; None is an empty cell. A sum has a line above it, a result is bold, too.

    Attributes:
        link: what it belongs to.
        option: of the choice, which a click on the row picks.
    """

    head: str
    cells: Sequence[Number | Following[str] | None]
    role: Literal["", "sum", "result"] = ""
    link: str = ""
    option: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers with names; one row may be marked."""

    head: Sequence[Following[str]]
    rows: Sequence[Row]
    marked: Following[int] | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """Of a network: in its column, below those of the same column that come before it.

    Attributes:
        number: in it, or a text.
        link: what it belongs to and lights, such as "path:1 unit:2".
    """

    name: str
    column: int
    number: Number | Following[str]
    link: Following[str] = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """From node to node, with the derivative along it.

    Attributes:
        product: whose sign its colour says.
        link: what it belongs to and lights.
    """

    start: str
    end: str
    number: Number
    product: Following[float]
    link: Following[str] = ""


@dataclass(frozen=True, slots=True)
class Network:
    """Three columns of nodes; the name of an edge's number is written above it."""

    title: str
    alt: Following[str]
    nodes: Sequence[Node]
    edges: Sequence[Edge]


@dataclass(frozen=True, slots=True)
class WholeNetwork:
    """Every unit with its value, every weight as an edge, as the walkthrough draws them.

    A click on a unit of one layer chooses it: the first position of the scene's choice is one that the page
    takes by itself, then come the units.

    Attributes:
        network, tables: columns of units and where their numbers are: ui.steps.tables.
        dead: names of units that are off, such as a1:2.
        target: of the units that the target wants.
        heads: two lines above each column.
        layer: whose units can be chosen.
        chosen: which of them is, 0-based.
        observation: what one is called.
    """

    alt: str
    network: Sequence[Mapping[str, Any]]
    tables: Mapping[str, Any]
    dead: Sequence[str]
    target: Sequence[str]
    heads: Sequence[tuple[str, str]]
    layer: int
    chosen: Following[int]
    observation: str


@dataclass(frozen=True, slots=True)
class Legend:
    """What colours and lines mean: beside a title keys, each with its look and its words."""

    title: str
    keys: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled number; its bar ends at `end`; `link` is what it belongs to and lights."""

    label: Following[str]
    number: Number
    end: Following[float]
    link: Following[str] = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Products that add up, each bar from where the last one ended; their sum; the measured one as a line.

    No line where nothing could be measured: None.
    """

    title: str
    alt: Following[str]
    bars: Sequence[Bar]
    total: Bar
    truth: Bar


@dataclass(frozen=True, slots=True)
class Term:
    """A product of a ledger, with what it is the product of.

    Attributes:
        name: of its path.
        note: beside the name, where there is room.
        edge: data-edge of the line that leads to it.
        link: what it belongs to.
    """

    name: str
    upstream: Number
    weight: Number
    product: Number
    note: str = ""
    edge: Following[str] = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The paths of a unit: what each is the product of, its bar from where the last one ended, and their sum.

    Attributes:
        alt: {terms} are all of `each`, or of `each_out`, with {number}, {upstream}, {weight} and {product};
            {sum} is their sum.
        total: what the sum is called.
        truth: the measured slope, a line; None where there is none.
        unit: where the paths begin, and what it belongs to.
        heads: of the columns: both factors, the product, the sum so far, the bars.
        out: what stands in place of the sum so far where a path is out.
        legend: of what is positive and what is negative.
    """

    title: str
    alt: Following[str]
    sum: Sum
    terms: Sequence[Term]
    total: Said
    truth: Number
    each: str
    each_out: str
    out: str
    unit: Following[str]
    unit_link: Following[str]
    heads: Sequence[Following[str]]
    legend: Sequence[str]


@dataclass(frozen=True, slots=True)
class Judge:
    """Tells whether a number is the derivative, by what is measured.

    Attributes:
        numeric: the measured slope, None where there is none.
        derivative: what it should be, and what is within `near` of it.
        tolerance: how far the slope may be from the derivative.
        noise: what the slope cannot tell apart.
        said: what is written, with {mark} and {error}.
        unjudged: where there is no slope.
    """

    numeric: Following[float | None]
    derivative: Following[float]
    near: Following[float]
    tolerance: Following[float]
    noise: Following[float]
    said: str
    unjudged: str


@dataclass(frozen=True, slots=True)
class Card:
    """A large number under its title.

    Attributes:
        name: its data-rule.
        number: None where there is none.
        judge: what is said of it; else `note` is.
    """

    name: str
    title: Said
    number: Following[float | None] | Sum
    judge: Judge | None = None
    note: Following[str] = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """Numbers beside each other."""

    cards: Sequence[Card]


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
    """

    alt: Following[str]
    axes: Sequence[str]
    end: float
    top: Following[float]
    lines: Sequence[Line]
    point: Following[str] = ""
    marks: Sequence[Mark] = ()


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


@dataclass(frozen=True, slots=True)
class Linear:
    """A matrix that is start + number of the slider · slope, entry by entry; None is 0 everywhere."""

    start: FloatArray | None = None
    slope: FloatArray | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A coloured matrix.

    Attributes:
        title: above it; none where no block has one.
        columns: their names.
        values: the numbers.
        name: of each of its entries, before row and column; such as cell=outer2 for data-cell="outer2:0:1".
        scale: full colour is the largest size of all blocks with the same one.
        entry: what an entry is called, {0} being its name.
        sign: in front of it.
        keys: of its rows, in the names of entries; their numbers where there are none.
        link: what an entry belongs to and lights, such as "z2:{column}" or "W2:{row}:{column}".
    """

    title: str
    columns: Sequence[str]
    values: Linear
    name: str
    scale: str = ""
    entry: str = ""
    sign: str = ""
    keys: Sequence[str] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Coloured matrices of as many rows beside each other.

    Attributes:
        rows: their names.
        entries: names of the entries of every block, row by row.
        above: one row more, above the last block.
        is_written: whether the numbers stand in the cells.
        below: the sums of the columns of the last block; its title is what they are.
        marked: a column.
        row_links, column_links: what they belong to.
        options: of the choice, which a click on a column picks.
    """

    alt: str
    rows: Sequence[str]
    blocks: Sequence[Block]
    entries: Sequence[Sequence[str]] = ()
    above: Block | None = None
    is_written: bool = True
    below: Block | None = None
    marked: Following[int] | None = None
    row_links: Sequence[str] = ()
    column_links: Sequence[str] = ()
    options: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Tables:
    """All numbers of some matrices with as many rows, folded away."""

    title: str
    rows: Sequence[str]
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Squares:
    """A matrix without its numbers: a square each, none where it is 0.

    Attributes:
        shape: rows and columns; or blocks, rows and columns, then its blocks stand beside each other.
        places: by shade, from -SHADES to SHADES, of its squares, counted through blocks, rows and columns.
    """

    shape: Sequence[int]
    places: Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small matrix that leads to the large one.

    Attributes:
        name: of the matrix.
        notes: below it, one a line.
        key: its data-jacobian.
        href: of the large one.
        is_current: whether the large one is on the page.
        is_marked: whether it stands out.
    """

    squares: Squares
    name: str
    notes: Sequence[str]
    key: str
    href: str
    is_current: bool
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """Small matrices beside each other; `name` is of all of them."""

    name: str
    thumbnails: Sequence[Thumbnail]


@dataclass(frozen=True, slots=True)
class Fold:
    """What few need, folded away."""

    title: str
    parts: "Sequence[Part]"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A coloured matrix of which any cell can be chosen.

    Attributes:
        title: above it.
        columns: their names.
        values: the numbers.
        entry: what an entry is called: {0} its unit, input or weight, {1} its observation.
        rows: their names, where they are no observations.
    """

    title: str
    columns: Sequence[str]
    values: FloatArray
    entry: str
    rows: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """What a product of two matrices adds up.

    Attributes:
        badge: which index, and how many terms.
        mathml: the sum.
        name: of the sum: {0} its weight or input, {1} the observation.
        note: below it.
        other: what stands for the terms that are not written out: {0} how many, {1} their sum.
        none: what is said where there is no sum.
    """

    badge: str
    mathml: str
    name: str
    note: str = ""
    other: str = ""
    none: str = ""


@dataclass(frozen=True, slots=True)
class Observations:
    """Those of a batch.

    Attributes:
        names: such as 13.
        kinds: of which kind each is, from 0: its colour.
        kind_names: of all kinds.
        said: what one is called: {0} its name, {1} its kind.
    """

    names: Sequence[str]
    kinds: Sequence[int]
    kind_names: Sequence[str]
    said: str


@dataclass(frozen=True, slots=True)
class Products:
    """Two products of one D: with A down the observations, with W across the units.

    It follows a Combination of row, column and observation.

    Attributes:
        alt: what the matrices are.
        D: one ∂C/∂z an observation, shape (N, units).
        A: one input an observation, and a 1 for the bias, shape (N, inputs + 1).
        gradient: DᵀA / N, shape (units, inputs + 1).
        W: shape (units, inputs).
        through: D W, shape (N, inputs).
        observations: the rows of D and A.
        units, inputs: their names.
        unit_notes, input_notes: what they are, for who points at them.
        weights: names of the entries of `gradient`, row by row.
        down, across: what the two add up.
        more: what stands below the rows that are written out, where those are not all.
        most: so many observations are all written out.
        ends: of more, so many with the lowest and with the highest products, and the chosen one.
        is_written: whether the numbers stand in the cells.
    """

    alt: str
    D: Sheet
    A: Sheet
    gradient: Sheet
    W: Sheet
    through: Sheet
    observations: Observations
    units: Sequence[str]
    inputs: Sequence[str]
    unit_notes: Sequence[str]
    input_notes: Sequence[str]
    weights: Sequence[str]
    down: Total
    across: Total
    more: str
    most: int
    ends: int
    is_written: bool = True


@dataclass(frozen=True, slots=True)
class Columns:
    """A bar an observation, as high as what it adds to the chosen cell, the highest first; and their mean.

    Attributes:
        D, A, gradient: as those of Products.
        titles, sentences: one for each entry of `gradient`, row by row.
        observations: the rows of D and A.
        hrefs: where each of them leads.
        mean: what the line of the mean is called.
        note: what else the legend says.
        named: up to so many bars have room for their names.
    """

    D: FloatArray
    A: FloatArray
    gradient: FloatArray
    titles: Sequence[str]
    sentences: Sequence[str]
    observations: Observations
    hrefs: Sequence[str]
    mean: str
    note: str
    named: int


@dataclass(frozen=True, slots=True)
class Outer:
    """The outer product of the chosen observation: its row of D as a column, times its row of A.

    Attributes:
        title: above it: {0} the observation, {1} its kind.
        D, A: as those of Products.
        observations: the rows of D and A.
        units, inputs: their names.
        entry: what an entry is called: {0} its weight, {1} the observation.
        weights: names of all entries, row by row.
        is_written: whether the numbers stand in the cells.
    """

    title: str
    D: FloatArray
    A: FloatArray
    observations: Observations
    units: Sequence[str]
    inputs: Sequence[str]
    entry: str
    weights: Sequence[str]
    is_written: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Parts beside each other, as far as there is room, or one below another."""

    layout: Literal["pictures", "columns", "column", "line", "pair"]
    parts: "Sequence[Part]"


Part = (
    Words
    | Link
    | Formula
    | Legend
    | Table
    | Tables
    | Matrix
    | Network
    | WholeNetwork
    | Bars
    | Ledger
    | Cards
    | Pairs
    | Curve
    | Plot
    | Strip
    | Fold
    | Products
    | Columns
    | Outer
    | Group
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One control, or none, and what follows it.

    Attributes:
        switches: which products count; what is drawn of them adds up those that do.
    """

    control: Slider | Choice | Combination | None
    parts: Sequence[Part]
    switches: Switches | None = None


def following(values: Sequence[T]) -> Following[T]:
    """One value for each position, or one alone where all are the same."""
    return values[0] if all(value == values[0] for value in values) else Each(values)


SHADES = 4
"""Shades of a sign: of small squares nobody tells more apart."""


def squares(values: FloatArray) -> Squares:
    """The squares of a vector, as one row, of a matrix, or of blocks of equal shape."""
    shape = values.shape if values.ndim > 1 else (1, values.size)
    sizes = np.abs(values)
    shades = np.minimum(SHADES, 1 + (SHADES * (sizes / (sizes.max() or 1.0))).astype(int))
    signed = (shades * np.sign(values).astype(int)).ravel()
    return Squares(
        shape, {int(s): np.flatnonzero(signed == s).tolist() for s in np.unique(signed[signed != 0])}
    )


_SLOT = re.compile(r"<mtext>slot(\d+)</mtext>")


def slot(number: int) -> str:
    """LaTeX of the place of a number in a formula."""
    return rf"\text{{slot{number}}}"


def formula(latex: str, *numbers: Number) -> Formula:
    """A line with slots for these numbers."""
    return Formula(_SLOT.sub(r'<mrow data-slot="\1"></mrow>', mathml(latex, block=True)), numbers)
