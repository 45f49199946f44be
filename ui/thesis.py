"""The thesis on one flower: one path into a hidden unit against the sum of all of them. No Streamlit."""

from dataclasses import dataclass

import numpy as np

from backprop import TrainingStep, VJPStep, numerical_derivative
from ui.data import output_names
from ui.numbers import count_word, signed
from ui.stage.names import symbol


@dataclass(frozen=True, slots=True)
class Thesis:
    """One hidden unit and its paths to the cost.

    Attributes:
        output, wrt: the two layers, such as z2 and a1.
        unit: the hidden unit, 0-based.
        single: the one path that the single-variable rule might take, 0-based.
        upstream: ∂C/∂z_k of every path.
        weights: ∂z_k/∂a_j = w_kj of every path.
        products: their products.
        total: the sum of the products as backpropagation computed it: the total derivative ∂C/∂a_j.
        numeric: the central difference; None where it cannot tell.
        names: what the outputs stand for.
    """

    output: str
    wrt: str
    unit: int
    single: int
    upstream: tuple[float, ...]
    weights: tuple[float, ...]
    products: tuple[float, ...]
    total: float
    numeric: float | None
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """The hidden unit's activation, such as a¹₅."""
        return symbol(self.wrt, self.unit)


def thesis_of(step: TrainingStep) -> Thesis:
    """The most telling unit of the last hidden layer, with its numbers."""
    last = step.config.depth
    vjp_step = step.vjp(f"z{last}", f"a{last - 1}")
    unit = telling_unit(step, vjp_step)
    products = vjp_step.path_terms[:, unit]
    total = vjp_step.cotangent[unit]
    numeric, judged = numerical_derivative(step.config, step.tape, vjp_step.wrt)
    return Thesis(
        output=vjp_step.output,
        wrt=vjp_step.wrt,
        unit=unit,
        single=int(np.abs(products - total).argmax()),
        upstream=tuple(vjp_step.upstream.tolist()),
        weights=tuple(vjp_step.jacobian[:, unit].tolist()),
        products=tuple(products.tolist()),
        total=float(total),
        numeric=float(numeric[unit]) if judged[unit] else None,
        names=output_names(step.config),
    )


def telling_unit(step: TrainingStep, vjp_step: VJPStep) -> int:
    """Among the units that are on, one whose paths pull both ways, with the largest path terms.

    Where no unit is on, or none has paths of both signs, that wish is dropped.
    """
    terms = vjp_step.path_terms
    on = step.vjp(vjp_step.wrt, f"z{vjp_step.wrt[1:]}").jacobian.diagonal() != 0
    mixed = (terms.min(axis=0) < 0) & (terms.max(axis=0) > 0)
    size = np.abs(terms).sum(axis=0)
    return max(range(len(size)), key=lambda unit: (bool(on[unit]), bool(mixed[unit]), float(size[unit])))


def thesis_sentence(thesis: Thesis) -> str:
    """The point, in one line of text."""
    count = len(thesis.products)
    every = "both" if count == 2 else f"all {count_word(count)}"
    one, total = signed(thesis.products[thesis.single]), signed(thesis.total)
    said = f"One path alone says {one}. The sum of {every} is {total}"
    if thesis.numeric is None:
        return f"{said}. The numeric slope cannot judge it here."
    verdict = (
        "agrees" if abs(thesis.numeric - thesis.total) <= 1e-6 * max(1.0, abs(thesis.total)) else "disagrees"
    )
    return f"{said}, and the numeric slope {verdict}: {signed(thesis.numeric)}."
