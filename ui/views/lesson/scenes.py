"""The scene beside each exercise, before its answer is there and with it. No Streamlit."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from backprop import TrainingStep
from backprop.arrays import FloatArray
from backprop.network import input_of
from backprop.total_derivative import OUTERS, evaluate
from ui.draw.along_t.pictures import Each as Along
from ui.draw.along_t.pictures import bars, curve_picture, network, said
from ui.draw.along_t.rules import slope
from ui.draw.packing import written
from ui.draw.scenes import (
    Bar,
    Bars,
    Block,
    Each,
    Edge,
    Group,
    Linear,
    Matrix,
    Network,
    Node,
    Number,
    Part,
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
from ui.names.symbols import circled, entries, entry_symbol, shape_text, symbol
from ui.questions.lesson.batch import batch_of
from ui.questions.lesson.functions import AT, ONE_PATH, TWO_PATHS, example
from ui.questions.lesson.hidden import promise
from ui.questions.lesson.own import own_step
from ui.questions.questions import Question
from ui.questions.tasks import Exercise
from ui.questions.words import lesson as words
from ui.state.parameters import real
from ui.state.recording import recorded_step
from ui.state.settings import Settings

MOST_WRITTEN = 8
"""Columns of a matrix whose numbers are written into its cells."""


def scene_of(
    settings: Settings, exercise: Exercise, is_shown: bool, wrong: float | None, between: float | None
) -> str:
    """The scene as JSON.

    Args:
        settings: of the view.
        exercise: what is asked.
        is_shown: whether its answer is.
        wrong: a wrong number that was answered.
        between: a t that a link asks for and the slider does not have.
    """
    kind, place = exercise.picture
    if kind == "t":
        return along_t(place, is_shown, wrong, between)
    if kind.startswith("own "):
        parts = own(own_step(settings), kind.removeprefix("own "), place, exercise, is_shown)
    elif kind == "row":
        parts = row_times_column(is_shown)
    elif kind == "batch":
        parts = batch(settings, is_shown)
    else:
        parts = _OF_ONE_STEP[kind](recorded_step(settings), exercise, is_shown)
    return written(Scene(None, tuple(parts)))


# --- 1, 2, 3: a function of t ------------------------------------------------------------------------


def along_t(place: Sequence[int], is_shown: bool, wrong: float | None, between: float | None) -> str:
    """Arrows, curve and, once they may be seen, products and tangents; a wrong slope is drawn at its t."""
    number, variant = place
    outer, inners = (ONE_PATH, TWO_PATHS)[number - 1][variant]
    row = real("t")
    positions = sorted([*row.positions, *([] if between is None else [between])])
    each = [evaluate(outer, inners, t) for t in positions]
    curve = curve_picture(each)
    tangents = [curve.slopes[0]] if is_shown else []
    if wrong is not None:
        at = following([wrong if t == AT else None for t in positions])
        tangents.append(Slope("single", words.YOURS, Number(at, "key", "single")))
    curve = replace(curve, slopes=tangents)  # a list: an empty tuple would not be sent
    if not is_shown:
        curve = replace(curve, alt=words.CURVE_ALT)
    arrows = network(each) if is_shown else _without_products(each)
    pictures: list[Part] = [arrows, bars(each), curve] if is_shown else [arrows, curve]
    slider = Slider("t", row.label, positions, row.step, [*map(as_typed, positions)])
    names = OUTERS[outer].variables
    spoken = said(
        each,
        lambda r: words.at_t(names, r.u.tolist(), float(r.f), slope(r) if is_shown else None),
    )
    parts = (Group("pictures", pictures), Words(spoken, "caption", is_spoken=True))
    return written(Scene(slider, parts))


def _without_products(each: Along) -> Network:
    """The arrows, all of one colour: the sign of a product would tell."""
    found = network(each)
    return replace(found, edges=[replace(edge, product=0.0) for edge in found.edges])


def row_times_column(is_shown: bool) -> list[Part]:
    """∂f/∂u and du/dt of stop 2 as row and column; with their product once it may be seen."""
    result = example(2, 0)
    names = OUTERS[result.outer].variables
    row, column = " & ".join(slot(i) for i in range(2)), r" \\ ".join(slot(2 + i) for i in range(2))
    factors = [
        Number(float(value), form="short") for value in (*result.df_du.tolist(), *result.du_dt.tolist())
    ]
    left = r"\frac{\partial f}{\partial \mathbf{u}} \, \frac{d \mathbf{u}}{dt} = "
    both = rf"\begin{{matrix}} {row} \end{{matrix}} \, \begin{{matrix}} {column} \end{{matrix}}"
    if not is_shown:
        return [formula(left + both, *factors)]
    total = Number(float(result.total), "total", "sum", "short")
    terms = " + ".join(rf"{slot(5 + 2 * i)} \cdot {slot(6 + 2 * i)}" for i in range(len(names)))
    again = [
        Number(float(value), form="factor")
        for pair in zip(result.df_du.tolist(), result.du_dt.tolist(), strict=True)
        for value in pair
    ]
    return [formula(rf"{left} {both} = {terms} = {slot(4)}", *factors, total, *again)]


# --- 4 to 8: terms as a table, paths as a network, and what they add up to ---------------------------


def terms_table(
    head: Sequence[str], rows: Sequence[tuple[str, Sequence[float]]], exercise: Exercise, is_shown: bool
) -> Table:
    """Factors of each term, with the products once they may be seen."""
    asked = _question(exercise)
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
    asked = _question(exercise)
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


def forward(step: TrainingStep, exercise: Exercise, is_shown: bool) -> list[Part]:
    """A weighted sum."""
    asked = _question(exercise)
    layer, j = asked.problem.quantity.layer, asked.problem.quantity.index[0]
    below = input_of(layer)
    rows = []
    for at, term in enumerate(asked.problem.terms):
        is_bias = len(term.factors) == 1
        rows.append((symbol(f"b{layer}", j) if is_bias else symbol(below, at), term.factors))
    head = ("", "w", symbol(below), words.PRODUCT)
    table = terms_table(head, rows, exercise, is_shown)
    if not is_shown:
        return [table]
    return [Group("columns", (table, bars_of(exercise, [name for name, _ in rows])))]


def jacobian(step: TrainingStep, _: Exercise, is_shown: bool) -> list[Part]:
    """∂a/∂z of the last layer, empty before it may be seen."""
    last = step.config.depth
    count = step.config.layer_sizes[-1]
    a, z = f"a{last}", f"z{last}"
    if not is_shown:
        rows = [Row(name, [words.HIDDEN] * count) for name in entries(a, count)]
        return [Table(("", *entries(z, count)), rows)]
    title = f"∂{symbol(a)}/∂{symbol(z)}"
    return [_matrix(title, a, [(title, entries(z, count), step.vjp(a, z).jacobian, f"cell={a}-{z}")])]


def delta(step: TrainingStep, exercise: Exercise, is_shown: bool) -> list[Part]:
    """Outputs and targets; then what the cost does through each output."""
    asked = _question(exercise)
    last, count = step.config.depth, step.config.layer_sizes[-1]
    a, z, k = symbol(f"a{last}"), symbol(f"z{last}"), asked.problem.quantity.index[0]
    head = ["", a, "y"]
    values = [step.tape[f"a{last}"], step.tape["y"]]
    if not step.config.is_dense(last):
        head, values = ["", f"∂C/∂{a}", z, a], [step.cotangent(f"a{last}"), step.tape[f"z{last}"], values[0]]
    rows = [
        Row(
            str(place + 1),
            [
                *(Number(float(v[place]), "cell", f"{place}:{c}") for c, v in enumerate(values)),
                _result(asked.problem.right, is_shown) if place == k else "",
            ],
        )
        for place in range(count)
    ]
    table = Table((*head, f"∂C/∂{z}"), rows)
    if not is_shown or len(asked.problem.terms) < 2:
        return [table]
    labels = [f"{circled(each)} via {symbol(f'a{last}', each)}" for each in range(count)]
    return [Group("columns", (table, bars_of(exercise, labels)))]


def paths(step: TrainingStep, exercise: Exercise, is_shown: bool) -> list[Part]:
    """A hidden activation, the sums it goes into, and the cost; the products once they may be seen."""
    asked = _question(exercise)
    quantity, terms = asked.problem.quantity, asked.problem.terms
    layer, j = quantity.layer, quantity.index[0]
    above = f"z{layer + 1}"
    name = symbol(f"a{layer}", j)
    nodes, edges = [Node("a", 0, name)], []
    for k, term in enumerate(terms):
        upstream, weight = term.factors
        sign, link = (term.product if is_shown else 0.0), f"path:{k}"
        nodes.append(Node(f"z{k}", 1, f"{circled(k)} {symbol(above, k)}", link))
        label = entry_symbol(f"W{layer + 1}", (k, j))
        edges.append(Edge("a", f"z{k}", Number(weight, "weight", label), sign, link))
        edges.append(Edge(f"z{k}", "C", Number(upstream, "upstream", f"∂C/∂{symbol(above, k)}"), sign, link))
    nodes.append(Node("C", 2, Number(float(step.tape["C"]), form="short", before="C = ")))
    title = words.paths_title(len(terms), name)
    picture = Network(title, title, nodes, edges)
    table = terms_table(
        ("", f"∂C/∂{symbol(above)}ₖ", entry_symbol(f"W{layer + 1}", ("k", j)), words.PRODUCT),
        [(circled(k), term.factors) for k, term in enumerate(terms)],
        exercise,
        is_shown,
    )
    if len(terms) > MOST_WRITTEN // 2:  # as a network their numbers would stand on each other
        parts: list[Part] = [table]
    else:
        parts = [picture]
    if not is_shown:
        return parts
    labels = [f"{circled(k)} via {symbol(above, k)}" for k in range(len(terms))]
    return [Group("pictures", (*parts, bars_of(exercise, labels)))]


def gradient(step: TrainingStep, exercise: Exercise, is_shown: bool) -> list[Part]:
    """What a weight's derivative is the product of; of a hidden layer from ∂C/∂a on."""
    asked = _question(exercise)
    layer, (i, j) = asked.problem.quantity.layer, asked.problem.quantity.index
    z, a, below = f"z{layer}", f"a{layer}", input_of(layer)
    name = entry_symbol(f"W{layer}", (i, j))
    cells = [(symbol(below, j), float(step.tape[below][j]))]
    if layer < step.config.depth:
        slope = step.vjp(a, z).jacobian[i, i]
        label = f"∂{symbol(a, i)}/∂{symbol(z, i)}"
        cells = [
            (f"∂C/∂{symbol(a, i)}", float(step.cotangent(a)[i])),
            (label, float(slope)),
            *cells,
        ]
    else:
        cells = [(f"∂C/∂{symbol(z, i)}", float(step.cotangent(z)[i])), *cells]
    numbers_of = [Number(value, "cell", f"0:{place}") for place, (_, value) in enumerate(cells)]
    head = ("", *(label for label, _ in cells), f"dC/d{name}")
    return [Table(head, [Row(name, [*numbers_of, _result(asked.problem.right, is_shown)])])]


