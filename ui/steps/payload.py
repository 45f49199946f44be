"""The stage's payload: one recorded training step, all its tables and what each step says, as JSON."""

import json
from typing import Any

from backprop import GradientCheck, MLPConfig, Tape, TrainingStep, forward_pass
from ui.names.equations import mathml
from ui.names.timeline import TimelineStep, timeline
from ui.state.data import observation_word
from ui.state.recording import gradient_checks, recorded_step
from ui.state.settings import Settings
from ui.steps import describe, forward
from ui.steps.given import Given, given_of
from ui.steps.tables import all_tables, given_tables, layers_of_network


def stage_payload(settings: Settings) -> str:
    """The payload of a view as JSON; the same string for everybody who looks at the same view."""
    step = recorded_step(settings)
    return json.dumps(
        build_payload(step, gradient_checks(settings), given_of(settings)),
        allow_nan=False,
        check_circular=False,
        ensure_ascii=False,
        separators=(",", ":"),
    )


def build_payload(step: TrainingStep, checks: dict[str, GradientCheck], given: Given) -> dict[str, Any]:
    """Everything the stage draws, as plain lists, strings and numbers.

    Keys: `steps` (the timeline with its contents), `tables` (see ui.steps.tables), `network` (columns
    of nodes), `observation` (what one is called), `dead` and `deadAfter` (ReLU units that are off before and
    after the update, as node names).
    """
    after = forward_pass(step.config, step.params_after, step.tape["x"], step.tape["y"])
    return {
        "steps": [_step(step, stop, given) for stop in timeline(step.config)],
        "tables": all_tables(step, after, checks) | given_tables(given),
        "network": layers_of_network(step),
        "observation": observation_word(step.config),
        "dead": dead_units(step.config, step.tape),
        "deadAfter": dead_units(step.config, after),
    }


def _step(step: TrainingStep, stop: TimelineStep, given: Given) -> dict[str, Any]:
    content = forward.input(step, given) if stop.kind == "input" else describe(step, stop)
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
        "badge": content.badge,
        "opens": content.opens,
    }


def dead_units(config: MLPConfig, tape: Tape) -> list[str]:
    """Nodes, as "a1:2", of ReLU units with z ≤ 0."""
    return [
        f"a{layer}:{unit}"
        for layer in range(1, config.depth + 1)
        if config.rule(layer).switches
        for unit, z in enumerate(tape[f"z{layer}"])
        if z <= 0
    ]
