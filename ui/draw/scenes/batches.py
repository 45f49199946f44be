"""The matrix products of a batch, and what each observation adds to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from backprop.arrays import FloatArray


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
        kind_names: of all kinds; "" where all are alike.
        said: what one is called: {0} its name, {1} its kind, {2} its number.
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