def new_weight(step: TrainingStep, exercise: Exercise, is_shown: bool) -> list[Part]:
    """An old weight, its derivative and η."""
    asked = _question(exercise)
    layer, index = asked.problem.quantity.layer, asked.problem.quantity.index
    (old,), (_, slope) = (term.factors for term in asked.problem.terms)
    name = entry_symbol(f"W{layer}", index)
    rate = Number(step.updates[0].learning_rate, form="typed")
    cells = [Number(old, "cell", "0:0"), rate, Number(slope, "cell", "0:2")]
    head = ("", name, "η", f"dC/d{name}", asked.wording.name.removeprefix("the "))
    return [Table(head, [Row(name, [*cells, _result(asked.problem.right, is_shown)])])]


def off(step: TrainingStep, exercise: Exercise, is_shown: bool) -> list[Part]:
    """A unit that is off, with what comes back to it."""
    layer, j = exercise.picture[1]
    a, z = symbol(f"a{layer}", j), symbol(f"z{layer}", j)
    numbers_of = [
        Number(float(step.tape[f"z{layer}"][j]), "cell", "0:0"),
        Number(float(step.tape[f"a{layer}"][j]), "cell", "0:1"),
        Number(float(step.cotangent(f"a{layer}")[j]), "cell", "0:2"),
    ]
    result = _result(float(step.cotangent(f"z{layer}")[j]), is_shown)
    head = ("", z, a, f"∂C/∂{a}", f"∂C/∂{z}")
    return [Table(head, [Row(a, [*numbers_of, result])])]


