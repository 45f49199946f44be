"""The recorded step as a Jupyter notebook: a cell a step, which NumPy computes and compares with the app."""

import json
from typing import Any

import numpy as np

from backprop import TrainingStep, training_step
from backprop.arrays import FloatArray
from backprop.network import input_of
from backprop.noise import ROUNDING, cost_noise, derivative_noise, value_noise
from backprop.sgd import predicted_change
from ui.export import words
from ui.export.code import lines_of
from ui.export.state import describe_state
from ui.names.numbers import exact
from ui.names.symbols import shape_text
from ui.names.timeline import TimelineStep, parameter_names, timeline
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.steps import describe
from ui.steps.update import moved_names

LARGEST_LITERAL = 400
"""Larger arrays are 3-index Jacobians of wide layers: their non-zero rows are compared and counted."""

MANY_DIGITS = 1e-10
"""Rounding of a smaller share of the numbers needs no mention in a comparison."""


def notebook_text(settings: Settings, link: str) -> str:
    """The file's text, in format 4.5.

    Args:
        settings: the view.
        link: its address.
    """
    return json.dumps(notebook(settings, link), ensure_ascii=False, indent=1)


def notebook(settings: Settings, link: str) -> dict[str, Any]:
    """The notebook as plain dicts and lists."""
    step = recorded_step(settings)
    cells = [
        _markdown(words.introduction(describe_state(settings), link)),
        _code(words.CHECK),
        _markdown(words.GIVEN),
        _code(_given(settings, step)),
    ]
    for stop in timeline(step.config)[1:]:
        cells += [_markdown(_text(step, stop)), _code("\n".join(_lines(step, stop)))]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _given(settings: Settings, step: TrainingStep) -> str:
    names = ["x", "y", *(name for name, _ in step.params.items())]
    lines = [f"{name} = np.array({_literal(step.tape[name])})" for name in names]
    return "\n".join([*lines, f"learning_rate = {settings.learning_rate!r}"])


def _text(step: TrainingStep, stop: TimelineStep) -> str:
    content = describe(step, stop)
    numeral = f"{stop.group}, step {stop.numeral}" if stop.numeral else stop.group
    return f"## {stop.label}: {content.title}\n\n*{numeral}.* {content.say}\n\n$${content.formula}$$"


def _lines(step: TrainingStep, stop: TimelineStep) -> list[str]:
    """What computes the step, then its comparisons."""
    return [
        *lines_of(step, stop),
        *(line for name, array, noise in _results(step, stop) for line in _check(name, array, noise)),
    ]


def _results(step: TrainingStep, stop: TimelineStep) -> list[tuple[str, FloatArray, float]]:
    """What one step of the timeline computes: its name in the notebook, and how far rounding may move it."""
    layer, kind = stop.layer, stop.kind
    W, b, z, a = (f"{letter}{layer}" for letter in "Wbza")
    jacobians = {
        "activation_jacobian": (a, z),
        "weights_jacobian": (z, W),
        "input_jacobian": (f"z{layer + 1}", a),
    }
    derivatives = {
        "cost_jacobian": (a,),
        "through_activation": (z,),
        "through_affine": (a,),
        "weights_gradient": (W,),
        "bias_gradient": (b,),
        "layer_gradients": tuple(parameter_names(step.config, layer)),
    }
    values = value_noise(step)
    if kind in jacobians:
        output, wrt = jacobians[kind]
        # σ′ is as far off as a, and as what 1 − a loses.
        off = values[output].max() + ROUNDING * np.abs(step.tape[output]).max() if output == a else 0.0
        return [(f"d{output}_d{wrt}", step.vjp(output, wrt).jacobian, float(off))]
    if kind in derivatives:
        noise = derivative_noise(step)
        return [(f"dC_d{name}", step.cotangent(name), noise[name].max()) for name in derivatives[kind]]
    if kind == "update":
        noise = derivative_noise(step)
        rate = step.updates[0].learning_rate
        moved = moved_names(step, layer)
        return [(f"{name}_new", step.params_after[name], rate * noise[name].max()) for name in moved]
    if kind == "after":
        return _after(step)
    if kind == "cost":
        return [("C", step.tape["C"], cost_noise(step))]
    name = z if kind == "affine" else a
    return [(name, step.tape[name], values[name].max())]


def _after(step: TrainingStep) -> list[tuple[str, FloatArray, float]]:
    a, noise = f"a{step.config.depth}", derivative_noise(step)
    again = training_step(step.config, step.params_after, step.tape["x"], step.tape["y"], 0.0)
    off = 2 * sum(float(np.vdot(np.abs(update.step), noise[update.name])) for update in step.updates)
    return [
        ("predicted_change", np.asarray(predicted_change(step)), off),
        (f"{a}_new", again.tape[a], value_noise(again)[a].max()),
        ("C_new", np.asarray(step.loss_after), cost_noise(again)),
    ]


def _check(name: str, array: FloatArray, noise: float) -> list[str]:
    """The comparison; it mentions rounding where that leaves the numbers few digits.

    Noise beyond every number is that of 1 / a where a is kept from falling further, here as in the app.
    """
    if array.size <= LARGEST_LITERAL:
        few = MANY_DIGITS * np.abs(array).max() < noise < np.inf
        off = f", rounding={noise:.0e}" if few else ""
        return [f"same('{name}', {name}, np.array({_literal(array)}){off})"]
    below = input_of(int(name.rpartition("W")[2]))
    m = len(array)
    return [
        f"# {words.blocks(shape_text(array.shape), below)}",
        f"same('{name}', {name}[range({m}), range({m})], np.tile({below}, ({m}, 1)))",
        f"assert np.count_nonzero({name}) == {np.count_nonzero(array)}",
    ]


def _literal(array: FloatArray) -> str:
    """The numbers as Python reads them, with every digit."""
    if array.ndim == 0:
        return exact(array.item() + 0.0)  # no -0.0
    return "[" + ", ".join(_literal(np.asarray(row)) for row in array) + "]"


def _markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(text: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": text.splitlines(keepends=True),
    }
