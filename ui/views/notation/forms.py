"""Each step of the backward pass in index form, vector form and NumPy, in either layout."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from backprop import TrainingStep
from backprop.network import input_of
from ui.names.equations import entry, entry_partial, gradient_of, partial, symbol
from ui.names.timeline import TimelineStep, timeline
from ui.steps import describe
from ui.views.notation.layout import (
    DENOMINATOR,
    NUMERATOR,
    derivative_shape,
    in_layout,
    transposed_symbol,
    variable_shape,
)
from ui.views.notation.markup import Shape

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Form:
    """One derivative of the backward pass, written in three ways.

    Attributes:
        stop: the step of the walkthrough that forms it.
        output, wrt: it is ∂output/∂wrt.
        index: LaTeX of one entry; the same in both layouts.
        vector: LaTeX of the whole.
        numpy: the line that computes it from the lines before and the values of the forward pass.
        shape: of the result.
        factors: shapes of what the vector form multiplies, in order; empty if it multiplies no matrices.
    """

    stop: TimelineStep
    output: str
    wrt: str
    index: str
    vector: str
    numpy: str
    shape: Shape
    factors: tuple[Shape, ...] = ()


def layer_forms(step: TrainingStep, layer: int, layout: str) -> tuple[Form, ...]:
    """The steps I to VI of one layer, in order; VI of a hidden layer is two forms, for W and for b."""
    stops = (stop for stop in timeline(step.config) if stop.numeral and stop.layer == layer)
    return tuple(
        form(step, stop, layout)
        for stop in stops
        for form in _FORMS[stop.kind]
        if step.config.has_biases or form is not _bias_gradient
    )


def derivative_name(output: str, wrt: str) -> str:
    """Name of a derivative in NumPy lines, such as dz2_da1."""
    return f"d{output}_d{wrt}"


def _cost_jacobian(step: TrainingStep, stop: TimelineStep, layout: str) -> Form:
    a = f"a{stop.layer}"
    walkthrough = describe(step, stop)
    target, value = walkthrough.numpy.split(" = ")
    axes = "[np.newaxis]" if layout == NUMERATOR else "[:, np.newaxis]"
    column = step.config.cost.formulas.derivative.format(a=symbol(a), y=symbol("y"))
    return Form(
        stop,
        "C",
        a,
        index=walkthrough.formula,
        vector=f"{partial('C', a)} = {in_layout(column, NUMERATOR, layout)}",
        numpy=f"{target} = ({value}){axes}",
        shape=derivative_shape(step.config, "C", a, layout),
    )


def _activation_jacobian(step: TrainingStep, stop: TimelineStep, layout: str) -> Form:
    a, z = f"a{stop.layer}", f"z{stop.layer}"
    walkthrough = describe(step, stop)
    vector = step.config.rule(stop.layer).formulas.vector
    written = vector.format(a=symbol(a), z=symbol(z), turned=transposed_symbol(a))
    return Form(
        stop,
        a,
        z,
        index=walkthrough.formula,
        vector=f"{partial(a, z)} = {written}",
        numpy=walkthrough.numpy,
        shape=derivative_shape(step.config, a, z, layout),
    )


def _weights_jacobian(step: TrainingStep, stop: TimelineStep, layout: str) -> Form:
    z, W, below = f"z{stop.layer}", f"W{stop.layer}", input_of(stop.layer)
    units = step.config.layer_sizes[stop.layer]
    axes, where = ("kij", "first") if layout == NUMERATOR else ("ijk", "last")
    block = entry_partial(entry(z, "k"), symbol(W))
    return Form(
        stop,
        z,
        W,
        index=describe(step, stop).formula,
        vector=rf"{block} = \mathbf{{e}}_k \, {transposed_symbol(below)} \quad \text{{(axis }} k "
        rf"\text{{ {where})}}",
        numpy=f'{derivative_name(z, W)} = np.einsum("ki,j->{axes}", np.eye({units}), {below})',
        shape=derivative_shape(step.config, z, W, layout),
    )


def _input_jacobian(step: TrainingStep, stop: TimelineStep, layout: str) -> Form:
    above, W, a = f"z{stop.layer + 1}", f"W{stop.layer + 1}", f"a{stop.layer}"
    value = W if layout == NUMERATOR else f"{W}.T"
    return Form(
        stop,
        above,
        a,
        index=describe(step, stop).formula,
        vector=f"{partial(above, a)} = {in_layout(symbol(W), DENOMINATOR, layout)}",
        numpy=f"{derivative_name(above, a)} = {value}",
        shape=derivative_shape(step.config, above, a, layout),
    )


def _through_activation(step: TrainingStep, stop: TimelineStep, layout: str) -> Form:
    a, z = f"a{stop.layer}", f"z{stop.layer}"
    more = ""
    config = step.config
    if stop.layer == config.depth and config.shortcut:
        more = " = " + in_layout(rf"{symbol(a)} - \mathbf{{y}}", NUMERATOR, layout)
    return _pull_back(step, stop, (a, z), layout, describe(step, stop).formula, more)


def _through_affine(step: TrainingStep, stop: TimelineStep, layout: str) -> Form:
    above, W, a = f"z{stop.layer + 1}", f"W{stop.layer + 1}", f"a{stop.layer}"
    count = step.config.layer_sizes[stop.layer + 1]
    in_j, out_k = entry(a, "j"), entry(above, "k")
    term = rf"{entry_partial('C', out_k)} \, {entry(W, 'kj')}"
    index = rf"{entry_partial('C', in_j)} = \sum_{{k=1}}^{{{count}}} {term}"
    weights = in_layout(symbol(W), DENOMINATOR, layout)
    more = r" = " + r" \, ".join(_ordered(partial("C", above), weights, layout))
    return _pull_back(step, stop, (above, a), layout, index, more)


def _pull_back(
    step: TrainingStep, stop: TimelineStep, pair: tuple[str, str], layout: str, index: str, more: str
) -> Form:
    """∂C/∂wrt from upstream and Jacobian; `more` continues the vector form."""
    output, wrt = pair
    factors = _ordered(("C", output), pair, layout)
    return Form(
        stop,
        "C",
        wrt,
        index=index,
        vector=f"{partial('C', wrt)} = " + r" \, ".join(partial(*factor) for factor in factors) + more,
        numpy=f"{derivative_name('C', wrt)} = " + " @ ".join(derivative_name(*factor) for factor in factors),
        shape=derivative_shape(step.config, "C", wrt, layout),
        factors=tuple(derivative_shape(step.config, *factor, layout) for factor in factors),
    )


def _weights_gradient(step: TrainingStep, stop: TimelineStep, layout: str) -> Form:
    z, W, below = f"z{stop.layer}", f"W{stop.layer}", input_of(stop.layer)
    upstream = partial("C", z)
    column = in_layout(upstream, NUMERATOR, layout)
    turned = ".T" if layout == NUMERATOR else ""
    units, inputs = variable_shape(step.config, W)
    gradient = gradient_of(entry(W, "ij"))
    return Form(
        stop,
        "C",
        W,
        index=rf"{gradient} = {entry_partial('C', entry(z, 'i'))} \, {entry(below, 'j')}",
        vector=rf"{gradient_of(symbol(W))} = {column} \, {transposed_symbol(below)} "
        rf"= {upstream} \otimes {symbol(below)}",
        numpy=f"{derivative_name('C', W)} = {derivative_name('C', z)}{turned} @ {below}[np.newaxis]",
        shape=derivative_shape(step.config, "C", W, layout),
        factors=((units, 1), (1, inputs)),
    )


def _bias_gradient(step: TrainingStep, stop: TimelineStep, layout: str) -> Form:
    z, b = f"z{stop.layer}", f"b{stop.layer}"
    gradient = gradient_of(entry(b, "j"))
    return Form(
        stop,
        "C",
        b,
        index=f"{gradient} = {entry_partial('C', entry(z, 'j'))}",
        vector=rf"{gradient_of(symbol(b))} = {partial('C', z)}",
        numpy=f"{derivative_name('C', b)} = {derivative_name('C', z)}",
        shape=derivative_shape(step.config, "C", b, layout),
    )


def _ordered(upstream: T, jacobian: T, layout: str) -> tuple[T, T]:
    """The factors of a product in the order of the layout."""
    return (upstream, jacobian) if layout == NUMERATOR else (jacobian, upstream)


_FORMS: dict[str, tuple[Callable[[TrainingStep, TimelineStep, str], Form], ...]] = {
    "cost_jacobian": (_cost_jacobian,),
    "activation_jacobian": (_activation_jacobian,),
    "weights_jacobian": (_weights_jacobian,),
    "input_jacobian": (_input_jacobian,),
    "through_activation": (_through_activation,),
    "through_affine": (_through_affine,),
    "weights_gradient": (_weights_gradient,),
    "bias_gradient": (_bias_gradient,),
    "layer_gradients": (_weights_gradient, _bias_gradient),
}
"""What each kind of step is written as."""