def promised(step: TrainingStep, _: Exercise, is_shown: bool) -> list[Part]:
    """The cost before the step, what is promised, and what came of it."""
    squared, change = promise(step)
    rate = Number(step.updates[0].learning_rate, form="typed")
    cells: list[Number | str] = [rate, Number(squared, form="short"), Number(change, "cell", "promised")]
    cells += [_result(step.loss_after - step.loss_before, is_shown)]
    return [Table(words.PROMISE_HEAD, [Row("C", cells)])]


_OF_ONE_STEP: dict[str, Callable[[TrainingStep, Exercise, bool], list[Part]]] = {
    "pre_activation": forward,
    "jacobian": jacobian,
    "path_sum": lambda step, exercise, is_shown: (
        delta if exercise.picture[1][0] == step.config.depth else paths
    )(step, exercise, is_shown),
    "through_activation": delta,
    "weight_gradient": gradient,
    "new_weight": new_weight,
    "off": off,
    "promise": promised,
}


# --- 9: a batch --------------------------------------------------------------------------------------


def batch(settings: Settings, is_shown: bool) -> list[Part]:
    """D and A, one observation a row; then D W beside them, and Dᵀ A / N below."""
    found, last = batch_of(settings), settings.config.depth
    rows = [name.rpartition(" ")[2] for name in found.names]
    step = recorded_step(settings)
    below = input_of(last)
    units, inputs = (entries(f"z{last}", found.D.shape[1]), entries(below, found.A.shape[1]))
    D = ("D", units, found.D, "cell=D")
    A = ("A", inputs, found.A, "cell=A")
    through = (f"D {symbol(f'W{last}')}", inputs, found.D @ step.tape[f"W{last}"], "cell=DW")
    gradient = (f"Dᵀ A / {len(found.D)}", inputs, found.D.T @ found.A / len(found.D), "cell=DA")
    is_small = found.A.shape[1] <= MOST_WRITTEN
    above = _rows(rows, [D, A], is_small)
    if not is_shown:
        return [above]
    weights = _rows(units, [gradient], is_small)
    return [above, Group("columns", (weights, _rows(rows, [through], is_small)))]


