"""Coloured matrices, with their numbers or as small squares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from backprop.arrays import FloatArray
from ui.draw.scenes.controls import Following


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
        is_large: whether it is as large as there is room; on a phone its blocks stand below each other.
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
    is_large: bool = False
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


SHADES = 4
"""Shades of a sign: of small squares nobody tells more apart."""


@dataclass(frozen=True, slots=True)
class Squares:
    """A matrix without its numbers: a square each, none where it is 0.

    Attributes:
        shape: rows and columns; or blocks, rows and columns, then its blocks stand beside each other.
        places: by shade, from -SHADES to SHADES, of its squares, counted through blocks, rows and columns.
    """

    shape: Sequence[int]
    places: Mapping[int, Sequence[int]]


def squares(values: FloatArray) -> Squares:
    """The squares of a vector, as one row, of a matrix, or of blocks of equal shape."""
    shape = values.shape if values.ndim > 1 else (1, values.size)
    sizes = np.abs(values)
    shades = np.minimum(SHADES, 1 + (SHADES * (sizes / (sizes.max() or 1.0))).astype(int))
    signed = (shades * np.sign(values).astype(int)).ravel()
    return Squares(
        shape, {int(s): np.flatnonzero(signed == s).tolist() for s in np.unique(signed[signed != 0])}
    )


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
