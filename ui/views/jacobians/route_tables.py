"""Full route against shortcut, as HTML tables. No Streamlit."""

from collections.abc import Iterable

from backprop import TrainingStep, VJPStep
from backprop.arrays import FloatArray
from backprop.network import input_of
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
from ui.draw.prose import row_head, table
from ui.draw.svg import scripts, tag
from ui.names.numbers import exact, signed
from ui.names.symbols import symbol
from ui.state.data import output_names
from ui.views.jacobians import words
from ui.views.jacobians.figures import jacobian_symbol
from ui.views.jacobians.rules import diagonal_is_wrong


def output_comparison(step: TrainingStep) -> str:
    """∂C/∂z of the last layer by both routes."""
    last = step.config.depth
    a, z = symbol(f"a{last}"), symbol(f"z{last}")
    routes = output_routes(step)
    full_name = f"full: ∂C/∂{a} · ∂{a}/∂{z}"
    by_hand = f"{a} − y" if step.config.shortcut else f"∂C/∂{a} * diagonal of ∂{a}/∂{z}"
    rows = [(full_name, "full", routes.full), (f"shortcut: {by_hand}", "shortcut", routes.shortcut)]
    if step.vjp(f"a{last}", f"z{last}").paths > 1:
        name = "wrong: the diagonal only" if diagonal_is_wrong(step) else "the diagonal only"
        rows.append((name, "diagonal", diagonal_route(step)))
    names = output_names(step.config)
    head = ["", *(f"∂C/∂{symbol(f'z{last}', k)} {output}" for k, output in enumerate(names))]
    body = [
        [row_head(name), *(_number(value, f"output:{key}:{k}") for k, value in enumerate(values))]
        for name, key, values in rows
    ]
    results = tag("div", table(head, body), _verdict(routes))
    return tag("div", results, _costs(routes.cost, by_hand), class_="bp-pair")


def weights_comparison(step: TrainingStep, layer: int) -> str:
    """dC/dW: what both routes need, and how far apart their results are."""
    routes = weight_routes(step, layer)
    below = symbol(input_of(layer))
    return _verdict(routes) + _costs(routes.cost, f"∂C/∂{symbol(f'z{layer}')} ⊗ {below}")


def pass_ledger(step: TrainingStep) -> str:
    """Every Jacobian of the pass with what both routes need, and the total."""
    body = []
    for vjp_step in step.vjp_steps:
        cost = route_cost(vjp_step)
        cells = (
            str(vjp_step.jacobian.shape),
            vjp_step.paths,
            cost.entries,
            cost.filled,
            cost.full,
            cost.shortcut,
        )
        name = jacobian_symbol(vjp_step)
        name = name if is_needed(vjp_step) else words.left_out(name)
        body.append([row_head(name), *_cells(cells)])
    total = pass_cost(step)
    sums = ("", "", total.entries, total.filled, total.full, total.shortcut)
    body.append([row_head("whole pass"), *_cells(sums)])
    return table(words.LEDGER, body, "bp-ledger") + tag("p", scripts(words.pass_note(step)), class_="bp-note")


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


def _verdict(routes: Routes) -> str:
    said = words.largest_difference(routes)
    return tag("p", said, class_="bp-note", data_difference=exact(routes.difference))


def _costs(cost: RouteCost, shortcut: str) -> str:
    head = ["", "entries of the Jacobian", "multiplications"]
    rows = (("full route", cost.entries, cost.full), (f"shortcut {shortcut}", 0, cost.shortcut))
    body = [[row_head(name), *_cells((entries, products))] for name, entries, products in rows]
    return table(head, body, "bp-costs")
