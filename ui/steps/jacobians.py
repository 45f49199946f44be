"""Backward steps that form a Jacobian: local derivatives of one equation."""

import numpy as np

from backprop import TrainingStep
from backprop.kinds import Activation
from backprop.network import input_of
from ui.names.equations import entry, entry_partial
from ui.names.symbols import symbol
from ui.steps.parts import Content, Token, cell, choice, each, named, row, since, written
from ui.steps.words import backward as words


def cost_jacobian(step: TrainingStep, layer: int) -> Content:
    """∂C/∂a of the last layer. Output layer, step I."""
    a = f"a{layer}"
    cost, high = step.config.cost, step.config.rule(layer).limits[1]
    formulas, ak = cost.formulas, entry(a, "k")
    terms = written(formulas.written_derivative, 0, "j", a=f"{a}:value", y="y:value")
    if cost.of_targets:  # −0 / 0.3 would be no way to say it
        nothing: list[Token] = [since(named("y", "j"), " = 0")]
        terms = [each("j", [terms if target else nothing for target in step.tape["y"]])]
    outputs = len(step.tape[a])
    say = words.cost_jacobian(layer, outputs)
    if cost.domain[1] < np.inf and (step.tape[a] == high).any():
        say += f" {words.kept_below_1(layer, 1 - high)}"
    return Content(
        title=words.cost_jacobian_title(outputs),
        say=say,
        formula=f"{entry_partial('C', ak)} = {formulas.derivative.format(a=ak, y=entry('y', 'k'))}",
        rows=[row(f"y:value and {a}:value → {a}:cotangent")],
        results={f"{a}:cotangent": terms},
        numpy=f"dC_d{a} = {formulas.numpy_derivative.format(a=a)}",
        paths=1,
        badge=words.will_be_summed(1),
    )


def activation_jacobian(step: TrainingStep, layer: int) -> Content:
    """∂a/∂z. Output layer, step II; hidden layer, step III."""
    z, a, rule = f"z{layer}", f"a{layer}", step.config.rule(layer)
    formulas, name, units = rule.formulas, f"{a}/{z}:jacobian", len(step.tape[z])
    numpy = formulas.numpy_derivative.format(z=z, a=a)
    tables = {"z": f"{z}:value", "a": f"{a}:value"}
    if rule.dense[0]:
        left = entry_partial(entry(a, "i"), entry(z, "j"))
        value = formulas.derivative.format(a=entry(a, "i"), other=entry(a, "j"), indices="ij")
        own = written(formulas.written_derivative, units, "i", **tables)
        beside = written(formulas.beside, units, "i", **tables, other=tables["a"])
        return Content(
            title=words.dense_jacobian_title(rule.name),
            say=words.DENSE_JACOBIAN if units > 1 else words.CONSTANT,
            formula=f"{left} = {value}",
            rows=[row(f"{a}:value → {name}")],
            results={name: [choice("i", "j", own, beside)]},
            numpy=f"d{a}_d{z} = {numpy}",
            paths=units,
            badge=words.will_be_summed(units),
        )
    other = since(named(a, "i"), words.INDEPENDENT, named(z, "j"))
    return Content(
        title=words.diagonal_title(layer),
        say=_say_of_diagonal(rule, units),
        formula=rf"{entry_partial(entry(a, 'j'), entry(z, 'j'))} = "
        + formulas.derivative.format(z=entry(z, "j"), a=entry(a, "j")),
        rows=[row(f"{tables['a' if '{a}' in formulas.derivative else 'z']} → {name}")],
        results={name: [choice("i", "j", _on_diagonal(step, layer), [other])]},
        numpy=f"d{a}_d{z} = np.diag({numpy})",
        paths=1,
        badge=words.will_be_summed(1),
    )


def _say_of_diagonal(rule: Activation, units: int) -> str:
    say = words.ONE_UNIT if units == 1 else words.DIAGONAL
    return f"{say} {words.MASK}" if rule.switches else say


def _on_diagonal(step: TrainingStep, layer: int) -> list[Token]:
    """∂a/∂z of unit i, written out."""
    z, a, rule = f"z{layer}", f"a{layer}", step.config.rule(layer)
    tables = {"z": f"{z}:value", "a": f"{a}:value"}
    tokens = written(rule.formulas.written_derivative, 1, "i", **tables)
    if not rule.switches:
        return tokens
    off = written(words.NOT_ABOVE_0, 1, "i", **tables)
    return [each("i", [tokens if value > 0 else off for value in step.tape[z]])]


def weights_jacobian(step: TrainingStep, layer: int) -> Content:
    """∂z/∂W, with its three indices. Output layer, step III; hidden layer, step V."""
    z, W, below = f"z{layer}", f"W{layer}", input_of(layer)
    m, n = step.tape[W].shape
    name, inputs = f"{z}/{W}:jacobian", step.tape[below]
    other = since(named(W, "i", "j"), words.NOT_FED, named(z, "k"))
    return Content(
        title=words.weights_jacobian_title(layer, m),
        say=words.blocks(symbol(below), (m, n), np.unique(inputs).size, inputs.item(0)),
        formula=rf"{entry_partial(entry(z, 'k'), entry(W, 'ij'))} = {entry(below, 'j')}"
        r" \text{ if } k = i \text{, else } 0",
        rows=[row(f"{below}:valueᵀ"), row(name)],
        results={name: [choice("k", "i", [cell(f"{below}:value", "j", 0)], [other])]},
        numpy=f'd{z}_d{W} = np.einsum("ki,j->kij", np.eye({m}), {below})',
        paths=1,
        badge=words.will_be_summed(1),
    )


def input_jacobian(step: TrainingStep, layer: int) -> Content:
    """∂z of the layer above towards a, which is W. Hidden layer, step I."""
    above, W, a = f"z{layer + 1}", f"W{layer + 1}", f"a{layer}"
    name = f"{above}/{a}:jacobian"
    m = len(step.tape[above])
    return Content(
        title=words.input_jacobian_title(layer, len(step.tape[a]), m),
        say=words.input_jacobian(layer, m),
        formula=f"{entry_partial(entry(above, 'k'), entry(a, 'j'))} = {entry(W, 'kj')}",
        rows=[row(f"{W}:value → {name}")],
        results={name: [cell(f"{W}:value", "i", "j")]},
        numpy=f"d{above}_d{a} = {W}",
        paths=m,
        badge=words.will_be_summed(m),
    )
