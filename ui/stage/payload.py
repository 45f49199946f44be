"""The stage's payload: one recorded training step, all its tables and what each step says, as JSON."""

import json
from typing import Any

from backprop import GradientCheck, TrainingStep
from ui.caching import kept_by_view
from ui.data import input_names
from ui.equations import mathml
from ui.recording import gradient_checks, recorded_step
from ui.settings import Settings
from ui.stage.content import describe
from ui.stage.matrices import all_tables, layers_of_network
from ui.stage.steps import TimelineStep, timeline


@kept_by_view()
def stage_payload(settings: Settings) -> str:
    """The payload of a view as JSON; the same string for everybody who looks at the same view."""
    step = recorded_step(settings)
    return json.dumps(
        build_payload(step, gradient_checks(settings)),
        allow_nan=False,
        check_circular=False,
        separators=(",", ":"),
    )


def build_payload(step: TrainingStep, checks: dict[str, GradientCheck]) -> dict[str, Any]:
    """Everything the stage draws, as plain lists, strings and numbers.

    Keys: `steps` (the timeline with its contents), `tables` (see ui.stage.matrices), `network` (columns
    of nodes), `features` (names of the inputs), `dead` (ReLU units that are off, as node names).
    """
    return {
        "steps": [_step(step, stop) for stop in timeline(step.config)],
        "tables": all_tables(step, checks),
        "network": layers_of_network(step),
        "features": list(input_names(step.config)),
        "dead": _dead_units(step),
    }


def _step(step: TrainingStep, stop: TimelineStep) -> dict[str, Any]:
    content = describe(step, stop)
    return {
        "id": stop.id,
        "group": stop.group,
        "numeral": stop.numeral,
        "label": stop.label,
        "layer": stop.layer,
        "title": content.title,
        "say": content.say,
        "formula": mathml(content.formula, block=True),
        "rows": content.rows,
        "results": content.results,
        "numpy": content.numpy,
        "paths": content.paths,
    }


def _dead_units(step: TrainingStep) -> list[str]:
    """Nodes, as "a1:2", of ReLU units with z ≤ 0."""
    return [
        f"a{layer}:{unit}"
        for layer in range(1, step.config.depth + 1)
        if step.config.activation(layer) == "relu"
        for unit, z in enumerate(step.tape[f"z{layer}"])
        if z <= 0
    ]
