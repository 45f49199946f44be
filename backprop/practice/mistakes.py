"""The typical mistakes, as data: each says what to change in the workings so that the mistake is made.

`make(workings, quantity)` yields (part, changed workings, changed quantity) for every way to make it;
part is the path or the observation (0-based) it is about, else None. Nothing is yielded where the mistake
cannot be made.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from backprop.arrays import FloatArray
from backprop.kinds import Primitive, Rule
from backprop.practice.formulas import Quantity
from backprop.practice.workings import Workings
from backprop.primitives import activation_rule, hidden_activations

Made = Iterator[tuple[int | None, Workings, Quantity]]

UPDATES = frozenset({"weight_step", "new_weight", "new_bias"})
GRADIENTS = frozenset({"weight_gradient", "bias_gradient"})
AFTER_THE_SUM = UPDATES | GRADIENTS | {"through_activation"}
WORKED_OUT = frozenset(
    {"activation", "cost", "cost_slope", "jacobian", "slope", "path_term", "path_sum", "through_activation"}
)
"""Kinds of quantity with factors that are worked out, not read."""

EVERYTHING = AFTER_THE_SUM | WORKED_OUT | {"pre_activation", "mean_gradient"}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One typical mistake.

    Attributes:
        name: its key in MISTAKES.
        kinds: the kinds of quantity in which it can be made.
        make: see the module's docstring.
    """

    name: str
    kinds: frozenset[str]
    make: Callable[[Workings, Quantity], Made]


def one_path(work: Workings, quantity: Quantity) -> Made:
    """Only path k of the sum: the single-variable chain rule where the total derivative is due."""
    if not work.is_last:
        for k, kept in enumerate(np.eye(len(work.upstream))):
            yield k, replace(work, kept=kept), quantity


def missing_path(work: Workings, quantity: Quantity) -> Made:
    """All paths but path k; with two paths that is `one_path`."""
    if not work.is_last and len(work.upstream) > 2:
        for k, dropped in enumerate(np.eye(len(work.upstream))):
            yield k, replace(work, kept=1 - dropped), quantity


def paths_averaged(work: Workings, quantity: Quantity) -> Made:
    """The mean of the paths in place of their sum."""
    if not work.is_last and len(work.upstream) > 1:
        yield None, replace(work, kept=work.kept / len(work.upstream)), quantity


def one_observation(work: Workings, quantity: Quantity) -> Made:
    """The gradient of observation n alone in place of the mean."""
    for n, kept in enumerate(np.eye(len(work.upstream))):
        yield n, replace(work, kept=kept, observations=1), quantity


def softmax_diagonal(work: Workings, quantity: Quantity) -> Made:
    """Only the diagonal of the softmax Jacobian: −y_k (1 − a_k). Source: article, section 3.2.1."""
    if work.is_dense:
        yield None, replace(work, jacobian=np.diag(np.diag(work.jacobian))), quantity


def slope_forgotten(work: Workings, quantity: Quantity) -> Made:
    """∂C/∂a taken for ∂C/∂z: the mask of ReLU, or f′, left out."""
    if not work.is_dense:
        yield None, replace(work, slope=np.ones_like(work.slope)), quantity


def wrong_slope(work: Workings, quantity: Quantity) -> Made:
    """a, 1 − a or a² alone for f′(z): a factor of a (1 − a), or the square of 1 − a², left out."""
    if not work.is_dense and not work.config.rule(work.layer).linear:
        a = work.activation
        for part, slope in enumerate((a, 1 - a, a * a)):
            yield part, replace(work, slope=slope), quantity


def target_forgotten(work: Workings, quantity: Quantity) -> Made:
    """a where a − y belongs."""
    if not work.is_last:
        return
    if work.config.shortcut is None:
        nothing = np.zeros_like(work.target)
        slopes = derivative_of(work.config.cost)(np.asarray(work.cost), work.activation, nothing)
        yield None, replace(work, upstream=slopes), quantity
    elif quantity.kind != "cost_slope":
        yield None, alone(work, work.activation), quantity


def factor_forgotten(work: Workings, quantity: Quantity) -> Made:
    """Twice (part 0), half (1), n times (2) or 1/n of what it is: a factor of the cost left out or added."""
    n = len(work.target)
    cost = work.config.cost
    parts = [] if cost.is_bounded else [0, 1]
    parts += [2, 3] if n > 1 and not (parts and n == 2) else []
    if work.is_last and not cost.of_targets:
        for part in parts:
            yield part, replace(work, sign=(2.0, 0.5, float(n), 1 / n)[part]), quantity