# --- 10: on your own ---------------------------------------------------------------------------------


def own(step: TrainingStep, key: str, place: Sequence[int], exercise: Exercise, is_shown: bool) -> list[Part]:
    """The layer that is asked for, with all that is needed and more."""
    tape, sizes = step.tape, step.config.layer_sizes
    if key == "10d":
        return []
    last = step.config.depth
    if key == "10a":
        rows = entries(f"z{last}", sizes[-1])
        columns = [
            (symbol(f"W{last}"), entries(f"a{last - 1}", sizes[-2]), tape[f"W{last}"], "cell=W3"),
            _column(f"z{last}", tape[f"z{last}"]),
            _column(f"a{last}", tape[f"a{last}"]),
            _column("y", tape["y"]),
        ]
        found = step.cotangent(f"z{last}")
        answer = f"∂C/∂{symbol(f'z{last}')}"
    elif key == "10b":
        rows = entries("z2", sizes[2])
        columns = [
            (symbol("W2"), entries("a1", sizes[1]), tape["W2"], "cell=W2"),
            _column("a2", tape["a2"]),
            (f"∂C/∂{symbol('z2')}", [""], step.cotangent("z2")[:, np.newaxis], "cell=delta2"),
        ]
        found, answer = step.cotangent("a1"), ""
    else:
        rows = entries("z1", sizes[1])
        columns = [
            _column("a1", tape["a1"]),
            (f"∂C/∂{symbol('a1')}", [""], step.cotangent("a1")[:, np.newaxis], "cell=back1"),
        ]
        found, answer = step.cotangent("z1"), f"∂C/∂{symbol('z1')}"
    if is_shown and answer:
        columns.append((answer, [""], found[:, np.newaxis], "cell=answer"))
    parts: list[Part] = [_rows(rows, columns, True)]
    if key == "10c":
        names = entries("x", sizes[0])
        parts.append(Table(("", *names), [Row("x", [Number(float(x), form="typed") for x in tape["x"]])]))
    if is_shown and len(_question(exercise).problem.terms) > 1:
        terms = _question(exercise).problem.terms
        parts = [Group("columns", (*parts, bars_of(exercise, [circled(k) for k in range(len(terms))])))]
    return parts


# --- what the scenes share ---------------------------------------------------------------------------

Columns = tuple[str, Sequence[str], FloatArray, str]
"""Title, names of the columns, values and data attribute of a block."""


def _column(name: str, values: FloatArray) -> Columns:
    return symbol(name), [""], values[:, np.newaxis], f"cell={name}"


def _rows(names: Sequence[str], blocks: Sequence[Columns], is_written: bool) -> Matrix:
    """Blocks beside each other, each in colours of its own."""
    return Matrix(
        words.matrices([f"{title}, {shape_text(values.shape)}" for title, _, values, _ in blocks]),
        names,
        [Block(title, columns, Linear(values), name, scale=title) for title, columns, values, name in blocks],
        is_written=is_written,
    )


def _matrix(title: str, rows: str, blocks: Sequence[Columns]) -> Matrix:
    count = len(blocks[0][2])
    return _rows(entries(rows, count), blocks, count <= MOST_WRITTEN)


def _question(exercise: Exercise) -> Question:
    assert isinstance(exercise.asked, Question)
    return exercise.asked


def _result(value: float, is_shown: bool) -> Number | str:
    return Number(value, "total", "result") if is_shown else words.HIDDEN
