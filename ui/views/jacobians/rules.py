"""What each Jacobian is: kind, rule, step of the walkthrough; and which routes agree."""

import numpy as np

from backprop import TrainingStep, VJPStep
from backprop.network import input_of
from backprop.study.routes import Routes, diagonal_route, output_routes
from ui.names.equations import entry, entry_partial

ROUNDING = 1e-15
"""What a difference of outputs, and of targets, carries at best."""

SAME = 1e-9
"""Results closer than this share of themselves are the same."""


def key_of(vjp_step: VJPStep) -> str:
    """Name of a Jacobian in the URL, such as "z2-a1"."""
    return f"{vjp_step.output}-{vjp_step.wrt}"


def default_key(step: TrainingStep) -> str:
    """The dense Jacobian that the thesis is about: the last layer's sums towards the last hidden layer.

    Without a hidden layer it is that of the outputs.
    """
    last = step.config.depth
    return f"z{last}-a{last - 1}" if last > 1 else "a1-z1"


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
            if config.is_dense(layer):  # the only output of a softmax is 1
                return f"{entry_partial(aj, in_j)} = 0"
            derivative = config.rule(layer).formulas.derivative.format(z=zj, a=aj)
            return rf"{entry_partial(aj, in_j)} = {derivative}"
        case "weights":
            below = entry(input_of(layer), "j")
            return (
                rf"{entry_partial(out_k, entry(wrt, 'ij'))} = {below} \text{{ if }} k = i \text{{, else }} 0"
            )
        case "bias":
            return rf"{entry_partial(out_k, in_j)} = 1 \text{{ if }} k = j \text{{, else }} 0"
        case _:
            return f"{entry_partial(out_k, in_j)} = {W}"


def walkthrough_step(step: TrainingStep, vjp_step: VJPStep) -> str | None:
    """Id of the step of the walkthrough that shows this Jacobian; None if there is none."""
    kind, last = kind_of(step, vjp_step), step.config.depth
    layer = int(vjp_step.wrt[1:] or 0)
    if kind == "input":
        return f"{layer}.I" if layer else None
    at_output = {"cost": "I", "dense": "II", "elementwise": "II", "weights": "III", "bias": "VI"}
    in_hidden = {"elementwise": "III", "weights": "V", "bias": "VI"}
    return f"{layer}.{(at_output if layer == last else in_hidden)[kind]}"


def diagonal_is_wrong(step: TrainingStep) -> bool:
    """Whether the diagonal of ∂a/∂z alone misses ∂C/∂z of the last layer by more than rounding does."""
    return float(np.abs(diagonal_route(step) - output_routes(step).shortcut).max()) > ROUNDING


def agree(routes: Routes) -> bool:
    """Whether both routes give the same, up to a share of 1e-9 of the largest, which is rounding."""
    largest = float(max(np.abs(routes.full).max(), np.abs(routes.shortcut).max()))
    return routes.difference <= SAME * largest + ROUNDING
