"""Full route against shortcut, as HTML tables. No Streamlit."""

from collections.abc import Iterable, Sequence

from backprop import TrainingStep, VJPStep
from backprop.arrays import FloatArray
from backprop.routes import (
    RouteCost,
    Routes,
    diagonal_route,
    has_output_shortcut,
    output_routes,
    pass_cost,
    route_cost,
    weight_routes,
)
from ui.data import is_one_hot, output_names
from ui.figures.jacobians import jacobian_symbol, show_shape
from ui.numbers import exact, short, signed
from ui.stage.names import symbol
from ui.svg import scripts, tag


def output_comparison(step: TrainingStep) -> str:
    """∂C/∂z of the last layer by both routes."""
    last = step.config.depth
    a, z = symbol(f"a{last}"), symbol(f"z{last}")
    routes = output_routes(step)
    full_name = f"full: ∂C/∂{a} · ∂{a}/∂{z}"
    if has_output_shortcut(step):
        short_name = f"shortcut: {a} − y"
    else:
        short_name = f"shortcut: ∂C/∂{a} * diagonal of ∂{a}/∂{z}"
    rows = [(full_name, "full", routes.full), (short_name, "shortcut", routes.shortcut)]
    if step.vjp(f"a{last}", f"z{last}").paths > 1:
        rows.append(("wrong: the diagonal only", "diagonal", diagonal_route(step)))
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
    return tag("div", results, _costs(routes.cost, short_name.partition(": ")[2]), class_="bp-pair")


def output_sentence(step: TrainingStep) -> str:
    """Why the shortcut at the output is right."""
    last = step.config.depth
    a, z, loss = symbol(f"a{last}"), symbol(f"z{last}"), step.config.loss
    if step.vjp(f"a{last}", f"z{last}").paths > 1:
        lost = "gives nothing for the wrong classes" if is_one_hot(step.tape["y"]) else "is not enough"
        return (
            f"Softmax has a dense Jacobian, so ∂C/∂{z} is a total derivative. With cross-entropy the sum "
            f"over paths cancels down to {a} − y. The diagonal alone {lost}."
        )
    if loss == "binary_cross_entropy":
        return (
            f"Sigmoid works entry by entry, so ∂{a}/∂{z} is a diagonal: one path each. With binary "
            f"cross-entropy the product of the two factors cancels down to {a} − y."
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
    different = step.tape[f"W{layer}"].shape[1]
    z, W = symbol(f"z{layer}"), symbol(f"W{layer}")
    return (
        f"∂{z}/∂{W} has {cost.entries} entries; {cost.filled} can differ from 0, and they are only "
        f"{different} different numbers. The outer product needs one multiplication a weight, and no sum."
    )


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
        name = tag("th", scripts(jacobian_symbol(vjp_step)), scope="row")
        body.append([name, *_cells(cells)])
    total = pass_cost(step)
    sums = ("", "", total.entries, total.filled, total.full, total.shortcut)
    body.append([tag("th", "whole pass", scope="row"), *_cells(sums)])
    note = ""
    if has_output_shortcut(step):
        last = step.config.depth
        a, z = symbol(f"a{last}"), symbol(f"z{last}")
        note = tag("p", f"The total counts {a} − y in place of ∂C/∂{a} · ∂{a}/∂{z}.", class_="bp-note")
    return _table(head, body, "bp-ledger") + note


def in_and_out(vjp_step: VJPStep) -> str:
    """What goes into the product with this Jacobian, and what comes out."""
    lines = []
    if vjp_step.upstream.ndim:
        lines.append(_vector("upstream", f"∂C/∂{symbol(vjp_step.output)}", "in", vjp_step.upstream))
    lines.append(_vector("times this", f"∂C/∂{symbol(vjp_step.wrt)}", "out", vjp_step.cotangent))
    return tag("div", *lines, class_="bp-vectors")


MOST_NUMBERS = 8


def _vector(lead: str, name: str, which: str, array: FloatArray) -> str:
    values = array.ravel().tolist()
    numbers = [
        tag("span", signed(v), data_value=exact(v), data_vector=f"{which}:{i}") for i, v in enumerate(values)
    ]
    if len(numbers) > MOST_NUMBERS:
        numbers = [*numbers[:MOST_NUMBERS], tag("span", f"… {len(values)} numbers")]
    return tag("p", f"{lead}: ", tag("strong", f"{scripts(name)} = "), *numbers)


def _cells(values: Iterable[str | int]) -> list[str]:
    return [tag("td", scripts(f"{value:,}" if isinstance(value, int) else value)) for value in values]


def _number(value: float, key: str) -> str:
    return tag("td", signed(value), data_route=key, data_value=exact(value))


def _verdict(routes: Routes) -> str:
    said = "exactly the same" if routes.difference == 0 else f"{short(routes.difference)}: rounding"
    if routes.difference > 1e-9:
        said = f"{short(routes.difference)}: they disagree"
    return tag(
        "p",
        f"Largest difference between the two: {said}.",
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