def other_logarithm(work: Workings, quantity: Quantity) -> Made:
    """The logarithm to base 10 (part 0) or 2 (part 1) where the natural one belongs."""
    if work.config.cost.is_bounded:
        for part, base in enumerate((10.0, 2.0)):
            yield part, replace(work, cost=work.cost / np.log(base)), quantity


def transposed(work: Workings, quantity: Quantity) -> Made:
    """Row and column swapped in W, or in the outer product, where there are such entries."""
    index = quantity.index
    if quantity.kind in ("weight_gradient", "weight_step"):
        if _has(work.weights, index[::-1]):
            yield None, work, replace(quantity, index=index[::-1])
    elif quantity.kind == "pre_activation":
        if _has(work.weights.T, (index[0], len(work.below) - 1)):
            yield None, replace(work, weights=work.weights.T), quantity
    elif not work.is_last:
        last_row = index[0] if len(index) == 2 else len(work.upstream) - 1
        if _has(work.jacobian.T, (last_row, index[-1])):
            yield None, replace(work, jacobian=work.jacobian.T), quantity


def transposed_step(work: Workings, quantity: Quantity) -> Made:
    """The step of w_ji added to w_ij."""
    i, j = quantity.index
    if _has(work.weights, (j, i)):
        swapped = work.weights.copy()
        swapped[j, i] = work.weights[i, j]
        yield None, replace(work, weights=swapped), replace(quantity, index=(j, i))


def wrong_sign(work: Workings, quantity: Quantity) -> Made:
    """The sign lost: for an update, a step along the gradient."""
    yield None, replace(work, sign=-1.0), quantity


def new_weights(work: Workings, quantity: Quantity) -> Made:
    """Back through the weights after the update in place of those of the forward pass."""
    if work.jacobian_after is not None:
        yield None, replace(work, jacobian=work.jacobian_after), quantity


def rate_forgotten(work: Workings, quantity: Quantity) -> Made:
    """The whole gradient as the step: η left out."""
    yield None, replace(work, rate=1.0), quantity


def step_alone(work: Workings, quantity: Quantity) -> Made:
    """The step in place of the new weight or bias: the old one was not added."""
    yield None, replace(work, weights=np.zeros_like(work.weights), bias=np.zeros_like(work.bias)), quantity


def gradient_alone(work: Workings, quantity: Quantity) -> Made:
    """The gradient in place of the new weight or bias."""
    for _, bare, same in step_alone(work, quantity):
        yield None, replace(bare, rate=-1.0), same


def mean_forgotten(work: Workings, quantity: Quantity) -> Made:
    """The sum over the observations in place of their mean: 1/N left out."""
    yield None, replace(work, observations=1), quantity


def z_for_a_below(work: Workings, quantity: Quantity) -> Made:
    """z of the layer below in place of its a."""
    if work.below_pre is not None:
        if quantity.kind == "mean_gradient":
            yield None, replace(work, jacobian=work.below_pre), quantity
        else:
            yield None, replace(work, below=work.below_pre), quantity


def z_for_a(work: Workings, quantity: Quantity) -> Made:
    """z given for a, or put in where a belongs: 1 − z² for 1 − a², −y/z for −y/a."""
    z, activation = work.pre_activation, work.config.rule(work.layer)
    if quantity.kind == "cost_slope":
        slopes = derivative_of(work.config.cost)(np.asarray(work.cost), z, work.target)
        yield None, replace(work, upstream=slopes), quantity
    elif quantity.kind == "activation":
        yield None, replace(work, activation=z), quantity
    elif "{a}" in activation.formulas.derivative and not work.is_dense:
        yield None, replace(work, slope=derivative_of(activation)(z, z).diagonal()), quantity


def other_activation(work: Workings, quantity: Quantity) -> Made:
    """Another activation; part is its place among those of hidden layers."""
    for part, name in enumerate(hidden_activations()):
        rule = activation_rule(name)
        if name != work.config.activation(work.layer) and (rule.switches or not rule.linear):
            yield part, replace(work, activation=rule.forward(work.pre_activation)), quantity


def a_for_z(work: Workings, quantity: Quantity) -> Made:
    """The activation already applied where z was asked for."""
    yield None, work, replace(quantity, kind="activation")


def bias_forgotten(work: Workings, quantity: Quantity) -> Made:
    """Z without its bias."""
    if work.config.has_biases:
        yield None, replace(work, bias=np.zeros_like(work.bias)), quantity


