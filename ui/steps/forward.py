"""Steps of the forward pass."""

from math import isclose
from typing import Any

import numpy as np

from backprop import MLPConfig, Tape, TrainingStep
from backprop.arrays import BoolArray, FloatArray
from backprop.primitives import LARGEST_PROBABILITY, SMALLEST_PROBABILITY
from ui.names.equations import entry
from ui.names.numbers import as_typed, count_word, counted, every, short
from ui.names.symbols import symbol
from ui.state.data import is_iris, observation_word
from ui.steps.given import Given
from ui.steps.parts import Content, Row, Token, cell, each, input_of, since, table, total


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


_ACTIVATIONS: dict[str, tuple[str, str, str, str]] = {
    "relu": (r"\max(0, {})", "max(0, ", ")", "np.maximum(0, {})"),
    "tanh": (r"\tanh {}", "tanh(", ")", "np.tanh({})"),
    "sigmoid": (r"\frac{{1}}{{1 + e^{{-{}}}}}", "1 / (1 + exp(−", "))", "1 / (1 + np.exp(-{}))"),
    "identity": (r"{}", "", "", "{}.copy()"),
}
"""LaTeX, the written-out entry before and after its number, NumPy."""

_SMALLEST, _LARGEST = "np.finfo(float).tiny", "1 - np.finfo(float).epsneg"


def activation(step: TrainingStep, layer: int) -> Content:
    """a = f(z), element by element."""
    kind = step.config.activation(layer)
    formula, before, after, numpy = _ACTIVATIONS[kind]
    z, a = f"z{layer}", f"a{layer}"
    line = f"{a} = {numpy.format(z)}"
    if kind == "sigmoid" and is_at_limit(step.tape[a]).any():
        line = (
            f"{a} = np.exp(-np.logaddexp(0, -{z}))  # 1 / (1 + exp(-z)) that cannot overflow\n"
            f"{a} = np.clip({a}, {_SMALLEST}, {_LARGEST})  # never exactly 0 or 1"
        )
    written = [token for token in (before, cell(f"{z}:value", "i", 0), after) if token]
    off = off_units(step, layer)
    return Content(
        title=f"Activations of layer {layer}",
        say=f"The activation {kind} takes each z by itself: one z in, one a out.{off and f' {off}'}",
        formula=f"{entry(a, 'j')} = {formula.format(entry(z, 'j'))}",
        rows=[[table(f"{z}:value"), f"{kind} →", table(f"{a}:value")]],
        results={f"{a}:value": _unless_held(step, a, written)},
        numpy=line,
    )


def off_units(step: TrainingStep, layer: int) -> str:
    """Which ReLU units are off, and what follows where all are; empty where none is."""
    z, word = step.tape[f"z{layer}"], observation_word(step.config)
    off = int((z <= 0).sum()) if step.config.activation(layer) == "relu" else 0
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


def softmax(step: TrainingStep, layer: int) -> Content:
    """a = softmax(z) of the last layer."""
    z, a = f"z{layer}", f"a{layer}"
    units = step.tape[z].size
    numpy = f"{a} = np.exp({z} - {z}.max()) / np.exp({z} - {z}.max()).sum()"
    if is_at_limit(step.tape[a]).any():
        numpy += f"\n{a} = np.maximum({a}, {_SMALLEST})  # so that y / a stays finite"
    written: list[Token] = [
        "exp(",
        cell(f"{z}:value", "i", 0),
        ") / (",
        total("k", units, "exp(", cell(f"{z}:value", "k", 0), ")"),
        ")",
    ]
    return Content(
        title="Softmax turns sums into probabilities",
        say="Every probability depends on every z, through the sum below the line. "
        "Remember this: it makes the way back a sum over paths too.",
        formula=rf"{entry(a, 'k')} = \frac{{e^{{{entry(z, 'k')}}}}}{{\sum_i e^{{{entry(z, 'i')}}}}}",
        rows=[[table(f"{z}:value"), "softmax →", table(f"{a}:value")]],
        results={f"{a}:value": _unless_held(step, a, written)},
        numpy=numpy,
    )


def is_at_limit(a: FloatArray) -> BoolArray:
    """Where a probability is kept from 0 or 1, so that ln a, y / a and the like stay finite."""
    at_limit: BoolArray = (a <= SMALLEST_PROBABILITY) | (a == LARGEST_PROBABILITY)
    return at_limit


def _unless_held(step: TrainingStep, a: str, written: list[Token]) -> list[Token]:
    """The written-out entry; for units whose probability is smaller than a float can hold, that is said."""
    is_probability = step.config.activation(int(a[1:])) in ("softmax", "sigmoid")
    held = [bool(is_probability and value <= SMALLEST_PROBABILITY) for value in step.tape[a]]
    too_small = [since(*written, " is smaller than a float can hold")]
    return [each("i", [too_small if is_held else written for is_held in held])] if any(held) else written


