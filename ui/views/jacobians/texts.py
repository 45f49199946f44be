"""What each Jacobian is: its rule, what it means, which step of the walkthrough shows it. No Streamlit."""

from collections.abc import Callable

from backprop import TrainingStep, VJPStep
from ui.names.equations import entry, entry_partial
from ui.names.numbers import count_word, every
from ui.names.symbols import symbol
from ui.state.data import observation_word


def badge(vjp_step: VJPStep) -> str:
    """Which chain rule this step is, by the structure of its Jacobian."""
    if vjp_step.paths == 1:
        return "1 path: single-variable chain rule"
    return f"{vjp_step.paths} paths summed: total derivative"


def kind_of(step: TrainingStep, vjp_step: VJPStep) -> str:
    """cost, dense, elementwise, weights, bias or input."""
    if vjp_step.output == step.tape.cost:
        return "cost"
    if vjp_step.output[0] == "a":
        return "dense" if vjp_step.paths > 1 else "elementwise"
    return {"W": "weights", "b": "bias"}.get(vjp_step.wrt[0], "input")


def rule(step: TrainingStep, vjp_step: VJPStep) -> str:
    """LaTeX of one entry."""
    output, wrt = vjp_step.output, vjp_step.wrt
    config = step.config
    layer = int(output[1:] or config.depth)
    out_k, in_j, W = entry(output, "k"), entry(wrt, "j"), entry(f"W{layer}", "kj")
    ak, aj, zj, yj = (
        entry(f"a{layer}", "k"),
        entry(f"a{layer}", "j"),
        entry(f"z{layer}", "j"),
        entry("y", "j"),
    )
    match kind_of(step, vjp_step):
        case "cost":
            return f"{entry_partial('C', in_j)} = {config.cost.formulas.derivative.format(a=in_j, y=yj)}"
        case "dense":
            derivative = config.rule(layer).formulas.derivative.format(a=ak, other=aj, indices="kj")
            return f"{entry_partial(out_k, in_j)} = {derivative}"
        case "elementwise":
            derivative = config.rule(layer).formulas.derivative.format(z=zj, a=aj)
            return rf"{entry_partial(aj, in_j)} = {derivative}"
        case "weights":
            below = entry(f"a{layer - 1}" if layer > 1 else "x", "j")
            return (
                rf"{entry_partial(out_k, entry(wrt, 'ij'))} = {below} \text{{ if }} k = i \text{{, else }} 0"
            )
        case "bias":
            return rf"{entry_partial(out_k, in_j)} = 1 \text{{ if }} k = j \text{{, else }} 0"
        case _:
            return f"{entry_partial(out_k, in_j)} = {W}"


def meaning(step: TrainingStep, vjp_step: VJPStep, word: str = "") -> str:
    """What this Jacobian says, in a sentence or two.

    Args:
        step: the recorded step.
        vjp_step: one of its Jacobians.
        word: what the observation is called, where it is not what the network takes.
    """
    said = _MEANINGS[kind_of(step, vjp_step)](step, vjp_step)
    if vjp_step.wrt != "x":
        return said
    word = word or observation_word(step.config)
    return f"{said} Nothing is trained here; it tells how the {word} itself moves the cost."


def walkthrough_step(step: TrainingStep, vjp_step: VJPStep) -> str | None:
    """Id of the step of the walkthrough that shows this Jacobian; None if there is none."""
    kind, last = kind_of(step, vjp_step), step.config.depth
    layer = int(vjp_step.wrt[1:] or 0)
    if kind == "input":
        return f"{layer}.I" if layer else None
    at_output = {"cost": "I", "dense": "II", "elementwise": "II", "weights": "III", "bias": "VI"}
    in_hidden = {"elementwise": "III", "weights": "V", "bias": "VI"}
    return f"{layer}.{(at_output if layer == last else in_hidden)[kind]}"


def _cost(step: TrainingStep, vjp_step: VJPStep) -> str:
    return (
        f"How the cost reacts to each output. C is one number, so this Jacobian is one row: "
        f"each {symbol(vjp_step.wrt)}ⱼ has one direct path."
    )


def _softmax(step: TrainingStep, vjp_step: VJPStep) -> str:
    paths, lost = count_word(vjp_step.paths), int((vjp_step.jacobian == 0).sum())
    zeros = "there are no zeros"
    if lost:
        zeros += f" but by rounding, which leaves {lost} here"
    return (
        f"Softmax divides by a sum over all z, so every z moves every probability: {zeros}, "
        f"and each z has {paths} paths to the cost. Keep only the diagonal and you lose all but one of them."
    )


def _elementwise(step: TrainingStep, vjp_step: VJPStep) -> str:
    output, wrt, count = symbol(vjp_step.output), symbol(vjp_step.wrt), len(vjp_step.jacobian)
    said = f"Each {output}ⱼ reads its own {wrt}ⱼ and no other: a diagonal, one path each."
    if count == 1:
        said = f"There is one unit: {output}₁ reads {wrt}₁, one number and one path."
    off = int((vjp_step.jacobian.diagonal() == 0).sum())
    if off and step.config.rule(int(vjp_step.output[1:])).switches:
        units = f"{off} of {count} units" if off < count else every(count, "unit").capitalize()
        are, them = ("is", "it") if off == 1 else ("are", "them")
        said += f" {units} {are} off: 0 on the diagonal, so nothing flows back through {them}."
    return said


def _weights(step: TrainingStep, vjp_step: VJPStep) -> str:
    layer = vjp_step.output[1:]
    below = symbol(f"a{int(layer) - 1}") if layer != "1" else "x"
    feeds = "feeds zᵢ and no other sum, so"
    if len(vjp_step.jacobian) == 1:
        feeds += f" with one unit there is one block, and it is {below}"
    else:
        feeds += f" block k has {below} in row k and zeros elsewhere"
    return (
        f"A weight wᵢⱼ {feeds}: one path from each weight to its z. "
        "All these numbers are known since the forward pass."
    )


def _bias(step: TrainingStep, vjp_step: VJPStep) -> str:
    output, wrt = symbol(vjp_step.output), symbol(vjp_step.wrt)
    return f"Each bias is added to its own z: the identity. So dC/d{wrt} is ∂C/∂{output}."


def _input(step: TrainingStep, vjp_step: VJPStep) -> str:
    W, wrt = symbol(f"W{vjp_step.output[1:]}"), symbol(vjp_step.wrt)
    rows = len(vjp_step.jacobian)
    if rows == 1:
        return (
            f"This is {W} itself, with one row: each {wrt}ⱼ has one path, because there is one unit above it."
        )
    return (
        f"This is {W} itself, dense: column j says how {wrt}ⱼ moves each of the {count_word(rows)} sums "
        f"above it, and each of them is a path to the cost."
    )


_MEANINGS: dict[str, Callable[[TrainingStep, VJPStep], str]] = {
    "cost": _cost,
    "dense": _softmax,
    "elementwise": _elementwise,
    "weights": _weights,
    "bias": _bias,
    "input": _input,
}
