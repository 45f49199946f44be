"""The tables of the stage: every array of a recorded step with the names of its rows and columns.

A table is called after its variable or Jacobian and what it holds: "a1:value", "z2/a1:jacobian",
"z2/a1:path_terms", "a1:cotangent", "W1:gradient", "W1:after". Values and gradients of vectors: values
are columns (entry r at row r, column 0); derivatives of the cost are rows (row 0, column c).
"""

from typing import Any

import numpy as np

from backprop import GradientCheck, Tape, TrainingStep, VJPStep
from backprop.arrays import FloatArray
from backprop.check import REASONS, Difference, Reasons, jacobian_difference
from ui.names.equations import entry_partial, mathml, symbol
from ui.names.numbers import MOST_DIGITS, SIGNIFICANT_DIGITS, as_typed, short
from ui.names.symbols import entries
from ui.state.data import input_names, output_names
from ui.steps.given import Given

Table = dict[str, Any]


def all_tables(step: TrainingStep, after: Tape, checks: dict[str, GradientCheck]) -> dict[str, Table]:
    """Every table that any step of the timeline or the network shows, by name, but those of `given_tables`.

    Args:
        step: the recorded step.
        after: the forward pass with its new parameters.
        checks: of every derivative, by variable.
    """
    tables: dict[str, Table] = {}
    for variable in step.tape.variables:
        name = variable.name
        tables[f"{name}:value"] = _value_table(step.tape, name, step.tape[name])
    for name in (*(f"a{layer}" for layer in range(1, step.config.depth + 1)), "C"):
        tables[f"{name}:after"] = _value_table(step.tape, name, after[name], new=True)
    for vjp in step.vjp_steps:
        tables |= _derivative_tables(step, vjp, checks[vjp.wrt])
    for update in step.updates:
        tables[f"{update.name}:after"] = _value_table(step.tape, update.name, update.after, new=True)
    return tables


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


def _value_table(tape: Tape, name: str, value: FloatArray, new: bool = False) -> Table:
    """Values of a variable: a matrix as it is, a vector as a column, the cost as one cell."""
    title = symbol(name) + (r"\text{ new}" if new else "")
    if value.ndim == 2:
        return _table(title, value, _rows_of_weights(tape, name), _columns_of_weights(tape, name), _net(name))
    rows = entries(name, value.size) if value.ndim else ["C"]
    return _table(title, value.reshape(-1, 1), rows, [""], _net(name), shape=value.shape)


def _derivative_tables(step: TrainingStep, vjp: VJPStep, check: GradientCheck) -> dict[str, Table]:
    """Jacobian, path terms and cotangent (or gradient) of one backward step."""
    pair = f"{vjp.output}/{vjp.wrt}"
    net = _net(vjp.wrt)
    tables: dict[str, Table] = {}
    if vjp.cotangent.ndim == 2:
        tables[f"{pair}:jacobian"] = _block_table(step, vjp)
        tables[f"{vjp.wrt}:gradient"] = _table(
            rf"\frac{{dC}}{{d{symbol(vjp.wrt)}}}",
            vjp.cotangent,
            _rows_of_weights(step.tape, vjp.wrt),
            _columns_of_weights(step.tape, vjp.wrt),
            net,
            check=Difference(check.numeric, check.reasons),
        )
        return tables
    kind = "gradient" if vjp.wrt.startswith("b") else "cotangent"
    columns = entries(vjp.wrt, vjp.cotangent.size)
    tables[f"{vjp.wrt}:{kind}"] = _table(
        rf"\frac{{dC}}{{d{symbol(vjp.wrt)}}}" if kind == "gradient" else entry_partial("C", symbol(vjp.wrt)),
        vjp.cotangent.reshape(1, -1),
        [""],
        columns,
        net,
        shape=vjp.cotangent.shape,
        check=Difference(check.numeric.reshape(1, -1), check.reasons.reshape(1, -1)),
    )
    if vjp.upstream.ndim:
        rows = entries(vjp.output, len(vjp.upstream))
        title = entry_partial(symbol(vjp.output), symbol(vjp.wrt))
        between = _net(f"W{vjp.output[1:]}") if vjp.wrt[0] in "xa" else net
        is_dense = vjp.output[0] == "a" and step.config.is_dense(int(vjp.output[1:]))
        sparse = vjp.wrt[0] in "zb" and not is_dense
        local = jacobian_difference(step.tape, vjp.output, vjp.wrt)
        tables[f"{pair}:jacobian"] = _table(
            title, vjp.jacobian, rows, columns, between, check=local, sparse=sparse
        )
        tables[f"{pair}:path_terms"] = _table(
            r"\text{path terms}", vjp.path_terms, rows, columns, between, sparse=sparse
        )
    return tables