def cost(step: TrainingStep, layer: int) -> Content:
    """C from a and y; from z where a is at its limit, or has lost the digits that C needs."""
    a, z = f"a{layer}", f"z{layer}"
    ak, yk = entry(a, "k"), entry("y", "k")
    say = "One number says how wrong the answer is. The backward pass asks how each number before it moves C."
    variants: dict[str, tuple[str, str]] = {
        "cross_entropy": (rf"C = -\sum_k {yk} \ln {ak}", f"C = -(y * np.log({a})).sum()"),
        "binary_cross_entropy": (
            rf"C = -\sum_k \left( {yk} \ln {ak} + (1 - {yk}) \ln (1 - {ak}) \right)",
            f"C = -(y * np.log({a}) + (1 - y) * np.log(1 - {a})).sum()",
        ),
        "squared_error": (
            rf"C = \frac{{1}}{{2}} \sum_k ({ak} - {yk})^2",
            f"C = 0.5 * (({a} - y) ** 2).sum()",
        ),
    }
    formula, numpy = variants[step.config.loss]
    terms, known = terms_of_cost(step, f"{a}:value"), a
    if not is_told(step.config, step.tape):
        formula, terms, numpy = _cost_from_z(step, layer)
        say = f"{why_from_z(step.config, step.tape)} {say}"
        known = z
    rows: list[Row] = [[table("y:value"), "and", table(f"{known}:value"), "→", table("C:value")]]
    return Content("The cost", say, formula, rows, {"C:value": terms}, numpy)


def terms_of_cost(step: TrainingStep, outputs: str) -> list[Token]:
    """The cost written out, of the outputs in a table."""
    output, target = cell(outputs, "k", 0), cell("y:value", "k", 0)
    inside: dict[str, tuple[str, list[Token]]] = {
        "cross_entropy": ("−(", [target, " · ln ", output]),
        "binary_cross_entropy": (
            "−(",
            [target, " · ln ", output, " + (1 − ", target, ") · ln(1 − ", output, ")"],
        ),
        "squared_error": ("½ · (", ["(", output, " − ", target, ")²"]),
    }
    before, terms = inside[step.config.loss]
    return [before, total("k", step.tape["y"].size, *terms), ")"]


def is_told(config: MLPConfig, tape: Tape) -> bool:
    """Whether the formula of the cost gives C from a as it is: not where a is at its limit or near 1."""
    output, target = tape[f"a{config.depth}"], tape["y"]
    if config.loss == "squared_error":
        return True
    told = -float(target @ np.log(output))
    if config.loss == "binary_cross_entropy":
        told -= float((1 - target) @ np.log(1 - output))
    return isclose(told, float(tape["C"]), rel_tol=1e-9, abs_tol=1e-12)


def why_from_z(config: MLPConfig, *tapes: Tape) -> str:
    """Why the numbers shown of a do not give C; "" where they do in all of these passes."""
    if all(is_told(config, tape) for tape in tapes):
        return ""
    a, z = (symbol(f"{letter}{config.depth}") for letter in "az")
    return f"Some {a} is too near 0 or 1 for a float, so C is computed from {z}."


def _cost_from_z(step: TrainingStep, layer: int) -> tuple[str, list[Token], str]:
    """The same cost with a put in and cancelled: LaTeX, the written-out entry, NumPy."""
    z = f"z{layer}"
    units, number, target = step.tape[z].size, cell(f"{z}:value", "k", 0), cell("y:value", "k", 0)
    zk, yk = entry(z, "k"), entry("y", "k")
    if step.config.loss == "cross_entropy":
        is_whole = step.tape["y"].sum() == 1
        total_target = "" if is_whole else " * y.sum()"
        of_targets: list[Token] = [] if is_whole else ["(", total("k", units, target), ") · "]
        return (
            rf"C = -\sum_k {yk} \ln {entry(f'a{layer}', 'k')} = \ln \sum_k e^{{{zk}}} - \sum_k {yk} {zk}",
            [
                *(*of_targets, "ln(", total("k", units, "exp(", number, ")"), ") − ("),
                *(total("k", units, target, " · ", number), ")"),
            ],
            f"C = np.logaddexp.reduce({z}){total_target} - y @ {z}  # exact for any z",
        )
    return (
        rf"C = \sum_k \left( \ln (1 + e^{{{zk}}}) - {yk} {zk} \right)",
        [total("k", units, "ln(1 + exp(", number, ")) − ", target, " · ", number)],
        f"C = (np.logaddexp(0, {z}) - y * {z}).sum()  # exact for any z",
    )
