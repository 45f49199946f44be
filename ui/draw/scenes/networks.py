"""Networks, their paths, and what the products of these add up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ui.draw.scenes.controls import Following
from ui.draw.scenes.texts import Number, Said, Sum


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
    """Three columns of nodes; the name of an edge's number is written above it.

    Attributes:
        switched: for each switch the link of the nodes and edges that it takes out.
    """

    title: str
    alt: Following[str]
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    switched: Sequence[str] = ()


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
        lit: what lights up: the paths of the chosen unit, or every unit with the weights of its own sum.
        hidden: names of units whose numbers are not told.
        marked: names of units and weights that stand out.
        ways: by the names of units of other layers, where a click on them leads.
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
    lit: Literal["paths", "sums"] = "paths"
    hidden: Sequence[str] = ()
    marked: Sequence[str] = ()
    ways: Mapping[str, str] | None = None


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
