"""Every array of a recorded step with the names of its entries, and as the tables that the stage shows.

A table is called after its variable or Jacobian and what it holds: "a1:value", "z2/a1:jacobian",
"z2/a1:path_terms", "a1:cotangent", "W1:gradient", "W1:after". Values and gradients of vectors: values
are columns (entry r at row r, column 0); derivatives of the cost are rows (row 0, column c).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from backprop import GradientCheck, Tape, TrainingStep, VJPStep
from backprop.arrays import FloatArray
from backprop.check import slope_noise
from backprop.differences import REASONS, Difference, Reasons, jacobian_difference
from backprop.network import input_of
from backprop.noise import beyond
from ui.names.equations import entry_partial, gradient_of, mathml, symbol
from ui.names.numbers import MOST_DIGITS, SIGNIFICANT_DIGITS, as_typed, short
from ui.names.symbols import entries, shape_text
from ui.state.data import input_names, output_names
from ui.steps.given import Given

Table = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """One array of the step.

    Attributes:
        array: its variable, such as W1, or its Jacobian, such as z2/a1 for ∂z²/∂a¹.
        kind: value, jacobian, path_terms, cotangent (∂C/∂ of a variable), gradient (∂C/∂ of a parameter),
            update (−η times the gradient) or after (the value after the update).
        axes: for every index, the variable whose entries it counts; x and a count units of the layer below.
        values: the numbers.
    """

    array: str
    kind: str
    axes: tuple[str, ...]
    values: FloatArray

    @property
    def names(self) -> tuple[list[str], ...]:
        """For every index, what the entries along it are called."""
        return tuple(map(entries, self.axes, self.values.shape))


def named(variable: str, kind: str, values: FloatArray) -> Named:
    """What has the shape of a variable: W2 has the axes z2 and a1, a vector itself, C none."""
    axes: tuple[str, ...] = () if variable == "C" else (variable,)
    if variable[0] == "W":
        axes = f"z{variable[1:]}", input_of(int(variable[1:]))
    return Named(variable, kind, axes, values)


def named_step(vjp: VJPStep) -> tuple[Named, Named, Named]:
    """Jacobian, path terms and cotangent (or gradient) of one backward step."""
    total = named(vjp.wrt, "gradient" if vjp.wrt[0] in "Wb" else "cotangent", vjp.cotangent)
    pair, axes = f"{vjp.output}/{vjp.wrt}", named(vjp.output, "", vjp.upstream).axes + total.axes
    return (
        Named(pair, "jacobian", axes, vjp.jacobian),
        Named(pair, "path_terms", axes, vjp.path_terms),
        total,
    )


def all_tables(step: TrainingStep, after: Tape, checks: dict[str, GradientCheck]) -> dict[str, Table]:
    """Every table that any step of the timeline or the network shows, by name, but those of `given_tables`.

    Args:
        step: the recorded step.
        after: the forward pass with its new parameters.
        checks: of every derivative, by variable.
    """
    activations = (*(f"a{layer}" for layer in range(1, step.config.depth + 1)), "C")
    shown = [_table(named(variable.name, "value", variable.value)) for variable in step.tape.variables]
    shown += [_table(named(name, "after", after[name])) for name in activations]
    for vjp in step.vjp_steps:
        shown += _derivative_tables(step, vjp, checks[vjp.wrt])
    shown += [_table(named(update.name, "after", update.after)) for update in step.updates]
    return dict(shown)


def network_tables(step: TrainingStep) -> dict[str, Table]:
    """Those that the network shows before the way back: activations, the cost, weights."""
    return dict(
        _table(named(each.name, "value", each.value))
        for each in step.tape.variables
        if each.name[0] in "xaCW"
    )


def given_tables(given: Given) -> dict[str, Table]:
    """What the inputs of a flower are made of, in centimetres; none where nothing is measured."""
    if not given.measured:
        return {}
    digits = _digits_that_tell(given)

    def written(value: float) -> str:
        return short(value, digits=digits)

    columns = {
        "measured": (given.measured, as_typed),
        "mean": (given.mean, written),
        "deviation": (given.deviation, written),
    }
    return {
        f"x:{kind}": {
            "title": mathml(rf"\text{{{kind}}}"),
            "shape": "cm",
            "values": [[value] for value in values],
            "texts": [["" if value is None else write(value)] for value in values],
            "rows": [""] * len(values),  # they stand beside x, whose rows have names
            "cols": [""],
            "net": _net("x"),
        }
        for kind, (values, write) in columns.items()
    }


def _digits_that_tell(given: Given) -> int:
    """The fewest digits of mean and deviation with which the numbers on show give the x on show."""
    rows = [
        (measured, mean, deviation)
        for measured, mean, deviation in zip(given.measured, given.mean, given.deviation, strict=True)
        if measured is not None and mean is not None and deviation is not None
    ]
    for digits in range(SIGNIFICANT_DIGITS, MOST_DIGITS):
        shown = [(m, *(float(short(value, digits=digits)) for value in others)) for m, *others in rows]
        if all(
            _standardised(*row) == _standardised(*on_show) for row, on_show in zip(rows, shown, strict=True)
        ):
            return digits
    return MOST_DIGITS


def _standardised(measured: float, mean: float, deviation: float) -> str:
    return short((measured - mean) / deviation)


def _derivative_tables(step: TrainingStep, vjp: VJPStep, check: GradientCheck) -> list[tuple[str, Table]]:
    """Jacobian, path terms and cotangent (or gradient) of one backward step."""
    jacobian, path_terms, total = named_step(vjp)
    own = _table(total, Difference(beyond(check.numeric, slope_noise(step, vjp.wrt)), check.reasons))
    if vjp.cotangent.ndim == 2:
        return [_block_table(step, vjp, jacobian), own]
    if not vjp.upstream.ndim:
        return [own]
    is_dense = vjp.output[0] == "a" and step.config.is_dense(int(vjp.output[1:]))
    sparse = vjp.wrt[0] in "zb" and not is_dense
    local = jacobian_difference(step.tape, vjp.output, vjp.wrt)
    return [own, _table(jacobian, local, sparse), _table(path_terms, None, sparse)]


def _block_table(step: TrainingStep, vjp: VJPStep, jacobian: Named) -> tuple[str, Table]:
    """∂z/∂W: one block for each z_k. Only x is sent, since block k is x in row k and 0 elsewhere."""
    blocks, rows, columns = jacobian.names
    equation = next(equation for equation in step.tape.equations if equation.output == vjp.output)
    check = jacobian_difference(step.tape, vjp.output, vjp.wrt)
    in_row_k = np.eye(len(rows), dtype=np.bool_)
    return f"{jacobian.array}:jacobian", {
        "title": mathml(_title(jacobian)),
        "shape": shape_text(vjp.jacobian.shape),
        "blocks": blocks,
        "row": step.tape[equation.inputs[-1]].tolist(),
        **_numeric(check.values[in_row_k], check.reasons[in_row_k]),
        "numericElsewhere": float(np.abs(check.values[~in_row_k]).max(initial=0.0)),
        "rows": [f"row {row + 1}" for row in range(len(rows))],
        "cols": columns,
        "net": _net(vjp.wrt),
        "sparse": True,
    }


def _table(shown: Named, check: Difference | None = None, sparse: bool = False) -> tuple[str, Table]:
    """One table and its name; `sparse` says that its zeros are structure.

    A matrix as it is, a derivative of the cost as a row, a value as a column, the cost as one cell.
    """
    shape, names = shown.values.shape, shown.names
    if len(names) < 2:
        is_row = shown.kind in ("cotangent", "gradient")
        shape = (1, -1) if is_row else (-1, 1)
        own = names[0] if names else ["C"]
        names = ([""], own) if is_row else (own, [""])
    table: Table = {
        "title": mathml(_title(shown)),
        "shape": shape_text(shown.values.shape) or "number",
        "values": shown.values.reshape(shape).tolist(),
        "rows": names[0],
        "cols": names[1],
        "net": _net(shown.array),
    }
    if sparse:
        table["sparse"] = True
    if check is not None:
        table |= _numeric(check.values.reshape(shape), check.reasons.reshape(shape))
    return f"{shown.array}:{shown.kind}", table


def _title(shown: Named) -> str:
    """What a table is called, in LaTeX."""
    if shown.kind == "path_terms":
        return r"\text{path terms}"
    if shown.kind == "jacobian":
        return entry_partial(*map(symbol, shown.array.split("/")))
    name = symbol(shown.array)
    return {
        "value": name,
        "after": rf"{name}\text{{ new}}",
        "cotangent": entry_partial("C", name),
        "gradient": gradient_of(name),
    }[shown.kind]


def _numeric(values: FloatArray, reasons: Reasons) -> Table:
    """The numerical derivative of every cell and, where some are not judged, why not; "" for the others."""
    why = {"notJudged": np.array(REASONS)[reasons].tolist()} if reasons.any() else {}
    return {"numeric": values.tolist(), **why}


def _net(array: str) -> list[str]:
    """What a cell of this array is in the network: a node of a layer, an edge of a matrix, or nothing."""
    output, _, name = array.rpartition("/")
    if name[0] == "W" or (output and name[0] in "xa"):
        return ["edge", f"W{(output or name)[1:]}"]
    if name[0] in "xazb":
        return ["node", f"a{name[1:]}" if name != "x" else "x"]
    return ["node", "C"] if name == "C" else []


def layers_of_network(step: TrainingStep) -> list[dict[str, Any]]:
    """The columns of nodes that the stage draws: names, and which tables a node's numbers come from."""
    config, inputs = step.config, list(input_names(step.config))
    values = {"values": ["x:value"], "after": "x:value", "derivatives": []}
    layers = [
        {
            "name": f"a{layer}",
            "units": config.layer_sizes[layer],
            "labels": list(output_names(config)) if layer == config.depth else [],
            "values": [f"z{layer}:value", f"a{layer}:value"],
            "after": f"a{layer}:after",
            "derivatives": [f"a{layer}:cotangent", f"z{layer}:cotangent"],
            "weights": f"W{layer}",
        }
        for layer in range(1, config.depth + 1)
    ]
    return [
        {"name": "x", "units": len(inputs), "labels": inputs, **values},
        *layers,
        {"name": "C", "units": 1, "labels": [], "values": ["C:value"], "after": "C:after", "derivatives": []},
    ]
