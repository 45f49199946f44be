"""What the scenes share: terms as a table, what they add up to, matrices."""

from collections.abc import Sequence

import numpy as np

from backprop.arrays import FloatArray
from ui.draw.scenes import (
    Bar,
    Bars,
    Block,
    Each,
    Linear,
    Matrix,
    Number,
    Row,
    Table,
)
from ui.names.symbols import entries, shape_text, symbol
from ui.questions.questions import Question
from ui.questions.tasks import Exercise
from ui.views.lesson.scenes import words

MOST_WRITTEN = 8
"""Columns of a matrix whose numbers are written into its cells."""

Columns = tuple[str, Sequence[str], FloatArray, str]
"""Title, names of the columns, values and data attribute of a block."""


def column(name: str, values: FloatArray) -> Columns:
    """One column with its name."""
    return symbol(name), [""], values[:, np.newaxis], f"cell={name}"


def side_by_side(names: Sequence[str], blocks: Sequence[Columns], is_written: bool) -> Matrix:
    """Blocks beside each other, each in colours of its own."""
    return Matrix(
        words.matrices([f"{title}, {shape_text(values.shape)}" for title, _, values, _ in blocks]),
        names,
        [Block(title, columns, Linear(values), name, scale=title) for title, columns, values, name in blocks],
        is_written=is_written,
    )


def square(title: str, rows: str, blocks: Sequence[Columns]) -> Matrix:
    """One matrix with named rows."""
    count = len(blocks[0][2])
    return side_by_side(entries(rows, count), blocks, count <= MOST_WRITTEN)


def question_of(exercise: Exercise) -> Question:
    """What is asked of an exercise that asks for a number."""
    assert isinstance(exercise.asked, Question)
    return exercise.asked


def result_of(value: float, is_shown: bool) -> Number | str:
    """The answer, or what stands for it before it may be seen."""
    return Number(value, "total", "result") if is_shown else words.HIDDEN


def terms_table(
    head: Sequence[str], rows: Sequence[tuple[str, Sequence[float]]], exercise: Exercise, is_shown: bool
) -> Table:
    """Factors of each term, with the products once they may be seen."""
    asked = question_of(exercise)
    body = []
    for at, ((name, factors), term) in enumerate(zip(rows, asked.problem.terms, strict=True)):
        cells: list[Number | str | None] = [Number(x, "cell", f"{at}:{c}") for c, x in enumerate(factors)]
        cells += [None] * (len(head) - 2 - len(factors))
        cells.append(Number(term.product, "cell", f"{at}:product") if is_shown else words.HIDDEN)
        body.append(Row(name, cells))
    if len(rows) > 1:
        empty: list[Number | str | None] = [None] * (len(head) - 2)
        total = Number(asked.problem.right, "total", "sum") if is_shown else words.HIDDEN
        body.append(Row(asked.wording.name, [*empty, total], "result"))
    return Table(head, body)


def bars_of(exercise: Exercise, labels: Sequence[str]) -> Bars:
    """The terms of a sum, one added to the other, and the measured slope."""
    asked = question_of(exercise)
    products = [term.product for term in asked.problem.terms]
    ends = np.cumsum(products).tolist()
    total = asked.problem.right
    is_judged = exercise.measured is not None
    measured = exercise.measured if is_judged else Each([None])  # None alone would not be sent
    name, label = "numeric", words.MEASURED
    if asked.problem.quantity.kind == "pre_activation":  # no slope
        is_judged, measured, name, label = True, total, "forward", words.FORWARD_PASS
    truth = Number(measured, name, exercise.key, text="" if is_judged else words.NOT_JUDGED)
    each = [
        Bar(path, Number(product, "path", str(k)), end, f"path:{k}")
        for k, (path, product, end) in enumerate(zip(labels, products, ends, strict=True))
    ]
    return Bars(
        words.PRODUCTS,
        words.bars_alt(products, total),
        each,
        Bar(asked.wording.name, Number(total, "cotangent", exercise.key), total),
        Bar(label, truth, 0.0),
    )
