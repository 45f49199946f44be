"""Backward steps that form a Jacobian: local derivatives of one equation."""

from backprop import TrainingStep
from ui.equations import entry, entry_partial
from ui.stage.content.parts import Content, Token, cell, choice, count_paths, input_of, table
from ui.stage.names import symbol


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
    return Content(
        title="The cost, towards the outputs",
        say=f"The way back starts at C. Each {symbol(a)} enters the cost directly: one path each.",
        formula=f"{entry_partial('C', ak)} = {formula}",
        rows=[[table("y:value"), "and", table(f"{a}:value"), "→", table(f"{a}:cotangent")]],
        results={f"{a}:cotangent": terms},
        numpy=f"dC_d{a} = {numpy}",
        paths=1,
    )


_ACTIVATION_DERIVATIVES: dict[str, tuple[str, list[str], str, str]] = {
    # LaTeX, the written-out entry around its number, NumPy, which variable the number is of
    "relu": (
        r"1 \text{{ if }} {z} > 0 \text{{, else }} 0",
        ["1 if ", " > 0, else 0"],
        "({z} > 0) * 1.0",
        "z",
    ),
    "tanh": (r"1 - ({a})^2", ["1 − (", ")²"], "1 - {a} ** 2", "a"),
    "sigmoid": (r"{a} (1 - {a})", ["", " · (1 − ", ")"], "{a} * (1 - {a})", "a"),
    "identity": ("1", ["1"], "np.ones_like({z})", "a"),
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
            say="No zeros here: each z moves every probability. A rule that keeps the diagonal only "
            "loses the other paths.",
            formula=rf"{left} = {entry(a, 'i')} (\delta_{{ij}} - {entry(a, 'j')})",
            rows=[[table(f"{a}:value"), "→", table(name)]],
            results={name: [choice("i", "j", [ai, " · (1 − ", ai, ")"], ["−", ai, " · ", aj])]},
            numpy=f"d{a}_d{z} = np.diag({a}) - np.outer({a}, {a})",
            paths=len(step.tape[a]),
        )
    formula, around, numpy, of = _ACTIVATION_DERIVATIVES[kind]
    number = cell(f"{of}{layer}:value", "i", 0)
    written: list[Token] = [around[0]]
    for text in around[1:]:
        written += [number, text]
    say = "A diagonal: each a depends on its own z only, so there is one path for each unit."
    if kind == "relu":
        say += " The mask is 1 for a unit that is on and 0 for one that is off."
    return Content(
        title=f"The activation of layer {layer}, towards its input",
        say=say,
        formula=rf"{entry_partial(entry(a, 'j'), entry(z, 'j'))} = "
        + formula.format(z=entry(z, "j"), a=entry(a, "j")),
        rows=[[table(f"{of}{layer}:value"), "→", table(name)]],
        results={name: [choice("i", "j", written, ["another unit"])]},
        numpy=f"d{a}_d{z} = np.diag({numpy.format(z=z, a=a)})",
        paths=1,
    )


def weights_jacobian(step: TrainingStep, layer: int) -> Content:
    """∂z/∂W, with its three indices. Output layer, step III; hidden layer, step V."""
    z, W, below = f"z{layer}", f"W{layer}", input_of(layer)
    m, n = step.tape[W].shape
    name = f"{z}/{W}:jacobian"
    return Content(
        title=f"The weighted sums of layer {layer}, towards the weights",
        say=f"A weight feeds one sum only: block k has {symbol(below)} in row k and zeros elsewhere. "
        f"{m * m * n} entries, {m * n} of them not structurally zero, only {n} different ones, "
        "known since the forward pass.",
        formula=rf"{entry_partial(entry(z, 'k'), entry(W, 'ij'))} = {entry(below, 'j')}"
        r" \text{ if } k = i \text{, else } 0",
        rows=[[table(f"{below}:value", transposed=True)], [table(name)]],
        results={name: [choice("k", "i", [cell(f"{below}:value", "j", 0)], ["does not feed that sum"])]},
        numpy=f'd{z}_d{W} = np.einsum("ki,j->kij", np.eye({m}), {below})',
        paths=1,
    )


def input_jacobian(step: TrainingStep, layer: int) -> Content:
    """∂z of the layer above towards a, which is W. Hidden layer, step I."""
    above, W, a = f"z{layer + 1}", f"W{layer + 1}", f"a{layer}"
    name = f"{above}/{a}:jacobian"
    m = len(step.tape[above])
    return Content(
        title=f"The sums of layer {layer + 1}, towards the activations of layer {layer}",
        say=f"The Jacobian is {symbol(W)} itself, and it is dense: column j has {m} entries, "
        f"so {count_paths(m)} from {symbol(a)}ⱼ.",
        formula=f"{entry_partial(entry(above, 'k'), entry(a, 'j'))} = {entry(W, 'kj')}",
        rows=[[table(f"{W}:value"), "→", table(name)]],
        results={name: [cell(f"{W}:value", "i", "j")]},
        numpy=f"d{above}_d{a} = {W}",
        paths=m,
    )
