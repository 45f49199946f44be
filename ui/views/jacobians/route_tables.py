"""Full route against shortcut, as HTML tables. No Streamlit."""

from collections.abc import Iterable, Sequence

import numpy as np

from backprop import TrainingStep, VJPStep
from backprop.arrays import FloatArray
from backprop.study.routes import (
    RouteCost,
    Routes,
    diagonal_route,
    is_needed,
    output_routes,
    pass_cost,
    route_cost,
    weight_routes,
)
from ui.draw.svg import scripts, tag
from ui.names.numbers import counted, every, exact, short, signed
from ui.names.symbols import symbol
from ui.state.data import is_one_hot, output_names
from ui.views.jacobians.figures import jacobian_symbol, show_shape

ROUNDING = 1e-15
"""What a difference of outputs, and of targets, carries at best."""

SAME = 1e-9
"""Results closer than this share of themselves are the same."""


def output_comparison(step: TrainingStep) -> str:
    """∂C/∂z of the last layer by both routes."""
    last = step.config.depth
    a, z = symbol(f"a{last}"), symbol(f"z{last}")
    routes = output_routes(step)
    full_name = f"full: ∂C/∂{a} · ∂{a}/∂{z}"
    by_hand = f"{a} − y" if step.config.cancels else f"∂C/∂{a} * diagonal of ∂{a}/∂{z}"
    rows = [(full_name, "full", routes.full), (f"shortcut: {by_hand}", "shortcut", routes.shortcut)]
    if step.vjp(f"a{last}", f"z{last}").paths > 1:
        name = "wrong: the diagonal only" if diagonal_is_wrong(step) else "the diagonal only"
        rows.append((name, "diagonal", diagonal_route(step)))
    names = output_names(step.config)
    head = ["", *(f"∂C/∂{symbol(f'z{last}', k)} {output}" for k, output in enumerate(names))]
    body = [
        [
            tag("th", scripts(name), scope="row"),
            *(_number(value, f"output:{key}:{k}") for k, value in enumerate(values)),
        ]
        for name, key, values in rows
    ]
    results = tag("div", _table(head, body), _verdict(routes))
    return tag("div", results, _costs(routes.cost, by_hand), class_="bp-pair")


def diagonal_is_wrong(step: TrainingStep) -> bool:
    """Whether the diagonal of ∂a/∂z alone misses ∂C/∂z of the last layer by more than rounding does."""
    return float(np.abs(diagonal_route(step) - output_routes(step).shortcut).max()) > ROUNDING


def output_sentence(step: TrainingStep) -> str:
    """Why the shortcut at the output is right."""
    last = step.config.depth
    a, z, config = symbol(f"a{last}"), symbol(f"z{last}"), step.config
    if step.vjp(f"a{last}", f"z{last}").paths > 1:
        lost = "gives nothing for the wrong classes" if is_one_hot(step.tape["y"]) else "is not enough"
        if not diagonal_is_wrong(step):
            lost = "gives the same here, but for rounding"
        return (
            f"Softmax has a dense Jacobian, so ∂C/∂{z} is a total derivative. With cross-entropy the sum "
            f"over paths cancels down to {a} − y. The diagonal alone {lost}."
        )
    if config.cancels:
        return (
            f"{config.output_activation.capitalize()} works entry by entry, so ∂{a}/∂{z} is a diagonal: one "
            f"path each. With {config.cost.label} the product of the two factors cancels down to {a} − y."
        )
    return (
        f"The output works entry by entry, so ∂{a}/∂{z} is a diagonal: one path each, and the "
        f"single-variable chain rule is enough. Multiply entry by entry instead of writing the zeros down."
    )


def weights_comparison(step: TrainingStep, layer: int) -> str:
    """dC/dW: what both routes need, and how far apart their results are."""
    routes = weight_routes(step, layer)
    below = symbol(f"a{layer - 1}") if layer > 1 else "x"
    return _verdict(routes) + _costs(routes.cost, f"∂C/∂{symbol(f'z{layer}')} ⊗ {below}")


def weights_sentence(step: TrainingStep, layer: int) -> str:
    """Why the outer product is right."""
    cost = weight_routes(step, layer).cost
    below = f"a{layer - 1}" if layer > 1 else "x"
    return (
        f"∂{symbol(f'z{layer}')}/∂{symbol(f'W{layer}')} has {counted(cost.entries, 'entry', 'entries')}; "
        f"{_may_differ(cost)} can differ from 0, and {_held(step.tape[below], cost.filled)} {symbol(below)}. "
        "The outer product needs one multiplication a weight, and no sum."
    )


def _may_differ(cost: RouteCost) -> str:
    if cost.entries == 1:
        return "it"
    return str(cost.filled) if cost.filled < cost.entries else every(cost.entries, "of them", "of them")