def _block_table(step: TrainingStep, vjp: VJPStep) -> Table:
    """∂z/∂W: one block for each z_k. Only x is sent, since block k is x in row k and 0 elsewhere."""
    blocks, rows, _ = vjp.jacobian.shape
    equation = next(equation for equation in step.tape.equations if equation.output == vjp.output)
    check = jacobian_difference(step.tape, vjp.output, vjp.wrt)
    in_row_k = np.eye(rows, dtype=np.bool_)
    return {
        "title": mathml(entry_partial(symbol(vjp.output), symbol(vjp.wrt))),
        "shape": _show_shape(vjp.jacobian.shape),
        "blocks": entries(vjp.output, blocks),
        "row": step.tape[equation.inputs[2]].tolist(),
        **_numeric(check.values[in_row_k], check.reasons[in_row_k]),
        "numericElsewhere": float(np.abs(check.values[~in_row_k]).max(initial=0.0)),
        "rows": [f"row {row + 1}" for row in range(rows)],
        "cols": _columns_of_weights(step.tape, vjp.wrt),
        "net": _net(vjp.wrt),
        "sparse": True,
    }


def _table(
    title: str,
    values: FloatArray,
    rows: list[str],
    cols: list[str],
    net: list[str],
    *,
    shape: tuple[int, ...] | None = None,
    check: Difference | None = None,
    sparse: bool = False,
) -> Table:
    """One table; `net` says what of the network belongs to a cell, `sparse` that its zeros are structure."""
    table: Table = {
        "title": mathml(title),
        "shape": _show_shape(values.shape if shape is None else shape),
        "values": values.tolist(),
        "rows": rows,
        "cols": cols,
        "net": net,
    }
    if sparse:
        table["sparse"] = True
    if check is not None:
        table |= _numeric(check.values, check.reasons)
    return table


def _numeric(values: FloatArray, reasons: Reasons) -> Table:
    """The numerical derivative of every cell and, where some are not judged, why not; "" for the others."""
    why = {"notJudged": np.array(REASONS)[reasons].tolist()} if reasons.any() else {}
    return {"numeric": values.tolist(), **why}


def _net(name: str) -> list[str]:
    """What a cell of this variable is in the network: a node of a layer, an edge of a matrix, or nothing."""
    if name[0] == "W":
        return ["edge", name]
    if name[0] in "xazb":
        return ["node", f"a{name[1:]}" if name != "x" else "x"]
    return ["node", "C"] if name == "C" else []


def _rows_of_weights(tape: Tape, name: str) -> list[str]:
    return entries(f"z{name[1:]}", tape[name].shape[0])


def _columns_of_weights(tape: Tape, name: str) -> list[str]:
    below = int(name[1:]) - 1
    return entries(f"a{below}" if below else "x", tape[name].shape[1])


def _show_shape(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) or "number"


def layers_of_network(step: TrainingStep) -> list[dict[str, Any]]:
    """The columns of nodes that the stage draws: names, and which tables a node's numbers come from."""
    depth = step.config.depth
    columns: list[dict[str, Any]] = [
        {
            "name": "x",
            "units": step.config.layer_sizes[0],
            "labels": list(input_names(step.config)),
            "values": ["x:value"],
            "after": "x:value",
            "derivatives": [],
        }
    ]
    for layer in range(1, depth + 1):
        columns.append(
            {
                "name": f"a{layer}",
                "units": step.config.layer_sizes[layer],
                "labels": list(output_names(step.config)) if layer == depth else [],
                "values": [f"z{layer}:value", f"a{layer}:value"],
                "after": f"a{layer}:after",
                "derivatives": [f"a{layer}:cotangent", f"z{layer}:cotangent"],
                "weights": f"W{layer}",
            }
        )
    columns.append(
        {"name": "C", "units": 1, "labels": [], "values": ["C:value"], "after": "C:after", "derivatives": []}
    )
    return columns
