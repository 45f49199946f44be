"""Backward steps that form a Jacobian: local derivatives of one equation."""

import numpy as np

from backprop import TrainingStep
from backprop.primitives import LARGEST_PROBABILITY
from ui.names.equations import entry, entry_partial
from ui.names.numbers import counted, short
from ui.names.symbols import symbol
from ui.steps.parts import Content, Token, cell, choice, each, input_of, named, since, table, will_be_summed


def cost_jacobian(step: TrainingStep, layer: int) -> Content:
    """∂C/∂a of the last layer. Output layer, step I."""
    a = f"a{layer}"
    output, target = cell(f"{a}:value", "j", 0), cell("y:value", "j", 0)
    ak, yk = entry(a, "k"), entry("y", "k")
    variants: dict[str, tuple[str, list[Token], str]] = {
        "cross_entropy": (rf"-\frac{{{yk}}}{{{ak}}}", ["−", target, " / ", output], f"-y / {a}"),
        "binary_cross_entropy": (
            rf"\frac{{1 - {yk}}}{{1 - {ak}}} - \frac{{{yk}}}{{{ak}}}",
            ["(1 − ", target, ") / (1 − ", output, ") − ", target, " / ", output],
            f"(1 - y) / (1 - {a}) - y / {a}",
        ),
        "squared_error": (f"{ak} - {yk}", [output, " − ", target], f"{a} - y"),
    }
    formula, terms, numpy = variants[step.config.loss]
    if step.config.loss == "cross_entropy":  # −0 / 0.3 would be no way to say it
        nothing: list[Token] = [since(named("y", "j"), " = 0")]
        terms = [each("j", [terms if target else nothing for target in step.tape["y"]])]
    say = f"The way back starts at C. Each {symbol(a)} enters the cost directly: one path each."
    if step.config.loss == "binary_cross_entropy" and (step.tape[a] == LARGEST_PROBABILITY).any():
        short_of_1 = short(float(1 - LARGEST_PROBABILITY))
        say += f" An {symbol(a)} written 1.00 is kept {short_of_1} below 1, so 1 − {symbol(a)} is not 0."
    return Content(
        title="The cost, towards the outputs",
        say=say,
        formula=f"{entry_partial('C', ak)} = {formula}",
        rows=[[table("y:value"), "and", table(f"{a}:value"), "→", table(f"{a}:cotangent")]],
        results={f"{a}:cotangent": terms},
        numpy=f"dC_d{a} = {numpy}",
        paths=1,
        badge=will_be_summed(1),
    )


_ACTIVATION_DERIVATIVES: dict[str, tuple[str, str]] = {
    # LaTeX, NumPy
    "relu": (r"1 \text{{ if }} {z} > 0 \text{{, else }} 0", "({z} > 0) * 1.0"),
    "tanh": (r"1 - ({a})^2", "1 - {a} ** 2"),
    "sigmoid": (r"{a} (1 - {a})", "{a} * (1 - {a})"),
    "identity": ("1", "np.ones_like({z})"),
}


def activation_jacobian(step: TrainingStep, layer: int) -> Content:
    """∂a/∂z. Output layer, step II; hidden layer, step III."""
    kind = step.config.activation(layer)
    z, a = f"z{layer}", f"a{layer}"
    name = f"{a}/{z}:jacobian"
    left = entry_partial(entry(a, "i"), entry(z, "j"))
    if kind == "softmax":
        ai, aj = cell(f"{a}:value", "i", 0), cell(f"{a}:value", "j", 0)
        return Content(
            title="Softmax, towards its input",
            say="No zero by structure: each z moves every probability. A rule that keeps the diagonal only "
            "loses the other paths.",
            formula=rf"{left} = {entry(a, 'i')} (\delta_{{ij}} - {entry(a, 'j')})",
            rows=[[table(f"{a}:value"), "→", table(name)]],
            results={name: [choice("i", "j", [ai, " · (1 − ", ai, ")"], ["−", ai, " · ", aj])]},
            numpy=f"d{a}_d{z} = np.diag({a}) - np.outer({a}, {a})",
            paths=len(step.tape[a]),
            badge=will_be_summed(len(step.tape[a])),
        )
    formula, numpy = _ACTIVATION_DERIVATIVES[kind]
    of = a if kind in ("tanh", "sigmoid") else z
    other = since(named(a, "i"), " does not depend on ", named(z, "j"))
    return Content(
        title=f"The activation of layer {layer}, towards its input",
        say=_say_of_diagonal(kind, step.tape[z].size),
        formula=rf"{entry_partial(entry(a, 'j'), entry(z, 'j'))} = "
        + formula.format(z=entry(z, "j"), a=entry(a, "j")),
        rows=[[table(f"{of}:value"), "→", table(name)]],
        results={name: [choice("i", "j", _on_diagonal(step, layer, kind), [other])]},
        numpy=f"d{a}_d{z} = np.diag({numpy.format(z=z, a=a)})",
        paths=1,
        badge=will_be_summed(1),
    )


