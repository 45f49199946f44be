"""The pieces of a worksheet as HTML: numbers, blanks, tables that break into parts of a page's width."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from backprop.arrays import FloatArray
from ui.draw.svg import scripts, tag
from ui.names.equations import mathml
from ui.names.numbers import exact, short

COLUMNS = 8
"""A wider table is cut into parts of at most so many columns, all about equally wide."""

DIGITS = 4
"""Significant digits of printed numbers."""

Cell = Callable[[int, int], str]


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes what is asked: an empty box on the sheet, the number in the key.

    Attributes:
        filled: whether this is the key.
    """

    filled: bool

    def blank(self, name: str, values: FloatArray, *index: int) -> str:
        """A cell to fill with an entry of an array.

        The key has it under the array's name and the entry's index, such as z1:0 or W2:gradient:0:3.
        """
        if self.filled:
            name, value = ":".join([name, *map(str, index)]), float(values[index])
            return tag("td", number(value), class_="key", data_key=name, data_value=exact(value))
        return '<td class="blank"></td>'

    def line(self, name: str, value: float) -> str:
        """A blank within a sentence."""
        if self.filled:
            return tag("b", number(value), class_="key", data_key=name, data_value=exact(value))
        return '<span class="gap"></span>'


def number(value: float) -> str:
    """One digit more than on the screen, since it is calculated with: −0.1235, 1.200e−5. The head says so."""
    return short(value, digits=DIGITS)


def given(value: float) -> str:
    """A cell with a number that is given."""
    return tag("td", number(value))


def yours() -> str:
    """A cell whose number is the answer to an earlier blank."""
    return tag("td", "yours", class_="yours")


def unused() -> str:
    """A cell that is not asked."""
    return '<td class="unused"></td>'


def table(
    rows: Sequence[str], columns: Sequence[str], cell: Cell, corner: str = "", *, sum_row: bool = False
) -> str:
    """A table, in parts if it is wide.

    Args:
        rows: names, in plain text.
        columns: names, in plain text.
        cell: HTML of the cell in a row and a column.
        corner: what stands top left.
        sum_row: whether the last row is a sum, with a rule above.
    """
    count = ceil(len(columns) / COLUMNS)
    edges = [round(part * len(columns) / count) for part in range(count + 1)]
    parts = (_part(rows, columns, range(start, end), cell, corner, sum_row) for start, end in pairwise(edges))
    return tag("div", *parts, class_="tables")


def block(title: str, *content: str, formula: str = "") -> str:
    """One exercise, kept on one page where it fits: its title, the rule in LaTeX, its tables."""
    rule = tag("div", mathml(formula, block=True), class_="formula") if formula else ""
    return tag("section", tag("h3", scripts(title)), rule, *content)


def blocks(*exercises: str) -> str:
    """Exercises in reading order, beside each other where there is room."""
    return tag("div", *exercises, class_="blocks")


def _part(
    rows: Sequence[str], columns: Sequence[str], shown: range, cell: Cell, corner: str, sum_row: bool
) -> str:
    head = tag(
        "tr", tag("th", scripts(corner)), *(tag("th", scripts(columns[j]), scope="col") for j in shown)
    )
    body = [
        tag("tr", tag("th", scripts(name), scope="row"), *(cell(i, j) for j in shown))
        for i, name in enumerate(rows)
    ]
    return tag("table", tag("thead", head), tag("tbody", *body), class_="summed" if sum_row else None)
