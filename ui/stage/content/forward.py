"""Steps of the forward pass."""

from backprop import TrainingStep
from ui.data import is_iris, is_one_hot, observation_word
from ui.equations import entry
from ui.numbers import count_word
from ui.stage.content.parts import Content, Row, Token, cell, input_of, table, total
from ui.stage.names import symbol


def input(step: TrainingStep, layer: int) -> Content:
    """x and y enter."""
    if is_iris(step.config):
        what = (
            "Four measurements of one iris, standardised: 0 is the mean of the flowers, 1 a standard "
            "deviation."
        )
        formula = r"\mathbf{x} = \frac{\text{measured} - \text{mean}}{\text{standard deviation}}"
    else:
        what = f"The {count_word(step.tape['x'].size)} inputs of a well-known textbook example, as they are."
        formula = r"\mathbf{x} \rightarrow \mathbf{z}^1 \rightarrow \mathbf{a}^1 \rightarrow \dots"
    target = "marks its species" if is_one_hot(step.tape["y"]) else "says what the outputs should be"
    return Content(
        title=f"The {observation_word(step.config)} goes in",
        say=f"{what} The target y {target}. Press → to take the first step.",
        formula=formula,
        rows=[[table("x:value"), "target", table("y:value")]],
        results={"x:value": [cell("x:value", "i", 0)], "y:value": [cell("y:value", "i", 0)]},
        numpy="",
    )


def affine(step: TrainingStep, layer: int) -> Content:
    """z = W a + b of one layer."""
    W, b, z, below = f"W{layer}", f"b{layer}", f"z{layer}", input_of(layer)
    units = step.tape[below].size
    return Content(
        title=f"Weighted sums of layer {layer}",
        say=f"Each unit multiplies what comes in by its row of {symbol(W)} and adds its bias.",
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
    "sigmoid": (r"\frac{{1}}{{1 + e^{{-{}}}}}", "1 / (1 + exp(−(", ")))", "1 / (1 + np.exp(-{}))"),
    "identity": (r"{}", "", "", "{}.copy()"),
}
"""LaTeX, the written-out entry before and after its number, NumPy."""


def activation(step: TrainingStep, layer: int) -> Content:
    """a = f(z), element by element."""
    kind = step.config.activation(layer)
    formula, before, after, numpy = _ACTIVATIONS[kind]
    z, a = f"z{layer}", f"a{layer}"
    dead = int((step.tape[z] <= 0).sum()) if kind == "relu" else 0
    say = f"The activation {kind} takes each z by itself: one z in, one a out."
    if dead:
        units = "1 unit is" if dead == 1 else f"{dead} units are"
        say += f" {units} off for this {observation_word(step.config)}: z is not above 0, so a is 0."
    return Content(
        title=f"Activations of layer {layer}",
        say=say,
        formula=f"{entry(a, 'j')} = {formula.format(entry(z, 'j'))}",
        rows=[[table(f"{z}:value"), f"{kind} →", table(f"{a}:value")]],
        results={f"{a}:value": [before, cell(f"{z}:value", "i", 0), after]},
        numpy=f"{a} = {numpy.format(z)}",
    )


def softmax(step: TrainingStep, layer: int) -> Content:
    """a = softmax(z) of the last layer."""
    z, a = f"z{layer}", f"a{layer}"
    units = step.tape[z].size
    return Content(
        title="Softmax turns sums into probabilities",
        say="Every probability depends on every z, through the sum below the line. "
        "Remember this: it makes the way back a sum over paths too.",
        formula=rf"{entry(a, 'k')} = \frac{{e^{{{entry(z, 'k')}}}}}{{\sum_i e^{{{entry(z, 'i')}}}}}",
        rows=[[table(f"{z}:value"), "softmax →", table(f"{a}:value")]],
        results={
            f"{a}:value": [
                "exp(",
                cell(f"{z}:value", "i", 0),
                ") / (",
                total("k", units, "exp(", cell(f"{z}:value", "k", 0), ")"),
                ")",
            ]
        },
        numpy=f"{a} = np.exp({z} - {z}.max()) / np.exp({z} - {z}.max()).sum()",
    )


def cost(step: TrainingStep, layer: int) -> Content:
    """C from a and y."""
    a = f"a{layer}"
    output, target, units = cell(f"{a}:value", "k", 0), cell("y:value", "k", 0), step.tape[a].size
    ak, yk = entry(a, "k"), entry("y", "k")
    say = "One number says how wrong the answer is. The backward pass asks how each number before it moves C."
    variants: dict[str, tuple[str, list[Token], str]] = {
        "cross_entropy": (
            rf"C = -\sum_k {yk} \ln {ak}",
            ["−(", total("k", units, target, " · ln ", output), ")"],
            f"C = -(y * np.log({a})).sum()",
        ),
        "binary_cross_entropy": (
            rf"C = -\sum_k \left( {yk} \ln {ak} + (1 - {yk}) \ln (1 - {ak}) \right)",
            [
                "−(",
                total("k", units, target, " · ln ", output, " + (1 − ", target, ") · ln(1 − ", output, ")"),
                ")",
            ],
            f"C = -(y * np.log({a}) + (1 - y) * np.log(1 - {a})).sum()",
        ),
        "squared_error": (
            rf"C = \frac{{1}}{{2}} \sum_k ({ak} - {yk})^2",
            ["½ · (", total("k", units, "(", output, " − ", target, ")²"), ")"],
            f"C = 0.5 * (({a} - y) ** 2).sum()",
        ),
    }
    formula, terms, numpy = variants[step.config.loss]
    rows: list[Row] = [[table("y:value"), "and", table(f"{a}:value"), "→", table("C:value")]]
    return Content("The cost", say, formula, rows, {"C:value": terms}, numpy)