def _say_of_diagonal(kind: str, units: int) -> str:
    if units == 1:
        say = "One number: the layer has one unit, so there is one path."
    else:
        say = "A diagonal: each a depends on its own z only, so there is one path for each unit."
    mask = " The mask is 1 for a unit that is on and 0 for one that is off."
    return say + (mask if kind == "relu" else "")


def _on_diagonal(step: TrainingStep, layer: int, kind: str) -> list[Token]:
    """∂a/∂z of unit i, written out."""
    z, a = f"z{layer}", f"a{layer}"
    before, after = cell(f"{z}:value", "i", 0), cell(f"{a}:value", "i", 0)
    if kind == "relu":
        on: list[Token] = [since(named(z, "i"), " = ", before, " > 0")]
        off: list[Token] = [since(named(z, "i"), " = ", before, " is not above 0")]
        return [each("i", [on if value > 0 else off for value in step.tape[z]])]
    if kind == "identity":
        return [since(named(a, "i"), " is ", named(z, "i"), " itself")]
    return ["1 − ", after, "²"] if kind == "tanh" else [after, " · (1 − ", after, ")"]


def weights_jacobian(step: TrainingStep, layer: int) -> Content:
    """∂z/∂W, with its three indices. Output layer, step III; hidden layer, step V."""
    z, W, below = f"z{layer}", f"W{layer}", input_of(layer)
    m = len(step.tape[W])
    name = f"{z}/{W}:jacobian"
    other = since(named(W, "i", "j"), " does not feed ", named(z, "k"))
    return Content(
        title=f"The weighted sums of layer {layer}, towards the weights",
        say=_say_of_blocks(step, layer),
        formula=rf"{entry_partial(entry(z, 'k'), entry(W, 'ij'))} = {entry(below, 'j')}"
        r" \text{ if } k = i \text{, else } 0",
        rows=[[table(f"{below}:value", transposed=True)], [table(name)]],
        results={name: [choice("k", "i", [cell(f"{below}:value", "j", 0)], [other])]},
        numpy=f'd{z}_d{W} = np.einsum("ki,j->kij", np.eye({m}), {below})',
        paths=1,
        badge=will_be_summed(1),
    )


def _say_of_blocks(step: TrainingStep, layer: int) -> str:
    """Where the numbers of ∂z/∂W stand, and how many of them differ from each other."""
    W, below = f"W{layer}", input_of(layer)
    m, n = step.tape[W].shape
    entries = counted(m * m * n, "entry", "entries")
    if m == 1:
        say = f"The layer has one sum, so there is one block: {symbol(below)} itself. {entries}"
    else:
        say = (
            f"A weight feeds one sum only: block k has {symbol(below)} in row k and zeros elsewhere. "
            f"{entries}, {m * n} of them not structurally zero"
        )
    different = np.unique(step.tape[below]).size
    if different == 1 < m * n:
        say += f", all of {'those' if m > 1 else 'them'} {short(float(step.tape[below][0]))}"
    elif different < m * n:
        say += f", only {different} different ones"
    return f"{say}, known since the forward pass."


def input_jacobian(step: TrainingStep, layer: int) -> Content:
    """∂z of the layer above towards a, which is W. Hidden layer, step I."""
    above, W, a = f"z{layer + 1}", f"W{layer + 1}", f"a{layer}"
    name = f"{above}/{a}:jacobian"
    m = len(step.tape[above])
    return Content(
        title=f"The sums of layer {layer + 1}, towards the activations of layer {layer}",
        say=f"The Jacobian is {symbol(W)} itself: column j has {counted(m, 'entry', 'entries')}, so "
        f"{counted(m, 'path')} from {symbol(a)}ⱼ.",
        formula=f"{entry_partial(entry(above, 'k'), entry(a, 'j'))} = {entry(W, 'kj')}",
        rows=[[table(f"{W}:value"), "→", table(name)]],
        results={name: [cell(f"{W}:value", "i", "j")]},
        numpy=f"d{above}_d{a} = {W}",
        paths=m,
        badge=will_be_summed(m),
    )