def _held(values: FloatArray, filled: int) -> str:
    """How many different numbers the entries that can differ from 0 hold."""
    different = len(np.unique(values))
    if filled == 1:
        return "it is the number of"
    if different == 1:
        return f"{every(filled, 'of them', 'of them')} hold the same number, {short(values[0])}, that of"
    only = "only " if different < filled else ""
    zero = " (0 is one)" if (values == 0).any() else ""
    return f"they hold {only}{different} different numbers{zero}, those of"


def pass_ledger(step: TrainingStep) -> str:
    """Every Jacobian of the pass with what both routes need, and the total."""
    head = [
        "Jacobian",
        "shape",
        "paths",
        "entries",
        "can differ from 0",
        "multiplications, full",
        "… by shortcut",
    ]
    body = []
    for vjp_step in step.vjp_steps:
        cost = route_cost(vjp_step)
        cells = (show_shape(vjp_step), vjp_step.paths, cost.entries, cost.filled, cost.full, cost.shortcut)
        name = jacobian_symbol(vjp_step) + ("" if is_needed(vjp_step) else ", not in the total")
        body.append([tag("th", scripts(name), scope="row"), *_cells(cells)])
    total = pass_cost(step)
    sums = ("", "", total.entries, total.filled, total.full, total.shortcut)
    body.append([tag("th", "whole pass", scope="row"), *_cells(sums)])
    note = (
        "No step needs ∂z¹/∂x: training stops at the parameters, and x is none. It is here because it is "
        "instructive, and the total leaves it out."
    )
    if step.config.cancels:
        last = step.config.depth
        a, z = symbol(f"a{last}"), symbol(f"z{last}")
        note += f" By shortcut the total counts {a} − y in place of ∂C/∂{a} · ∂{a}/∂{z}."
    return _table(head, body, "bp-ledger") + tag("p", scripts(note), class_="bp-note")


def in_and_out(vjp_step: VJPStep) -> str:
    """What goes into the product with this Jacobian, and what comes out."""
    if vjp_step.upstream.ndim == 0:
        lines = [_vector("this row", vjp_step.wrt, "out", vjp_step.cotangent)]
    else:
        lines = [
            _vector("upstream", vjp_step.output, "in", vjp_step.upstream),
            _vector("times this", vjp_step.wrt, "out", vjp_step.cotangent),
        ]
    return tag("div", *lines, class_="bp-vectors")


MOST_NUMBERS = 8


def _vector(lead: str, name: str, which: str, array: FloatArray) -> str:
    d = "d" if name[0] in "Wb" else "∂"
    values = array.ravel().tolist()
    numbers = [
        tag("span", signed(v), data_value=exact(v), data_vector=f"{which}:{i}") for i, v in enumerate(values)
    ]
    if len(numbers) > MOST_NUMBERS:
        numbers = [*numbers[:MOST_NUMBERS], tag("span", f"… {len(values)} numbers")]
    return tag("p", f"{lead}: ", tag("strong", f"{d}C/{d}{scripts(symbol(name))} = "), " ".join(numbers))


def _cells(values: Iterable[str | int]) -> list[str]:
    return [tag("td", scripts(f"{value:,}" if isinstance(value, int) else value)) for value in values]


def _number(value: float, key: str) -> str:
    return tag("td", signed(value), data_route=key, data_value=exact(value))


def difference_in_words(routes: Routes) -> str:
    """How far the results of both routes are apart; up to a share of 1e-9 of the largest it is rounding."""
    if routes.difference == 0:
        return "exactly the same"
    largest = float(max(np.abs(routes.full).max(), np.abs(routes.shortcut).max()))
    judged = "which is rounding" if routes.difference <= SAME * largest + ROUNDING else "so they disagree"
    return f"{short(routes.difference)}, {judged}"


def _verdict(routes: Routes) -> str:
    return tag(
        "p",
        f"Largest difference between the two: {difference_in_words(routes)}.",
        class_="bp-note",
        data_difference=exact(routes.difference),
    )


def _costs(cost: RouteCost, shortcut: str) -> str:
    head = ["", "entries of the Jacobian", "multiplications"]
    rows = (("full route", cost.entries, cost.full), (f"shortcut {shortcut}", 0, cost.shortcut))
    body = [
        [tag("th", scripts(name), scope="row"), *_cells((entries, products))]
        for name, entries, products in rows
    ]
    return _table(head, body, "bp-costs")


def _table(head: Sequence[str], body: Sequence[Sequence[str]], class_: str = "") -> str:
    header = tag("tr", *(tag("th", scripts(name), scope="col") for name in head))
    rows = (tag("tr", *cells) for cells in body)
    table = tag("table", tag("thead", header), tag("tbody", *rows), class_=f"bp-table {class_}".strip())
    return tag("div", table, class_="bp-scroll")
