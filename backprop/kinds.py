"""The kinds of primitive: what every operation, every activation and every cost brings along, as data.

A primitive maps its inputs to one output. For each input it has two rules:

- `jacobian(output, *inputs)` returns ∂output/∂input in numerator layout,
  shape (*output.shape, *input.shape);
- `vjp(upstream, output, *inputs)` returns upstream · ∂output/∂input without forming the Jacobian.

`None` in place of a rule marks an input that is never differentiated (the target y).
Every function also accepts a batch, one observation a row; its results then have N as first axis
(except ∂z/∂x = W and ∂z/∂b = I, which are the same for every observation).
Batches are best kept column by column in memory (Fortran order): NumPy runs down their long columns up to
twice as fast as along their short rows. The rules keep that order; hence `order="F"` in them.

An activation or a cost also brings what a page needs to know of it: how it is written, in `Formulas`, and
its properties.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from backprop.arrays import FloatArray, read_only

Rule = Callable[..., FloatArray]


@dataclass(frozen=True, slots=True)
class Primitive:
    """One operation with its derivative rules, one of each kind for every input.

    `dense` says for every input whether a column of its Jacobian can have more than one non-zero entry.
    Dense means several paths (the total derivative); not dense means one (the single-variable rule).
    """

    name: str
    forward: Callable[..., FloatArray]
    jacobian: tuple[Rule | None, ...]
    vjp: tuple[Rule | None, ...]
    dense: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Formulas:
    """How an activation or a cost is written: templates for `str.format`.

    An activation has {z} and {a} in them, a cost {a} and {y}, and {n} for the number of outputs, which
    `MLPConfig.cost` puts in; softmax shows what a dense one has besides.

    Attributes:
        value, derivative: LaTeX of one entry, or of the whole cost.
        vector: LaTeX of the Jacobian of an activation; that of a cost is its `derivative`, of vectors.
        plain, plain_derivative: text of one entry, or of the whole cost, with names put in.
        written, written_derivative: the same as text, with numbers put in. Σ[…] is a sum over k, and a
            number in it that of unit k. {zi} and {ai} are the names of z and a: then the text is a reason.
        numpy, numpy_derivative: expressions of NumPy, of vectors.
        exact: where `numpy` may overflow, an expression that cannot.
        beside: of a dense Jacobian, `plain_derivative` beside the diagonal, with {other} for a of the column.
    """

    value: str
    derivative: str
    plain: str
    plain_derivative: str
    written: str
    written_derivative: str
    numpy: str
    numpy_derivative: str
    vector: str = ""
    exact: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Activation(Primitive):
    """a = f(z), element by element if it is not dense.

    Attributes:
        formulas: how it is written.
        linear: whether its slope is a constant, or one on either side of 0, and so exact.
        kinked: whether its slope jumps at z = 0.
        switches: whether it puts units off, where z ≤ 0, and leaves z as it is elsewhere.
        limits: values at which a is held where the true one is beyond.
    """

    formulas: Formulas
    linear: bool = False
    kinked: bool = False
    switches: bool = False
    limits: tuple[float, float] = (-np.inf, np.inf)

    def __post_init__(self) -> None:
        if not self.formulas.vector:
            raise ValueError(f"{self.name}: expected formulas with the vector form of its Jacobian, got none")

    @property
    def is_held(self) -> bool:
        """Whether there is a limit to a, as there is to a probability."""
        return self.limits[0] > -np.inf


@dataclass(frozen=True, slots=True)
class Cost(Primitive):
    """C of a and y.

    Attributes:
        formulas: how it is written.
        label: what it is called.
        outputs: the activations it is offered with, each by the option that a menu has for the two. With
            a dense one it needs an entry in SHORTCUTS: pages tell there that the sum cancels.
        domain: the a between which it is finite.
        of_targets: whether an output whose target is 0 adds nothing to it.
        scale: the option that a menu has for its size, where it comes in several.
        scale_of: name of the cost that it is a multiple of, and whose outputs it has; none for that one.
    """

    formulas: Formulas
    label: str
    outputs: Mapping[str, str]
    domain: tuple[float, float] = (-np.inf, np.inf)
    of_targets: bool = False
    scale: str = ""
    scale_of: str = ""

    @property
    def is_bounded(self) -> bool:
        """Whether it has a domain, as one of probabilities has, and not one of errors."""
        return self.domain[0] > -np.inf


@dataclass(frozen=True, slots=True)
class Shortcut:
    """C and ∂C/∂z of the last layer in one go, without ∂C/∂a and ∂a/∂z, and how such a C is written.

    Attributes:
        cost: C from z, a and y, also where a has lost digits, or is at its limit.
        gradient: ∂C/∂z from a and y.
        value: LaTeX of C, as in Formulas, with {z} and {y}, and {a} for what it is otherwise.
        written: with numbers put in; {whole} is the sum of all targets and "·", where that is not 1.
        numpy: the same for NumPy.
        remark, exact: the lines of a notebook, which loses no digit.
    """

    cost: Callable[[FloatArray, FloatArray, FloatArray], FloatArray]
    gradient: Callable[[FloatArray, FloatArray], FloatArray]
    value: str
    written: str
    numpy: str
    remark: str
    exact: str


@lru_cache(maxsize=64)
def identity_matrix(m: int) -> FloatArray:
    """The m × m identity, made once and read-only."""
    return read_only(np.eye(m))


def elementwise(
    name: str, forward: Rule, derivative: Rule, formulas: Formulas, **properties: Any
) -> Activation:
    """An element-wise activation from its derivative(a, z), shape (m,), and properties of Activation."""

    def jacobian(a: FloatArray, z: FloatArray) -> FloatArray:
        return derivative(a, z)[..., None] * identity_matrix(a.shape[-1])

    def vjp(upstream: FloatArray, a: FloatArray, z: FloatArray) -> FloatArray:
        return upstream * derivative(a, z)

    return Activation(name, forward, (jacobian,), (vjp,), dense=(False,), formulas=formulas, **properties)


def cost(name: str, forward: Rule, derivative: Rule, formulas: Formulas, **properties: Any) -> Cost:
    """A scalar cost from its derivative(C, a, y), shape (m,), and properties of Cost. y has no rule."""

    def vjp(upstream: FloatArray, C: FloatArray, a: FloatArray, y: FloatArray) -> FloatArray:
        return upstream[..., None] * derivative(C, a, y)

    rules, pulls = (derivative, None), (vjp, None)
    return Cost(name, forward, rules, pulls, dense=(False, False), formulas=formulas, **properties)