def not_normalised(work: Workings, quantity: Quantity) -> Made:
    """e^z without the sum below the line."""
    if work.is_dense:
        yield None, replace(work, activation=np.exp(work.pre_activation)), quantity


def upstream_forgotten(work: Workings, quantity: Quantity) -> Made:
    """The local derivative alone, without ∂C/∂ of what comes after."""
    if quantity.kind == "through_activation":
        yield None, work, replace(quantity, kind="slope")
    elif quantity.kind in ("weight_gradient", "weight_step", "new_weight"):
        yield None, alone(work, np.ones_like(work.slope)), quantity
    elif not work.is_last:
        yield None, replace(work, upstream=np.ones_like(work.upstream)), quantity


def input_forgotten(work: Workings, quantity: Quantity) -> Made:
    """∂C/∂z_i alone, without the activation that the weight multiplies."""
    yield None, replace(work, below=np.ones_like(work.below)), quantity


def weight_for_input(work: Workings, quantity: Quantity) -> Made:
    """∂C/∂z_i · w_ij for ∂C/∂z_i · a_j."""
    yield None, replace(work, below=work.weights[quantity.index[0]]), quantity


def weights_forgotten(work: Workings, quantity: Quantity) -> Made:
    """∂C/∂z_k alone, without the weight of the path."""
    if not work.is_last:
        yield None, replace(work, jacobian=np.ones_like(work.jacobian)), quantity


def activation_for_weight(work: Workings, quantity: Quantity) -> Made:
    """∂C/∂z_k · a_j for ∂C/∂z_k · w_kj."""
    if not work.is_last:
        yield None, replace(work, jacobian=np.broadcast_to(work.activation, work.jacobian.shape)), quantity


def alone(work: Workings, delta: FloatArray) -> Workings:
    """The workings with this for ∂C/∂z, shape (n,)."""
    units = len(delta)
    return replace(
        work,
        upstream=delta,
        jacobian=np.eye(units),
        jacobian_after=None,
        kept=np.ones(units),
        slope=np.ones(units),
    )


def derivative_of(primitive: Primitive) -> Rule:
    """The rule of the Jacobian of an activation or a cost."""
    rule = primitive.jacobian[0]
    assert rule is not None
    return rule


def _has(matrix: FloatArray, index: tuple[int, ...]) -> bool:
    """Whether the matrix has this entry."""
    return all(i < size for i, size in zip(index, matrix.shape, strict=True))


SUMS = AFTER_THE_SUM | {"path_sum"}
OF_WEIGHTS = {"weight_gradient", "weight_step", "new_weight"}

MISTAKES: dict[str, Mistake] = {
    make.__name__: Mistake(make.__name__, frozenset(kinds), make)
    for make, kinds in (
        (one_path, SUMS),
        (missing_path, {"path_sum"}),
        (paths_averaged, SUMS),
        (one_observation, {"mean_gradient"}),
        (softmax_diagonal, (SUMS - {"through_activation"}) | {"jacobian"}),
        (slope_forgotten, AFTER_THE_SUM | {"slope"}),
        (wrong_slope, AFTER_THE_SUM | {"slope"}),
        (target_forgotten, SUMS | {"cost_slope"}),
        (factor_forgotten, SUMS | {"cost", "cost_slope"}),
        (other_logarithm, {"cost"}),
        (
            transposed,
            {"pre_activation", "jacobian", "path_term", "path_sum", "through_activation", "bias_gradient"}
            | {"weight_gradient", "weight_step"},
        ),
        (transposed_step, {"new_weight"}),
        (wrong_sign, EVERYTHING),
        (new_weights, SUMS | {"jacobian", "path_term"}),
        (rate_forgotten, UPDATES),
        (step_alone, {"new_weight", "new_bias"}),
        (gradient_alone, {"new_weight", "new_bias"}),
        (mean_forgotten, {"mean_gradient"}),
        (z_for_a_below, OF_WEIGHTS | {"pre_activation", "mean_gradient"}),
        (z_for_a, {"activation", "slope", "through_activation", "cost_slope"}),
        (other_activation, {"activation"}),
        (a_for_z, {"pre_activation"}),
        (bias_forgotten, {"pre_activation"}),
        (not_normalised, {"activation"}),
        (upstream_forgotten, OF_WEIGHTS | {"path_term", "path_sum", "through_activation"}),
        (input_forgotten, OF_WEIGHTS),
        (weight_for_input, OF_WEIGHTS),
        (weights_forgotten, {"path_term", "path_sum"}),
        (activation_for_weight, {"path_term", "path_sum"}),
    )
}
"""Every mistake by name."""
