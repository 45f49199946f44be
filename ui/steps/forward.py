"""Steps of the forward pass."""

from math import isclose
from typing import Any

import numpy as np

from backprop import MLPConfig, Tape, TrainingStep
from backprop.arrays import BoolArray, FloatArray
from backprop.network import input_of
from backprop.primitives import LARGEST_PROBABILITY, SMALLEST_PROBABILITY, Activation
from ui.names.equations import entry
from ui.names.numbers import as_typed, count_word, counted, every, short
from ui.names.symbols import symbol
from ui.state.data import is_iris, observation_word
from ui.steps.given import Given
from ui.steps.parts import Content, Row, Token, cell, each, since, table, total, written


def input(step: TrainingStep, given: Given) -> Content:
    """x and y enter."""
    x: list[Token] = [cell("x:value", "i", 0)]
    formula = r"\mathbf{x} \rightarrow \mathbf{z}^1 \rightarrow \mathbf{a}^1 \rightarrow \dots"
    row: list[str | dict[str, Any]] = [table("x:value")]
    if given.measured:
        measured, mean, deviation = (cell(f"x:{what}", "i", 0) for what in ("measured", "mean", "deviation"))
        standardised: list[Token] = ["(", measured, " − ", mean, ") / ", deviation]
        values = zip(step.tape["x"].tolist(), given.measured, strict=True)
        x = [each("i", [_typed(value) if number is None else standardised for value, number in values])]
        formula = r"\mathbf{x} = \frac{\text{measured } - \text{ mean}}{\text{standard deviation}}"
        row += ["= (", table("x:measured"), "−", table("x:mean"), ") /", table("x:deviation")]
    return Content(
        title=f"The {observation_word(step.config)} goes in",
        say=" ".join(filter(None, (_inputs(step, given), _targets(step, given), _edited_parameters(given))))
        + " Press → to take the first step.",
        formula=formula,
        rows=[[*row, "target", table("y:value")]],
        results={"x:value": x, "y:value": [cell("y:value", "i", 0)]},
        numpy="",
    )


def _typed(value: float) -> list[Token]:
    """Why an edited input is what it is, with all its digits where the stage rounds it."""
    exactly = as_typed(value)
    return [since(f"you typed {'it' if exactly == short(value) else exactly}")]


def _inputs(step: TrainingStep, given: Given) -> str:
    count = step.tape["x"].size
    if given.measured:
        if given.is_edited:
            what = f"Measurements of one iris, standardised, but {given.inputs}"
        else:
            what = f"{count_word(count).capitalize()} measurements of one iris, standardised"
        return f"{what}: 0 is the mean of {given.scale}, 1 is one standard deviation above it."
    if given.inputs.startswith("all "):
        return f"{given.inputs.capitalize()}."
    if given.inputs:
        return f"The inputs of a well-known textbook example, but {given.inputs}."
    return f"The {count_word(count)} inputs of a well-known textbook example, as they are."


def _targets(step: TrainingStep, given: Given) -> str:
    if given.targets:
        return f"The target y says what the outputs should be, {given.targets}."
    if not is_iris(step.config):
        return "The target y says what the outputs should be."
    return f"The target y marks {'its' if given.measured else 'the flower’s'} species."


def _edited_parameters(given: Given) -> str:
    return f"{given.parameters}." if given.parameters else ""


def affine(step: TrainingStep, layer: int) -> Content:
    """z = W a + b of one layer."""
    W, b, z, below = f"W{layer}", f"b{layer}", f"z{layer}", input_of(layer)
    units = step.tape[below].size
    return Content(
        title=f"Weighted sums of layer {layer}",
        say=f"{'Each' if step.tape[z].size > 1 else 'The'} unit multiplies what comes in by its row of "
        f"{symbol(W)} and adds its bias.",
        formula=rf"{entry(z, 'k')} = \sum_j {entry(W, 'kj')} \, {entry(below, 'j')} + {entry(b, 'k')}",
        rows=[
            [
                table(f"{W}:value"),
                "·",
                table(f"{below}:value"),
                "+",
                table(f"{b}:value"),
                "=",
                table(f"{z}:value"),
            ]
        ],
        results={
            f"{z}:value": [
                total("k", units, cell(f"{W}:value", "i", "k"), " · ", cell(f"{below}:value", "k", 0)),
                " + ",
                cell(f"{b}:value", "i", 0),
            ]
        },
        numpy=f"{z} = {W} @ {below} + {b}",
    )


def activation(step: TrainingStep, layer: int) -> Content:
    """a = f(z)."""
    z, a, rule = f"z{layer}", f"a{layer}", step.config.rule(layer)
    count, formulas, off = len(step.tape[z]), rule.formulas, off_units(step, layer)
    title = f"Activations of layer {layer}"
    say = f"The activation {rule.name} takes each z by itself: one z in, one a out.{off and f' {off}'}"
    index, line = "j", f"{a} = {formulas.numpy.format(z=z)}"
    if rule.is_held and is_at_limit(step.tape[a]).any():
        line = "\n".join(safe_lines(rule, z, a, formulas.plain.format(z="z", zs="z").replace("−", "-")))
    if rule.dense[0]:
        index, title = "k", f"{rule.name.capitalize()} turns sums into probabilities"
        say = (
            "Every probability depends on every z, through the sum below the line. "
            "Remember this: it makes the way back a sum over paths too."
        )
    value = formulas.value.format(z=entry(z, index), each=entry(z, "i"))
    tokens = written(formulas.written, count, "i", z=f"{z}:value")
    return Content(
        title=title,
        say=say,
        formula=f"{entry(a, index)} = {value}",
        rows=[[table(f"{z}:value"), f"{rule.name} →", table(f"{a}:value")]],
        results={f"{a}:value": _unless_held(step, a, tokens)},
        numpy=line,
    )


