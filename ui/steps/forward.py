"""Steps of the forward pass."""

from math import isclose

import numpy as np

from backprop import MLPConfig, Tape, TrainingStep
from backprop.activations import LARGEST_PROBABILITY, SMALLEST_PROBABILITY
from backprop.arrays import BoolArray, FloatArray
from backprop.kinds import Activation
from backprop.network import input_of
from ui.names.equations import entry
from ui.state.data import is_iris, observation_word
from ui.steps.given import Given
from ui.steps.parts import Content, Token, cell, each, row, since, total, written
from ui.steps.words import forward as words


def input(step: TrainingStep, given: Given) -> Content:
    """x and y enter."""
    x: list[Token] = [cell("x:value", "i", 0)]
    formula = r"\mathbf{x} \rightarrow \mathbf{z}^1 \rightarrow \mathbf{a}^1 \rightarrow \dots"
    shown = "x:value"
    if given.measured:
        measured, mean, deviation = (cell(f"x:{what}", "i", 0) for what in ("measured", "mean", "deviation"))
        standardised: list[Token] = ["(", measured, " − ", mean, ") / ", deviation]
        values = zip(step.tape["x"].tolist(), given.measured, strict=True)
        texts = (
            standardised if number is not None else [since(words.typed_input(value))]
            for value, number in values
        )
        x = [each("i", list(texts))]
        formula = r"\mathbf{x} = \frac{\text{measured } - \text{ mean}}{\text{standard deviation}}"
        shown = "x:value = ( x:measured − x:mean ) / x:deviation"
    edited = f"{given.parameters}." if given.parameters else ""
    said = _inputs(step, given), _targets(step, given), edited, words.FIRST_STEP
    return Content(
        title=words.input_title(observation_word(step.config)),
        say=" ".join(filter(None, said)),
        formula=formula,
        rows=[row(f"{shown} target y:value")],
        results={"x:value": x, "y:value": [cell("y:value", "i", 0)]},
        numpy="",
    )


def _inputs(step: TrainingStep, given: Given) -> str:
    count = step.tape["x"].size
    if given.measured:
        return words.measured(count, given.inputs, given.scale)
    return words.not_measured(count, given.whose, given.inputs)


def _targets(step: TrainingStep, given: Given) -> str:
    if given.targets or not is_iris(step.config):
        return words.targets(step.tape["y"].size, given.targets)
    return words.species(bool(given.measured))


def affine(step: TrainingStep, layer: int) -> Content:
    """z = W a + b of one layer, or W a without biases."""
    W, b, z, below = f"W{layer}", f"b{layer}", f"z{layer}", input_of(layer)
    inputs, units = step.tape[below].size, step.tape[z].size
    formula = rf"{entry(z, 'k')} = \sum_j {entry(W, 'kj')} \, {entry(below, 'j')}"
    shown, numpy = f"{W}:value · {below}:value", f"{z} = {W} @ {below}"
    terms: list[Token] = [
        total("k", inputs, cell(f"{W}:value", "i", "k"), " · ", cell(f"{below}:value", "k", 0))
    ]
    if step.config.has_biases:
        formula, shown, numpy = f"{formula} + {entry(b, 'k')}", f"{shown} + {b}:value", f"{numpy} + {b}"
        terms += [" + ", cell(f"{b}:value", "i", 0)]
    return Content(
        title=words.affine_title(layer, units),
        say=words.affine(layer, units, inputs, step.config.has_biases),
        formula=formula,
        rows=[row(f"{shown} = {z}:value")],
        results={f"{z}:value": terms},
        numpy=numpy,
    )


def activation(step: TrainingStep, layer: int) -> Content:
    """a = f(z)."""
    z, a, rule = f"z{layer}", f"a{layer}", step.config.rule(layer)
    count, formulas, off = len(step.tape[z]), rule.formulas, off_units(step, layer)
    title, say = words.activation_title(layer, count), words.activation(rule.name)
    if off:
        say += f" {words.units_off(off, count, observation_word(step.config))}"
    index, line = "j", f"{a} = {formulas.numpy.format(z=z)}"
    if rule.is_held and is_at_limit(step.tape[a]).any():
        line = "\n".join(safe_lines(rule, z, a, formulas.plain.format(z="z", zs="z").replace("−", "-")))
    if rule.dense[0]:
        index, title = "k", words.dense_title(rule.name, count)
        say = words.DENSE if count > 1 else words.ALWAYS_1
    value = formulas.value.format(z=entry(z, index), each=entry(z, "i"))
    tokens = written(formulas.written, count, "i", z=f"{z}:value")
    return Content(
        title=title,
        say=say,
        formula=f"{entry(a, index)} = {value}",
        rows=[row(f"{z}:value {rule.name} → {a}:value")],
        results={f"{a}:value": _unless_held(step, a, tokens)},
        numpy=line,
    )


def safe_lines(rule: Activation, z: str, a: str, said: str, finite: str = words.FINITE) -> list[str]:
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
        lines = [f"{a} = {formulas.exact.format(z=z)}  # {said} {words.NO_OVERFLOW}"]
    if rule.limits[1] < np.inf:
        return [*lines, f"{a} = np.clip({a}, {low}, 1 - np.finfo(float).epsneg)  # {words.NEVER_EXACT}"]
    return [*lines, f"{a} = np.maximum({a}, {low})  # {finite}"]


def off_units(step: TrainingStep, layer: int) -> int:
    """How many ReLU units are off; 0 of another activation."""
    return int((step.tape[f"z{layer}"] <= 0).sum()) if step.config.rule(layer).switches else 0


def is_at_limit(a: FloatArray) -> BoolArray:
    """Where a probability is kept from 0 or 1, so that ln a, y / a and the like stay finite."""
    at_limit: BoolArray = (a <= SMALLEST_PROBABILITY) | (a == LARGEST_PROBABILITY)
    return at_limit


def _unless_held(step: TrainingStep, a: str, tokens: list[Token]) -> list[Token]:
    """The written-out entry; for units whose probability is smaller than a float can hold, that is said."""
    held = step.tape[a] <= step.config.rule(int(a[1:])).limits[0]
    too_small = [since(*tokens, words.TOO_SMALL)]
    return [each("i", [too_small if is_held else tokens for is_held in held])] if held.any() else tokens


def cost(step: TrainingStep, layer: int) -> Content:
    """C from a and y; from z where a is at its limit, or has lost the digits that C needs."""
    a, z = f"a{layer}", f"z{layer}"
    say = words.COST
    formulas = step.config.cost.formulas
    formula = f"C = {formulas.value.format(a=entry(a, 'k'), y=entry('y', 'k'))}"
    numpy = f"C = {formulas.numpy.format(a=a)}"
    terms, known = terms_of_cost(step, f"{a}:value"), a
    if not is_told(step.config, step.tape):
        formula, terms, numpy = _cost_from_z(step, layer)
        say = f"{why_from_z(step.config, step.tape)} {say}"
        known = z
    rows = [row(f"y:value and {known}:value → C:value")]
    return Content(words.COST_TITLE, say, formula, rows, {"C:value": terms}, numpy)


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
    return words.from_z(config.depth)


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
        f"C = {formulas.numpy.format(z=z, whole=times)}  # {words.FROM_Z}",
    )
