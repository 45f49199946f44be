"""Every array of a recorded step as JSON and as CSV, with all digits: float(text) is the same number."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise

import numpy as np

from backprop import MLPConfig, TrainingStep
from backprop.arrays import FloatArray
from backprop.sgd import predicted_change
from ui.export.state import describe_state
from ui.names.numbers import exact
from ui.state.data import input_names, output_names
from ui.state.recording import recorded_step
from ui.state.settings import Settings

CSV_HEAD = ("array", "kind", "index0", "index1", "index2", "value")
BYTES_A_ROW = 30
"""Of the CSV, about; the JSON is smaller."""


@dataclass(frozen=True, slots=True, eq=False)
class NamedArray:
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


def arrays_of(step: TrainingStep) -> Iterator[NamedArray]:
    """Forward pass, backward pass and update, in this order."""
    for variable in step.tape.variables:
        yield NamedArray(variable.name, "value", _axes(variable.name), variable.value)
    for vjp in step.vjp_steps:
        pair, axes = f"{vjp.output}/{vjp.wrt}", (*_axes(vjp.output), *_axes(vjp.wrt))
        yield NamedArray(pair, "jacobian", axes, vjp.jacobian)
        yield NamedArray(pair, "path_terms", axes, vjp.path_terms)
        kind = "gradient" if vjp.wrt[0] in "Wb" else "cotangent"
        yield NamedArray(vjp.wrt, kind, _axes(vjp.wrt), vjp.cotangent)
    for update in step.updates:
        yield NamedArray(update.name, "update", _axes(update.name), update.step)
        yield NamedArray(update.name, "after", _axes(update.name), update.after)
    yield NamedArray("C", "after", (), np.asarray(step.loss_after))


def arrays_json(settings: Settings, link: str) -> str:
    """All arrays with the settings, the names of inputs and outputs, and the link to the view.

    Args:
        settings: the view.
        link: its address.
    """
    step, config = recorded_step(settings), settings.config
    document = {
        "about": list(describe_state(settings)),
        "link": link,
        "settings": asdict(settings),
        "network": asdict(config),
        "inputs": input_names(config),
        "outputs": output_names(config),
        "cost": {
            "before": step.loss_before,
            "after": step.loss_after,
            "predicted_change": predicted_change(step),
        },
        "arrays": [
            {
                "array": named.array,
                "kind": named.kind,
                "shape": named.values.shape,
                "axes": named.axes,
                "values": (named.values + 0.0).tolist(),  # no -0.0
            }
            for named in arrays_of(step)
        ],
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def arrays_csv(settings: Settings) -> str:
    """All arrays, one number a row; indices count from 0, and a number that has fewer leaves them empty."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(CSV_HEAD)
    for named in arrays_of(recorded_step(settings)):
        missing = ("",) * (3 - named.values.ndim)
        for index, value in np.ndenumerate(named.values):
            rows.writerow((named.array, named.kind, *index, *missing, exact(value + 0.0)))
    return text.getvalue()


def count_numbers(config: MLPConfig) -> int:
    """How many numbers all arrays of a step have, without computing it."""
    sizes = config.layer_sizes
    count = sizes[0] + sizes[-1] + 2 + 3 * sizes[-1]  # x, y, C twice, ∂C/∂a with its path terms
    for n, m in pairwise(sizes):
        parameters = 4 * (m * n + m)  # value, gradient, update, after
        jacobians = 2 * (m * m * n + m * m + m * n + m * m)  # ∂z/∂W, ∂z/∂b, ∂z/∂x, ∂a/∂z, with path terms
        count += parameters + jacobians + 2 * m + m + n  # z, a, ∂C/∂z, ∂C/∂x or ∂C/∂a of the layer below
    return count


def _axes(name: str) -> tuple[str, ...]:
    """What the indices of a variable count: W2 has (z2, a1), a vector itself, C nothing."""
    if name == "C":
        return ()
    if name[0] != "W":
        return (name,)
    below = int(name[1:]) - 1
    return f"z{name[1:]}", f"a{below}" if below else "x"
