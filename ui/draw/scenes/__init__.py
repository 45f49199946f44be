"""A drawing is data: which numbers and sentences stand where, and no markup.

What follows the control of a scene, a slider or a choice, has one value for each of its positions, all
computed in Python; what stays the same has one value alone. The browser (ui/draw/js/page.js) picks, scales
and writes; it never differentiates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ui.draw.scenes.batches import Columns, Observations, Outer, Products, Sheet, Total
from ui.draw.scenes.charts import Curve, Frozen, Line, Mark, Pair, Pairs, Plot, Slope
from ui.draw.scenes.controls import (
    Choice,
    Combination,
    Each,
    Elsewhere,
    Following,
    Slider,
    Switches,
    following,
)
from ui.draw.scenes.matrices import SHADES, Block, Linear, Matrix, Squares, Strip, Tables, Thumbnail, squares
from ui.draw.scenes.networks import Bar, Bars, Edge, Ledger, Network, Node, Term, WholeNetwork
from ui.draw.scenes.texts import (
    Card,
    Cards,
    Cases,
    Formula,
    Judge,
    Legend,
    Link,
    Number,
    Row,
    Said,
    Sum,
    Table,
    Times,
    Told,
    Words,
    formula,
    slot,
)

__all__ = [
    "SHADES",
    "Bar",
    "Bars",
    "Block",
    "Card",
    "Cards",
    "Cases",
    "Choice",
    "Columns",
    "Combination",
    "Curve",
    "Each",
    "Edge",
    "Elsewhere",
    "Fold",
    "Following",
    "Formula",
    "Frozen",
    "Group",
    "Judge",
    "Ledger",
    "Legend",
    "Line",
    "Linear",
    "Link",
    "Mark",
    "Matrix",
    "Network",
    "Node",
    "Number",
    "Observations",
    "Outer",
    "Pair",
    "Pairs",
    "Part",
    "Plot",
    "Products",
    "Row",
    "Said",
    "Scene",
    "Sheet",
    "Slider",
    "Slope",
    "Squares",
    "Strip",
    "Sum",
    "Switches",
    "Table",
    "Tables",
    "Term",
    "Thumbnail",
    "Times",
    "Told",
    "Total",
    "WholeNetwork",
    "Words",
    "following",
    "formula",
    "slot",
    "squares",
]


@dataclass(frozen=True, slots=True)
class Fold:
    """What few need, folded away."""

    title: str
    parts: "Sequence[Part]"


@dataclass(frozen=True, slots=True)
class Group:
    """Parts beside each other, as far as there is room, or one below another."""

    layout: Literal["pictures", "columns", "column", "line", "pair"]
    parts: "Sequence[Part]"


Part = (
    Words
    | Told
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
        file: name of a saved picture of it: {picture} is what that shows, {lr} what the address says of lr;
            none where pictures are not saved.
    """

    control: Slider | Choice | Combination | None
    parts: Sequence[Part]
    switches: Switches | None = None
    file: str = ""
