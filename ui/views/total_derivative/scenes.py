"""The scene of the page: t, its paths, their products, the curve, and the sum as formulas. No Streamlit."""

from collections.abc import Callable, Sequence

import numpy as np

from backprop.arrays import FloatArray
from backprop.total_derivative import INNERS, OUTERS, TotalDerivative, evaluate
from ui.draw.packing import written
from ui.draw.scenes import (
    Bar,
    Bars,
    Curve,
    Edge,
    Following,
    Formula,
    Group,
    Network,
    Node,
    Number,
    Row,
    Scene,
    Slider,
    Slope,
    Table,
    Words,
    following,
    formula,
    slot,
)
from ui.names.numbers import as_typed
from ui.names.symbols import circled
from ui.state.parameters import real
from ui.views.total_derivative import words
from ui.views.total_derivative.rules import lone_error, lone_path, numeric_slope, running_totals, slope

MOST_OUTLYING = 3.0
"""A curve that leaves its usual range by more than that is cut off, or it would look flat everywhere else."""

Each = Sequence[TotalDerivative]
"""One example, at each position of t."""


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
        Words(_said(each, words.verdict), "verdict", "verdict", is_spoken=True),
        Words(words.colours(each[0]), "caption"),
        Group("columns", (left, right)),
    )
    return written(Scene(Slider("t", row.label, positions, row.step, [*map(as_typed, positions)]), parts))


def network(each: Each) -> Network:
    """t → x, y, … → f, each edge with its local derivative; an edge has the colour of its path's product."""
    names = OUTERS[each[0].outer].variables
    nodes, edges = [_node("t", 0, _numbers(each, "t"))], []
    for i, name in enumerate(names):
        product = _numbers(each, "terms", i)
        link = f"path:{name}"
        nodes.append(_node(name, 1, _numbers(each, "u", i), link))
        before, after = (_numbers(each, array, i) for array in ("du_dt", "df_du"))
        edges.append(Edge("t", name, Number(before, "local", f"d{name}/dt"), product, link))
        edges.append(Edge(name, "f", Number(after, "local", f"∂f/∂{name}"), product, link))
    nodes.append(_node("f", 2, _numbers(each, "f")))
    return Network(words.paths_from(len(names)), _said(each, words.graph_alt), nodes, edges)


def _node(name: str, column: int, values: Following[float], link: str = "") -> Node:
    return Node(name, column, Number(values, "node", name, "short", f"{name} = "), link)


def bars(each: Each) -> Bars:
    """The products, each bar from where the last one ended, their sum, and the numeric slope."""
    running = np.array([running_totals(result) for result in each])
    paths = [
        Bar(
            f"{circled(i)} via {name}",
            Number(_numbers(each, "terms", i), "term", name),
            following(running[:, i].tolist()),
            f"path:{name}",
        )
        for i, name in enumerate(OUTERS[each[0].outer].variables)
    ]
    slopes, measured = _each(each, slope), _each(each, numeric_slope)
    total = Number(_numbers(each, "total"), "total", "sum", shown=slopes)
    truth = Number(_numbers(each, "numeric"), "total", "numeric", shown=measured)
    return Bars(
        words.RUNNING_TOTAL,
        _said(each, words.bars_alt),
        paths,
        Bar(words.TOTAL, total, slopes),
        Bar(words.NUMERIC_SLOPE, truth, measured),
    )


def curve_picture(each: Each) -> Curve:
    """f(t) with its tangent at t, and the line that one path alone would take for it."""
    start, end = float(each[0].t), float(each[-1].t)
    lone = following([_lone_slope(result) for result in each])
    tangent = Slope("total", words.TANGENT, Number(_each(each, slope), "key", "total"))
    slopes = (
        tangent,
        Slope("single", _said(each, lambda r: words.alone(lone_path(r))), Number(lone, "key", "single")),
    )
    values = np.array([result.f for result in each])
    return Curve(
        words.CURVE,
        _said(each, lambda result: words.curve_alt(result, start, end)),
        Number(_numbers(each, "f"), form="short"),
        slopes if lone is not None else (tangent,),
        *usual_range(values),
    )


def _lone_slope(result: TotalDerivative) -> float | None:
    """What one path alone says, where that is wrong."""
    return float(result.terms[lone_path(result)]) if lone_error(result) else None


def usual_range(values: FloatArray) -> tuple[float, float]:
    """From the lowest to the highest value; where few lie far out, from the 0.2 to the 0.8 quantile."""
    low, high = float(values.min()), float(values.max())
    usual_low, usual_high = map(float, np.quantile(values, (0.2, 0.8)))
    is_outlying = high - low > MOST_OUTLYING * (usual_high - usual_low) > 0
    return (usual_low, usual_high) if is_outlying else (low, high)


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
        Number(_numbers(each, array, i), form="factor")
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
    entries = [Number(_numbers(each, array, i), form="short") for array in ("df_du", "du_dt") for i in paths]
    left = r"\frac{\partial f}{\partial \mathbf{u}} \, \frac{\partial \mathbf{u}}{\partial t} ="
    return formula(f"{left} {symbols}"), formula(f"= {slots} = {slot(2 * len(paths))}", *entries, _sum(each))


def ledger(each: Each) -> Table:
    """The paths as a table."""
    rows = []
    running = np.array([running_totals(result) for result in each])
    for i, name in enumerate(OUTERS[each[0].outer].variables):
        columns = [_numbers(each, array, i) for array in ("df_du", "du_dt", "terms")]
        columns.append(following(running[:, i].tolist()))
        cells = [Number(values, "cell", f"{name}:{k}") for k, values in enumerate(columns)]
        rows.append(Row(f"t → {name} → f", cells))
    return Table(words.LEDGER, rows)


def _sum(each: Each) -> Number:
    return Number(_numbers(each, "total"), form="short", shown=_each(each, slope))


def _row_times_column(row: Sequence[str], column: Sequence[str]) -> str:
    # draw.css draws the brackets: a fence stretches only where a font for mathematics is installed.
    left, right = " & ".join(row), r" \\ ".join(column)
    return rf"\begin{{matrix}} {left} \end{{matrix}} \, \begin{{matrix}} {right} \end{{matrix}}"


def _bracket(latex: str) -> str:
    return f"({latex})" if latex.startswith("-") else latex


# --- what follows t ------------------------------------------------------------------------------------


def _numbers(each: Each, array: str, path: int | None = None) -> Following[float]:
    """An array of the result, or its entry for one path."""
    values = (getattr(result, array) for result in each)
    return following([float(value if path is None else value[path]) for value in values])


def _each(each: Each, number: Callable[[TotalDerivative], float]) -> Following[float]:
    return following([number(result) for result in each])


def _said(each: Each, sentence: Callable[[TotalDerivative], str]) -> Following[str]:
    return following([sentence(result) for result in each])