def safe_lines(rule: Activation, z: str, a: str, said: str, finite: str = "y / a stays finite") -> list[str]:
    """NumPy lines of an activation with limits as the core computes it.

    Args:
        rule: the activation.
        z: name of its input.
        a: name of its output.
        said: its formula in the remark on another that cannot overflow.
        finite: what a limit is for.
    """
    formulas, low = rule.formulas, "np.finfo(float).tiny"
    lines = [f"{a} = {formulas.numpy.format(z=z)}"]
    if formulas.exact:
        lines = [f"{a} = {formulas.exact.format(z=z)}  # {said} that cannot overflow"]
    if rule.limits[1] < np.inf:
        return [*lines, f"{a} = np.clip({a}, {low}, 1 - np.finfo(float).epsneg)  # never exactly 0 or 1"]
    return [*lines, f"{a} = np.maximum({a}, {low})  # so that {finite}"]


def off_units(step: TrainingStep, layer: int) -> str:
    """Which ReLU units are off, and what follows where all are; empty where none is."""
    z, word = step.tape[f"z{layer}"], observation_word(step.config)
    off = int((z <= 0).sum()) if step.config.rule(layer).switches else 0
    if not off:
        return ""
    if off == z.size:
        why = "z is not above 0, so a is 0" if off == 1 else "no z is above 0, so every a is 0"
        return (
            f"{every(off, 'unit').capitalize()} {'is' if off == 1 else 'are'} off: {why}, "
            f"and nothing in this layer or below it learns from this {word}."
        )
    return (
        f"{counted(off, 'unit')} {'is' if off == 1 else 'are'} off for this {word}: "
        "z is not above 0, so a is 0."
    )


def is_at_limit(a: FloatArray) -> BoolArray:
    """Where a probability is kept from 0 or 1, so that ln a, y / a and the like stay finite."""
    at_limit: BoolArray = (a <= SMALLEST_PROBABILITY) | (a == LARGEST_PROBABILITY)
    return at_limit


def _unless_held(step: TrainingStep, a: str, tokens: list[Token]) -> list[Token]:
    """The written-out entry; for units whose probability is smaller than a float can hold, that is said."""
    held = step.tape[a] <= step.config.rule(int(a[1:])).limits[0]
    too_small = [since(*tokens, " is smaller than a float can hold")]
    return [each("i", [too_small if is_held else tokens for is_held in held])] if held.any() else tokens


def cost(step: TrainingStep, layer: int) -> Content:
    """C from a and y; from z where a is at its limit, or has lost the digits that C needs."""
    a, z = f"a{layer}", f"z{layer}"
    say = "One number says how wrong the answer is. The backward pass asks how each number before it moves C."
    formulas = step.config.cost.formulas
    formula = f"C = {formulas.value.format(a=entry(a, 'k'), y=entry('y', 'k'))}"
    numpy = f"C = {formulas.numpy.format(a=a)}"
    terms, known = terms_of_cost(step, f"{a}:value"), a
    if not is_told(step.config, step.tape):
        formula, terms, numpy = _cost_from_z(step, layer)
        say = f"{why_from_z(step.config, step.tape)} {say}"
        known = z
    rows: list[Row] = [[table("y:value"), "and", table(f"{known}:value"), "→", table("C:value")]]
    return Content("The cost", say, formula, rows, {"C:value": terms}, numpy)


def terms_of_cost(step: TrainingStep, outputs: str) -> list[Token]:
    """The cost written out, of the outputs in a table."""
    template = step.config.cost.formulas.written
    return written(template, len(step.tape["y"]), "k", a=outputs, y="y:value")


def is_told(config: MLPConfig, tape: Tape) -> bool:
    """Whether the formula of the cost gives C from a as it is: not where a is at its limit or near 1."""
    told = float(config.cost.forward(tape[f"a{config.depth}"], tape["y"]))
    return isclose(told, float(tape["C"]), rel_tol=1e-9, abs_tol=1e-12)


def why_from_z(config: MLPConfig, *tapes: Tape) -> str:
    """Why the numbers shown of a do not give C; "" where they do in all of these passes."""
    if all(is_told(config, tape) for tape in tapes):
        return ""
    a, z = (symbol(f"{letter}{config.depth}") for letter in "az")
    return f"Some {a} is too near 0 or 1 for a float, so C is computed from {z}."


def _cost_from_z(step: TrainingStep, layer: int) -> tuple[str, list[Token], str]:
    """The same cost with a put in and cancelled: LaTeX, the written-out entry, NumPy."""
    z, y, formulas = f"z{layer}", step.tape["y"], step.config.shortcut
    assert formulas is not None  # otherwise a tells C
    of_targets, times = ("", "") if y.sum() == 1 else ("(Σ[{y}]) · ", " * y.sum()")
    value = formulas.value.format(z=entry(z, "k"), y=entry("y", "k"), a=entry(f"a{layer}", "k"))
    template = formulas.written.replace("{whole}", of_targets)
    return (
        f"C = {value}",
        written(template, len(y), "k", z=f"{z}:value", y="y:value"),
        f"C = {formulas.numpy.format(z=z, whole=times)}  # exact for any z",
    )
