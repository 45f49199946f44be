"""The scene of the page: t, its paths, their products, the curve, and the sum as formulas."""

from collections.abc import Sequence

import numpy as np

from backprop.total_derivative import INNERS, OUTERS, evaluate
from ui.draw.along_t.pictures import Each, bars, curve_picture, each_of, network, numbers, said
from ui.draw.along_t.rules import running_totals, slope
from ui.draw.packing import written
from ui.draw.scenes import Formula, Group, Number, Row, Scene, Slider, Table, Words, following, formula, slot
from ui.names.numbers import as_typed
from ui.state.parameters import real
from ui.views.total_derivative import words


def experiment_scene(outer: str, inners: tuple[str, ...], between: float | None = None) -> str:
    """The scene as JSON.

    Args:
        outer: a key of OUTERS.
        inners: for each of its variables a key of INNERS.
        between: a t that a link asks for and the slider does not have: one more position.
    """
    row = real("t")
    positions = sorted([*row.positions, *([] if between is None else [between])])
    # One by one, since NumPy's powers of many numbers may differ from those of one in the last digit.
    each = [evaluate(outer, inners, t) for t in positions]
    left = Group("column", (Words(words.SUM, "heading"), *sum_formulas(each), ledger(each)))
    right = Group(
        "column",
        (
            Words(words.ROW_TIMES_COLUMN, "heading"),
            *vector_formulas(each),
            Words(words.shapes(len(inners))),
        ),
    )
    parts = (
        Group("pictures", (network(each), bars(each), curve_picture(each))),
        Words(said(each, words.verdict), "verdict", "verdict", is_spoken=True),
        Words(words.colours(each[0]), "caption"),
        Group("columns", (left, right)),
    )
    slider = Slider("t", row.label, positions, row.step, [*map(as_typed, positions)])
    file = "-".join(("total-derivative-{picture}", outer, *inners, "t{t}.png"))
    return written(Scene(slider, parts, file=file))


# --- formulas and table --------------------------------------------------------------------------------


def example_formula(outer: str, inners: tuple[str, ...]) -> str:
    """LaTeX of f and its inner functions."""
    function = OUTERS[outer]
    parts = [f"f = {function.latex}"]
    parts += [f"{name} = {INNERS[key].latex}" for name, key in zip(function.variables, inners, strict=True)]
    return r",\quad ".join(parts)


def sum_formulas(each: Each) -> tuple[Formula, Formula, Formula]:
    """The sum over paths: as the rule, with these functions, with these numbers."""
    function, names = OUTERS[each[0].outer], OUTERS[each[0].outer].variables
    rule = " + ".join(rf"\frac{{\partial f}}{{\partial {u}}} \cdot \frac{{d{u}}}{{dt}}" for u in names)
    if len(names) == 1:
        rule = r"\frac{df}{dx} \cdot \frac{dx}{dt}"
    symbols = " + ".join(
        f"{_bracket(partial)} \\cdot {_bracket(INNERS[key].derivative_latex)}"
        for partial, key in zip(function.partials_latex, each[0].inners, strict=True)
    )
    slots = " + ".join(rf"{slot(2 * i)} \cdot {slot(2 * i + 1)}" for i in range(len(names)))
    factors = [
        Number(numbers(each, array, i), form="factor")
        for i in range(len(names))
        for array in ("df_du", "du_dt")
    ]
    left = r"\frac{df}{dt} ="
    return (
        formula(f"{left} {rule}"),
        formula(f"{left} {symbols}"),
        formula(f"{left} {slots} = {slot(2 * len(names))}", *factors, _sum(each)),
    )


def vector_formulas(each: Each) -> tuple[Formula, Formula]:
    """The same as a row times a column: with these functions, with these numbers."""
    function, paths = OUTERS[each[0].outer], range(len(each[0].inners))
    symbols = _row_times_column(function.partials_latex, [INNERS[k].derivative_latex for k in each[0].inners])
    slots = _row_times_column([slot(i) for i in paths], [slot(len(paths) + i) for i in paths])
    entries = [Number(numbers(each, array, i), form="short") for array in ("df_du", "du_dt") for i in paths]
    left = r"\frac{\partial f}{\partial \mathbf{u}} \, \frac{\partial \mathbf{u}}{\partial t} ="
    return formula(f"{left} {symbols}"), formula(f"= {slots} = {slot(2 * len(paths))}", *entries, _sum(each))


def ledger(each: Each) -> Table:
    """The paths as a table."""
    rows = []
    running = np.array([running_totals(result) for result in each])
    for i, name in enumerate(OUTERS[each[0].outer].variables):
        columns = [numbers(each, array, i) for array in ("df_du", "du_dt", "terms")]
        columns.append(following(running[:, i].tolist()))
        cells = [Number(values, "cell", f"{name}:{k}") for k, values in enumerate(columns)]
        rows.append(Row(f"t → {name} → f", cells))
    return Table(words.LEDGER, rows)


def _sum(each: Each) -> Number:
    return Number(numbers(each, "total"), form="short", shown=each_of(each, slope))


def _row_times_column(row: Sequence[str], column: Sequence[str]) -> str:
    # draw.css draws the brackets: a fence stretches only where a font for mathematics is installed.
    left, right = " & ".join(row), r" \\ ".join(column)
    return rf"\begin{{matrix}} {left} \end{{matrix}} \, \begin{{matrix}} {right} \end{{matrix}}"


def _bracket(latex: str) -> str:
    return f"({latex})" if latex.startswith("-") else latex
