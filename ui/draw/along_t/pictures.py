"""Graph, products and curve of a total derivative, at every position of t."""

from collections.abc import Callable, Sequence

import numpy as np

from backprop.arrays import FloatArray
from backprop.total_derivative import INNERS, OUTERS, TotalDerivative
from ui.draw.along_t import words
from ui.draw.along_t.rules import ROUNDING, lone_error, lone_path, numeric_slope, running_totals, slope
from ui.draw.ledgers import Path
from ui.draw.ledgers import ledger as ledger_of
from ui.draw.scenes import (
    Bar,
    Bars,
    Cases,
    Curve,
    Edge,
    Following,
    Frozen,
    Ledger,
    Network,
    Node,
    Number,
    Slope,
    Sum,
    following,
)
from ui.draw.words import NUMERIC, legend
from ui.names.symbols import circled

MOST_OUTLYING = 3.0
"""A curve that leaves its usual range by more than that is cut off, or it would look flat everywhere else."""

REACH, POINTS = 0.9, 13
"""Where a variable is frozen, f is drawn that far to both sides of t, through so many points."""

Each = Sequence[TotalDerivative]
"""One example, at each position of t."""


def network(each: Each) -> Network:
    """t → x, y, … → f, each edge with its local derivative; an edge has the colour of its path's product."""
    names = OUTERS[each[0].outer].variables
    nodes, edges = [_node("t", 0, numbers(each, "t"))], []
    for i, name in enumerate(names):
        product = numbers(each, "terms", i)
        link = f"path:{name}"
        nodes.append(_node(name, 1, numbers(each, "u", i), link))
        before, after = (numbers(each, array, i) for array in ("du_dt", "df_du"))
        edges.append(Edge("t", name, Number(before, "local", f"d{name}/dt"), product, link))
        edges.append(Edge(name, "f", Number(after, "local", f"∂f/∂{name}"), product, link))
    nodes.append(_node("f", 2, numbers(each, "f")))
    return Network(words.paths_from(len(names)), said(each, words.graph_alt), nodes, edges)


def _node(name: str, column: int, values: Following[float], link: str = "") -> Node:
    return Node(name, column, Number(values, "node", name, "short", f"{name} = "), link)


def bars(each: Each) -> Bars:
    """The products, each bar from where the last one ended, their sum, and the numeric slope."""
    running = np.array([running_totals(result) for result in each])
    paths = [
        Bar(
            f"{circled(i)} via {name}",
            Number(numbers(each, "terms", i), "term", name),
            following(running[:, i].tolist()),
            f"path:{name}",
        )
        for i, name in enumerate(OUTERS[each[0].outer].variables)
    ]
    slopes, measured = each_of(each, slope), each_of(each, numeric_slope)
    total = Number(numbers(each, "total"), "total", "sum", shown=slopes)
    truth = Number(numbers(each, "numeric"), "total", "numeric", shown=measured)
    return Bars(
        words.RUNNING_TOTAL,
        said(each, words.bars_alt),
        paths,
        Bar(words.TOTAL, total, slopes),
        Bar(words.NUMERIC_SLOPE, truth, measured),
    )


def paths_sum(each: Each, marks: Sequence[str]) -> Sum:
    """The products, of which some can be left out."""
    terms = [numbers(each, "terms", i) for i in range(len(marks))]
    noise = [
        following([ROUNDING * abs(float(result.terms[i])) for result in each]) for i in range(len(marks))
    ]
    return Sum(terms, noise, each_of(each, slope), marks)


def ledger(each: Each, total: Sum) -> Ledger:
    """Every path with both its derivatives, their product, and the sum of those that are not left out."""
    names = OUTERS[each[0].outer].variables
    paths = [
        Path(
            f"{circled(i)} via {name}",
            numbers(each, "df_du", i),
            numbers(each, "du_dt", i),
            f"path:{name}",
        )
        for i, name in enumerate(names)
    ]
    slopes, measured = numbers(each, "numeric"), each_of(each, numeric_slope)
    return ledger_of(
        paths,
        total,
        Cases(total, words.TOTAL if len(names) > 1 else words.ONLY, words.SUM_LEFT, words.NO_SUM_LEFT),
        Number(slopes, "ledger", "numeric", before=NUMERIC, shown=measured),
        alt=said(each, words.ledger_alt),
        unit="t",
        heads=words.FACTORS,
        legend=legend(False),
        out=words.OUT,
    )


def frozen_curves(each: Each) -> tuple[Frozen, Frozen]:
    """f around each t with its second variable frozen there, and with its first."""
    function, paths = OUTERS[each[0].outer], [INNERS[key] for key in each[0].inners]
    t = np.array([float(result.t) for result in each])[:, np.newaxis]
    around = t + np.linspace(-REACH, REACH, POINTS)
    still, moving = ([np.asarray(path.value(at)) for path in paths] for at in (t, around))
    first, second = (
        function.value(*(np.broadcast_to(u, around.shape) for u in both))
        for both in ((moving[0], still[1]), (still[0], moving[1]))
    )
    return Frozen(first, REACH), Frozen(second, REACH)


def curve_picture(each: Each) -> Curve:
    """f(t) with its tangent at t, and the line that one path alone would take for it."""
    start, end = float(each[0].t), float(each[-1].t)
    lone = following([_lone_slope(result) for result in each])
    tangent = Slope("total", words.TANGENT, Number(each_of(each, slope), "key", "total"))
    slopes = (
        tangent,
        Slope("single", said(each, lambda r: words.alone(lone_path(r))), Number(lone, "key", "single")),
    )
    values = np.array([result.f for result in each])
    return Curve(
        words.CURVE,
        said(each, lambda result: words.curve_alt(result, start, end)),
        Number(numbers(each, "f"), form="short"),
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


# --- what follows t ------------------------------------------------------------------------------------


def numbers(each: Each, array: str, path: int | None = None) -> Following[float]:
    """An array of the result, or its entry for one path."""
    values = (getattr(result, array) for result in each)
    return following([float(value if path is None else value[path]) for value in values])


def each_of(each: Each, number: Callable[[TotalDerivative], float]) -> Following[float]:
    """A number of each position."""
    return following([number(result) for result in each])


def said(each: Each, sentence: Callable[[TotalDerivative], str]) -> Following[str]:
    """A sentence for each position."""
    return following([sentence(result) for result in each])
