"""Every array of a recorded step as JSON and as CSV, with all digits: float(text) is the same number."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict

import numpy as np

from backprop import TrainingStep
from backprop.sgd import predicted_change
from ui.export.state import describe_state
from ui.names.numbers import exact
from ui.state.data import input_names, output_names
from ui.state.own.exported import HEAD as CSV_HEAD
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.steps.tables import Named, named, named_step

BYTES_A_ROW = 30
"""Of the CSV, about; the JSON is smaller."""


def arrays_of(step: TrainingStep) -> Iterator[Named]:
    """Forward pass, backward pass and update, in this order."""
    for variable in step.tape.variables:
        yield named(variable.name, "value", variable.value)
    for vjp in step.vjp_steps:
        yield from named_step(vjp)
    for update in step.updates:
        yield named(update.name, "update", update.step)
        yield named(update.name, "after", update.after)
    yield named("C", "after", np.asarray(step.loss_after))


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
                "array": each.array,
                "kind": each.kind,
                "shape": each.values.shape,
                "axes": each.axes,
                "values": (each.values + 0.0).tolist(),  # no -0.0
            }
            for each in arrays_of(step)
        ],
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def arrays_csv(settings: Settings) -> str:
    """All arrays, one number a row; indices count from 0, and a number that has fewer leaves them empty."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(CSV_HEAD)
    for each in arrays_of(recorded_step(settings)):
        missing = ("",) * (3 - each.values.ndim)
        for index, value in np.ndenumerate(each.values):
            rows.writerow((each.array, each.kind, *index, *missing, exact(value + 0.0)))
    return text.getvalue()


def count_numbers(settings: Settings) -> int:
    """How many numbers all arrays have."""
    return sum(each.values.size for each in arrays_of(recorded_step(settings)))
